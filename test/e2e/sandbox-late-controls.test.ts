import { build } from 'esbuild';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../scripts/build/paths.js';
import { type SmallWidget, widgetFiles } from '../support/small-widget.js';
import { useSmallSandbox } from './support/small-sandbox.js';

/** A form of React with a control of each kind, all of them controlled, and what it holds in words. */
const form = `
import { createElement as h, useState } from 'react';
import { createRoot } from 'react-dom/client';
function Form() {
  const [held, setHeld] = useState({ text: '', choice: 'a', tick: false, size: 's' });
  const hold = (name, key) => ({ target }) => setHeld((now) => ({ ...now, [name]: target[key] }));
  const choices = [h('option', { key: 'a' }, 'a'), h('option', { key: 'b' }, 'b')];
  const size = (value) => h('label', {}, h('input', {
    type: 'radio', name: 'own_size', value, checked: held.size === value, onChange: hold('size', 'value') }), 'Size ' + value);
  return h('div', {},
    h('label', {}, 'Own text', h('input', { name: 'own_text', value: held.text, onChange: hold('text', 'value') })),
    h('label', {}, 'Own choice', h('select', { name: 'own_choice', value: held.choice, onChange: hold('choice', 'value') }, choices)),
    h('label', {}, h('input', { type: 'checkbox', name: 'own_tick', checked: held.tick, onChange: hold('tick', 'checked') }), 'Own tick'),
    size('s'), size('l'),
    h('output', {}, Object.values(held).join(' ')));
}
export const draw = (element) => createRoot(element).render(h(Form));`;

let react: string;

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: form, resolveDir: projectRoot },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'form',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  react = outputFiles[0]?.text ?? '';
});

/** It draws its form when the account has answered, so long after its callback has returned. */
function lateWidget(word: string): SmallWidget {
  return {
    locations: ['settings', 'digital_pipeline'],
    files: {
      'script.js': `${react}
define(['jquery'], function ($) {
  return function () {
    var yes = function () { return true; };
    var drawLate = function ($place) {
      $.get('/api/v4/account').then(function () {
        setTimeout(function () {
          var place = $('<div>').appendTo($place);
          $('<p>').text('${word}').appendTo($place);
          form.draw(place[0]);
        }, 400);
      });
      return true;
    };
    this.callbacks = {
      render: yes, init: yes, bind_actions: yes, onSave: yes, destroy: yes,
      settings: drawLate,
      dpSettings: function () {
        return drawLate($('[data-action=send_widget_hook]').last().find('form'));
      },
    };
    return this;
  };
});`,
    },
  };
}

async function fillIn(place: Locator): Promise<void> {
  await place.getByLabel('Own text').fill('typed');
  await place.getByLabel('Own choice').selectOption('b');
  await place.getByLabel('Own tick').check();
  await place.getByLabel('Size l').check();
  expect(await place.getByRole('status').innerText()).toBe('typed b true l');
}

describe('what a widget draws late with React has its values again after a live reload', () => {
  const open = useSmallSandbox();

  it('in the settings modal, with Save active', async () => {
    const { page, sandbox } = await open('/settings/widgets/small', [lateWidget('The first')]);
    const modal = page.getByRole('dialog');
    await modal.getByText('The first').waitFor();
    await fillIn(modal);
    sandbox.replace('small', widgetFiles(lateWidget('The second')));
    await modal.getByText('The second').waitFor();
    await modal.getByText('typed b true l').waitFor();
    expect(await modal.getByRole('button', { name: 'Save' }).getAttribute('class')).toContain(
      'button-input_blue',
    );
  });

  it('in a bubble, also when nothing of the account’s was changed', async () => {
    const { page, sandbox } = await open('/settings/pipeline/leads', [lateWidget('The first')]);
    const stage = page.getByRole('region', { name: 'Offer sent' });
    await stage.getByRole('button', { name: 'Add trigger' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Small widget' }).click();
    const bubble = stage.getByRole('group', { name: 'Small widget' });
    await bubble.getByText('The first').waitFor();
    await fillIn(bubble);
    sandbox.replace('small', widgetFiles(lateWidget('The second')));
    await bubble.getByText('The second').waitFor();
    await bubble.getByText('typed b true l').waitFor();
  });

  it('but not over what the person has typed meanwhile', async () => {
    const { page, sandbox } = await open('/settings/widgets/small', [lateWidget('The first')]);
    const modal = page.getByRole('dialog');
    await modal.getByText('The first').waitFor();
    await fillIn(modal);
    sandbox.replace('small', widgetFiles(lateWidget('The second')));
    await modal.getByText('typed b true l').waitFor();
    await modal.getByLabel('Own text').fill('typed again');
    // A control that is drawn anew would be filled, were it not the person's.
    await page.evaluate(() => {
      const input = document.createElement('input');
      input.name = 'own_text';
      input.title = 'Drawn anew';
      document.querySelector('.widget-settings__desc-space')?.append(input);
    });
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await modal.getByTitle('Drawn anew').inputValue()).toBe('');
    expect(await modal.getByLabel('Own text').inputValue()).toBe('typed again');
  });
});
