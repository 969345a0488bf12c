import $ from 'jquery';
import { describe, expect, it } from 'vitest';
import { query, revisions } from '../support/digital-pipeline.js';
import { byJQuery, decorate, openForm } from '../support/dp-form.js';

describe.each(revisions)('the check box of the main contact in the %s markup', (revision) => {
  it('stands in the platform’s markup in the place of the input and its label', async () => {
    const { block, box, input } = await openForm({ revision });
    const control = query(block('only_main'), 'label.control-checkbox');
    expect(
      query(control, ':scope > .control-checkbox__body > input + .control-checkbox__helper'),
    ).toBeDefined();
    expect(query(control, '.control-checkbox__text').textContent.trim()).toBe('Only to the main contact');
    expect(control.contains(box())).toBe(true);
    expect(input('only_main').type).toBe('hidden');
    const title = query(block('only_main'), '.widget_settings_block__title_field');
    expect(getComputedStyle(title).display).toBe('none');
  });

  it('is alone with Kommo’s input under the name', async () => {
    const { box, form, input } = await openForm({ revision });
    expect([...form.elements].filter((element) => element.getAttribute('name') === 'only_main')).toEqual([
      input('only_main'),
    ]);
    expect([box().hasAttribute('name'), box().hasAttribute('id')]).toEqual([false, false]);
  });

  it.each(['1', 'on', 'true'])('is ticked when %j is stored', async (only_main) => {
    const { block, box, canSave, values } = await openForm({ revision, stored: { only_main } });
    expect(box().checked).toBe(true);
    expect(query(block('only_main'), '.control-checkbox').classList.contains('is-checked')).toBe(true);
    expect(values()['only_main']).toBe(only_main);
    expect(canSave()).toBe(false);
  });

  it.each(['', '0', 'off'])('is not ticked when %j is stored', async (only_main) => {
    const { block, box } = await openForm({ revision, stored: { only_main } });
    expect(box().checked).toBe(false);
    expect(query(block('only_main'), '.control-checkbox').classList.contains('is-checked')).toBe(false);
  });

  it('stores 1 when it is ticked and nothing when it is not', async () => {
    const { block, box, canSave, values } = await openForm({ revision });
    const look = query(block('only_main'), '.control-checkbox').classList;
    box().click();
    expect(values()['only_main']).toBe('1');
    expect([canSave(), look.contains('is-checked')]).toEqual([true, true]);
    box().click();
    expect(values()['only_main']).toBe('');
    expect(look.contains('is-checked')).toBe(false);
  });

  it('tells listeners on the form by a native change and by jQuery’s of Kommo’s input', async () => {
    const { box, form, input } = await openForm({ revision });
    const heard: string[] = [];
    form.addEventListener('change', (event) => {
      if (event.target === input('only_main')) heard.push('native');
    });
    $(form).on('change', (event) => {
      if (event.target === input('only_main') && byJQuery(event)) heard.push('jquery');
    });
    box().click();
    expect(heard).toEqual(['native', 'jquery']);
  });

  it.each<[string, (input: HTMLInputElement) => void]>([
    ['a native change', (input) => input.dispatchEvent(new Event('change', { bubbles: true }))],
    ['a change of jQuery', (input) => $(input).trigger('change')],
  ])('follows when something else writes to Kommo’s input and says so by %s', async (_how, tell) => {
    const { block, box, input } = await openForm({ revision });
    input('only_main').value = '1';
    tell(input('only_main'));
    expect(box().checked).toBe(true);
    expect(query(block('only_main'), '.control-checkbox').classList.contains('is-checked')).toBe(true);
    input('only_main').value = '';
    tell(input('only_main'));
    expect(box().checked).toBe(false);
  });

  it('shows what was ticked when it is opened again', async () => {
    const first = await openForm({ revision });
    first.box().click();
    first.host.callbacks.destroy?.();
    await decorate(first.host);
    expect(first.box().checked).toBe(true);
  });

  it('is missing, and nothing else is, where Kommo drew no input for it', async () => {
    const { item, type, values } = await openForm({ revision, fields: ['message'] });
    type('Hello');
    expect(values()).toEqual({ message: 'Hello' });
    expect(item.querySelector('input[type=checkbox]')).toBeNull();
  });
});
