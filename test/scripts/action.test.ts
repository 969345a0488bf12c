import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectRoot } from '../../scripts/build/paths.js';
import { temporaryFolder, widgetFiles, writeFolder } from '../support/widget-folder.js';

interface Step {
  name: string;
  uses?: string;
  shell?: string;
  env?: Record<string, string>;
  run?: string;
}

interface Action {
  inputs: Record<string, { description: string; default: string }>;
  runs: { using: string; steps: Step[] };
}

const readAction = async (): Promise<Action> =>
  parse(await readFile(path.join(projectRoot, 'action.yml'), 'utf8')) as Action;

async function stepNamed(name: string): Promise<Step> {
  const step = (await readAction()).runs.steps.find((one) => one.name === name);
  if (step === undefined) throw new Error(`action.yml has no step "${name}"`);
  return step;
}

interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs a step as the runner does: its script in a file, the inputs filled into the environment, in the workspace. */
async function runStep(
  { run, env = {} }: Step,
  {
    workspace,
    actionPath,
    inputs = {},
  }: { workspace: string; actionPath: string; inputs?: Record<string, string> },
): Promise<Outcome> {
  const defaults = (await readAction()).inputs;
  const filled = Object.entries(env).map(([name, value]) => [
    name,
    value.replace(
      /\$\{\{ inputs\.([\w-]+) \}\}/g,
      (_all, input: string) => inputs[input] ?? defaults[input]?.default ?? '?',
    ),
  ]);
  const script = path.join(await temporaryFolder(), 'step.sh');
  await writeFile(script, run ?? '');
  return new Promise((resolve) => {
    execFile(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', script],
      {
        cwd: workspace,
        timeout: 60_000,
        env: {
          PATH: process.env['PATH'],
          HOME: process.env['HOME'],
          CI: 'true',
          GITHUB_ACTIONS: 'true',
          GITHUB_ACTION_PATH: actionPath,
          GITHUB_WORKSPACE: workspace,
          ...(Object.fromEntries(filled) as Record<string, string>),
        },
      },
      (error, stdout, stderr) => {
        resolve({ exitCode: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
      },
    );
  });
}

/** A repository with one widget in a folder of its own. */
async function workspaceWith(manifest: Parameters<typeof widgetFiles>[0] = {}): Promise<string> {
  const workspace = await temporaryFolder();
  await cp(await writeFolder(widgetFiles(manifest)), path.join(workspace, 'my widget'), { recursive: true });
  return workspace;
}

const broken = { manifest: { locations: ['settings', 'lcards-1'] } };

const check = async (workspace: string, inputs: Record<string, string>): Promise<Outcome> =>
  runStep(await stepNamed('Check the widget'), { workspace, actionPath: projectRoot, inputs });

describe('action.yml', { timeout: 120_000 }, () => {
  it('is a composite action whose inputs reach the step by the environment alone', async () => {
    const { inputs, runs } = await readAction();

    expect(Object.keys(inputs)).toEqual([
      'path',
      'target',
      'audience',
      'fail-level',
      'config',
      'uploaded',
      'sarif',
    ]);
    expect(runs.using).toBe('composite');
    expect(runs.steps.map(({ uses, shell }) => uses ?? shell)).toEqual([
      'actions/setup-node@v4',
      'bash',
      'bash',
    ]);
    for (const { run } of runs.steps) expect(run ?? '').not.toContain('${{');
    const used = runs.steps.flatMap(({ env = {} }) => Object.values(env));
    expect(used).toEqual(Object.keys(inputs).map((name) => `\${{ inputs.${name} }}`));
  });

  it('installs the validator in its own folder', async () => {
    const [workspace, actionPath] = [await temporaryFolder(), await temporaryFolder()];
    const own = { name: 'own', version: '1.0.0' };
    await writeFile(path.join(actionPath, 'package.json'), JSON.stringify(own));
    const lock = { ...own, lockfileVersion: 3, packages: { '': own } };
    await writeFile(path.join(actionPath, 'package-lock.json'), JSON.stringify(lock));

    expect(await runStep(await stepNamed('Install the validator'), { workspace, actionPath })).toMatchObject({
      exitCode: 0,
    });
  });

  it('annotates a widget with errors and fails', async () => {
    const { exitCode, stdout } = await check(await workspaceWith(broken), { path: 'my widget' });

    expect(stdout).toMatch(
      /^::error file=my widget\/manifest\.json,line=20,col=5,title=manifest\/unknown-location::/,
    );
    expect(stdout).toContain('✖ my widget: 1 error');
    expect(exitCode).toBe(1);
  });

  it('passes a valid widget, and one with warnings unless the level says otherwise', async () => {
    const doubtful = await workspaceWith({ manifest: { tour: null } });
    const passed = await check(doubtful, { path: 'my widget' });
    const failed = await check(doubtful, { path: 'my widget', 'fail-level': 'warning' });

    expect(passed.stdout).toMatch(/^::warning file=my widget\/manifest\.json,/);
    expect([passed.exitCode, failed.exitCode]).toEqual([0, 1]);
    expect(await check(await workspaceWith(), { path: 'my widget' })).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
  });

  it('takes several paths, the target, the audience and a configuration', async () => {
    const workspace = await workspaceWith(broken);
    await mkdir(path.join(workspace, 'second'));
    await cp(path.join(workspace, 'my widget'), path.join(workspace, 'second'), { recursive: true });
    const ignore = [{ code: 'manifest/unknown-location', because: 'the platform is about to have it' }];
    await writeFile(path.join(workspace, 'ours.json'), JSON.stringify({ ignore }));
    const { exitCode, stdout } = await check(workspace, {
      path: 'my widget\nsecond\n',
      target: 'kommo',
      audience: 'private',
      config: 'ours.json',
    });

    expect(stdout).not.toContain('manifest/unknown-location');
    expect(
      stdout.match(/Checked for Kommo \(as you asked\), as a private widget \(as you asked\)/g),
    ).toHaveLength(2);
    expect(exitCode).toBe(0);
  });

  it('tells of a version that is not higher than what was uploaded last', async () => {
    const workspace = await workspaceWith({ manifest: { widget: { version: '1.4.2' } } });
    const { exitCode, stdout } = await check(workspace, { path: 'my widget', uploaded: '1.4.2' });

    expect(stdout).toMatch(
      /^::warning file=my widget\/manifest\.json,.*title=manifest\/version-not-raised::/,
    );
    expect(exitCode).toBe(0);
  });

  it('writes SARIF beside the annotations, for a widget with errors too', async () => {
    const workspace = await workspaceWith(broken);
    const { exitCode, stdout } = await check(workspace, { path: 'my widget', sarif: 'out/widget.sarif' });
    const log = JSON.parse(await readFile(path.join(workspace, 'out/widget.sarif'), 'utf8')) as Log;

    expect(log.runs[0]?.results?.map(({ ruleId }) => ruleId)).toEqual(['manifest/unknown-location']);
    expect(stdout).toMatch(/^::error /);
    expect(exitCode).toBe(1);
  });

  it('ends with 2 when there is no widget, and runs nothing that an input says', async () => {
    const workspace = await workspaceWith();
    const nowhere = await check(workspace, { path: 'nowhere', sarif: 'widget.sarif' });
    const evil = await check(workspace, { path: 'my widget', target: '$(touch evil); touch evil' });

    expect(nowhere).toMatchObject({ exitCode: 2, stdout: '' });
    expect(evil).toMatchObject({ exitCode: 2, stdout: '' });
    await expect(readFile(path.join(workspace, 'evil'))).rejects.toThrow('ENOENT');
  });
});
