import type { Frame } from './who.js';
import type { WriteBreach } from './breaches.js';
import type { BreachKind } from '../../wire.js';

/** Which life of which widget something was made in: a widget is started anew in every area. */
export interface Maker {
  readonly widget: string;
  readonly life: number;
}

export interface Leftover {
  readonly kind: BreachKind;
  readonly detail: string;
}

/** Watches one kind of breach. */
export interface Watcher {
  /** A callback of a widget is about to run. */
  runs?(): void;
  /** A callback of this widget, or a script of it, has run. */
  ran?(widget: string): void;
  /** Whether something that a widget has begun is about to go on by itself. */
  isDue?(): boolean;
  /** What the widget's lives up to this one made and left on the page; each is told once. */
  leftovers?(widget: string, life: number): Leftover[];
}

/** What the watchers share. */
export interface WatchTools {
  readonly breach: WriteBreach;
  /** Code of the widget that acts by the stack, else of the one whose callback runs; null for the host and others. */
  readonly actingWidget: (frame: Frame) => string | null;
  /** Number of the widget's present life, from 1. */
  readonly life: (widget: string) => number;
  readonly maker: (frame: Frame) => Maker | null;
  /** The one widget that lives on the page, for what has no stack; null when there are none or several. */
  readonly onlyWidget: () => string | null;
}

/** Whether something that was made then is left behind when this life ends. */
export function isLeft(maker: Maker | null | undefined, widget: string, life: number): boolean {
  return maker != null && maker.widget === widget && maker.life <= life;
}

/** The places that every page has and that outlive a widget. */
export function places(): readonly (readonly [name: string, target: EventTarget])[] {
  return [
    ['document', document],
    ['window', window],
    ['html', document.documentElement],
    ['body', document.body],
  ];
}

/** An element in a few words: `div#panel.card.left`, with its address where it has one. */
export function nameElement(element: Element): string {
  const id = element.id === '' ? '' : `#${element.id}`;
  const classes = [...element.classList].map((name) => `.${name}`).join('');
  const source = element.getAttribute('href') ?? element.getAttribute('src');
  return `${element.tagName.toLowerCase()}${id}${classes}${source === null ? '' : `[${source}]`}`;
}
