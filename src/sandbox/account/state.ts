/** What an account holds, by kind. */
export * from './state/account.js';
export * from './state/entities.js';
export * from './state/users.js';
export * from './state/pipelines.js';
export * from './state/activity.js';
export * from './state/integrations.js';
export * from './state/digital-pipeline.js';
export * from './state/chats.js';
export * from './state/bots.js';
