import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../scripts/build/paths.js';

const eslint = new ESLint({ cwd: projectRoot });

/** The rules that a file breaks when these lines are put above its text. */
async function broken(file: string, lines: string): Promise<(string | null)[]> {
  const filePath = path.join(projectRoot, file);
  const [result] = await eslint.lintText(`${lines}\n${await readFile(filePath, 'utf8')}`, { filePath });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId);
}

describe('the table of who may import whom', { timeout: 60_000 }, () => {
  it.each([
    ['src/kommo/amd.ts', '../contract/macros.js'],
    ['src/kommo/amd.ts', '../widget/words.js'],
    ['src/contract/macros.ts', '../widget/words.js'],
    ['src/contract/macros.ts', '../../scripts/cli/errors.js'],
    ['src/widget/words.ts', '../../scripts/cli/errors.js'],
    ['src/widget/words.ts', '../../test/support/rounds.js'],
    ['scripts/pack/version.ts', '../../src/contract/macros.js'],
    ['scripts/pack/version.ts', '../../src/widget/words.js'],
    ['scripts/pack/version.ts', '../../test/support/rounds.js'],
    ['scripts/pack/version.ts', '../../src/sandbox/account/server.js'],
  ])('forbids %s to import %s', async (file, target) => {
    expect(await broken(file, `import '${target}';`)).toContain('no-restricted-imports');
  });

  it.each([
    ['src/contract/macros.ts', '../kommo/amd.js'],
    ['src/widget/words.ts', '../contract/macros.js'],
    ['src/widget/words.ts', '../kommo/amd.js'],
    ['scripts/pack/version.ts', '../../src/kommo/locations.js'],
    ['scripts/sandbox/serve.ts', '../../src/sandbox/index.js'],
  ])('allows %s to import %s', async (file, target) => {
    expect(await broken(file, `import '${target}';`)).not.toContain('no-restricted-imports');
  });

  it.each([
    ['console.log(1);', 'no-console'],
    ['alert(1);', 'no-alert'],
    ['eval("1");', 'no-eval'],
    ['document.createElement("script");', 'no-restricted-syntax'],
    ['void AMOCRM;', 'no-restricted-globals'],
  ])('refuses %s in the widget, as moderation does', async (line, rule) => {
    expect(await broken('src/widget/words.ts', line)).toContain(rule);
  });
});
