import { createHmac } from 'node:crypto';

/** Sends a report of the demo service about one of its messages, signed as it signs them; gives the answer's status. */
export async function sendDemoReport(
  { url }: { readonly url: string },
  report: { readonly id: string; readonly status: string },
  key: string,
): Promise<number> {
  const body = JSON.stringify({ ...report, error: { code: 'undeliverable', message: 'Out of reach.' } });
  const response = await fetch(`${url}/chat-services/demo/status`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Demo-Signature': demoSignature(body, key) },
    body,
  });
  return response.status;
}

/** `X-Demo-Signature` of a body. */
export function demoSignature(body: string | Buffer, key: string): string {
  return `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
}
