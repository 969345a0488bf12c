import { describe, expect, it } from 'vitest';
import { dpFields } from '../../src/contract/dp-settings.js';
import { settingsFields } from '../../src/contract/settings.js';
import manifest from '../../widget/manifest.json' with { type: 'json' };

describe('the manifest', () => {
  it('asks in the integration’s settings for the fields of the contract, of the same type and need', () => {
    const asked = Object.entries(manifest.settings).map(([name, { type, required }]) => [
      name,
      { type, required },
    ]);
    expect(Object.fromEntries(asked)).toEqual(settingsFields);
  });

  it('asks in a trigger for the fields of the contract', () => {
    expect(Object.keys(manifest.dp.settings)).toEqual(Object.values(dpFields));
  });

  it('asks for nothing in a trigger but text, which is what an input can hold', () => {
    expect(new Set(Object.values(manifest.dp.settings).map(({ type }) => type))).toEqual(new Set(['text']));
  });

  it('needs a message in every trigger and leaves the check box free', () => {
    const { message, only_main } = manifest.dp.settings;
    expect([message.required, only_main.required]).toEqual([true, false]);
  });
});
