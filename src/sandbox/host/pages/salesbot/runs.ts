import { draw, escapeHtml } from '../../dom.js';
import { cardPath } from '../card/kinds.js';
import { readAll } from '../card/read-card.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import type { BotRunView } from '../../../wire.js';
import type { BotWord } from './words.js';

export interface Runs {
  readonly $runs: JQuery;
  /** Reads the bot's runs and the leads. */
  read(): Promise<void>;
  lead(): string;
  choose(lead: string): void;
}

interface NamedLead {
  readonly id: number;
  readonly name: string;
}

/** Runs the stored bot on a lead, and shows what its runs have come to. */
export function createRuns(host: Host, t: Translate<BotWord>, botId: number): Runs {
  const $runs =
    draw(`<section class="bot-runs" aria-label="${escapeHtml(t('runs'))}"><h2>${escapeHtml(t('runs'))}</h2>
    <div class="bot-runs__start"><label class="bot-runs__choice"><span>${escapeHtml(t('lead'))}</span>
      <select class="text-input js-run-lead"></select></label>
      <button type="button" class="button-input js-run"><span class="button-input-inner"><span
        class="button-input-inner__text">${escapeHtml(t('run'))}</span></span></button></div>
    <p class="bot-runs__error h-hidden" role="alert"></p><ol class="bot-runs__list"></ol></section>`);
  const $lead = $runs.find('.js-run-lead');
  let leads: readonly NamedLead[] = [];

  const read = async (): Promise<void> => {
    const [runs, read] = await Promise.all([
      host.api.botRuns(botId),
      readAll<NamedLead>(host.api, '/leads?limit=250', 'leads'),
    ]);
    const names = read.map(({ id, name }) => `<option value="${id}">${escapeHtml(name)}</option>`).join('');
    if (
      JSON.stringify(read.map(({ id, name }) => [id, name])) !==
      JSON.stringify(leads.map(({ id, name }) => [id, name]))
    ) {
      const chosen = $lead.val() as string | null;
      $lead.empty().append(draw(names));
      if (chosen !== null && read.some(({ id }) => String(id) === chosen)) $lead.val(chosen);
      leads = read;
    }
    const $list = $runs.find('.bot-runs__list').empty();
    $list.append(runs.length === 0 ? draw(`<li class="bot-runs__none">${escapeHtml(t('noRuns'))}</li>`) : '');
    for (const run of runs) $list.append(draw(runHtml(host, t, run, leads)));
  };
  const start = async (): Promise<void> => {
    const $error = $runs.find('.bot-runs__error').addClass('h-hidden');
    try {
      await host.api.runBot(botId, { entity_type: 'leads', entity_id: Number($lead.val()) });
      await read();
    } catch (error) {
      $error.removeClass('h-hidden').text(error instanceof Error ? error.message : String(error));
    }
  };
  $runs.on('click', '.js-run', () => void start());
  return {
    $runs,
    read,
    lead: () => String($lead.val() ?? ''),
    choose(lead) {
      $lead.val(lead);
    },
  };
}

function runHtml(host: Host, t: Translate<BotWord>, run: BotRunView, leads: readonly NamedLead[]): string {
  const { state, failure, shown, entity_id, entity_type, started_at } = run;
  const { language } = host.session.switches;
  const time = new Date(started_at * 1_000).toLocaleTimeString(language, {
    timeZone: host.session.account.timezone,
  });
  const name = leads.find(({ id }) => entity_type === 'leads' && id === entity_id)?.name ?? `#${entity_id}`;
  const messages = shown.map(
    ({ value }) => `<li>${escapeHtml(typeof value === 'string' ? value : JSON.stringify(value))}</li>`,
  );
  return `<li class="bot-run"><div class="bot-run__head"><span class="bot-run__state bot-run__state_${state}">${escapeHtml(t(state))}</span>
    <a class="js-navigate-link" href="${cardPath(entity_type, entity_id)}">${escapeHtml(name)}</a>
    <time>${escapeHtml(time)}</time></div>
    ${messages.length === 0 ? '' : `<div class="bot-run__shown"><span>${escapeHtml(t('shown'))}</span><ul>${messages.join('')}</ul></div>`}
    ${failure === null ? '' : `<p class="bot-run__failure">${escapeHtml(failure)}</p>`}</li>`;
}
