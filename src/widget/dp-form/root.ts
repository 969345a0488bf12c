/** A root under which the widget's own styles apply; nothing of ours stands outside of one. */
export function root(part: string): HTMLElement {
  const element = document.createElement('div');
  element.className = `pipeline-messenger pipeline-messenger_${part}`;
  return element;
}
