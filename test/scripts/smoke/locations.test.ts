import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locationCodes } from '../../../src/kommo/locations.js';
import { located, pageless } from '../../support/located-widgets.js';
import { breachesOf, callbacksIn, openBench, smokeSmall, type Bench } from './support/run-smoke.js';

let bench: Bench;
let smoked: Awaited<ReturnType<typeof smokeSmall>>;

beforeAll(async () => {
  bench = await openBench();
  const others = pageless.map((code) => [code, { locations: ['settings', code] }] as const);
  smoked = await smokeSmall(bench, { ...located, ...Object.fromEntries(others) });
}, 600_000);

afterAll(() => {
  bench.remove();
});

describe('npm run smoke, for a widget with the location', () => {
  it.each(Object.entries(located))('%s, runs its callbacks where it lives', (code, { runs }) => {
    const result = smoked.of(code);
    expect({ loaded: result.loaded, errors: result.errors, notes: result.notes }).toEqual({
      loaded: true,
      errors: [],
      notes: [],
    });
    for (const [area, callbacks] of Object.entries(runs)) {
      expect(callbacksIn(result, area), area).toEqual(expect.arrayContaining([...callbacks]));
    }
    expect(breachesOf(result)).toEqual([]);
  });

  it.each(pageless)('%s, opens no page and passes', (code) => {
    const { loaded, errors, notes, areas } = smoked.of(code);
    expect({ loaded, errors, notes }).toEqual({ loaded: true, errors: [], notes: [] });
    expect(areas.map(({ area }) => area)).toEqual([`widgetsSettings:${code}`]);
  });
});

it('has a widget for every location of the platform', () => {
  expect([...Object.keys(located), ...pageless].sort()).toEqual([...locationCodes].sort());
});
