import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { seriousFindings } from './support/axe.js';
import { type SmallSandbox, useSmallSandbox } from './support/small-sandbox.js';

const open = useSmallSandbox();

/** Opens a page that has nothing but these controls, and a log of the events that the widget hears. */
async function show(controls: string, theme: 'light' | 'dark' = 'light'): Promise<Page> {
  return (await showIn(controls, theme)).page;
}

function showIn(controls: string, theme: 'light' | 'dark' = 'light'): Promise<SmallSandbox> {
  const script = `
    this.callbacks.init = function () {
      window.heard = [];
      var control = function (name, params) { return self.render({ ref: '/tmpl/controls/' + name + '.twig' }, params); };
      $('#page_holder').html('<form id="controls" style="padding: 20px; max-width: 500px">' + [${controls}].join('<br>') + '</form>');
      $('#controls').on('change controls:change', function (event) {
        window.heard.push(event.type + (event.namespace ? '.' + event.namespace : '') + ' ' + (event.target.name || '') + '=' + event.target.value);
      });
      return true;
    };`;
  return open('/leads/pipeline', [{ script }], { switches: { theme } });
}

const heard = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { heard: string[] }).heard);

/** What a form sends: names and values. */
const form = (page: Page): Promise<string> =>
  page.evaluate(() =>
    new URLSearchParams(
      new FormData(document.querySelector<HTMLFormElement>('#controls') ?? undefined) as never,
    )
      .toString()
      .replaceAll('%5B%5D', '[]'),
  );

const items = `[{ id: 1, option: 'New' }, { id: 2, option: 'Closed', disabled: true }, { id: 3, option: 'Won', bg_color: '#ccff66' }, { id: 4, option: 'Lost' }]`;

describe('buttons', () => {
  test('have their text, state and attributes', async () => {
    const page = await show(
      `control('button', { text: 'Save', text_bold: 'now', class_name: 'mine', id: 'go', additional_data: 'data-x="1"', tab_index: 3, blue: true }),
       control('cancel_button', {}), control('cancel_button', { text: 'Hidden', hidden: true }), control('delete_button', { text: 'Remove' })`,
    );
    const save = page.getByRole('button', { name: 'Save now' });
    expect(await save.getAttribute('class')).toBe('button-input mine button-input_blue');
    expect(await save.evaluate((button) => [button.id, button.dataset['x'], button.tabIndex])).toEqual([
      'go',
      '1',
      3,
    ]);
    expect(await page.getByRole('button', { name: 'Cancel' }).isVisible()).toBe(true);
    expect(await page.getByText('Hidden').isVisible()).toBe(false);
    await page.evaluate(
      `document.querySelector('.button-delete').addEventListener('click', () => heard.push('removed'))`,
    );
    await page.getByRole('button', { name: 'Remove' }).press('Enter');
    expect(await heard(page)).toEqual(['removed']);
  });

  test('open their menu by mouse and keyboard', async () => {
    const page = await show(
      `control('button', { text: 'More', context_menu: [{ id: 'one', text: 'First' }, { id: 'two', text: 'Second' }] })`,
    );
    await page.evaluate(
      `document.querySelector('#two').addEventListener('click', () => heard.push('second'))`,
    );
    const more = page.getByRole('button', { name: 'More' });
    await more.click();
    await page.getByRole('menuitem', { name: 'First' }).press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await heard(page)).toEqual(['second']);
    await expect.poll(() => page.getByRole('menuitem').count()).toBe(0);
    await more.press('Enter');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('More');
  });
});

describe('text fields', () => {
  test('take every documented parameter', async () => {
    const page = await show(
      `control('input', { name: 'a', id: 'a', value: '"<b>&', placeholder: 'Say', max_length: 12, data_id: 7, sort: 2, style: { color: 'red' }, readonly: true }),
       control('input', { name: 'b', styled_input: true, autosize_width: true, min_size: 4, disabled: true }),
       control('textarea', { name: 'c', value: '<i>x</i>', tab_index: 2, additional_data: 'data-y="2"' })`,
    );
    expect(
      await page.locator('#a').evaluate((field: HTMLInputElement) => ({
        id: field.dataset['id'],
        sort: field.dataset['sort'],
        value: field.value,
        max: field.maxLength,
        readonly: field.readOnly,
        color: field.style.color,
        class: field.className,
      })),
    ).toEqual({
      id: '7',
      sort: '2',
      value: '"<b>&',
      max: 12,
      readonly: true,
      color: 'red',
      class: 'text-input',
    });
    expect(
      await page
        .locator('[name=b]')
        .evaluate((field: HTMLInputElement) => [field.size, field.disabled, field.className]),
    ).toEqual([4, true, 'js-control-own-look js-control-autosize-width']);
    expect(await page.locator('[name=c]').inputValue()).toBe('<i>x</i>');
  });

  test('grow with what is typed', async () => {
    const page = await show(
      `control('input', { name: 'a', autosize_width: true }), control('textarea', { name: 'b' })`,
    );
    const [field, area] = [page.locator('[name=a]'), page.locator('[name=b]')];
    const before = {
      width: (await field.boundingBox())?.width ?? 0,
      height: (await area.boundingBox())?.height ?? 0,
    };
    await field.fill('a long text that needs room');
    await area.fill('1\n2\n3\n4\n5\n6\n7');
    expect((await field.boundingBox())?.width).toBeGreaterThan(before.width);
    expect((await area.boundingBox())?.height).toBeGreaterThan(before.height);
  });
});

