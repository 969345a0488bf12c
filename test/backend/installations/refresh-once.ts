/**
 * `refresh-once.ts CONFIGURATION ID`: a process of its own that opens the store, says `ready`, calls the API once when
 * it is told to on standard input, and prints what it got.
 */
import { once } from 'node:events';
import { createKommoApis } from '../../../src/backend/kommo-api/client.js';
import { openStore } from '../../../src/backend/store/open.js';
import { testContext } from './support/context.js';

const { databaseUrl, clients } = JSON.parse(process.argv[2] ?? '') as Parameters<typeof testContext>[1] &
  object;
const store = await openStore({ databaseUrl, dataDir: '' });
const context = testContext(store, clients === undefined ? {} : { clients });
const api = createKommoApis(context).of(process.argv[3] ?? '');
console.log('ready');
await once(process.stdin, 'data');
const account = await api.get<{ id: number }>('/account').catch((error: unknown) => ({ id: String(error) }));
console.log(String(account?.id));
await store.close();
process.exit(0);
