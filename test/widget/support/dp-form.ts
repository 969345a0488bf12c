import { type Bubble, type BubbleOptions, openBubble, query } from './digital-pipeline.js';
import { type Host, type HostOptions, settled, startWidget } from './host.js';

export type Form = ReturnType<typeof formOf>;

/** Opens a trigger's bubble and lets the widget decorate it. */
export async function openForm(
  options: BubbleOptions,
  hostOptions: HostOptions = {},
): Promise<Form & { host: Host }> {
  const host = startWidget(hostOptions);
  const bubble = openBubble(options);
  await decorate(host);
  return { ...formOf(bubble), host };
}

/** What the platform does when a bubble opens, up to the last thing that comes of it. */
export async function decorate(host: Host): Promise<void> {
  host.callbacks.dpSettings?.();
  await settled();
}

/** The parts of a decorated bubble, as a user meets them. */
export function formOf(bubble: Bubble) {
  const textarea = query<HTMLTextAreaElement>(bubble.item, 'textarea');
  const text = (selector: string): string => query(bubble.item, selector).textContent;
  return {
    ...bubble,
    textarea,
    box: () => query<HTMLInputElement>(bubble.item, 'input[type=checkbox]'),
    type: (value: string): void => {
      textarea.focus();
      textarea.value = value;
      textarea.dispatchEvent(new Event('input', { bubbles: true }));
    },
    marker: (name: string) => query(bubble.item, `[data-marker="{{${name}}}"]`),
    counter: () => text('.pipeline-messenger__counter'),
    preview: () => text('.pipeline-messenger__preview-text'),
    hints: () => [...bubble.item.querySelectorAll<HTMLElement>('.pipeline-messenger__hint')],
  };
}
