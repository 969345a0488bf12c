import { salesbotDesignerArea } from '../../area.js';
import { draw, escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';
import { whyNotStarted } from '../integrations/why-not-started.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import type { StepDesign } from './compile.js';
import { fieldHtml, initialValue, paramsOf, readFields, rowOf, typed, type FieldValue } from './fields.js';
import type { Handler } from './handlers.js';
import type { BotWord } from './words.js';

export interface Exit {
  readonly code: string;
  readonly title: string;
}

/** An open step of the designer. */
export interface Step {
  readonly uid: number;
  readonly handler: Handler;
  readonly $step: JQuery;
  /** Those that the widget has named. */
  readonly exits: readonly Exit[];
  values(): Record<string, FieldValue>;
  /** Uid of the step that each way out leads to, by its code; that of a step without named exits is empty. */
  readonly targets: Map<string, number>;
  /** Asks the widget, which has been started, to draw the step. */
  ask(): Promise<void>;
  /** Shows what can be chosen as a next step. */
  offer(steps: readonly Step[]): void;
  number(place: number): void;
}

export interface StepParts {
  readonly uid: number;
  readonly handler: Handler;
  readonly values: Readonly<Record<string, FieldValue>> | undefined;
  readonly targets: ReadonlyMap<string, number>;
}

/** Draws a step of a bot: a handler of a widget with its settings and its exits. */
export function drawStep(host: Host, t: Translate<BotWord>, parts: StepParts): Step {
  const { uid, handler, values: given } = parts;
  const { widget, name, widgetName, logo, fields } = handler;
  const rowHtml = (fieldName: string): string => {
    const field = fields.find((one) => one.name === fieldName);
    if (field === undefined) return '';
    return fieldHtml(t, field, given?.[field.name] ?? initialValue(field), `bot-field-${uid}-${field.name}`);
  };
  const picture =
    logo === undefined
      ? `<span class="bot-step__logo" aria-hidden="true">${escapeHtml(widgetName.slice(0, 1))}</span>`
      : `<img class="bot-step__logo" src="${escapeHtml(logo)}" alt="">`;
  const $step = draw(`<li class="bot-step" data-uid="${uid}">
    <div class="bot-step__head"><span class="bot-step__number" aria-hidden="true"></span>${picture}
      <h3 class="bot-step__name">${escapeHtml(name)} <small>${escapeHtml(widgetName)}</small></h3>
      <button type="button" class="button-cancel js-remove-step">${escapeHtml(t('removeStep'))}</button></div>
    <p class="bot-step__notice h-hidden" role="status"></p>
    <div class="bot-step__body">${fields.map((field) => rowHtml(field.name)).join('')}</div>
    <div class="bot-step__exits"></div></li>`);
  const $body = $step.find('.bot-step__body');
  const targets = new Map(parts.targets);
  let exits: readonly Exit[] = [];
  const values = (): Record<string, FieldValue> => readFields($body, fields);
  const say = (text: string): void => {
    $step.find('.bot-step__notice').removeClass('h-hidden').text(text);
  };

  $step.on('change', '.bot-field__source', ({ currentTarget }) => {
    const isTyped = $(currentTarget).val() === typed;
    const $typed = $(currentTarget).siblings('.bot-field__typed').toggleClass('h-hidden', !isTyped);
    if (isTyped) $typed.trigger('focus');
  });
  $step.on('change', '.bot-exit__target', ({ currentTarget }) => {
    const { code = '' } = (currentTarget as HTMLElement).dataset;
    const target = Number($(currentTarget).val());
    if (target > 0) targets.set(code, target);
    else targets.delete(code);
  });

  return {
    uid,
    handler,
    $step,
    get exits() {
      return exits;
    },
    values,
    targets,
    async ask() {
      if (!host.lifecycle.codes().includes(widget)) {
        say(t('notStarted', { reason: await whyNotStarted(host, widget) }));
        return;
      }
      if (!host.lifecycle.has(widget, 'salesbotDesignerSettings')) {
        host.recorder.note(
          widget,
          salesbotDesignerArea(widget).name,
          'salesbot_designer needs salesbotDesignerSettings; without it the designer of the platform was seen to fail.',
        );
        say(t('noSettings'));
        return;
      }
      const answer = host.lifecycle.call(
        widget,
        'salesbotDesignerSettings',
        $body,
        rowHtml,
        paramsOf(handler, values()),
      );
      exits = readExits(answer);
      // A row that the widget has drawn itself stands for the one that was there.
      for (const { name: field } of fields) rowOf($body, field).slice(0, -1).remove();
    },
    offer(steps) {
      const ways = exits.length > 0 ? exits : [{ code: '', title: t('then') }];
      const others = steps.map((step, place) => ({ step, place })).filter(({ step }) => step.uid !== uid);
      $step.find('.bot-step__exits').empty();
      for (const way of ways) {
        const options = others.map(({ step, place }) => {
          const text = `${place + 1}. ${step.handler.name}`;
          const chosen = targets.get(way.code) === step.uid ? ' selected' : '';
          return `<option value="${step.uid}"${chosen}>${escapeHtml(text)}</option>`;
        });
        $step.find('.bot-step__exits').append(
          draw(`<label class="bot-exit"><span class="bot-exit__title">${escapeHtml(way.title)}</span>
            <select class="text-input bot-exit__target" data-code="${escapeHtml(way.code)}"><option value="0">${escapeHtml(t('finish'))}</option>${options.join('')}</select></label>`),
        );
      }
    },
    number(place) {
      $step.find('.bot-step__number').text(place + 1);
      $step.attr('aria-label', t('step', { number: place + 1, name }));
    },
  };
}

/** A step as it is stored. */
export function storedStep(step: Step, steps: readonly Step[]): StepDesign {
  const { handler, targets } = step;
  const exits = [...targets].map(([code, uid]) => [code, steps.findIndex((one) => one.uid === uid)] as const);
  return {
    widget: handler.widget,
    handler: handler.code,
    values: step.values(),
    exits: Object.fromEntries(exits.filter(([, place]) => place >= 0)),
  };
}

/** Starts each widget of the designer in its own area, once (`platform/widget.md §4.2`). */
export async function startWidgets(
  host: Host,
  codes: readonly string[],
  started: Set<string>,
): Promise<void> {
  for (const code of new Set(codes)) {
    if (started.has(code)) continue;
    started.add(code);
    await host.lifecycle.open(code, salesbotDesignerArea(code));
  }
}

/** `{ exits: [{ code, title }] }`; whatever else came has none. */
function readExits(answer: unknown): readonly Exit[] {
  const { exits } = (answer ?? {}) as { exits?: unknown };
  if (!Array.isArray(exits)) return [];
  return (exits as unknown[]).flatMap((exit) => {
    const { code, title } = (exit ?? {}) as { code?: unknown; title?: unknown };
    if (typeof code !== 'string' && typeof code !== 'number') return [];
    return { code: String(code), title: typeof title === 'string' && title !== '' ? title : String(code) };
  });
}
