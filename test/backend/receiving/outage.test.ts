import fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../../src/backend/log.js';
import { createMetrics } from '../../../src/backend/metrics.js';
import type { Context } from '../../../src/backend/context.js';
import { digitalPipelineRoute } from '../../../src/backend/receiving/digital-pipeline-route.js';
import { InboxUnavailable } from '../../../src/backend/receiving/inbox.js';
import { createOutage } from '../../../src/backend/receiving/outage.js';

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly refused?: number;
  readonly seconds?: number;
}

it('an outage of the store is told when it begins and when it is over, however many hooks it refuses', async () => {
  const lines: Line[] = [];
  const log = createLog('info', { write: (line: string) => lines.push(JSON.parse(line) as Line) });
  let [time, isAway] = [0, false];
  const inbox = {
    accept: () =>
      isAway
        ? Promise.reject(new InboxUnavailable('The store is away.'))
        : Promise.resolve('accepted' as const),
  };
  const app = fastify();
  onTestFinished(() => app.close());
  const context = {
    config: { hookSecrets: ['secret'] },
    log,
    metrics: createMetrics(),
  } as unknown as Context;
  digitalPipelineRoute(app, context, inbox, createOutage(log, { calm: 5000, now: () => time }));
  const hook = async (): Promise<number> => {
    const response = await app.inject({
      method: 'POST',
      url: '/hooks/digital-pipeline/secret',
      headers: { 'content-type': 'application/json' },
      payload: {
        event: { type: 14, data: { id: 1, element_type: 2 } },
        action: { settings: { widget: { settings: { message: 'Hi' } } } },
        account_id: 1,
      },
    });
    return response.statusCode;
  };

  expect(await hook()).toBe(200);
  expect(lines).toEqual([]);
  isAway = true;
  for (time = 1000; time <= 61_000; time += 100) expect(await hook()).toBe(503);
  expect(lines).toMatchObject([
    { level: 50, msg: expect.stringMatching(/^Hooks cannot be stored/) as string },
  ]);

  // It takes one, refuses another, and is over when it has refused none for a while.
  isAway = false;
  expect(await hook()).toBe(200);
  isAway = true;
  expect(await hook()).toBe(503);
  isAway = false;
  time += 4999;
  expect(await hook()).toBe(200);
  expect(lines).toHaveLength(1);
  time += 1;
  expect(await hook()).toBe(200);
  expect(await hook()).toBe(200);
  expect(lines.slice(1)).toMatchObject([
    { level: 40, msg: 'Hooks are stored again', refused: 602, seconds: 61 },
  ]);

  // The next one is told anew.
  isAway = true;
  expect(await hook()).toBe(503);
  expect(lines).toHaveLength(3);
});
