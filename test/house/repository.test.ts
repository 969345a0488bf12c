import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../scripts/build/paths.js';

const text = (file: string): Promise<string> => readFile(path.join(projectRoot, file), 'utf8');
const json = async (file: string): Promise<Record<string, unknown>> =>
  JSON.parse(await text(file)) as Record<string, unknown>;

describe('the repository', () => {
  it('locks packages without the address of a registry', async () => {
    expect(await text('package-lock.json')).not.toMatch(/"resolved": "http/);
  });

  it('runs with the oldest Node that it names', async () => {
    const { engines } = await json('package.json');
    expect(engines).toEqual({ node: '>=20.19' });
    expect((await text('.nvmrc')).trim()).toBe('20.19');
  });

  it('uses the platform’s own versions of what the platform brings', async () => {
    const { dependencies, devDependencies } = (await json('package.json')) as Record<
      string,
      Record<string, string>
    >;
    expect(dependencies?.['jquery']).toBe('2.1.3');
    expect(devDependencies?.['twig']).toBe('0.8.9');
    expect(devDependencies?.['requirejs']).toBe('2.3.5');
  });

  it('gives editors the schema of the manifest', async () => {
    const settings = (await json('.vscode/settings.json')) as {
      'json.schemas'?: { fileMatch: string[]; url: string }[];
    };
    const mapping = settings['json.schemas']?.find(({ fileMatch }) =>
      fileMatch.some((file) => file.endsWith('widget/manifest.json')),
    );
    await expect(text(mapping?.url ?? 'nowhere')).resolves.toContain('"$schema"');
  });

  it('explains every command in the README', async () => {
    const { scripts } = (await json('package.json')) as { scripts: Record<string, string> };
    const readme = await text('README.md');
    // `prebackend` is what npm runs before `backend`.
    const internal = ['lint', 'format', 'typecheck', 'prebackend'];
    for (const name of Object.keys(scripts).filter(
      (script) => !internal.includes(script) && script !== 'test',
    )) {
      expect(readme, name).toContain(name === 'start' ? 'npm start' : `npm run ${name}`);
    }
    expect(readme).toContain('npm ci && npm test');
    expect(readme).toContain('npm ci && npm start');
  });

  it('runs in CI what the README names', async () => {
    expect(await text('.ci/run')).toMatch(/npm ci\nnpm test\n$/);
  });
});
