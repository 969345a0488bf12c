import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { macros, macroTag } from '../../../src/contract/macros.js';
import { query, revisions } from '../support/digital-pipeline.js';
import { type Form, openForm } from '../support/dp-form.js';

type Press = (marker: HTMLElement) => Event;

const click: Press = (marker) => fire(query(marker, '.marker-list__tag'), new MouseEvent('click', bubbling));
const key =
  (name: string): Press =>
  (marker) =>
    fire(marker, new KeyboardEvent('keydown', { ...bubbling, key: name }));

const bubbling = { bubbles: true, cancelable: true };
const ways: [string, Press][] = [
  ['a click', click],
  ['Enter', key('Enter')],
  ['the space bar', key(' ')],
];

function fire(target: Element, event: Event): Event {
  target.dispatchEvent(event);
  return event;
}

describe.each(revisions)('a marker in the %s markup', (revision) => {
  it.each(ways)('is inserted at the caret by %s', async (_way, press) => {
    const { input, marker, textarea, type } = await openForm({ revision });
    type('Hello, !');
    textarea.setSelectionRange(7, 7);
    press(marker('contact_name'));
    expect(textarea.value).toBe('Hello, {{contact_name}}!');
    expect(input('message').value).toBe(textarea.value);
    expect([textarea.selectionStart, textarea.selectionEnd]).toEqual([23, 23]);
    expect(document.activeElement).toBe(textarea);
  });

  it.each(ways)('takes the place of the selection by %s', async (_way, press) => {
    const { marker, textarea, type } = await openForm({ revision });
    type('Hello, you!');
    textarea.setSelectionRange(7, 10);
    press(marker('lead_id'));
    expect(textarea.value).toBe('Hello, {{lead_id}}!');
  });

  it('goes to the end of a stored text that nobody has clicked into', async () => {
    const { marker, textarea } = await openForm({ revision, stored: { message: 'Order ' } });
    click(marker('lead_id'));
    expect(textarea.value).toBe('Order {{lead_id}}');
  });

  it('leaves the focus and the caret where they are at a press of the mouse', async () => {
    const { marker } = await openForm({ revision });
    expect(fire(marker('lead_id'), new MouseEvent('mousedown', bubbling)).defaultPrevented).toBe(true);
  });

  it('leaves the mouse alone elsewhere, so that text can be selected', async () => {
    const { item, textarea } = await openForm({ revision });
    for (const element of [textarea, query(item, '.pipeline-messenger__preview-text')]) {
      expect(fire(element, new MouseEvent('mousedown', bubbling)).defaultPrevented).toBe(false);
    }
  });

  it.each(['Enter', ' '])('keeps %j from the form, which Kommo would save', async (name) => {
    const { form, marker } = await openForm({ revision });
    const heard: string[] = [];
    form.addEventListener('keydown', (event) => heard.push(event.key));
    expect(key(name)(marker('lead_id')).defaultPrevented).toBe(true);
    expect(heard).toEqual([]);
  });

  it.each(['Tab', 'a', 'Escape'])('is not inserted by %s', async (name) => {
    const { marker, textarea } = await openForm({ revision });
    expect(key(name)(marker('lead_id')).defaultPrevented).toBe(false);
    expect(textarea.value).toBe('');
  });

  it('leaves Enter in the textarea to the text', async () => {
    const { textarea } = await openForm({ revision });
    expect(key('Enter')(textarea).defaultPrevented).toBe(false);
    expect(textarea.value).toBe('');
  });

  it('is inserted by no click beside it', async () => {
    const { item, textarea } = await openForm({ revision });
    for (const place of ['.marker-list__tag-descr', '.marker-list__block', '.pipeline-messenger__counter']) {
      fire(query(item, place), new MouseEvent('click', bubbling));
    }
    expect(textarea.value).toBe('');
  });

  it('stands in the text, in Kommo’s input and in one input event, whatever the text and the selection', async () => {
    const form = await openForm({ revision });
    const pressed = fc.record({
      text: fc.string({ unit: 'binary', maxLength: 60 }),
      edges: fc.tuple(fc.nat(60), fc.nat(60)),
      name: fc.constantFrom(...macros.map(({ name }) => name)),
      press: fc.constantFrom(...ways.map(([, press]) => press)),
    });
    fc.assert(
      fc.property(pressed, (given) => {
        expectInsertion(form, given);
      }),
      { numRuns: 60 },
    );
  });
});

function expectInsertion(
  { input, marker, textarea, type }: Form,
  { text, edges, name, press }: { text: string; edges: [number, number]; name: string; press: Press },
): void {
  type(text);
  // The textarea's own idea of the text: it makes every line break `\n`.
  const before = textarea.value;
  const [start = 0, end = 0] = edges.map((edge) => edge % (before.length + 1)).sort((a, b) => a - b);
  textarea.setSelectionRange(start, end);
  let inputs = 0;
  const count = (): number => (inputs += 1);
  textarea.addEventListener('input', count);
  press(marker(name));
  textarea.removeEventListener('input', count);

  const tag = macroTag(name);
  expect(textarea.value).toBe(before.slice(0, start) + tag + before.slice(end));
  expect([textarea.selectionStart, textarea.selectionEnd]).toEqual([start + tag.length, start + tag.length]);
  expect(input('message').value).toBe(textarea.value);
  expect(inputs).toBe(1);
}
