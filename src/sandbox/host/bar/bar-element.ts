import { remember } from '../dom.js';
import { make } from './make.js';
import { barHeight, styles } from './styles.js';

export interface BarElement {
  /** From top to bottom: notices, the panel, the bar itself. */
  readonly root: HTMLElement;
}

/** Events that are the bar's alone: the page's shortcuts and a widget's handlers must not answer to them. */
const own = [
  'keydown',
  'keypress',
  'keyup',
  'input',
  'change',
  'click',
  'mousedown',
  'pointerdown',
  'focusin',
];

/**
 * The bar's place on the page: a shadow root below `html`, beside `body`, where neither styles of widgets nor one
 * that empties the page reach it. It is put back when somebody takes it out. The page gets room for it at its end,
 * and `--sandbox-bar-height` says how much, for what is fixed to the window's bottom.
 */
export function createBarElement(): BarElement {
  const place = document.createElement('sandbox-bar');
  const root = make('div', { role: 'region', 'aria-label': 'Sandbox' });
  place.attachShadow({ mode: 'open' }).append(make('style', {}, styles), root);
  remember(place);
  for (const name of own) {
    place.addEventListener(name, (event) => {
      event.stopPropagation();
    });
  }

  const attach = (): void => {
    if (place.parentNode !== document.documentElement) document.documentElement.append(place);
  };
  attach();
  new MutationObserver(attach).observe(document.documentElement, { childList: true });
  // A widget may write a whole new document.
  new MutationObserver(attach).observe(document, { childList: true });

  const { style } = document.documentElement;
  new ResizeObserver(() => {
    const height = `${Math.max(barHeight, Math.round(root.getBoundingClientRect().height))}px`;
    style.setProperty('--sandbox-bar-height', height);
    style.setProperty('padding-bottom', height);
  }).observe(root);
  return { root };
}
