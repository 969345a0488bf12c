/** Room for the editor and the macro list side by side with nothing cut off, on narrow screens as much as there is. */
const minimumWidth = 'min(520px, 92vw)';

/**
 * Gives the bubble room with an inline style, as moderation allows no rule on Kommo's own classes. Returns what
 * takes the room away again.
 */
export function widen(bubble: HTMLElement): () => void {
  const target = bubble.closest<HTMLElement>('.digital-pipeline__edit-bubble') ?? bubble;
  const before = target.style.minWidth;
  target.style.minWidth = minimumWidth;
  return () => {
    target.style.minWidth = before;
    if (target.getAttribute('style') === '') target.removeAttribute('style');
  };
}
