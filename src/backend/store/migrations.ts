import { fileURLToPath } from 'node:url';

/** Where the SQL of the migrations is: beside this file, in the sources as in what is built of them. */
export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));
