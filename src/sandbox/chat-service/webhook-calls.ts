import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { Scheduler } from '../account/hooks/scheduler.js';

/** Tells receivers what happens. */
export interface WebhookCalls {
  /**
   * Posts the body as JSON. Calls of one lane go out one after the other, the next when the one before was taken or
   * given up; then `onEnd` is told which it was.
   */
  call(lane: string, call: WebhookCall, onEnd?: (isTaken: boolean) => void): void;
  /** Drops what waits. */
  clear(): void;
  close(): void;
}

export interface WebhookCall {
  readonly url: string;
  /** The body is signed with it. */
  readonly key: string;
  readonly body: object;
}

export interface WebhookCallsOptions {
  readonly scheduler: Scheduler;
  /** Milliseconds before each further attempt when the answer is no 2xx. */
  readonly pauses: readonly number[];
}

interface Waiting {
  readonly url: string;
  readonly key: string;
  readonly body: Buffer;
  readonly onEnd: (isTaken: boolean) => void;
  attempts: number;
}

const timeoutMs = 5_000;
/** Receivers that are asked at the same time, so that load does not take all the sockets of the machine. */
const mostAtOnce = 32;
/** Lanes with a call that waits. Beyond that new ones are dropped: the memory stays flat when nobody answers. */
const mostWaiting = 20_000;

export function createWebhookCalls({ scheduler, pauses }: WebhookCallsOptions): WebhookCalls {
  const agent = new http.Agent({ keepAlive: true, maxSockets: mostAtOnce });
  /** Calls by lane, the first of them on its way or waiting for its next attempt. */
  const lanes = new Map<string, Waiting[]>();
  let ready: string[] = [];
  let atOnce = 0;
  let isClosed = false;

  const start = (): void => {
    while (atOnce < mostAtOnce && !isClosed) {
      const id = ready.shift();
      if (id === undefined) return;
      const lane = lanes.get(id);
      if (lane !== undefined) void run(id, lane);
    }
  };
  const makeReady = (id: string): void => {
    ready.push(id);
    start();
  };
  const run = async (id: string, lane: Waiting[]): Promise<void> => {
    const [first] = lane;
    if (first === undefined) return;
    atOnce++;
    first.attempts++;
    const isTaken = await post(agent, first);
    atOnce--;
    // Cleared meanwhile.
    if (lanes.get(id) !== lane) {
      start();
      return;
    }
    const pause = pauses[first.attempts - 1];
    if (!isTaken && pause !== undefined) {
      scheduler.after(pause, () => {
        if (lanes.get(id) === lane) makeReady(id);
      });
    } else {
      lane.shift();
      first.onEnd(isTaken);
      if (lane.length > 0) ready.push(id);
      else lanes.delete(id);
    }
    start();
  };

  return {
    call(id, { url, key, body }, onEnd = () => undefined) {
      const waiting = { url, key, body: Buffer.from(JSON.stringify(body), 'utf8'), onEnd, attempts: 0 };
      const lane = lanes.get(id);
      if (lane !== undefined) {
        lane.push(waiting);
      } else if (lanes.size < mostWaiting) {
        lanes.set(id, [waiting]);
        makeReady(id);
      } else {
        onEnd(false);
      }
    },
    clear() {
      lanes.clear();
      ready = [];
    },
    close() {
      isClosed = true;
      lanes.clear();
      agent.destroy();
    },
  };
}

/** Whether the receiver has answered 2xx; redirects are not followed. */
function post(agent: http.Agent, { url, key, body }: Waiting): Promise<boolean> {
  return new Promise((resolve) => {
    const call = http.request(url, {
      method: 'POST',
      agent,
      timeout: timeoutMs,
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': body.length,
        'X-Demo-Signature': `sha256=${createHmac('sha256', key).update(body).digest('hex')}`,
      },
    });
    call.on('timeout', () => {
      call.destroy();
    });
    call.on('error', () => {
      resolve(false);
    });
    call.on('response', (response) => {
      const { statusCode = 0 } = response;
      response.resume();
      response.on('error', () => {
        resolve(false);
      });
      response.on('end', () => {
        resolve(statusCode >= 200 && statusCode < 300);
      });
    });
    call.end(body);
  });
}
