import { beforeEach, describe, expect, it } from 'vitest';
import { type BenchWindow, setUpBench } from './support/bench.js';

const bench = setUpBench();

describe.each([1, 2] as const)('the digital pipeline in markup revision %s', (revision) => {
  beforeEach(() => bench.kommo.openPipeline({ revision }));

  it('draws the bubble with the relations that widgets rely on', async () => {
    await bench.kommo.openTrigger(2);
    const relations = await bench.kommo.page.evaluate(() => {
      const marker = $('[data-trigger=2] .digital-pipeline__short-task_widget-style_bench');
      const bubble = marker.parent().parent().find('[data-action=send_widget_hook]');
      const input = bubble.find('input[name=message]');
      const block = input.parent().parent();
      return {
        bubbles: bubble.length,
        form: marker.closest('.digital-pipeline__item-inner').find('form.digital-pipeline__edit-forms')
          .length,
        block: block.attr('class'),
        label: block.find('[title^=Message]').text(),
        wrapper: block.parent().attr('id'),
        body: block.closest('.task-edit__body__form').length,
        item: [
          typeof marker.closest('.digital-pipeline__item').data('stage-id'),
          typeof marker.closest('.digital-pipeline__item').data('process-id'),
        ],
        inside: [
          'button.js-trigger-save',
          'button.js-trigger-cancel',
          'svg.digital-pipeline__edit-delete',
        ].map((selector) => bubble.find(selector).length),
        wide: bubble.closest('.digital-pipeline__edit-bubble').length,
        grouped: bubble.find('.form-group > .form-group__title, .form-group > .form-group__control').length,
        fields: bubble
          .find('.widget_settings_block__input_field > input.text-input')
          .map((_index, field) => (field as HTMLInputElement).name)
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

  it('calls dpSettings without arguments at each opening', async () => {
    await bench.kommo.openTrigger(1);
    await bench.kommo.cancelTrigger(1);
    await bench.kommo.openTrigger(1);
    expect((await bench.kommo.callbacks()).filter(({ name }) => name === 'dpSettings')).toEqual([
      { name: 'dpSettings', arguments: [] },
      { name: 'dpSettings', arguments: [] },
    ]);
    expect(await bench.read((b) => b.dpArguments)).toBe(0);
  });

  it.each([
    ['native', true],
    ['jQuery', false],
  ])('keeps Save inactive until a %s change, and stores the values of the inputs', async (_kind, native) => {
    await bench.kommo.page.evaluate((value) => {
      Object.assign((window as unknown as BenchWindow).bench, { nativeChange: value });
    }, native);
    const bubble = await bench.kommo.openTrigger(1);
    expect(await bench.kommo.isTriggerSaveActive(1)).toBe(false);
    await expect(bench.kommo.saveTrigger(1)).rejects.toThrow(/Save is not active/);
    await bubble.locator('.bench-area').fill('Hello {{contact_name}} & "you"\nBye');
    expect(await bench.kommo.isTriggerSaveActive(1)).toBe(true);
    await bench.kommo.saveTrigger(1);
    expect(bench.kommo.storedSettings(1)).toEqual({
      message: 'Hello {{contact_name}} & "you"Bye',
      urgent: '',
    });
    expect(bench.kommo.storedSettings(2)).toBeUndefined();

    const again = await bench.kommo.openTrigger(1);
    expect(await bench.kommo.field(1, 'message').inputValue()).toBe('Hello {{contact_name}} & "you"Bye');
    expect(await again.locator('.bench-area').inputValue()).toBe('Hello {{contact_name}} & "you"Bye');
    expect(await bench.kommo.isTriggerSaveActive(1)).toBe(false);
  });

  it('forgets what was typed on Cancel, and keeps what was saved over a reload', async () => {
    await bench.kommo.openTrigger(1);
    await bench.kommo.field(1, 'urgent').fill('1');
    await bench.kommo.field(1, 'urgent').blur();
    await bench.kommo.saveTrigger(1);
    await bench.kommo.openTrigger(1);
    await bench.kommo.field(1, 'urgent').fill('2');
    await bench.kommo.cancelTrigger(1);
    expect(bench.kommo.storedSettings(1)).toEqual({ message: '', urgent: '1' });
    await bench.kommo.openPipeline({ revision });
    await bench.kommo.openTrigger(1);
    expect(await bench.kommo.field(1, 'urgent').inputValue()).toBe('1');
  });

  it('keeps several bubbles open, each with its own values, and one of another widget among them', async () => {
    for (const number of [1, 2, 3, 0]) await bench.kommo.openTrigger(number);
    expect(await bench.kommo.page.locator('#widget_settings__fields_wrapper').count()).toBe(4);
    await bench.kommo.bubble(1).locator('.bench-area').fill('one');
    await bench.kommo.bubble(2).locator('.bench-area').fill('two');
    expect(await bench.kommo.isTriggerSaveActive(3)).toBe(false);
    expect(await bench.kommo.bubble(0).locator('.bench-area').count()).toBe(0);
    await bench.kommo.saveTrigger(2);
    await bench.kommo.saveTrigger(1);
    expect([bench.kommo.storedSettings(1), bench.kommo.storedSettings(2)]).toEqual([
      { message: 'one', urgent: '' },
      { message: 'two', urgent: '' },
    ]);
  });

  it('keeps the line ends of a value whose input the widget has made a hidden one', async () => {
    await bench.kommo.openTrigger(1);
    const hide = (value?: string): Promise<string | undefined> =>
      bench.kommo.page.evaluate((text) => {
        const input = $('[data-trigger=1] input[name=message]').attr('type', 'hidden');
        if (text !== undefined) input.val(text).trigger('change');
        return input.val() as string | undefined;
      }, value);
    await hide('one\n"two"');
    await bench.kommo.saveTrigger(1);
    expect(bench.kommo.storedSettings(1)).toEqual({ message: 'one\n"two"', urgent: '' });
    await bench.kommo.openTrigger(1);
    expect(await hide()).toBe('one\n"two"');
  });

  it('lets a widget switch Save by its events', async () => {
    await bench.kommo.openTrigger(1);
    const trigger = (name: string): Promise<void> =>
      bench.kommo.page.evaluate((event) => {
        $('[data-trigger=1] .js-trigger-save').trigger(event);
      }, name);
    await trigger('button:save:enable');
    expect(await bench.kommo.isTriggerSaveActive(1)).toBe(true);
    await trigger('button:save:disable');
    expect(await bench.kommo.isTriggerSaveActive(1)).toBe(false);
  });
});
