import { announce } from '../../announce.js';
import { draw, escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';
import { makeSaveButton, saveButtonHtml } from '../../save-button.js';
import { commonWords } from '../../words/common.js';
import { translator } from '../../words/words.js';
import { salesbotDesignerArea } from '../../area.js';
import type { Host, OpenPage } from '../../host.js';
import type { BotView } from '../../../wire.js';
import { checkWords } from './check-words.js';
import { chooseHandler } from './choose-handler.js';
import { designOf, type StepDesign } from './compile.js';
import { emptyFields, rowOf } from './fields.js';
import { handlersOf } from './handlers.js';
import { drawResult } from './result.js';
import { createRuns } from './runs.js';
import { saveSteps } from './save.js';
import { drawStep, startWidgets, storedStep, type Step } from './step.js';
import { botWords } from './words.js';

interface DesignerState {
  readonly name: string;
  readonly steps: readonly StepDesign[];
  readonly isChanged: boolean;
  readonly lead: string;
}

/** The report is in English, as the rest of the sandbox's bar. */
const inEnglish = translator(checkWords, 'en');

/** The designer of a bot: its steps, what widgets made of them, and its runs. */
export function openDesigner($holder: JQuery, host: Host, stored: BotView): OpenPage {
  const t = host.words(botWords);
  const handlers = handlersOf(host.session.widgets);
  const started = new Set<string>();
  let bot = stored;
  let steps: Step[] = [];
  let lastUid = 0;
  /** Resolves when the widgets of all steps have drawn into them. */
  let drawn: Promise<unknown> = Promise.resolve();

  const $page = draw(`<section class="bot-page"><header class="page-header bot-page__top">
      <a class="js-navigate-link bot-page__back" href="/settings/salesbot">${escapeHtml(t('title'))}</a>
      <h1 class="visually-hidden">${escapeHtml(t('designer'))}</h1>
      <input class="text-input bot-page__name" aria-label="${escapeHtml(t('name'))}" value="${escapeHtml(bot.name)}">
      ${saveButtonHtml('js-save-bot', '', escapeHtml(host.words(commonWords)('save')))}</header>
    <p class="bot-page__message h-hidden" role="alert"></p>
    <div class="bot-page__columns"><section class="bot-steps" aria-label="${escapeHtml(t('steps'))}"><h2>${escapeHtml(t('steps'))}</h2>
      <ol class="bot-steps__list"></ol><p class="bot-steps__none">${escapeHtml(t('noSteps'))}</p>
      <button type="button" class="button-input js-add-step"><span class="button-input-inner"><span
        class="button-input-inner__text">${escapeHtml(t('addStep'))}</span></span></button></section>
    <div class="bot-page__side"></div></div></section>`);
  const $list = $page.find('.bot-steps__list');
  const sentences = host.words(checkWords);
  const result = drawResult(t, ({ word, values }) => sentences(word, values));
  const runs = createRuns(host, t, bot.id);
  $page.find('.bot-page__side').append(result.$result, runs.$runs);
  $holder.append($page);

  const say = (text: string): void => {
    $page
      .find('.bot-page__message')
      .toggleClass('h-hidden', text === '')
      .text(text);
  };
  const arrange = (): void => {
    for (const [place, step] of steps.entries()) {
      step.number(place);
      step.offer(steps);
    }
    $page.find('.bot-steps__none').toggleClass('h-hidden', steps.length > 0);
  };
  /** Draws steps and lets their widgets, started if they were not, draw into them. */
  const addSteps = async (designs: readonly StepDesign[]): Promise<void> => {
    const uids = designs.map(() => ++lastUid);
    const added = designs.flatMap((design, place) => {
      const handler = handlers.find(
        ({ widget, code }) => widget === design.widget && code === design.handler,
      );
      const uid = uids[place];
      if (handler === undefined || uid === undefined) return [];
      const targets = Object.entries(design.exits).map(([code, to]) => [code, uids[to] ?? 0] as const);
      return drawStep(host, t, { uid, handler, values: design.values, targets: new Map(targets) });
    });
    steps = [...steps, ...added];
    for (const { $step } of added) $list.append($step);
    arrange();
    if (added.length < designs.length) say(t('lostSteps'));
    await startWidgets(
      host,
      added.map(({ handler }) => handler.widget),
      started,
    );
    for (const step of added) await step.ask();
    arrange();
  };
  const add = (designs: readonly StepDesign[]): Promise<void> => {
    const added = addSteps(designs);
    drawn = Promise.allSettled([drawn, added]);
    return added;
  };
  const clear = (): void => {
    steps = [];
    $list.empty();
  };

  const save = async (): Promise<void> => {
    say('');
    $page.find('[aria-invalid]').removeAttr('aria-invalid');
    const lacking = steps.flatMap((step) =>
      emptyFields(step.handler.fields, step.values()).map((field) => rowOf(step.$step, field)),
    );
    if (lacking.length > 0) {
      for (const $row of lacking) $row.find(':input').attr('aria-invalid', 'true');
      lacking[0]?.find(':input:visible').first().trigger('focus');
      say(t('incomplete'));
      return;
    }
    announce($save, 'button:load:start');
    // A widget that is still being started has no callbacks yet.
    await drawn;
    const saved = await saveSteps(
      host,
      bot.id,
      String($page.find('.bot-page__name').val()),
      steps.map((step) => ({ ...step, design: storedStep(step, steps) })),
    );
    announce($save, 'button:load:stop');
    for (const [place, { name, findings }] of saved.answers.entries()) {
      const widget = steps[place]?.handler.widget ?? '';
      for (const { word, values } of findings) {
        host.recorder.note(widget, salesbotDesignerArea(widget).name, `${name}: ${inEnglish(word, values)}`);
      }
    }
    result.show(saved.answers, saved.bot ?? bot);
    if (saved.bot !== undefined) {
      bot = saved.bot;
      button.disable();
      return;
    }
    announce($save, 'button:save:error');
    say(saved.refusal ?? t('notSaved'));
  };
  const $save = $page.find('.js-save-bot');
  const button = makeSaveButton($save, () => void save());

  $page.on('input change', '.bot-page__name, .bot-step', button.enable);
  $page.on('click', '.js-add-step', () => {
    chooseHandler(t, handlers, (handler) => {
      button.enable();
      void add([{ widget: handler.widget, handler: handler.code, values: {}, exits: {} }]);
    });
  });
  $page.on('click', '.js-remove-step', ({ currentTarget }) => {
    const uid = Number($(currentTarget).closest('.bot-step').attr('data-uid'));
    steps = steps.filter((step) => step.uid !== uid);
    $list.find(`[data-uid="${uid}"]`).remove();
    button.enable();
    arrange();
    $page.find('.js-add-step').trigger('focus');
  });

  return {
    title: bot.name,
    async loaded() {
      const design = designOf(bot);
      result.show([], bot);
      if (design === undefined) say(t('foreign'));
      await Promise.all([runs.read(), add(design ?? [])]);
    },
    async changed({ event, id }) {
      if (event === 'bot_changed' && id === bot.id) await runs.read();
    },
    capture: (): DesignerState => ({
      name: String($page.find('.bot-page__name').val()),
      steps: steps.map((step) => storedStep(step, steps)),
      isChanged: button.isActive(),
      lead: runs.lead(),
    }),
    async restore(state) {
      const kept = state as DesignerState;
      runs.choose(kept.lead);
      if (!kept.isChanged) return;
      $page.find('.bot-page__name').val(kept.name);
      clear();
      await add(kept.steps);
      button.enable();
    },
  };
}