describe('checkboxes, radio buttons and switches', () => {
  test('show their state and send their values', async () => {
    const page = await show(
      `control('checkbox', { name: 'c', name_is_array: 'yes', value: 5, text: 'Five', note_text: 'note', small: true, fieldId: 9 }),
       control('radio', { name: 'r', id: 'r1', value: 1, label: 'One', selected: true }), control('radio', { name: 'r', prefix: 'p2', value: 2, label: 'Two', color: '#ffcc66' }),
       control('switcher', { name: 's', id: 's', text: 'Sound' })`,
    );
    const box = page.locator('label.control-checkbox');
    expect(await box.getAttribute('class')).not.toContain('is-checked');
    await page.getByText('Five').click();
    expect(await box.getAttribute('class')).toContain('is-checked');
    await page.getByText('Two').click();
    const sound = page.getByRole('switch', { name: 'Sound' });
    await sound.click();
    expect(await sound.isChecked()).toBe(true);
    expect(await page.locator('label.switcher').getAttribute('class')).toContain('switcher__on');
    expect(await form(page)).toBe('c[]=5&r=2&s=Y');
    await sound.press('Space');
    expect(await page.locator('label.switcher').getAttribute('class')).toContain('switcher__off');
  });
});

// Widgets find their way by these elements (platform/widget.md §3.8).
test('text areas and checkboxes have the DOM of the platform', async () => {
  const page = await show(
    `control('textarea', { name: 'note', id: 'note', class_name: 'mine', value: '</textarea><b>', placeholder: 'a "b"', style: { width: '50%', height: '90px' }, additional_data: 'data-x="1"' }),
     control('checkbox', { name: 'c', class_name: 'box', text: 'Check', value: 'Y', checked: true }),
     control('button', { text: 'Go', class_name: 'go', blue: true, disabled: true })`,
  );
  expect(
    await page.locator('#note').evaluate((area: HTMLTextAreaElement) => ({
      name: area.name,
      class: area.className,
      value: area.value,
      placeholder: area.placeholder,
      style: area.getAttribute('style'),
      data: area.dataset['x'],
    })),
  ).toEqual({
    name: 'note',
    class: 'text-input text-input-textarea mine',
    value: '</textarea><b>',
    placeholder: 'a "b"',
    style: 'width:50%;height:90px;',
    data: '1',
  });
  const label = page.locator('label.control-checkbox.box');
  const children = (selector: string): Promise<string[]> =>
    label
      .locator(selector)
      .evaluateAll((all) => all.map((one) => `${one.tagName} ${one.classList.value}`.trim()));
  expect(await children(':scope > *')).toEqual([
    'DIV control-checkbox__body',
    'DIV control-checkbox__text element__text',
  ]);
  expect(await children('.control-checkbox__body > *')).toEqual(['INPUT', 'SPAN control-checkbox__helper']);
  expect(await label.locator('input').inputValue()).toBe('Y');
  expect(await label.getAttribute('class')).toBe('control-checkbox box is-checked');
  expect(await page.locator('button.go').getAttribute('class')).toBe(
    'button-input go button-input_blue button-input-disabled',
  );
});

