import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../scripts/build/paths.js';
import { type Variable, variables } from '../../src/backend/configuration/variables.js';
import { redrivableReasons } from '../../src/backend/delivery/redrive.js';
import { createMetrics } from '../../src/backend/metrics.js';
import {
  failureReasons,
  messageReasons,
  messageStates,
  skipReasons,
} from '../../src/contract/message-outcomes.js';

const lines = (await readFile(path.join(projectRoot, 'docs', 'backend.md'), 'utf8')).split('\n');

/** The cells of every table whose first column has this title. */
function rowsOf(title: string): string[][] {
  const rows: string[][] = [];
  let isOurs = false;
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('|')) continue;
    const cells = line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (lines[index - 1]?.startsWith('|') !== true) isOurs = cells[0] === title;
    else if (isOurs && !/^-+$/.test(cells[0] ?? '')) rows.push(cells);
  }
  return rows;
}

const inCode = (text: string): string => `\`${text}\``;

/** Addresses that a module of the backend answers, as `GET /healthz`. */
async function routesInSource(): Promise<string[]> {
  const backend = path.join(projectRoot, 'src', 'backend');
  const files = (await readdir(backend, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const sources = await Promise.all(files.map((file) => readFile(path.join(backend, file), 'utf8')));
  return sources
    .flatMap((source) => [
      ...source.matchAll(/\b(?:app|scope)\s*\.(get|post|put|delete)(?:<[^>]*>+)?\(\s*'(\/[^']*)'/g),
    ])
    .map(([, method = '', address = '']) => `${method.toUpperCase()} ${address}`);
}

describe('docs/backend.md', () => {
  it('explains every variable of the configuration as .env.example does', () => {
    const expected = Object.entries<Variable>(variables).map(([name, variable]) => [
      inCode(name),
      variable.default === undefined || variable.default === '' ? '' : inCode(variable.default),
      variable.help,
    ]);
    expect(rowsOf('Variable').sort()).toEqual(expected.sort());
  });

  it('explains every state of a message', () => {
    expect(rowsOf('State').map(([state]) => state)).toEqual(messageStates.map(inCode));
  });

  it('tells of every reason what state it stands for and whether redrive brings it back', () => {
    const redrivable: readonly string[] = redrivableReasons;
    const told = rowsOf('Reason').map(([reason, state, , , redrive]) => [reason, state, redrive]);
    expect(told).toEqual(
      messageReasons.map((reason) => [
        inCode(reason),
        inCode((skipReasons as readonly string[]).includes(reason) ? 'skipped' : 'failed'),
        redrivable.includes(reason) ? 'yes' : 'no',
      ]),
    );
    expect(told).toHaveLength(skipReasons.length + failureReasons.length);
  });

  it('explains every metric and its labels', async () => {
    const metrics = await createMetrics().registry.getMetricsAsJSON();
    const told = rowsOf('Metric').map(([name]) => name);
    expect(told.sort()).toEqual(metrics.map(({ name }) => inCode(name)).sort());
  });

  it('lists every route', async () => {
    const told = rowsOf('Route').map(([route]) => route);
    expect(told.sort()).toEqual((await routesInSource()).map(inCode).sort());
  });
});
