import { draw, escapeHtml, formValues } from './dom.js';
import { makeSaveButton, saveButtonHtml } from './save-button.js';
import type { AccountState, PageOptions } from './types.js';
import { textOf } from './words.js';

interface PipelineParts {
  state: AccountState;
  words: unknown;
  revision: PageOptions['revision'];
  /** Called when the bubble of one of the widget's triggers was drawn. */
  onOpen: () => void;
}

interface Trigger {
  number: number;
  stage: number;
  code: string;
  name: string;
  logo: string | undefined;
  fields: Record<string, { label: string; type: string }>;
}

const stages = ['Initial contact', 'Discussions', 'Decision making', 'Contract discussion'];

/** The widget's triggers; one stage has two, as in an account that uses a widget often. */
const widgetStages = [0, 1, 0];

/**
 * The digital pipeline page: stages with triggers, and the bubble of a trigger with the DOM relations of
 * `platform/widget.md §5.2`. Beside the widget's own triggers there is one of another widget with fields of
 * the same names, which the widget under test must not touch.
 */
export function drawPipeline($page: JQuery, { state, words, revision, onOpen }: PipelineParts): void {
  const { code, manifest } = state;
  const title = textOf(words, manifest.widget.name);
  const fields = Object.fromEntries(
    Object.entries(manifest.dp?.settings ?? {}).map(([name, field]) => [
      name,
      { label: textOf(words, field.name), type: field.type },
    ]),
  );
  const logo = state.logos.includes('logo_dp.png') ? `${state.path}/images/logo_dp.png` : undefined;
  const triggers = widgetStages.map((stage, index): Trigger => ({
    number: index + 1,
    stage,
    code,
    name: title,
    logo,
    fields,
  }));
  triggers.push({
    ...(triggers[0] as Trigger),
    number: 0,
    stage: 2,
    code: 'other_widget',
    name: 'Other widget',
    logo: undefined,
  });

  $page.append(
    draw(`<div class="digital-pipeline">
      <div class="digital-pipeline__top"><h1>Sales</h1>
        <button type="button" class="button-input button-input_blue digital-pipeline__save-button">Save</button></div>
      <div class="digital-pipeline__stages">${stages.map(stageHtml).join('')}</div></div>`),
  );
  for (const trigger of triggers) {
    const $item = draw(triggerHtml(trigger));
    $page.find('.digital-pipeline__stage').eq(trigger.stage).append($item);
    $item.on('click', '.digital-pipeline__short-task', () => {
      if ($item.find('[data-action=send_widget_hook]').length > 0) return;
      openBubble($item, trigger, state, revision);
      if (trigger.number > 0) onOpen();
    });
  }
}

function openBubble($item: JQuery, trigger: Trigger, state: AccountState, revision: 1 | 2): void {
  const $bubble = draw(bubbleHtml(trigger, revision, state.triggers[trigger.number] ?? {}));
  $item.find('.digital-pipeline__item-inner').append($bubble);

  const close = (): void => {
    $bubble.remove();
  };
  const $form = $bubble.find('form');
  const button = makeSaveButton($bubble.find('.js-trigger-save'), () => {
    const entered = formValues($form);
    const values = Object.fromEntries(
      Object.keys(trigger.fields).map((name) => [name, entered.get(name) ?? '']),
    );
    state.triggers[trigger.number] = values;
    void $.ajax({ url: `/host/triggers/${trigger.number}`, type: 'PUT', data: JSON.stringify(values) }).then(
      close,
    );
  });
  $bubble.on('change controls:change', button.enable);
  $bubble.on('click', '.js-trigger-cancel', close);
  $form.on('submit', (event) => {
    event.preventDefault();
  });
}

const stageHtml = (name: string): string =>
  `<div class="digital-pipeline__stage"><div class="digital-pipeline__stage-name">${name}</div></div>`;

const triggerHtml = ({ number, stage, code, name, logo }: Trigger): string => `
  <div class="digital-pipeline__item" data-stage-id="${142 + stage}" data-process-id="${9000 + number}" data-trigger="${number}">
    <div class="digital-pipeline__item-inner">
      <div class="digital-pipeline__short-task">
        <div class="digital-pipeline__short-task-inner digital-pipeline__short-task_widget-style_${code}">
          ${logo === undefined ? '<span class="digital-pipeline__logo"></span>' : `<img class="digital-pipeline__logo" src="${logo}" alt="">`}
          <span class="digital-pipeline__short-task-name">${escapeHtml(name)}</span></div></div></div></div>`;

/**
 * Whether the element with `data-action` and the bubble that may be widened are one or two is not known
 * (`platform/widget.md §5.2`); here they are one in the first revision and two in the second.
 */
function bubbleHtml(trigger: Trigger, revision: 1 | 2, stored: Record<string, string>): string {
  const inner = `
    <form class="digital-pipeline__edit-forms" autocomplete="off">
      <div class="digital-pipeline__edit-condition">When a lead is moved to or created in this stage</div>
      <div class="task-edit__body__form">
        <div class="widget_settings_block__fields" id="widget_settings__fields_wrapper">
          ${Object.entries(trigger.fields)
            .map(([name, field]) => fieldHtml(name, field, revision, stored[name] ?? ''))
            .join('')}</div></div>
      <div class="digital-pipeline__edit-delay-new-process">Immediately</div>
    </form>
    <div class="digital-pipeline__edit-footer trigger_settings__process__footer">
      ${saveButtonHtml('js-trigger-save', '', 'Save')}
      <button type="button" class="button-cancel js-trigger-cancel"><span>Cancel</span></button>
      <svg class="digital-pipeline__edit-delete" width="14" height="16" viewBox="0 0 14 16"><path d="M1 4h12M5 4V2h4v2M3 4v10h8V4" fill="none" stroke="currentColor"/></svg>
    </div>`;
  return revision === 1
    ? `<div class="digital-pipeline__edit-bubble" data-action="send_widget_hook">${inner}</div>`
    : `<div class="digital-pipeline__edit-bubble"><div data-action="send_widget_hook">${inner}</div></div>`;
}

function fieldHtml(
  name: string,
  { label, type }: { label: string; type: string },
  revision: 1 | 2,
  value: string,
): string {
  const group = revision === 2;
  const title = escapeHtml(label);
  return `
    <div class="widget_settings_block__item_field${group ? ' form-group' : ''}">
      <div class="widget_settings_block__title_field${group ? ' form-group__title h-text-overflow' : ''}" title="${title}">${title}</div>
      <div class="widget_settings_block__input_field${group ? ' form-group__control' : ''}">
        <input class="text-input" name="${escapeHtml(name)}" type="${type === 'custom' ? 'hidden' : 'text'}" value="${escapeHtml(value)}" autocomplete="off"></div></div>`;
}
