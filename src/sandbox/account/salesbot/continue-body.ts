import { isRecord } from '../api/fields.js';
import type { Fields } from '../api/fields.js';
import type { BotHandler } from '../state.js';

/** Limits of `continue` (`platform/server.md §9`). */
const most = { handlers: 10, showCharacters: 80, buttons: 25 } as const;

export interface Continuation {
  readonly data: Readonly<Record<string, unknown>>;
  readonly handlers: readonly BotHandler[];
}

/**
 * Reads the body of `POST /api/v4/salesbot/{bot}/continue/{id}`: `data` and `execute_handlers`, both optional.
 * `data` may be an empty array, which is what PHP makes of an object without fields. The code of a list that is
 * too long, `TooMany`, is a guess; `TooLong` was seen. Of use only when nothing is wrong with the fields.
 */
export function readContinuation(fields: Fields): Continuation {
  const data = fields.raw('data');
  if (!Array.isArray(data) || data.length > 0) fields.object('data');
  const handlers = fields.list('execute_handlers') ?? [];
  limit(fields, 'execute_handlers', handlers.length, most.handlers);
  for (const handler of handlers) readHandler(handler);
  return {
    data: isRecord(data) ? data : {},
    handlers: (fields.raw('execute_handlers') ?? []) as readonly BotHandler[],
  };
}

function readHandler(handler: Fields): void {
  handler.require('handler');
  const name = handler.choice('handler', ['show', 'goto']);
  if (name === undefined) return;
  handler.require('params');
  const params = handler.object('params');
  if (params && name === 'show') readShow(params);
  if (params && name === 'goto') readGoto(params);
}

function readShow(params: Fields): void {
  params.require('type');
  const type = params.choice('type', ['text', 'buttons', 'buttons_url']);
  params.require('value');
  const value = params.text('value');
  // Counted as people count: an emoji beyond the basic plane is one character.
  const length = Array.from(value ?? '').length;
  if (length > most.showCharacters) {
    params.fail('value', 'TooLong', `At most ${most.showCharacters} characters, there are ${length}.`);
  }
  if (type === undefined || type === 'text') return;
  params.require('buttons');
  const buttons = params.raw('buttons');
  if (buttons === undefined || buttons === null) return;
  if (!Array.isArray(buttons) || !buttons.every((button) => typeof button === 'string')) {
    params.fail('buttons', 'InvalidType', 'An array of strings was expected.');
    return;
  }
  limit(params, 'buttons', buttons.length, most.buttons);
}

function readGoto(params: Fields): void {
  params.require('type');
  const type = params.choice('type', ['question', 'answer', 'finish']);
  if (type === 'finish') return;
  params.require('step');
  params.whole('step', { least: 0 });
}

function limit(fields: Fields, name: string, count: number, limit: number): void {
  if (count > limit) fields.fail(name, 'TooMany', `At most ${limit} items, there are ${count}.`);
}
