/*
 * What the browser gives to every script of the page, as it was before any widget ran. The bundler puts these in the
 * place of the names wherever the host uses them (`site/host-files.ts`): widgets bring a Promise, timers or a JSON
 * of their own, and the account has to go on when those are broken.
 */

const { parse, stringify } = window.JSON;

export const JSON = { parse, stringify };
export const Promise = window.Promise;
export const setTimeout = window.setTimeout.bind(window);
export const clearTimeout = window.clearTimeout.bind(window);
export const queueMicrotask = window.queueMicrotask.bind(window);
