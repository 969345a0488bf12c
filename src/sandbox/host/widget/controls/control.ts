import type { Translate } from '../../words/words.js';
import type { controlWords } from './words.js';

export type ControlTranslate = Translate<keyof (typeof controlWords)['en']>;
export type Params = Readonly<Record<string, unknown>>;

/** A system control of `platform/widget.md §3.8`: its DOM and parameters are the platform's, the rest is ours. */
export interface Control {
  /** Twig text. */
  readonly source: string;
  /** What the template needs and the parameters do not say outright; it is put over the parameters. */
  readonly prepare?: (params: Params, t: ControlTranslate) => Params;
  /**
   * Starts its behaviour on the whole document, so that it works in whatever markup widgets insert, and whenever.
   * The handlers belong to the page and stay.
   */
  readonly watch?: () => void;
}

/** A list of objects as widgets pass it; anything else is an empty list. */
export function listOf(value: unknown): readonly Params[] {
  const list: unknown[] = Array.isArray(value)
    ? value
    : typeof value === 'object' && value !== null
      ? Object.values(value)
      : [];
  return list.filter((item): item is Params => typeof item === 'object' && item !== null);
}

/** A text or number as text; empty for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
