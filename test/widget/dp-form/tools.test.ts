import { describe, expect, it } from 'vitest';
import { query, revisions } from '../support/digital-pipeline.js';
import { openForm } from '../support/dp-form.js';

describe.each(revisions)('the counter in the %s markup', (revision) => {
  it.each([
    ['', 'Characters: 0 · SMS: 0'],
    ['Hello', 'Characters: 5 · SMS: 1'],
    ['👋', 'Characters: 1 · SMS: 1'],
    ['a'.repeat(160), 'Characters: 160 · SMS: 1'],
    ['a'.repeat(161), 'Characters: 161 · SMS: 2'],
    ['я'.repeat(71), 'Characters: 71 · SMS: 2'],
    ['{{lead_id}}', 'Characters: 11 · SMS: ≈ 1'],
    [`${'a'.repeat(156)}{{lead_id}}`, 'Characters: 167 · SMS: ≈ 1'],
    [`${'a'.repeat(157)}{{lead_id}}`, 'Characters: 168 · SMS: ≈ 2'],
    ['{{nick}}', 'Characters: 8 · SMS: 1'],
  ])('says of %j that it is %j', async (message, expected) => {
    const { counter, type } = await openForm({ revision });
    type(message);
    expect(counter()).toBe(expected);
  });
});

describe.each(revisions)('the preview in the %s markup', (revision) => {
  it('fills in sample data as the message is typed', async () => {
    const { preview, type } = await openForm({ revision });
    type('Hello, {{contact_name}}!');
    expect(preview()).toBe('Hello, Anna Smith!');
    type('{{ lead_price }} {{nick}}');
    expect(preview()).toBe('1,500 {{nick}}');
  });

  it('says what will stand there while there is nothing', async () => {
    const { item, preview, type } = await openForm({ revision });
    const look = query(item, '.pipeline-messenger__preview-text').classList;
    const empty = 'pipeline-messenger__preview-text_empty';
    expect([preview(), look.contains(empty)]).toEqual(['Your message will appear here', true]);
    type('Hi');
    expect([preview(), look.contains(empty)]).toEqual(['Hi', false]);
    type('');
    expect([preview(), look.contains(empty)]).toEqual(['Your message will appear here', true]);
  });

  it('shows markup as text', async () => {
    const { item, preview, type } = await openForm({ revision });
    type('<img src=x onerror=alert(1)>');
    expect(preview()).toBe('<img src=x onerror=alert(1)>');
    expect(item.querySelector('img')).toBeNull();
  });
});

describe.each(revisions)('the hint on an unknown macro in the %s markup', (revision) => {
  it('names it and the nearest one that exists', async () => {
    const { hints, type } = await openForm({ revision });
    type('Hello, {{contact_nme}}!');
    expect(hints().map(({ textContent }) => textContent)).toEqual([
      'There is no macro {{contact_nme}}. Did you mean {{contact_name}}? Replace',
    ]);
  });

  it('offers nothing when nothing is near', async () => {
    const { hints, type } = await openForm({ revision });
    type('{{discount}}');
    expect(hints().map(({ textContent }) => textContent)).toEqual(['There is no macro {{discount}}.']);
    expect(hints()[0]?.querySelector('button')).toBeNull();
  });

  it('is there for a stored message too', async () => {
    const { hints } = await openForm({ revision, stored: { message: '{{nick}}' } });
    expect(hints()).toHaveLength(1);
  });

  it('is not there for known macros, with or without spaces inside, nor for no text', async () => {
    const { hints, type } = await openForm({ revision });
    expect(hints()).toEqual([]);
    type('{{contact_name}} {{ lead_id }} {one} {{two}');
    expect(hints()).toEqual([]);
  });

  it('replaces the macro on request, in Kommo’s input too, with the caret behind it', async () => {
    const { canSave, hints, input, preview, textarea } = await openForm({
      revision,
      stored: { message: 'Hello, {{ contact_nme }}!' },
    });
    const button = query(hints()[0] as HTMLElement, 'button', HTMLButtonElement);
    expect(button.type).toBe('button');
    button.click();
    expect(textarea.value).toBe('Hello, {{contact_name}}!');
    expect(input('message').value).toBe('Hello, {{contact_name}}!');
    expect(textarea.selectionStart).toBe(23);
    expect(preview()).toBe('Hello, Anna Smith!');
    expect(hints()).toEqual([]);
    expect(canSave()).toBe(true);
  });

  it('replaces one after the other when the same mistake stands twice, under one hint', async () => {
    const { hints, textarea, type } = await openForm({ revision });
    type('{{led_id}} {{led_id}}');
    expect(hints()).toHaveLength(1);
    const replace = (): void => {
      query(hints()[0] as HTMLElement, 'button', HTMLButtonElement).click();
    };
    replace();
    expect(textarea.value).toBe('{{lead_id}} {{led_id}}');
    replace();
    expect(textarea.value).toBe('{{lead_id}} {{lead_id}}');
    expect(hints()).toEqual([]);
  });

  it('replaces the macro where it stands by then', async () => {
    const { hints, textarea, type } = await openForm({ revision });
    type('{{led_id}}');
    type('Your order {{led_id}}');
    query(hints()[0] as HTMLElement, 'button', HTMLButtonElement).click();
    expect(textarea.value).toBe('Your order {{lead_id}}');
  });

  it('has one line for each mistake, in the order of the text', async () => {
    const { hints, type } = await openForm({ revision });
    type('{{nick}} {{lead_id}} {{age}}');
    expect(hints().map(({ textContent }) => textContent)).toEqual([
      'There is no macro {{nick}}.',
      'There is no macro {{age}}.',
    ]);
  });

  it('is announced, and stays as it is while something else is typed', async () => {
    const { hints, item, type } = await openForm({ revision });
    expect(query(item, '.pipeline-messenger__hints').getAttribute('aria-live')).toBe('polite');
    type('{{led_id}}');
    const [hint] = hints();
    type('Hello {{led_id}}!');
    expect(hints()[0]).toBe(hint);
  });

  it('shows markup in a name as text', async () => {
    const { hints, item, type } = await openForm({ revision });
    type('{{<img src=x>}}');
    expect(hints()[0]?.textContent).toBe('There is no macro {{<img src=x>}}.');
    expect(item.querySelector('img')).toBeNull();
  });
});
