import $ from 'jquery';
import { describe, expect, it } from 'vitest';
import { macroGroups, macros, macroTag } from '../../../src/contract/macros.js';
import { query, revisions } from '../support/digital-pipeline.js';
import { byJQuery, decorate, openForm } from '../support/dp-form.js';
import { type Language, languages } from '../support/words.js';

it('is tested with the jQuery of the platform', () => {
  expect($.fn.jquery).toBe('2.1.3');
});

describe.each(revisions)('the message in the %s markup', (revision) => {
  it('is written in a textarea in the place of the input', async () => {
    const { block, input, textarea } = await openForm({ revision });
    const own = query(block('message'), '.pipeline-messenger');
    expect(own.contains(textarea)).toBe(true);
    expect(input('message').nextElementSibling).toBe(own);
    expect(input('message').type).toBe('hidden');
    expect(input('message').isConnected).toBe(true);
  });

  it('has a textarea with a label, a placeholder and the look of the platform', async () => {
    const { block, textarea } = await openForm({ revision });
    expect(textarea.getAttribute('aria-label')).toBe('Message');
    expect(textarea.placeholder).toBe('Hello, {{contact_first_name}}! Your order is ready.');
    expect([...textarea.classList]).toEqual(
      expect.arrayContaining([
        'text-input',
        'text-input-textarea',
        'digital-pipeline__add-task-textarea',
        'textarea-autosize',
        'task-edit__textarea',
      ]),
    );
    expect(getComputedStyle(query(block('message'), '.widget_settings_block__title_field')).display).not.toBe(
      'none',
    );
  });

  it('has one field of its name in the form, which is Kommo’s', async () => {
    const { form, textarea, input } = await openForm({ revision });
    expect([...form.elements].filter((element) => element.getAttribute('name') === 'message')).toEqual([
      input('message'),
    ]);
    expect(textarea.hasAttribute('name')).toBe(false);
    expect(textarea.hasAttribute('id')).toBe(false);
  });

  it('reaches Kommo’s input as it is typed, and Save becomes active', async () => {
    const { canSave, input, type, values } = await openForm({ revision });
    expect(canSave()).toBe(false);
    type('Hello\nAnna');
    expect(input('message').value).toBe('Hello\nAnna');
    expect(canSave()).toBe(true);
    // A form encodes line breaks as CR LF.
    expect(values()).toEqual({ message: 'Hello\r\nAnna', only_main: '' });
  });

  it('tells listeners on the form by a native change and by jQuery’s', async () => {
    const { form, type } = await openForm({ revision });
    const heard: string[] = [];
    form.addEventListener('change', (event) =>
      heard.push(`native ${(event.target as HTMLInputElement).value}`),
    );
    $(form).on('change', (event) => {
      if (byJQuery(event)) heard.push(`jquery ${(event.target as HTMLInputElement).value}`);
    });
    type('Hi');
    expect(heard).toEqual(['native Hi', 'jquery Hi']);
    type('Hi');
    expect(heard).toHaveLength(2);
  });

  it('goes on after a listener of the page has thrown', async () => {
    const { form, input, textarea, type } = await openForm({ revision });
    $(form).on('change', (event) => {
      if (byJQuery(event)) throw new Error('a defect of the page');
    });
    const hush = (event: Event): void => {
      event.preventDefault();
    };
    window.addEventListener('error', hush);
    type('Hi');
    window.removeEventListener('error', hush);
    $(form).off('change');
    $(input('message')).val('Set by the page').trigger('change');
    expect(textarea.value).toBe('Set by the page');
  });

  it.each<[string, (input: HTMLInputElement) => void]>([
    ['a native change', (input) => input.dispatchEvent(new Event('change', { bubbles: true }))],
    ['a change of jQuery', (input) => $(input).trigger('change')],
  ])('follows when something else writes to Kommo’s input and says so by %s', async (_how, tell) => {
    const { counter, input, preview, textarea } = await openForm({ revision });
    input('message').value = 'From elsewhere';
    tell(input('message'));
    expect(textarea.value).toBe('From elsewhere');
    expect(counter()).toBe('Characters: 14 · SMS: 1');
    expect(preview()).toBe('From elsewhere');
  });

  it.each([
    'Hello',
    '"Hello" & <b>bye</b>',
    "it's",
    '{{contact_name}}',
    'Hello\nAnna\n\nBye',
    ' spaces ',
    '👋',
  ])('shows the stored %j when it is opened again', async (message) => {
    const { canSave, counter, preview, textarea, values } = await openForm({ revision, stored: { message } });
    expect(textarea.value).toBe(message);
    expect(values()['message']).toBe(message.replace(/\n/g, '\r\n'));
    expect(canSave()).toBe(false);
    expect(preview()).toBe(message.replace('{{contact_name}}', 'Anna Smith'));
    expect(counter()).toMatch(/^Characters: [1-9]/);
  });

  it('reads stored line breaks of Windows as line breaks', async () => {
    const { input, textarea } = await openForm({ revision, stored: { message: 'a\r\nb\rc' } });
    expect([textarea.value, input('message').value]).toEqual(['a\nb\nc', 'a\nb\nc']);
  });

  it('shows a stored text that Kommo sets only after drawing', async () => {
    const { textarea, values } = await openForm({
      revision,
      stored: { message: 'Hello' },
      storedBy: 'property',
    });
    expect(textarea.value).toBe('Hello');
    expect(values()['message']).toBe('Hello');
  });

  it('keeps a text with line breaks when the widget goes and comes again', async () => {
    const form = await openForm({ revision });
    form.type('Hello\nAnna');
    form.host.callbacks.destroy?.();
    await decorate(form.host);
    expect(query(form.item, 'textarea', HTMLTextAreaElement).value).toBe('Hello\nAnna');
  });

  it('has the macros in the documented markup, grouped', async () => {
    const { block } = await openForm({ revision });
    const groups = [...block('message').querySelectorAll('.marker-list__block')];
    expect(groups.map((group) => group.getAttribute('aria-label'))).toEqual(['Contact', 'Lead', 'Manager']);
    expect(groups.map((group) => query(group, '.pipeline-messenger__group').textContent)).toEqual([
      'Contact',
      'Lead',
      'Manager',
    ]);
    const tags = groups.map((group) =>
      [...group.querySelectorAll<HTMLElement>(':scope > .marker-list__row > .marker-list__tag-bot')].map(
        (marker) => {
          const tag = query(marker, ':scope > .marker-list__tag').textContent;
          expect(marker.dataset['marker']).toBe(tag);
          expect([marker.getAttribute('role'), marker.tabIndex]).toEqual(['button', 0]);
          return tag;
        },
      ),
    );
    expect(tags).toEqual(
      macroGroups.map((group) =>
        macros.filter((macro) => macro.group === group).map(({ name }) => macroTag(name)),
      ),
    );
    const labels = [...block('message').querySelectorAll('.digital-pipeline__example-label')];
    expect(labels.map(({ textContent }) => textContent)).toContain('Click to insert');
  });

  it('describes each macro beside it', async () => {
    const { marker } = await openForm({ revision });
    for (const { name } of macros) {
      const row = marker(name).closest('.marker-list__row') ?? document.body;
      expect(query(row, ':scope > .marker-list__tag-descr').textContent).toBe(
        `– ${languages.en.macros.labels[name]}`,
      );
    }
  });
});

it.each(Object.keys(languages) as Language[])('speaks %s', async (language) => {
  const { block, counter, item, preview, textarea } = await openForm({ revision: 'newer' }, { language });
  const words = languages[language];
  expect(textarea.placeholder).toBe(words.dp.settings.message.placeholder);
  expect(textarea.getAttribute('aria-label')).toBe(words.dp.settings.message.name);
  expect(preview()).toBe(words.dp.preview.empty);
  expect(counter()).toBe(`${words.dp.counter.characters}: 0 · ${words.dp.counter.segments}: 0`);
  expect(query(item, '.pipeline-messenger__counter').title).toBe(words.dp.counter.estimate);
  expect(query(item, '.control-checkbox__text').textContent.trim()).toBe(words.dp.settings.only_main.name);
  const labels = [...block('message').querySelectorAll('.marker-list__tag-descr')].map(({ textContent }) =>
    textContent.slice(2),
  );
  expect(labels).toEqual(macros.map(({ name }) => words.macros.labels[name]));
});
