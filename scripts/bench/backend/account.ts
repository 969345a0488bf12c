import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { StartedAccount } from '../account-process.js';

export interface Account extends StartedAccount {
  stop(): Promise<void>;
}

/** The sandbox in a process of its own, without a limit of calls. */
export async function startAccountProcess(): Promise<Account> {
  const child = fork(fileURLToPath(new URL('../account-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  });
  const [started] = (await once(child, 'message')) as [StartedAccount];
  return {
    ...started,
    async stop() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

/** Milliseconds of a lead's event in the future are no trouble, and every lead has another phone number. */
const leadsOfACall = 50;

/** Adds leads with one contact each and gives their ids. */
export async function addLeads({ url, token }: StartedAccount, count: number): Promise<number[]> {
  const ids: number[] = [];
  while (ids.length < count) {
    const leads = Array.from({ length: Math.min(leadsOfACall, count - ids.length) }, (_none, place) => {
      const number = ids.length + place;
      return {
        name: `Lead ${number}`,
        price: number,
        _embedded: {
          contacts: [
            {
              first_name: 'Contact',
              last_name: String(number),
              custom_fields_values: [
                {
                  field_code: 'PHONE',
                  values: [{ value: `+1202555${String(number).padStart(4, '0')}`, enum_code: 'MOB' }],
                },
              ],
            },
          ],
        },
      };
    });
    const answer = await fetch(`${url}/api/v4/leads/complex`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(leads),
    });
    if (!answer.ok) throw new Error(`Leads were not added: ${answer.status} ${await answer.text()}`);
    for (const { id } of (await answer.json()) as { id: number }[]) ids.push(id);
  }
  return ids;
}
