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
  const textarea = query(bubble.item, 'textarea', HTMLTextAreaElement);
  const text = (selector: string): string => query(bubble.item, selector).textContent;
  return {
    ...bubble,
    textarea,
    box: () => query(bubble.item, 'input[type=checkbox]', HTMLInputElement),
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

/** Whether jQuery's `trigger` made the event; otherwise it comes from a native one. */
export function byJQuery(event: { originalEvent?: Event | undefined }): boolean {
  return event.originalEvent === undefined;
}
