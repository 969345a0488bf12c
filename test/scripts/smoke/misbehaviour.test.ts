import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { misbehaving, refused } from '../../support/misbehaving-widgets.js';
import { breachesOf, callbacksIn, openBench, smokeSmall, type Bench } from './support/run-smoke.js';

let bench: Bench;
let smoked: Awaited<ReturnType<typeof smokeSmall>>;

beforeAll(async () => {
  bench = await openBench();
  smoked = await smokeSmall(bench, { ...misbehaving, ...refused, 'behaves well': {} });
}, 600_000);

afterAll(() => {
  bench.remove();
});

describe('npm run smoke, of a widget that', () => {
  it.each(Object.entries(misbehaving))(
    '%s, says what happened and where',
    (name, { area, error, breach }) => {
      const result = smoked.of(name);
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
    (name) => {
      const { areas, errors } = smoked.of(name);
      expect(areas.map(({ area }) => area)).toContain('leads_card');
      expect(errors.join()).not.toContain('was not tried');
    },
  );

  it.each(Object.entries(misbehaving).filter(([, { goesOn, spares = true }]) => goesOn !== false && spares))(
    '%s, can be switched off in its settings',
    (name) => {
      expect(smoked.of(name).notes.join()).not.toContain('could not be switched off');
    },
  );

  it.each(Object.entries(refused))('has %s, gives the reasons of the account', (name, { error }) => {
    const { code, loaded, areas, errors } = smoked.of(name);
    expect(errors).toEqual([expect.stringMatching(error ?? /never/)]);
    expect({ code, loaded, areas }).toEqual({ code: '', loaded: false, areas: [] });
  });
});

it('goes on with the other widgets, and ends with 1', () => {
  const { report, of } = smoked;
  expect(report.exitCode).toBe(1);
  expect(report.widgets).toHaveLength(Object.keys(misbehaving).length + Object.keys(refused).length + 1);
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
