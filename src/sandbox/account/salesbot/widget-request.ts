import type { AccountContext } from '../context.js';
import { encodeForm } from '../hooks/form.js';
import type { FormValue } from '../hooks/form.js';
import { callOut } from '../outgoing.js';
import type { BotHandler, BotRun, BotStep, Integration } from '../state.js';
import { signBotToken } from './bot-token.js';
import { fillPlaceholders } from './placeholders.js';

/** The integration has so long to answer 200 (`platform/server.md §9`). */
const answerLimitMs = 2000;

/**
 * Calls the integration of a widget's step: POST with `token`, `data` and `return_url`, form-encoded as it was
 * seen live, once (`platform/server.md §9`). Answers why it failed, undefined when it was taken.
 */
export async function sendWidgetRequest(
  context: AccountContext,
  run: BotRun,
  step: BotStep,
  handler: BotHandler,
  { timeoutMs = answerLimitMs }: { timeoutMs?: number } = {},
): Promise<string | undefined> {
  const integration = integrationOf(context, step);
  if (integration === undefined) return 'widget_request is allowed only in the step of an installed widget.';
  const { data } = handler.params;
  const url = fillPlaceholders(context.account, run, handler.params.url);
  if (typeof url !== 'string' || !/^https?:\/\//.test(url) || !URL.canParse(url)) {
    return `widget_request needs an http address in params.url, got ${JSON.stringify(handler.params.url)}.`;
  }
  const { status, error } = await callOut(context, {
    kind: 'salesbot',
    method: 'POST',
    url,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: encodeForm({
      token: await signBotToken(context, integration, { url, run }),
      data: fillPlaceholders(context.account, run, data) as FormValue,
      return_url: `${context.url}/api/v4/salesbot/${run.bot_id}/continue/${run.id}`,
    }),
    timeoutMs,
  });
  return status === 200 ? undefined : `${url} must answer 200 within 2 s, got ${error ?? status}.`;
}

function integrationOf({ account }: AccountContext, { widget_code: code }: BotStep): Integration | undefined {
  // A widget that is switched off answers nothing; whether the platform asks it all the same is not known.
  const widget = code === undefined ? undefined : account.widgets.get(code);
  return widget?.status === 'installed' && widget.is_active
    ? account.integrations.get(widget.client_uuid)
    : undefined;
}
