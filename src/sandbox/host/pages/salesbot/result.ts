import { draw, escapeHtml } from '../../dom.js';
import type { Translate } from '../../words/words.js';
import type { BotView } from '../../../wire.js';
import type { Answer } from './save.js';
import type { Finding } from './check.js';
import type { BotWord } from './words.js';

export interface Result {
  readonly $result: JQuery;
  show(answers: readonly Answer[], bot: BotView): void;
}

/** Shows what widgets returned when the bot was saved, with what is wrong in it, and the bot as it is stored. */
export function drawResult(t: Translate<BotWord>, sentence: (finding: Finding) => string): Result {
  const $result =
    draw(`<section class="bot-result" aria-label="${escapeHtml(t('result'))}"><h2>${escapeHtml(t('result'))}</h2>
    <div class="bot-result__answers" aria-live="polite"></div>
    <details class="bot-result__stored"><summary>${escapeHtml(t('stored'))}</summary><pre tabindex="0"></pre></details></section>`);
  return {
    $result,
    show(answers, { steps }) {
      const empty = `<p class="bot-result__none">${escapeHtml(t('notAsked'))}</p>`;
      $result
        .find('.bot-result__answers')
        .empty()
        .append(
          draw(answers.length === 0 ? empty : answers.map((answer) => answerHtml(answer, sentence)).join('')),
        );
      $result.find('.bot-result__stored pre').text(JSON.stringify(steps, withoutDesigner, 2));
    },
  };
}

function answerHtml({ name, text, findings }: Answer, sentence: (finding: Finding) => string): string {
  const sentences = findings.map(
    (finding) => `<li class="bot-finding bot-finding_${finding.level}">${escapeHtml(sentence(finding))}</li>`,
  );
  return `<div class="bot-answer"><h3>${escapeHtml(name)}</h3>
    ${sentences.length === 0 ? '' : `<ul class="bot-answer__findings">${sentences.join('')}</ul>`}
    ${text === undefined ? '' : `<pre tabindex="0">${escapeHtml(text)}</pre>`}</div>`;
}

/** What the designer keeps beside the steps is its own. */
function withoutDesigner(key: string, value: unknown): unknown {
  return key === 'designer' ? undefined : value;
}
