import { beforeEach, describe, expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import type { SmallWidget } from '../support/small-widget.js';
import { type SmallSandbox, useSmallSandbox } from './support/small-sandbox.js';

const open = useSmallSandbox();
const id = 71;

/** A widget with two fields, which leaves them as the account draws them. */
const fields: SmallWidget = {
  locations: ['digital_pipeline'],
  manifest: {
    dp: {
      settings: {
        message: { name: 'dp.message', type: 'text', required: true },
        urgent: { name: 'dp.urgent', type: 'text', required: false },
      },
      action_multiple: false,
      webhook_url: 'https://example.com/hook',
    },
  },
  files: {
    'i18n/en.json': JSON.stringify({
      widget: { name: 'Small widget', description: 'D', short_description: 'S' },
      dp: { message: 'Message <text>', urgent: 'Urgent' },
    }),
  },
  script: 'this.callbacks.dpSettings = function () { window.dpArguments = arguments.length; };',
};

// What widgets of both revisions rely on (platform/widget.md §5.1 to §5.3).
describe.each([1, 2] as const)('the bubble in markup revision %i', (revision) => {
  let small: SmallSandbox;

  const item = (): Locator => small.page.locator(`.digital-pipeline__item[data-process-id="${id}"]`);
  const bubble = (): Locator => item().locator('[data-action=send_widget_hook]');
  const button = (name: string): Locator => bubble().getByRole('button', { name, exact: true });
  const field = (name: string): Locator => bubble().locator(`input[name="${name}"]`);
  const openBubble = async (): Promise<void> => {
    await item().getByRole('button').first().click();
    await bubble().waitFor();
  };
  const save = async (): Promise<void> => {
    await button('Save').click();
    await bubble().waitFor({ state: 'detached' });
  };
  const isSaveActive = async (): Promise<boolean> =>
    !/button-input-disabled/.test((await button('Save').getAttribute('class')) ?? '');
  const stored = (): unknown => small.sandbox.server.context.account.dp_triggers.get(id)?.settings;

  beforeEach(async () => {
    small = await open(
      '/settings/pipeline/leads',
      [fields],
      { switches: { revision } },
      (_page, { server }) => {
        server.context.account.dp_triggers.set(id, {
          id,
          widget_code: 'small',
          event_code: 15,
          element_type: 2,
          pipeline_id: 50,
          status_ids: [502],
          delay_seconds: 0,
          settings: {},
        });
      },
    );
  });

  test('has the relations that widgets rely on', async () => {
    await openBubble();
    const relations = await small.page.evaluate(() => {
      const marker = $('.digital-pipeline__short-task_widget-style_small');
      const found = marker.parent().parent().find('[data-action=send_widget_hook]');
      const block = found.find('input[name=message]').parent().parent();
      const place = marker.closest('.digital-pipeline__item');
      return {
        bubbles: found.length,
        form: marker.closest('.digital-pipeline__item-inner').find('form.digital-pipeline__edit-forms')
          .length,
        block: block.attr('class'),
        label: block.find('[title^=Message]').text(),
        wrapper: block.parent().attr('id'),
        body: block.closest('.task-edit__body__form').length,
        item: [typeof place.data('stage-id'), typeof place.data('process-id')],
        inside: [
          'button.js-trigger-save',
          'button.js-trigger-cancel',
          'svg.digital-pipeline__edit-delete',
        ].map((selector) => found.find(selector).length),
        wide: found.closest('.digital-pipeline__edit-bubble').length,
        grouped: found.find('.form-group > .form-group__title, .form-group > .form-group__control').length,
        fields: found
          .find('.widget_settings_block__input_field > input.text-input')
          .map((_index, input) => (input as HTMLInputElement).name)
          .get(),
      };
    });
    expect(relations).toEqual({
      bubbles: 1,
      form: 1,
      block:
        revision === 1 ? 'widget_settings_block__item_field' : 'widget_settings_block__item_field form-group',
      label: 'Message <text>',
      wrapper: 'widget_settings__fields_wrapper',
      body: 1,
      item: ['number', 'number'],
      inside: [1, 1, 1],
      wide: 1,
      grouped: revision === 1 ? 0 : 4,
      fields: ['message', 'urgent'],
    });
  });

  test('is told to the widget without arguments', async () => {
    await openBubble();
    expect(await small.page.evaluate('window.dpArguments')).toBe(0);
  });

  test.each(['native', 'jQuery'])(
    'has Save inactive until a %s change, and stores its inputs',
    async (kind) => {
      await openBubble();
      await field('message').evaluate((input, text) => {
        (input as HTMLInputElement).value = text;
      }, 'Hello {{contact_name}} & "you"');
      expect(await isSaveActive()).toBe(false);
      await button('Save').click();
      expect(await bubble().count()).toBe(1);
      await field('message').evaluate((input, change) => {
        if (change === 'jQuery') $(input).trigger('change');
        else input.dispatchEvent(new Event('change', { bubbles: true }));
      }, kind);
      expect(await isSaveActive()).toBe(true);
      await save();
      expect(stored()).toEqual({ message: 'Hello {{contact_name}} & "you"', urgent: '' });
      await openBubble();
      expect(await field('message').inputValue()).toBe('Hello {{contact_name}} & "you"');
      expect(await isSaveActive()).toBe(false);
    },
  );

  test('forgets what was typed on Cancel, and keeps what was saved over a reload', async () => {
    await openBubble();
    await field('urgent').fill('1');
    await save();
    await openBubble();
    await field('urgent').fill('2');
    await button('Cancel').click();
    await bubble().waitFor({ state: 'detached' });
    expect(stored()).toEqual({ message: '', urgent: '1' });
    await small.page.reload();
    await small.ready();
    await openBubble();
    expect(await field('urgent').inputValue()).toBe('1');
  });

  test('keeps the line ends of a value whose input the widget has made a hidden one', async () => {
    const hide = (value: string | null): Promise<string> =>
      field('message').evaluate((input, text) => {
        const $input = $(input).attr('type', 'hidden');
        if (text !== null) $input.val(text).trigger('change');
        return (input as HTMLInputElement).value;
      }, value);
    await openBubble();
    await hide('one\n"two"');
    await save();
    expect(stored()).toEqual({ message: 'one\n"two"', urgent: '' });
    await openBubble();
    expect(await hide(null)).toBe('one\n"two"');
  });

  test('lets the widget switch Save by its events', async () => {
    await openBubble();
    const trigger = (name: string): Promise<void> =>
      button('Save').evaluate((element, event) => {
        $(element).trigger(event);
      }, name);
    await trigger('button:save:enable');
    expect(await isSaveActive()).toBe(true);
    await trigger('button:save:disable');
    expect(await isSaveActive()).toBe(false);
  });
});
