import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WidgetResult } from '../../../scripts/smoke/result.js';
import { misbehaving, refused } from '../../support/misbehaving-widgets.js';
import { breachesOf, callbacksIn, openBench, smokeInParts, type Bench } from './support/run-smoke.js';

/** How many widgets a process tries. */
const partSize = 15;

/** As long as a process with that many widgets may take on a busy machine. */
const patient = { timeout: 600_000 };

let bench: Bench;
let partOf: ReturnType<typeof smokeInParts>;

const resultOf = async (name: string): Promise<WidgetResult> => (await partOf(name)).of(name);

beforeAll(async () => {
  bench = await openBench();
  // One that behaves comes last, after others in the same process.
  partOf = smokeInParts(bench, { ...misbehaving, ...refused, 'behaves well': {} }, partSize);
});

afterAll(() => {
  bench.remove();
});

describe('npm run smoke, of a widget that', patient, () => {
  it.each(Object.entries(misbehaving))(
    '%s, says what happened and where',
    async (name, { area, error, breach }) => {
      const result = await resultOf(name);
      const there = area === 'widgetsSettings' ? `widgetsSettings:${result.code}` : (area ?? 'leads_card');
      if (error === undefined) expect(result.errors).toEqual([]);
      else {
        const errors = result.errors.filter((text) => text.startsWith(`${there}: `));
        expect(errors).toContainEqual(expect.stringMatching(error));
      }
      if (breach !== undefined) {
        expect(breachesOf(result)).toContainEqual(expect.stringMatching(breach));
      }
    },
  );

  it.each(Object.entries(misbehaving).filter(([, { goesOn = true }]) => goesOn))(
    '%s, goes on through the account to the end',
    async (name) => {
      const { areas, errors } = await resultOf(name);
      expect(areas.map(({ area }) => area)).toContain('leads_card');
      expect(errors.join()).not.toContain('was not tried');
    },
  );

  it.each(Object.entries(misbehaving).filter(([, { goesOn, spares = true }]) => goesOn !== false && spares))(
    '%s, can be switched off in its settings',
    async (name) => {
      expect((await resultOf(name)).notes.join()).not.toContain('could not be switched off');
    },
  );

  it.each(Object.entries(refused))('has %s, gives the reasons of the account', async (name, { error }) => {
    const { code, loaded, areas, errors } = await resultOf(name);
    expect(errors).toEqual([expect.stringMatching(error ?? /never/)]);
    expect({ code, loaded, areas }).toEqual({ code: '', loaded: false, areas: [] });
  });
});

it('goes on with the other widgets, and ends with 1', patient, async () => {
  const { report: first } = await partOf(Object.keys(misbehaving)[0] ?? '');
  expect(first.exitCode).toBe(1);
  expect(first.widgets).toHaveLength(partSize);

  const { report, of } = await partOf('behaves well');
  expect(report.exitCode).toBe(1);
  const count = Object.keys(misbehaving).length + Object.keys(refused).length + 1;
  expect(report.widgets).toHaveLength(count % partSize);
  expect(report.widgets.length).toBeGreaterThan(Object.keys(refused).length + 1);
  const good = of('behaves well');
  expect({ errors: good.errors, notes: good.notes, breaches: breachesOf(good) }).toEqual({
    errors: [],
    notes: [],
    breaches: [],
  });
  expect(callbacksIn(good, 'leads_card')).toEqual([
    'constructor',
    'render',
    'bind_actions',
    'init',
    'destroy',
  ]);
});
