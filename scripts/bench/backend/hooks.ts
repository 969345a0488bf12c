import type { StartedAccount } from '../account-process.js';
import { hookSecret } from './backend.js';
import type { Target } from './load.js';

/** A hook of the digital pipeline as it comes over the wire (`platform/server.md §3.2`), each of another lead. */
export function hooksOf({ accountId }: StartedAccount): Pick<Target, 'contentType' | 'body'> {
  const form = new URLSearchParams({
    'event[type]': '15',
    'event[type_code]': 'lead_appeared_in_status',
    'event[data][element_type]': '2',
    'event[data][status_id]': '501',
    'event[data][pipeline_id]': '50',
    'event[data][direction_of_movement]': 'went_to_trigger',
    'event[time]': String(Math.floor(Date.now() / 1000)),
    'action[settings][widget][settings][message]': 'Hello {{contact_name}}, we have news on {{lead_name}}.',
    'action[settings][widget][settings][only_main]': 'on',
    subdomain: 'demo',
    account_id: String(accountId),
    'event[data][id]': '',
  }).toString();
  let lead = 1_000_000;
  return {
    contentType: 'application/x-www-form-urlencoded',
    body() {
      lead += 1;
      return `${form}${lead}`;
    },
  };
}

export const hookPath = `/hooks/digital-pipeline/${hookSecret}`;
