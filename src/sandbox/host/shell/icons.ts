const icon = (paths: string): string =>
  `<svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${paths}</svg>`;

/** Pictures of the left menu. */
export const icons = {
  dashboard: icon('<path d="M4 15a8 8 0 1 1 16 0"/><path d="m12 15 3.5-5"/><path d="M3 19h18"/>'),
  leads: icon('<path d="M4 5h16l-6 7.5V18l-4 2v-7.5z"/>'),
  customers: icon('<circle cx="12" cy="8" r="4"/><path d="M4 20.5c.8-4.2 3.8-6.5 8-6.5s7.2 2.3 8 6.5"/>'),
  tasks: icon('<rect x="4" y="4" width="16" height="16" rx="2.5"/><path d="m8 12 3 3 5-6"/>'),
  catalogs: icon(
    '<path d="M9 6h12M9 12h12M9 18h12"/><path d="M4 6h.01M4 12h.01M4 18h.01" stroke-width="2.6"/>',
  ),
  stats: icon('<path d="M3 20h18M6 16v-5M11 16V5M16 16V9M20 16v-3"/>'),
  settings: icon(
    '<path d="M4 7h9M19 7h1M4 17h1M11 17h9"/><circle cx="16" cy="7" r="2.5"/><circle cx="8" cy="17" r="2.5"/>',
  ),
  widget: icon(
    '<path d="M10 4.500a2 2 0 0 1 4 0V6h4a1 1 0 0 1 1 1v4h-1.500a2 2 0 0 0 0 4H19v4a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-4h1.500a2 2 0 0 0 0-4H5V7a1 1 0 0 1 1-1h4z"/>',
  ),
} as const;
