/** Puts a text in the place of the selection, or at the caret, and leaves the caret behind it. */
export function insertAtCaret(textarea: HTMLTextAreaElement, text: string): void {
  insertAt(textarea, text, textarea.selectionStart, textarea.selectionEnd);
}

/**
 * Puts a text in the place of `start` to `end` (UTF-16 offsets) and leaves the caret behind it. The textarea
 * has the focus afterwards and tells of the change with `input`.
 */
export function insertAt(textarea: HTMLTextAreaElement, text: string, start: number, end: number): void {
  textarea.focus();
  textarea.setSelectionRange(start, end);
  if (insertUndoably(text)) return;
  textarea.setRangeText(text, start, end, 'end');
  textarea.dispatchEvent(new Event('input', { bubbles: true }));
}

/** The one way of inserting that Ctrl+Z can take back; it fires `input` itself. Browsers may drop it some day. */
function insertUndoably(text: string): boolean {
  const { execCommand } = document as {
    execCommand?: (command: string, showUi: boolean, value: string) => boolean;
  };
  return execCommand?.call(document, 'insertText', false, text) ?? false;
}
