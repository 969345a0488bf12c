import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus reads at `/metrics`. No label holds an account, so their number stays small. */
export interface Metrics {
  readonly registry: Registry;
  /** Hooks by kind (`digital_pipeline`, `webhook`, `chats`) and result (`accepted`, `duplicate`, `unknown_account`, …). */
  readonly hooks: Counter<'kind' | 'result'>;
  /** Seconds from a hook's arrival to its answer. */
  readonly ackSeconds: Histogram<'kind'>;
  /** Outcomes of recipients by state and reason. */
  readonly messages: Counter<'state' | 'reason'>;
  /** Events by end: `done`, `retry`, `dead`. */
  readonly events: Counter<'end'>;
  /** Seconds for which the oldest event that is due has been waiting. */
  readonly queueAge: Gauge;
  /** Events that wait, those that wait for a retry included. */
  readonly queueLength: Gauge;
  readonly deadEvents: Gauge;
  /** Calls of the API by status class (`2xx`, `429`, `5xx`, `none`). */
  readonly apiCalls: Counter<'status'>;
  readonly tokenRefreshes: Counter<'result'>;
  /** Messages between clients and accounts by direction (`in`, `out`) and what became of them. */
  readonly chatMessages: Counter<'direction' | 'result'>;
  /** Attempts at connecting accounts to our chats channel by result. */
  readonly chatsConnections: Counter<'result'>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const name = (rest: string): string => `pipeline_messenger_${rest}`;
  return {
    registry,
    hooks: new Counter({
      name: name('hooks_total'),
      help: 'Hooks that came in, by kind and result',
      labelNames: ['kind', 'result'],
      registers,
    }),
    ackSeconds: new Histogram({
      name: name('ack_seconds'),
      help: 'Time from the arrival of a hook to its answer',
      labelNames: ['kind'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2],
      registers,
    }),
    messages: new Counter({
      name: name('messages_total'),
      help: 'Outcomes of messages, by state and reason',
      labelNames: ['state', 'reason'],
      registers,
    }),
    events: new Counter({
      name: name('events_total'),
      help: 'Events worked on, by how the attempt ended',
      labelNames: ['end'],
      registers,
    }),
    queueAge: new Gauge({
      name: name('queue_age_seconds'),
      help: 'How long the oldest event that is due has been waiting',
      registers,
    }),
    queueLength: new Gauge({
      name: name('queue_length'),
      help: 'Events that wait, those that wait for a retry included',
      registers,
    }),
    deadEvents: new Gauge({
      name: name('dead_events'),
      help: 'Events that were given up and can be brought back with redrive',
      registers,
    }),
    apiCalls: new Counter({
      name: name('kommo_api_calls_total'),
      help: 'Calls of the account’s API, by status',
      labelNames: ['status'],
      registers,
    }),
    tokenRefreshes: new Counter({
      name: name('token_refreshes_total'),
      help: 'Refreshes of access tokens, by result',
      labelNames: ['result'],
      registers,
    }),
    chatMessages: new Counter({
      name: name('chat_messages_total'),
      help: 'Messages between clients and accounts, by direction and what became of them',
      labelNames: ['direction', 'result'],
      registers,
    }),
    chatsConnections: new Counter({
      name: name('chats_connections_total'),
      help: 'Attempts at connecting accounts to the chats channel, by result',
      labelNames: ['result'],
      registers,
    }),
  };
}
