import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../account/context.js';
import { widgetPath } from '../account/widgets/files.js';
import { languageOf, wordsOf } from '../account/widgets/language.js';
import { isLanguage, languages } from '../languages.js';
import type { Session, SessionWidget, Switches } from '../wire.js';
import { ownPageRoom, Refusal } from './room.js';
import type { SiteState } from './state.js';

/** `GET /sandbox/session` and `PATCH /sandbox/switches`: who is signed in, where, and how the pages look. */
export function session(app: FastifyInstance, context: AccountContext, site: SiteState): void {
  ownPageRoom(app, (room) => {
    room.get('/sandbox/session', (_request, reply) => reply.send(sessionOf(context, site)));
    room.patch<{ Body: unknown }>('/sandbox/switches', (request, reply) => {
      const problem = applySwitches(context, site, request.body);
      if (problem !== undefined) throw new Refusal(400, problem);
      return reply.send(switchesOf(context, site));
    });
  });
}

/** The switches as they stand: some are the account's own. */
export function switchesOf({ account }: AccountContext, { theme, revision }: SiteState): Switches {
  return {
    language: account.users.get(account.current_user_id)?.lang ?? account.language,
    user_id: account.current_user_id,
    flavour: account.flavour,
    theme,
    revision,
  };
}

function sessionOf(context: AccountContext, site: SiteState): Session {
  const { account } = context;
  const user = account.users.get(account.current_user_id);
  if (user === undefined) throw new Error(`The signed-in user ${account.current_user_id} is not there.`);
  return {
    account: {
      id: account.id,
      uuid: account.uuid,
      amojo_id: account.amojo_id,
      name: account.name,
      subdomain: account.subdomain,
      country: account.country,
      currency: account.currency,
      currency_symbol: account.currency_symbol,
      timezone: account.timezone,
      language: account.language,
      customers_mode: account.customers_mode,
      flavour: account.flavour,
    },
    user,
    users: [...account.users.values()],
    groups: account.groups,
    task_types: account.task_types,
    pipelines: [...account.pipelines.values()],
    customer_statuses: account.customer_statuses,
    switches: switchesOf(context, site),
    languages,
    widgets: [...account.widgets.values()].map((widget): SessionWidget => {
      const language = languageOf(widget, user.lang);
      return {
        id: widget.id,
        code: widget.code,
        version: widget.version,
        label: site.labels.get(widget.code) ?? widget.code,
        path: widgetPath(widget.code),
        status: widget.status,
        is_active: widget.is_active,
        settings: widget.settings,
        manifest: widget.manifest,
        files: [...widget.files.keys()],
        client_uuid: widget.client_uuid,
        language,
        words: wordsOf(widget, language),
      };
    }),
  };
}

/** Applies what is given; the sentence says what was expected when something does not fit, and nothing changed. */
function applySwitches(context: AccountContext, site: SiteState, body: unknown): string | undefined {
  const { account } = context;
  const { language, user_id, theme, revision, flavour } = (
    typeof body === 'object' && body !== null ? body : {}
  ) as Readonly<Record<string, unknown>>;
  if (language !== undefined && !isLanguage(language)) {
    return `language: one of ${languages.join(', ')} was expected, not ${JSON.stringify(language)}.`;
  }
  if (user_id !== undefined && (typeof user_id !== 'number' || !account.users.has(user_id))) {
    return `user_id: one of ${[...account.users.keys()].join(', ')} was expected, not ${JSON.stringify(user_id)}.`;
  }
  if (theme !== undefined && theme !== 'light' && theme !== 'dark')
    return 'theme: light or dark was expected.';
  if (revision !== undefined && revision !== 1 && revision !== 2) return 'revision: 1 or 2 was expected.';
  if (flavour !== undefined && flavour !== 'kommo' && flavour !== 'amocrm') {
    return 'flavour: kommo or amocrm was expected.';
  }
  if (typeof user_id === 'number') account.current_user_id = user_id;
  const user = account.users.get(account.current_user_id);
  if (isLanguage(language) && user !== undefined) user.lang = language;
  if (flavour !== undefined) account.flavour = flavour;
  if (revision !== undefined) site.revision = revision;
  if (theme !== undefined) {
    site.theme = theme;
    site.tell({ kind: 'theme', theme });
  }
  if ([language, user_id, revision, flavour].some((value) => value !== undefined))
    site.tell({ kind: 'reload' });
  return undefined;
}
