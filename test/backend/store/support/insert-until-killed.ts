import { writeSync } from 'node:fs';
import { installations } from '../../../../src/backend/installations/tables.js';
import { openStore } from '../../../../src/backend/store/open.js';

/** `insert-until-killed.ts FOLDER COUNT`: inserts rows and tells how many there are after each commit. */
const store = await openStore({ databaseUrl: undefined, dataDir: process.argv[2] ?? '' });
for (let accountId = Number(process.argv[3]) + 1; ; accountId++) {
  await store.db.insert(installations).values({
    platform: 'kommo',
    clientId: 'client',
    accountId,
    subdomain: 'demo',
    origin: 'https://demo.kommo.com',
    state: 'active',
    tokenKind: 'oauth',
  });
  writeSync(1, `${accountId}\n`);
}
