/** Elements that the host drew itself; everything else on the page is the widget's. */
const drawn = new WeakSet<Element>();

/** The elements of this HTML, remembered as the host's. Take care of {@link escapeHtml} for values. */
export function draw(html: string): JQuery {
  const $elements = $($.parseHTML(html.trim()) as Element[]);
  for (const element of $elements.toArray()) remember(element);
  return $elements;
}

export function remember(root: Element): void {
  drawn.add(root);
  for (const element of root.querySelectorAll('*')) drawn.add(element);
}

export function isDrawn(element: Element): boolean {
  return drawn.has(element);
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
