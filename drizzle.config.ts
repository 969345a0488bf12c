import { defineConfig } from 'drizzle-kit';

/** `npm run migrations` writes what has changed in the tables as SQL. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/backend/store/schema.ts',
  out: './src/backend/store/migrations',
});
