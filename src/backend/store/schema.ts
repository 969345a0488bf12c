/** Every table of the backend; each house keeps its own. */
export * from '../installations/tables.js';
export * from '../receiving/tables.js';
export * from '../receiving/webhooks/tables.js';
export * from '../delivery/tables.js';
export * from '../kommo-api/tables.js';
export * from '../connections/tables.js';
export * from '../chats/tables.js';
