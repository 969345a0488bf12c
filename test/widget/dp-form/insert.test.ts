import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { insertAt, insertAtCaret } from '../../../src/widget/dp-form/insert.js';

let textarea: HTMLTextAreaElement;
let inputs: number;

beforeEach(() => {
  textarea = document.body.appendChild(document.createElement('textarea'));
  textarea.addEventListener('input', () => (inputs += 1));
  inputs = 0;
});

afterEach(() => {
  textarea.remove();
  Reflect.deleteProperty(document, 'execCommand');
});

/** jsdom has no `execCommand`; browsers insert at the selection and fire `input` themselves, or answer false. */
function playExecCommand(works: boolean): void {
  const execCommand = (command: string, _showUi: boolean, value: string): boolean => {
    if (!works || command !== 'insertText' || document.activeElement !== textarea) return false;
    textarea.setRangeText(value, textarea.selectionStart, textarea.selectionEnd, 'end');
    textarea.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: value }));
    return true;
  };
  Object.assign(document, { execCommand });
}

const given = fc.record({
  text: fc.string({ unit: 'binary', maxLength: 40 }),
  inserted: fc
    .string({ unit: 'binary', minLength: 1, maxLength: 10 })
    .map((text) => text.replace(/\r/g, '\n')),
  edges: fc.tuple(fc.nat(40), fc.nat(40)),
});

describe.each<[string, () => void]>([
  ['without execCommand', () => undefined],
  [
    'where execCommand refuses',
    () => {
      playExecCommand(false);
    },
  ],
  [
    'where execCommand inserts',
    () => {
      playExecCommand(true);
    },
  ],
])('inserting %s', (_browser, prepare) => {
  beforeEach(prepare);

  it('puts the text in the place of the range, the caret behind it and fires input once', () => {
    fc.assert(
      fc.property(given, ({ text, inserted, edges }) => {
        textarea.value = text;
        const before = textarea.value;
        const [start = 0, end = 0] = edges.map((edge) => edge % (before.length + 1)).sort((a, b) => a - b);
        inputs = 0;
        insertAt(textarea, inserted, start, end);
        expect(textarea.value).toBe(before.slice(0, start) + inserted + before.slice(end));
        expect(textarea.selectionStart).toBe(start + inserted.length);
        expect(textarea.selectionEnd).toBe(start + inserted.length);
        expect(inputs).toBe(1);
        expect(document.activeElement).toBe(textarea);
      }),
    );
  });

  it('takes the selection for the range when none is given', () => {
    textarea.value = 'Hello, you!';
    textarea.setSelectionRange(7, 10);
    insertAtCaret(textarea, 'Anna');
    expect(textarea.value).toBe('Hello, Anna!');
    expect([textarea.selectionStart, inputs]).toEqual([11, 1]);
  });

  it('fires an input that bubbles', () => {
    let bubbled = false;
    document.body.addEventListener('input', () => (bubbled = true), { once: true });
    insertAtCaret(textarea, 'x');
    expect(bubbled).toBe(true);
  });
});
