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
  scan: '<path d="M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M8 8h3v3H8zM13.5 13.5h3v3h-3zM14 8h2M8 14v2"/>',
  key: '<circle cx="8" cy="15" r="4"/><path d="M11 12l8.5-8.5M16.5 6.5l3 3"/>',
  pencil: '<path d="M4 20l1-4L16.5 4.5l3 3L8 19l-4 1z"/>',
  picture:
    '<rect x="3.5" y="5" width="17" height="14" rx="2.5"/><circle cx="9" cy="10" r="1.5"/><path d="M4 17l5-4 3.5 3 3.5-4 4.5 4.5"/>',
  file: '<path d="M7 3h7l4 4v14H7zM14 3v4h4"/>',
  send: '<path d="M12 19V5M6 11l6-6 6 6"/>',
  copy: '<rect x="8" y="8" width="12" height="12" rx="2"/><path d="M16 8V5a1 1 0 0 0-1-1H5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h3"/>',
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