describe('select', () => {
  test('chooses the first item unless one is named, and says so in the documented elements', async () => {
    const page = await show(
      `control('select', { name: 'a', items: ${items} }), control('select', { name: 'b', items: ${items}, selected: 3, selected_before: 'Stage' }), control('select', { name: 'c', items: ${items}, selected: 99, disabled: true })`,
    );
    expect(await form(page)).toBe('a=1&b=3');
    expect(
      await page
        .locator('.control--select')
        .first()
        .evaluate((root) => [...root.children].map((child) => child.className)),
    ).toEqual(['custom-scroll control--select--list', 'control--select--button', 'control--select--input']);
    expect(await page.locator('.control--select--list--item-selected').count()).toBe(3);
    expect(await page.getByRole('button', { name: 'Won' }).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'New' }).last().isDisabled()).toBe(true);
  });

  test('is used by mouse: the hidden field tells of the change', async () => {
    const page = await show(`control('select', { name: 'a', items: ${items} })`);
    await page.getByRole('button', { name: 'New' }).click();
    await page.getByRole('option', { name: 'Closed' }).click({ force: true });
    expect(await heard(page)).toEqual([]);
    await page.getByRole('option', { name: 'Won' }).click();
    expect(await heard(page)).toEqual(['change a=3', 'controls:change a=3']);
    expect(await page.locator('#controls').getByRole('option').count()).toBe(0);
    await page.getByRole('button', { name: 'Won' }).click();
    await page.mouse.click(700, 300);
    expect(await page.locator('#controls').getByRole('option').count()).toBe(0);
  });

  test('is used by keyboard: arrows, letters, Enter and Escape', async () => {
    const page = await show(`control('select', { name: 'a', items: ${items} })`);
    const button = page.locator('.control--select--button');
    await button.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await form(page)).toBe('a=3');
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await button.press('Enter');
    await page.keyboard.press('l');
    await page.keyboard.press('Escape');
    expect(await form(page)).toBe('a=3');
    await button.press('Enter');
    await page.keyboard.press('l');
    await page.keyboard.press('Enter');
    expect(await form(page)).toBe('a=4');
  });

  test('follows a value that a widget sets', async () => {
    const page = await show(`control('select', { name: 'a', items: ${items} })`);
    await page.evaluate(`jQuery('[name=a]').val('4').trigger('controls:change:visual')`);
    expect(await page.locator('.control--select--button-inner').textContent()).toBe('Lost');
  });
});

describe('lists of checkboxes', () => {
  const dropdown = `control('checkboxes_dropdown', { name: 'd', name_is_array: 'yes', title_empty: 'No stage', title_numeral: 'stage,stages',
    items: [{ id: 1, option: 'New', prefix: 'st1' }, { id: 2, option: 'Won' }, { id: 3, option: '<b>Lost</b>', divider_before: { title: 'Ends' } }], need_escape: true })`;

  test('the title counts, the master checks all', async () => {
    const page = await show(dropdown);
    const title = page.locator('.checkboxes_dropdown__title');
    expect(await title.textContent()).toBe('No stage');
    await page.getByRole('button', { name: 'No stage' }).click();
    await page.getByText('Won').click();
    expect(await title.textContent()).toBe('Won');
    await page.getByText('<b>Lost</b>').click();
    expect(await title.textContent()).toBe('2 stages');
    expect(await page.locator('.js-master-checkbox').isChecked()).toBe(false);
    await page.getByText('Select all').click();
    expect(await title.textContent()).toBe('3 stages');
    expect(await form(page)).toBe('d[]=1&d[]=2&d[]=3');
    await page.getByText('Select all').click();
    expect(await title.textContent()).toBe('No stage');
    expect(await page.locator('#cbx_drop_st1').isVisible()).toBe(true);
  });

  test('opens, moves and closes by keyboard', async () => {
    const page = await show(dropdown);
    await page.getByRole('button', { name: 'No stage' }).press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    expect(await page.locator('#controls').getByRole('checkbox').count()).toBe(0);
    expect(await form(page)).toBe('d[]=1');
  });

  test('the browser’s own list takes several', async () => {
    const page = await show(
      `control('multiselect', { name: 'm', values: [{ id: 1, value: 'One' }, { id: 2, value: 'Two' }, { id: 3, value: 'Three' }], selected: [1, 3] })`,
    );
    expect(await form(page)).toBe('m=1&m=3');
  });
});

describe('suggest', () => {
  test('filters its items and keeps the id of the chosen one', async () => {
    const page = await show(
      `control('suggest', { name: 's', items: [{ id: 7, value: 'Alpha' }, { id: 8, value: 'Beta' }, { id: 9, value: 'Gamma' }], closable: true })`,
    );
    const field = page.locator('#controls').getByRole('combobox');
    await field.click();
    expect(await page.locator('#controls').getByRole('option').count()).toBe(3);
    await field.fill('a');
    await field.pressSequentially('m');
    expect(await page.locator('#controls').getByRole('option').allTextContents()).toEqual(['Gamma']);
    await field.press('ArrowDown');
    await field.press('Enter');
    expect(await field.inputValue()).toBe('Gamma');
    expect(await field.getAttribute('data-value-id')).toBe('9');
    expect(await heard(page)).toContain('controls:change s=Gamma');
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await field.inputValue()).toBe('');
  });

  test('asks an address for proposals', async () => {
    const page = await show(
      `control('suggest', { name: 's', ajax: { url: '/api/v4/tests', params: 'query=#q#&limit=2' } })`,
    );
    const asked: string[] = [];
    await page.route('**/api/v4/tests*', (route) => {
      asked.push(new URL(route.request().url()).search);
      return route.fulfill({ json: asked.length === 1 ? [{ id: 4, value: 'Found & kept' }] : [] });
    });
    const field = page.locator('#controls').getByRole('combobox');
    await field.pressSequentially('fo o');
    await page.getByRole('option', { name: 'Found & kept' }).click();
    expect(asked).toEqual(['?query=fo%20o&limit=2']);
    expect(await field.getAttribute('data-value-id')).toBe('4');
    await field.fill('none');
    await page.getByText('Nothing found').waitFor();
  });
});

