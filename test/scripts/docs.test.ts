import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../scripts/build/paths.js';
import { generatedDocuments } from '../../scripts/docs/index.js';
import { codes } from '../../scripts/validate/registry.js';

const readDocument = (name: string): Promise<string> => readFile(path.join(projectRoot, name), 'utf8');

describe('npm run docs', () => {
  it('would write what is committed', async () => {
    for (const [name, content] of await generatedDocuments()) {
      expect((await readDocument(name)) === content, `${name} is fresh, otherwise: npm run docs`).toBe(true);
    }
  });
});

describe('docs/rules.md', () => {
  it('has one entry for each code, which the overview leads to', async () => {
    const document = await readDocument('docs/rules.md');
    const entries = [...document.matchAll(/^<a id="([^"]+)"><\/a>\n\n### (.+)$/gm)];

    expect(entries.map(([, , code]) => code).sort()).toEqual(codes.map(({ code }) => code).sort());
    const linked = [...document.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(linked.sort()).toEqual(entries.map(([, anchor]) => anchor).sort());
  });

  it('speaks of no notes that its readers do not have', async () => {
    expect(await readDocument('docs/rules.md')).not.toMatch(/platform\/\w+\.md|§/);
  });
});
