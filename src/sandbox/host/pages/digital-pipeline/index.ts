import { areas } from '../../area.js';
import { draw } from '../../dom.js';
import { pathMatcher, type Host, type OpenPage, type Page } from '../../host.js';
import { $ } from '../../jquery.js';
import type { Draft } from './bubble-form.js';
import { createBubbles, type BubbleState } from './bubbles.js';
import { chooseWidget } from './choose-widget.js';
import { columnsOf } from './columns.js';
import { usualEvent } from './conditions.js';
import { createLanes } from './lanes.js';
import { pageHtml } from './markup.js';
import { dpWords } from './words.js';
import type { Trigger } from '../../../wire.js';

/** The digital pipeline of leads: its stages in columns, with the triggers of widgets under them. */
export const digitalPipelinePage: Page = {
  match: pathMatcher('/settings/pipeline/leads/:pipeline?'),
  menu: 'leads',
  area: () => areas.digitalPipeline,
  open: ($holder, host, { pipeline }) => openPipeline($holder, host, 'leads', Number(pipeline)),
};

/** The same for customers, who have no pipelines. */
export const customersPipelinePage: Page = {
  match: pathMatcher('/settings/pipeline/customers'),
  menu: 'customers',
  area: () => areas.digitalPipeline,
  open: ($holder, host) => openPipeline($holder, host, 'customers', Number.NaN),
};

async function openPipeline(
  $holder: JQuery,
  host: Host,
  entity: 'leads' | 'customers',
  wanted: number,
): Promise<OpenPage> {
  const t = host.words(dpWords);
  const { columns, pipeline } = columnsOf(host.session, entity, wanted);
  const place = {
    element_type: entity === 'leads' ? 2 : 12,
    pipeline_id: pipeline?.id ?? null,
  } as const;
  const readTriggers = async (): Promise<Map<number, Trigger>> =>
    new Map(
      (await host.api.triggers())
        .filter(
          ({ element_type, pipeline_id }) =>
            element_type === place.element_type && pipeline_id === place.pipeline_id,
        )
        .map((trigger) => [trigger.id, trigger]),
    );
  let triggers = await readTriggers();

  $holder.append(draw(pageHtml(host, t, { entity, columns, pipeline })));
  const lanes = createLanes(host, t, { $holder, columns });
  for (const trigger of triggers.values()) lanes.draw(trigger);
  const stageOf = (element: Element): JQuery => $(element).closest('.digital-pipeline__stage');
  const focusAdd = (stage: number): void => {
    $holder.find(`.digital-pipeline__stage[data-stage-id="${stage}"] .js-add-trigger`).trigger('focus');
  };
  const focusTrigger = ($item: JQuery): void => {
    $item.find('.digital-pipeline__short-task').trigger('focus');
  };

  const bubbles = createBubbles(host, t, {
    columns,
    saved(trigger, $item) {
      triggers.set(trigger.id, trigger);
      lanes.draw(trigger);
      if (!lanes.item(trigger.id).is($item)) $item.remove();
      focusTrigger(lanes.item(trigger.id));
    },
    deleted(id) {
      const stage = triggers.get(id)?.status_ids[0] ?? 0;
      triggers.delete(id);
      lanes.remove(id);
      focusAdd(stage);
    },
    cancelled($item, { id, status_ids: [stage = 0] }) {
      if (id !== null) {
        focusTrigger($item);
        return;
      }
      $item.remove();
      focusAdd(stage);
    },
  });
  const add = (code: string, stage: number, state?: BubbleState): void => {
    const draft: Draft = {
      ...place,
      id: null,
      widget_code: code,
      event_code: usualEvent(place.element_type),
      status_ids: [stage],
      delay_seconds: 0,
      settings: {},
    };
    const $item = lanes.drawNew(draft);
    bubbles.open($item, draft, state);
    $item.find('.js-dp-event').trigger('focus');
  };

  $holder.on('click', '.digital-pipeline__short-task', ({ currentTarget }) => {
    const $item = $(currentTarget).closest('.digital-pipeline__item');
    const trigger = triggers.get(Number($item.attr('data-process-id')));
    if (trigger !== undefined) bubbles.open($item, trigger);
  });
  $holder.on('keydown', '.digital-pipeline__short-task', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    $(event.currentTarget).trigger('click');
  });
  $holder.on('click', '.js-add-trigger', ({ currentTarget }) => {
    const stage = Number(stageOf(currentTarget).attr('data-stage-id'));
    chooseWidget(host, t, (code) => {
      add(code, stage);
    });
  });
  // Every trigger is stored at its own Save; this button only says that the person is done here.
  $holder.on('click', '.digital-pipeline__save-button', () => {
    void host.router.go(entity === 'leads' ? `/leads/pipeline/${pipeline?.id ?? ''}` : '/customers/list');
  });
  $holder.on('change', '.js-choose-pipeline', ({ target }) => {
    void host.router.go(`/settings/pipeline/leads/${String($(target).val())}`);
  });

  return {
    title: t('title', { name: pipeline?.name ?? t('customers') }),
    loaded() {
      bubbles.started();
    },
    async changed({ event }) {
      if (event !== 'trigger_changed') return;
      const newest = await readTriggers();
      for (const id of triggers.keys()) {
        if (!newest.has(id)) lanes.remove(id);
      }
      triggers = newest;
      for (const trigger of triggers.values()) lanes.draw(trigger);
    },
    capture: () => bubbles.capture(),
    restore(state) {
      for (const bubble of state as BubbleState[]) {
        const trigger = triggers.get(bubble.id ?? 0);
        if (trigger !== undefined) bubbles.open(lanes.item(trigger.id), trigger, bubble);
        else if (bubble.id === null && columns.some(({ id }) => id === bubble.stage))
          add(bubble.code, bubble.stage, bubble);
      }
    },
  };
}
