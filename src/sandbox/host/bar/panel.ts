import { make } from './make.js';

/** A part of the panel. */
export interface PanelPart {
  readonly id: string;
  readonly title: string;
  readonly content: HTMLElement;
  /** It becomes visible, or is no more. */
  shown?(visible: boolean): void;
}

export interface Panel {
  /** The buttons of the bar. */
  readonly tabs: HTMLElement;
  readonly element: HTMLElement;
  open(id: string): void;
  /** Shows a number beside a button; its text is for those who cannot see the colour. */
  badge(id: string, badge: { number: number; text: string; kind: 'plain' | 'warn' | 'bad' } | null): void;
}

const key = 'sandbox:bar';
const smallest = 120;

/** The panel above the bar with one part visible at a time. What is open and how high survives a reload. */
export function createPanel(parts: readonly PanelPart[]): Panel {
  const remembered = recall();
  let open: string | null = null;
  let height = remembered.height;

  const tabOf = new Map<string, HTMLButtonElement>();
  const badgeOf = new Map<string, Record<'badge' | 'spoken', HTMLElement>>();
  const pageOf = new Map<string, HTMLElement>();
  for (const { id, title, content } of parts) {
    const badge = make('span', { hidden: true, 'aria-hidden': 'true' });
    const spoken = make('span', { class: 'hidden' });
    const tab = make(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${id}`,
        class: 'tab',
        'aria-controls': `panel-${id}`,
        click: () => {
          show(open === id ? null : id);
        },
      },
      title,
      badge,
      spoken,
    );
    badgeOf.set(id, { badge, spoken });
    tabOf.set(id, tab);
    pageOf.set(
      id,
      make(
        'div',
        { class: 'tabpanel', role: 'tabpanel', id: `panel-${id}`, 'aria-labelledby': `tab-${id}` },
        content,
      ),
    );
  }
  const tabs = make(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': 'Panels', keydown: walk },
    ...tabOf.values(),
  );
  const resizer = createResizer(
    () => height,
    (next) => {
      resize(next);
      remember({ open, height });
    },
  );
  const element = make('div', { class: 'panel', keydown: closeOnEscape }, resizer, ...pageOf.values());

  function show(id: string | null): void {
    open = id;
    element.hidden = id === null;
    for (const [index, part] of parts.entries()) {
      const isOpen = part.id === id;
      const tab = tabOf.get(part.id);
      tab?.setAttribute('aria-selected', String(isOpen));
      // One of the buttons is reached by Tab, the others by the arrow keys.
      tab?.setAttribute('tabindex', isOpen || (id === null && index === 0) ? '0' : '-1');
      const page = pageOf.get(part.id);
      if (page !== undefined) page.hidden = !isOpen;
      part.shown?.(isOpen);
    }
    remember({ open, height });
  }
  function walk(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const all = [...tabOf.values()];
    const at = all.indexOf(event.target as HTMLButtonElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    all[(at + step + all.length) % all.length]?.focus();
  }
  function closeOnEscape(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || open === null) return;
    const tab = tabOf.get(open);
    show(null);
    tab?.focus();
  }
  function resize(next: number): void {
    height = Math.round(Math.min(Math.max(next, smallest), window.innerHeight * 0.8));
    element.style.height = `${height}px`;
    resizer.setAttribute('aria-valuenow', String(height));
  }

  tabs.addEventListener('keydown', closeOnEscape);
  resize(height);
  show(parts.some(({ id }) => id === remembered.open) ? remembered.open : null);
  return {
    tabs,
    element,
    open: show,
    badge(id, badge) {
      const place = badgeOf.get(id);
      if (place === undefined) return;
      place.badge.hidden = badge === null;
      place.badge.className = `badge ${badge?.kind ?? ''}`;
      place.badge.textContent = String(badge?.number ?? '');
      place.spoken.textContent = badge === null ? '' : ` ${badge.text}`;
      tabOf.get(id)?.setAttribute('title', badge?.text ?? '');
    },
  };
}

/** The panel's upper edge, to be drawn with the mouse or moved with the arrow keys. */
function createResizer(height: () => number, resize: (height: number) => void): HTMLElement {
  const step = 40;
  const resizer = make('div', {
    class: 'resizer',
    role: 'separator',
    tabindex: 0,
    'aria-orientation': 'horizontal',
    'aria-label': 'Height of the panel',
    'aria-valuemin': smallest,
    keydown: (event: KeyboardEvent) => {
      const by = { ArrowUp: step, ArrowDown: -step }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      resize(height() + by);
    },
    pointerdown: ({ pointerId, clientY }: PointerEvent) => {
      const bottom = clientY + height();
      resizer.setPointerCapture(pointerId);
      const move = ({ clientY: y }: PointerEvent): void => {
        resize(bottom - y);
      };
      resizer.addEventListener('pointermove', move);
      resizer.addEventListener(
        'lostpointercapture',
        () => {
          resizer.removeEventListener('pointermove', move);
        },
        { once: true },
      );
    },
  });
  return resizer;
}

interface Remembered {
  readonly open: string | null;
  readonly height: number;
}

function remember(state: Remembered): void {
  sessionStorage.setItem(key, JSON.stringify(state));
}

function recall(): Remembered {
  const fresh = { open: null, height: 280 };
  try {
    return { ...fresh, ...(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Remembered>) };
  } catch {
    return fresh;
  }
}
