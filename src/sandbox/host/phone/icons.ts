import { make } from '../bar/make.js';

const drawings = {
  back: '<path d="M15 5l-7 7 7 7"/>',
  close: '<path d="M6 6l12 12M18 6L6 18"/>',
  window: '<path d="M14 5h5v5M19 5l-8 8M17 14v5H5V7h5"/>',
  phone: '<rect x="7" y="2.5" width="10" height="19" rx="2.5"/><path d="M11 18.5h2"/>',
  sent: '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
  delivered: '<path d="M2 12.5l4.5 4.5L16 7.5M11 16l1 1 10-9.5"/>',
  read: '<path d="M2 12.5l4.5 4.5L16 7.5M11 16l1 1 10-9.5"/>',
  failed: '<circle cx="12" cy="12" r="9"/><path d="M12 7v6M12 16.5v.5"/>',
  signal: '<path d="M4 19v-3M9.5 19v-7M15 19V8.5M20.5 19V5"/>',
  battery:
    '<rect x="1.5" y="7" width="18" height="10" rx="3"/><path d="M22.5 10.5v3M5 10.5v3M8.5 10.5v3M12 10.5v3M15.5 10.5v3"/>',
  bubble:
    '<path d="M20.5 11.5a8 8 0 0 1-11.6 7.1L4 20l1.4-4.6A8 8 0 1 1 20.5 11.5z"/><path d="M9 10h7M9 13.5h4.5"/>',
} as const;
export type IconName = keyof typeof drawings;

/** A drawing of 24 by 24 in the colour of the text; what it means has to stand beside it in words. */
export function icon(name: IconName): HTMLElement {
  const element = make('span', { class: `icon icon-${name}`, 'aria-hidden': 'true' });
  element.innerHTML = `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${drawings[name]}</svg>`;
  return element;
}
