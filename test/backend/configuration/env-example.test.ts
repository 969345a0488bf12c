import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../scripts/build/paths.js';
import { readConfig } from '../../../src/backend/config.js';
import { type Variable, variables } from '../../../src/backend/configuration/variables.js';

const example = await readFile(path.join(projectRoot, '.env.example'), 'utf8');

/** The lines of comment above a variable, as one text. */
function comment(name: string): string {
  const lines = example.split('\n');
  const at = lines.findIndex((line) => line.replace(/^# /, '').startsWith(`${name}=`));
  const above: string[] = [];
  for (let index = at - 1; lines[index]?.startsWith('# ') === true; index--)
    above.unshift(lines[index]?.slice(2) ?? '');
  return above.join(' ');
}

describe('.env.example', () => {
  it.each(Object.entries<Variable>(variables))('explains %s', (name, variable) => {
    const given = [...example.matchAll(new RegExp(`^(?:# )?${name}=(.*)$`, 'gm'))].map(([, value]) => value);
    expect(given).toHaveLength(1);
    if (variable.default !== undefined && variable.default !== '') expect(given).toEqual([variable.default]);
    expect(comment(name)).toBe(variable.help);
  });

  it('has no variable that is not read', () => {
    const names = [...example.matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(names.filter((name) => !(name !== undefined && name in variables))).toEqual([]);
  });

  it('leaves open just what must be filled in', () => {
    const result = readConfig(parseEnv(example));
    expect(result.ok ? [] : result.faults.map(({ name }) => name)).toEqual([
      'PUBLIC_URL',
      'ENCRYPTION_KEY',
      'HOOK_SECRET',
      'KOMMO_CLIENT_ID',
    ]);
  });
});
