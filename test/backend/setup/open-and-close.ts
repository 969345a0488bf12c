import { openStore } from '../../../src/backend/store/open.js';

/** `open-and-close.ts URL|FOLDER`: brings a store into being. */
const place = process.argv[2] ?? '';
const isUrl = place.startsWith('postgresql:');
const store = await openStore({ databaseUrl: isUrl ? place : undefined, dataDir: place });
await store.close();