describe('dates', () => {
  test('a day is chosen in the calendar by keyboard', async () => {
    const page = await show(`control('date_field', { type: 'single', name: 'd', value: '24.11.2026' })`);
    await page.getByRole('button', { name: 'Open calendar' }).press('Enter');
    expect(await page.getByText('November 2026').isVisible()).toBe(true);
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect(await form(page)).toBe('d=25.12.2026');
    expect(await heard(page)).toEqual(['change d=25.12.2026', 'controls:change d=25.12.2026']);
    await page.getByRole('button', { name: 'Open calendar' }).click();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('a range fills its two hidden fields in the format for data', async () => {
    const page = await show(
      `control('date_field', { type: 'range', name: { from: 'from', to: 'to' }, data_format: 'YYYY-MM-DD', value: '01.03.2026 - 05.03.2026' })`,
    );
    await page.locator('.date_field').click();
    await page.getByRole('button', { name: 'March 20, 2026' }).click();
    await page.getByRole('button', { name: 'March 10, 2026' }).click();
    expect(await page.locator('.date_field').inputValue()).toBe('10.03.2026 – 20.03.2026');
    expect(await form(page)).toBe('from=2026-03-10&to=2026-03-20');
  });

  test('what is typed is taken, and what is no date is marked', async () => {
    const page = await show(`control('date_field', { type: 'single', name: 'd' })`);
    const field = page.locator('#controls').getByRole('textbox');
    await field.fill('31.02.2026');
    await field.blur();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill('3.2.2026');
    await field.blur();
    expect(await field.inputValue()).toBe('03.02.2026');
  });
});

test('a file is chosen', async () => {
  const page = await show(`control('file', { name: 'f', class: 'mine', id: 'f', text: 'Picture' })`);
  await page.locator('#f').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('x') });
  expect(await page.locator('#f').evaluate((field: HTMLInputElement) => field.files?.[0]?.name)).toBe(
    'a.png',
  );
});

test('controls without parameters, in a template and in another language come without a word that is missing', async () => {
  const names =
    'button cancel_button delete_button input textarea checkbox checkboxes_dropdown radio select multiselect suggest date_field file switcher'.split(
      ' ',
    );
  const script = `
    this.callbacks.init = function () {
      $('#page_holder').html(self.render({ data: '{% for name in names %}{{ include_control(name, {}) }}{% endfor %}' }, { names: ${JSON.stringify(names)} }));
      return true;
    };`;
  const { page, exceptions } = await open('/leads/pipeline', [{ script }], { switches: { language: 'es' } });
  const html = await page.locator('#page_holder').innerHTML();
  expect(html).not.toMatch(/undefined|null|\[object/);
  expect(html).toContain('Cancelar');
  expect(html).toContain('Seleccionar todo');
  expect(await exceptions()).toEqual([]);
});

test.each(['light', 'dark'] as const)('the %s theme has no serious axe findings', async (theme) => {
  const page = await show(
    `control('button', { text: 'Save', blue: true }), control('button', { text: 'Off', disabled: true }), control('cancel_button', {}), control('delete_button', {}),
     control('input', { name: 'a', placeholder: 'Text', additional_data: 'aria-label="Text"' }), control('textarea', { name: 'b', placeholder: 'More', additional_data: 'aria-label="More"' }),
     control('checkbox', { text: 'Box', note_text: 'note', checked: true }), control('radio', { id: 'x', label: 'Radio', color: '#ffcc66' }),
     control('select', { items: ${items}, selected: 3 }), control('checkboxes_dropdown', { items: ${items} }),
     control('suggest', { items: [{ id: 1, value: 'One' }], placeholder: 'Find' }), control('date_field', { type: 'single', placeholder: 'Day' }), control('switcher', { text: 'Switch' })`,
    theme,
  );
  await page.locator('.control--select--button').click();
  expect(await seriousFindings(page, '#controls')).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Open calendar' }).click();
  expect(await seriousFindings(page, '.host-calendar')).toEqual([]);
});
