import { escapeHtml } from '../../dom.js';
import type { Pipeline } from '../../../account/state.js';
import type { Trigger } from '../../../wire.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import type { Column } from './columns.js';
import { conditionText, delayText } from './conditions.js';
import { dpWidget } from './widgets.js';
import type { DpWord } from './words.js';

interface PageParts {
  readonly entity: 'leads' | 'customers';
  readonly columns: readonly Column[];
  readonly pipeline: Pipeline | undefined;
}

/** Header and stages, still without triggers. */
export function pageHtml(
  { session }: Host,
  t: Translate<DpWord>,
  { entity, columns, pipeline }: PageParts,
): string {
  const choice =
    entity === 'customers'
      ? ''
      : `<label class="digital-pipeline__choice"><span>${escapeHtml(t('pipeline'))}</span>
          <select class="text-input js-choose-pipeline">${session.pipelines
            .map(
              ({ id, name }) =>
                `<option value="${id}"${id === pipeline?.id ? ' selected' : ''}>${escapeHtml(name)}</option>`,
            )
            .join('')}</select></label>`;
  return `<section class="digital-pipeline">
    <header class="page-header digital-pipeline__top">
      <h1>${escapeHtml(t('title', { name: pipeline?.name ?? t('customers') }))}</h1>${choice}
      <button type="button" class="button-input button-input_blue digital-pipeline__save-button"><span
        class="button-input-inner"><span class="button-input-inner__text">${escapeHtml(t('done'))}</span></span></button></header>
    <div class="digital-pipeline__scroller" tabindex="0" role="region" aria-label="${escapeHtml(t('stages'))}">
      <div class="digital-pipeline__stages" style="grid-template-columns:repeat(${columns.length},minmax(290px,max-content))">
        ${columns.map((column, index) => columnHtml(column, index, { t, language: session.account.language })).join('')}</div></div></section>`;
}

/** @param context.language Of the account: capitals of its names follow that, not the user's. */
function columnHtml(
  { id, name, color }: Column,
  index: number,
  { t, language }: { readonly t: Translate<DpWord>; readonly language: string },
): string {
  return `<section class="digital-pipeline__stage" data-stage-id="${id}" aria-label="${escapeHtml(name)}"
    style="grid-column:${index + 1}">
    <h2 class="digital-pipeline__stage-name" lang="${escapeHtml(language)}" style="border-color:${escapeHtml(color)}">${escapeHtml(name)}</h2>
    <div class="digital-pipeline__lane"><div class="digital-pipeline__items"></div>
      <button type="button" class="digital-pipeline__add js-add-trigger">${escapeHtml(t('add'))}</button></div></section>`;
}

/** A trigger under its stage, with the marker class that widgets look for (`platform/widget.md §5.2`). */
export function triggerHtml(
  host: Host,
  t: Translate<DpWord>,
  trigger: Pick<Trigger, 'id' | 'widget_code' | 'event_code' | 'status_ids' | 'delay_seconds'>,
  columns: readonly Column[],
): string {
  const session = host.widget(trigger.widget_code);
  const widget = session === undefined ? undefined : dpWidget(session);
  const name = widget?.name ?? trigger.widget_code;
  const last = columns.find(({ id }) => id === trigger.status_ids.at(-1));
  const span = trigger.status_ids.length > 1 ? `, ${t('until', { stage: last?.name ?? '' })}` : '';
  return `<div class="digital-pipeline__item" data-stage-id="${trigger.status_ids[0] ?? 0}" data-process-id="${trigger.id}">
    <div class="digital-pipeline__item-inner">
      <div class="digital-pipeline__short-task" role="button" tabindex="0">
        <div class="digital-pipeline__short-task-inner digital-pipeline__short-task_widget-style_${escapeHtml(trigger.widget_code)}">
          ${logoHtml({ name, logo: widget?.logo })}
          <span class="digital-pipeline__short-task-text"><span class="digital-pipeline__short-task-name">${escapeHtml(name)}</span>
            <span class="digital-pipeline__short-task-condition">${escapeHtml(
              `${conditionText(t, trigger.event_code)}${span}, ${delayText(t, trigger.delay_seconds)}`,
            )}</span></span></div></div></div></div>`;
}

/** The picture of a widget in the digital pipeline, or the first letter of its name. */
export function logoHtml({
  name,
  logo,
}: {
  readonly name: string;
  readonly logo: string | undefined;
}): string {
  return logo === undefined
    ? `<span class="digital-pipeline__logo" aria-hidden="true">${escapeHtml(name.slice(0, 1))}</span>`
    : `<img class="digital-pipeline__logo" src="${escapeHtml(logo)}" alt="">`;
}
