import type { PhoneMessage } from '../../src/sandbox/phone-wire.js';

/** A call as a page of the account makes it. */
async function call(url: string, { method = 'GET', body }: { method?: string; body?: object } = {}) {
  const response = await fetch(url, {
    method,
    headers: {
      'X-Requested-With': 'XMLHttpRequest',
      ...(body && { 'Content-Type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} was answered with ${response.status}: ${text}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

/** Moves a lead to another stage, as a drag on the board does. */
export async function dragLead(account: string, id: number, stage: number): Promise<void> {
  await call(`${account}/api/v4/leads/${id}`, { method: 'PATCH', body: { status_id: stage } });
}

/** What the phone of the sandbox has got, the newest first. */
export async function messagesOf(account: string): Promise<readonly PhoneMessage[]> {
  return (await call(`${account}/sandbox/phone/messages`)) as PhoneMessage[];
}

/** Texts of the notes that integrations have written to a lead's feed. */
export async function notesOf(account: string, lead: number): Promise<readonly string[]> {
  const answer = (await call(
    `${account}/api/v4/leads/${lead}/notes?filter[note_type]=extended_service_message`,
  )) as { _embedded: { notes: { params: { text: string } }[] } } | undefined;
  return answer?._embedded.notes.map(({ params }) => params.text) ?? [];
}

/** The demo account as at the start. */
export async function resetAccount(account: string): Promise<void> {
  await call(`${account}/sandbox/reset`, { method: 'POST' });
}
