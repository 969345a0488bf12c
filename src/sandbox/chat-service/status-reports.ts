import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { Scheduler } from '../account/hooks/scheduler.js';
import type { ChatMessage } from './message.js';

/** Tells receivers how far their messages are. */
export interface StatusReports {
  /** Reports the status that the message has now; reports of one message go out one after the other. */
  report(message: ChatMessage): void;
  /** Drops what waits. */
  clear(): void;
  close(): void;
}

export interface StatusReportOptions {
  /** The reports are signed with it. */
  readonly apiKey: string;
  readonly scheduler: Scheduler;
  /** Milliseconds before each further attempt when the answer is no 2xx. */
  readonly pauses: readonly number[];
}

interface Report {
  readonly url: string;
  readonly body: string;
  attempts: number;
}

const timeoutMs = 5_000;
/** Receivers that are asked at the same time, so that load does not take all the sockets of the machine. */
const mostAtOnce = 32;
/** Messages with a report that waits. Beyond that new ones are dropped: the memory stays flat when nobody answers. */
const mostWaiting = 20_000;

export function createStatusReports({ apiKey, scheduler, pauses }: StatusReportOptions): StatusReports {
  const agent = new http.Agent({ keepAlive: true, maxSockets: mostAtOnce });
  /** Reports by message, the first of them on its way or waiting for its next attempt. */
  const lanes = new Map<string, Report[]>();
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
  const run = async (id: string, lane: Report[]): Promise<void> => {
    const [report] = lane;
    if (report === undefined) return;
    atOnce++;
    report.attempts++;
    const isTaken = await post(agent, apiKey, report);
    atOnce--;
    // Cleared meanwhile.
    if (lanes.get(id) !== lane) {
      start();
      return;
    }
    const pause = pauses[report.attempts - 1];
    if (!isTaken && pause !== undefined) {
      scheduler.after(pause, () => {
        if (lanes.get(id) === lane) makeReady(id);
      });
    } else {
      lane.shift();
      if (lane.length > 0) ready.push(id);
      else lanes.delete(id);
    }
    start();
  };

  return {
    report({ id, status, error, statusUrl: url }) {
      if (url === undefined) return;
      const body = JSON.stringify({ id, status, ...(error === undefined ? {} : { error }) });
      const report = { url, body, attempts: 0 };
      const lane = lanes.get(id);
      if (lane !== undefined) {
        lane.push(report);
      } else if (lanes.size < mostWaiting) {
        lanes.set(id, [report]);
        makeReady(id);
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
function post(agent: http.Agent, apiKey: string, { url, body }: Report): Promise<boolean> {
  return new Promise((resolve) => {
    const bytes = Buffer.from(body, 'utf8');
    const call = http.request(url, {
      method: 'POST',
      agent,
      timeout: timeoutMs,
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': bytes.length,
        'X-Demo-Signature': `sha256=${createHmac('sha256', apiKey).update(bytes).digest('hex')}`,
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
    call.end(bytes);
  });
}
