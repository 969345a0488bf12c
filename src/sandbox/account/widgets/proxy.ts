import { bodyFields, textField } from '../oauth/fields.js';
import { callOut } from '../outgoing.js';
import { encodeForm } from '../hooks/form.js';
import { isFromOwnPage } from '../oauth/own-page.js';
import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../context.js';
import type { FormValue } from '../hooks/form.js';

/** Not documented. */
const timeoutMs = 10_000;

/**
 * `POST /private/widget/proxy.php`, what `crm_post` talks to (`platform/widget.md §3.2`): form fields `target`
 * and `data` (JSON). The data goes on to the target as a form, as every push of the platform does (how the real
 * proxy encodes it is not known), and the target's answer comes back as it is; 502 when there is none.
 */
export function crmPostProxy(app: FastifyInstance, context: AccountContext): void {
  app.post('/private/widget/proxy.php', async (request, reply) => {
    const refuse = (status: number, reason: string) =>
      reply.code(status).type('text/plain; charset=utf-8').send(`${reason}\n`);

    if (!isFromOwnPage(request)) return refuse(403, 'Only pages of the account may call the proxy.');
    const fields = bodyFields(request.body);
    const target = textField(fields, 'target') ?? '';
    if (!URL.canParse(target) || !/^https?:$/.test(new URL(target).protocol)) {
      return refuse(400, 'An http or https address was expected in field target.');
    }
    const body = formOf(textField(fields, 'data') ?? '{}');
    if (body === undefined)
      return refuse(400, 'A JSON object of at most 64 levels was expected in field data.');

    const answer = await callOut(context, {
      kind: 'crm_post',
      method: 'POST',
      url: target,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body,
      timeoutMs,
    });
    if (answer.error !== undefined) return refuse(502, `${target} gave no answer: ${answer.error}`);
    return (
      reply
        .code(answer.status)
        .type(answer.contentType ?? 'text/plain; charset=utf-8')
        // The answer is not the account's own: it must not become a page of it.
        .header('Content-Security-Policy', 'sandbox')
        .send(answer.body)
    );
  });
}

/** The form of a JSON object, or of an array, which PHP does not tell from one; undefined for anything else. */
function formOf(json: string): string | undefined {
  try {
    const value = JSON.parse(json) as FormValue;
    if (typeof value !== 'object' || value === null) return undefined;
    return encodeForm(Object.fromEntries(Object.entries(value)));
  } catch {
    return undefined;
  }
}
