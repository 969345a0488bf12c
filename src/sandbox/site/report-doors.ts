import type { FastifyInstance } from 'fastify';
import { isRecord } from '../account/oauth/fields.js';
import { breachKinds, reportBatch, type ErrorView, type ReportEntry } from '../wire.js';
import { choiceOf, refuse, type Input } from './input.js';
import { Refusal } from './room.js';
import type { ReportStore } from './report.js';

const most = { characters: 20_000, bytes: 32 * 1024 * 1024 } as const;

/**
 * `/sandbox/report`. What a page sends is read field by field: after a widget that misbehaves nothing in the page is
 * to be trusted.
 */
export function reportDoors(room: FastifyInstance, report: ReportStore): void {
  room.get('/sandbox/report', (_request, reply) => reply.send(report.entries()));
  room.post('/sandbox/report', { bodyLimit: most.bytes }, (request, reply) => {
    const { body } = request;
    if (!Array.isArray(body) || body.length > reportBatch) {
      throw new Refusal(400, `A list of at most ${reportBatch} entries was expected.`);
    }
    report.add(body.map((entry: unknown, place) => readEntry(entry, place)));
    return reply.code(204).send();
  });
  room.delete('/sandbox/report', (_request, reply) => {
    report.clear();
    return reply.code(204).send();
  });
}

function readEntry(entry: unknown, place: number): ReportEntry {
  if (!isRecord(entry)) return refuse(`entry ${place}`, 'an object', entry);
  const base = {
    widget: entry['widget'] == null ? null : text(entry['widget']),
    area: text(entry['area']),
    at: number(entry['at']),
  };
  const kind = choiceOf(entry, 'kind', ['loaded', 'dropped', 'callback', 'note', 'exception', 'breach']);
  switch (kind) {
    case 'loaded':
      return { ...base, kind };
    case 'dropped':
      return { ...base, kind, reason: text(entry['reason']), error: errorOf(entry['error']) };
    case 'callback':
      return { ...base, kind, ...callback(entry) };
    case 'note':
      return { ...base, kind, text: text(entry['text']) };
    case 'exception':
      return { ...base, kind, error: errorOf(entry['error']) ?? { message: '', stack: '' } };
    case 'breach':
      return {
        ...base,
        kind,
        breach: choiceOf(entry, 'breach', breachKinds),
        detail: text(entry['detail']),
      };
  }
}

function callback(entry: Input) {
  return {
    name: text(entry['name']),
    returned: text(entry['returned']),
    ms: number(entry['ms']),
    error: errorOf(entry['error']),
  };
}

function errorOf(value: unknown): ErrorView | null {
  return isRecord(value) ? { message: text(value['message']), stack: text(value['stack']) } : null;
}

function text(value: unknown): string {
  const whole = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  return whole.slice(0, most.characters);
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
