import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../scripts/cli/errors.js';
import { compress } from '../../scripts/images/compress.js';
import { drawPictures } from '../../scripts/images/draw.js';
import { findPictures } from '../../scripts/images/pictures.js';
import { readText } from '../../scripts/images/png-chunks.js';
import { loadWords } from '../../scripts/images/words.js';
import { ensureBrowser } from '../../scripts/setup/browser.js';
import { smsSize } from '../../src/contract/sms-segments.js';
import manifest from '../../widget/manifest.json' with { type: 'json' };

const root = path.resolve(import.meta.dirname, '../..');
const largest = 300 * 1024;

const logos: Record<string, [width: number, height: number]> = {
  'logo.png': [130, 100],
  'logo_main.png': [400, 272],
  'logo_small.png': [108, 108],
  'logo_medium.png': [240, 84],
  'logo_min.png': [84, 84],
  'logo_dp.png': [174, 109],
};
const tourSize = [1188, 616];

const tourFiles = Object.values(manifest.tour.tour_images).flat();

describe('the pictures of the widget', () => {
  it.each(Object.entries(logos))('%s is a PNG in the exact size and under 300 KB', async (name, size) => {
    const { width, height, bytes } = await readPicture(name);
    expect([width, height]).toEqual(size);
    expect(bytes).toBeLessThan(largest);
  });

  it.each(tourFiles)('%s is a PNG in the exact size and under 300 KB', async (name) => {
    const { width, height, bytes } = await readPicture(name);
    expect([width, height]).toEqual(tourSize);
    expect(bytes).toBeLessThan(largest);
  });

  it('the tour has three pictures in every language of the manifest', () => {
    expect(Object.keys(manifest.tour.tour_images).sort()).toEqual([...manifest.widget.locale].sort());
    for (const [language, files] of Object.entries(manifest.tour.tour_images)) {
      expect(files).toEqual([1, 2, 3].map((number) => `/images/tour/${language}/${number}.png`));
    }
  });

  it('there is no picture without a source', async () => {
    const known = (await findPictures(root)).map(({ file }) => path.relative('widget/images', file));
    const entries = await readdir(path.join(root, 'widget/images'), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        path.relative(path.join(root, 'widget/images'), path.join(entry.parentPath, entry.name)),
      );
    expect(files.sort()).toEqual(known.sort());
  });

  it.each(Object.keys(logos))('the source of %s holds no text', async (name) => {
    const svg = await readFile(path.join(root, 'art/logos', name.replace('.png', '.svg')), 'utf8');
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toMatch(/<(text|tspan|foreignObject|image)\b/i);
  });

  it.each(Object.keys(logos))('%s stands out on a white card and in the dark theme', async (name) => {
    const { data } = await readPicture(name);
    const background: Color = [data[0] ?? 0, data[1] ?? 0, data[2] ?? 0];
    expect(contrast(background, [0xff, 0xff, 0xff])).toBeGreaterThanOrEqual(3);
    expect(contrast(background, [0x15, 0x30, 0x43])).toBeGreaterThanOrEqual(3);
  });

  it.each(['en', 'es', 'pt', 'tr', 'id', 'ru'])(
    'the editor in the %s tour counts as the widget does',
    async (language) => {
      const words = await loadWords(root, language);
      const filled = (words.get('message:filled') ?? '').replaceAll('\u00a0', ' ');
      expect(filled).not.toContain('{{');
      expect(words.get('words:segments')).toBe(String(smsSize(filled).segments));
    },
  );
});

describe('npm run images', () => {
  it('--check finds every picture as its source draws it', async () => {
    const { code, stdout, stderr } = await runImages('--check');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\d+ pictures match their source\.\n$/);
    expect(code).toBe(0);
  });

  it('refuses a name that no picture has', async () => {
    const { code, stderr } = await runImages('--only', 'nothing');
    expect(code).toBe(2);
    expect(stderr).toContain('Expected a part of a picture\'s file name, got "nothing".');
  });
});

describe('drawing from changed sources', () => {
  let copy: string;
  let browserPath: string;

  beforeAll(async () => {
    browserPath = await ensureBrowser({ log: () => undefined });
    copy = await mkdtemp(path.join(tmpdir(), 'images-'));
    for (const folder of ['art', 'i18n', 'widget']) {
      await cp(path.join(root, folder), path.join(copy, folder), { recursive: true });
    }
  });
  afterAll(() => rm(copy, { recursive: true, force: true }));

  it('names the pictures whose words changed, and no other', async () => {
    await edit('art/words/en.json', 'Thank you!', 'Thank you.');
    expect(await draw('tour/en', false)).toEqual(['same', 'same', 'different']);
  });

  it('draws what is missing or different, and then finds it current', async () => {
    await rm(path.join(copy, 'widget/images/tour/en/1.png'));
    expect(await draw('tour/en', true)).toEqual(['missing', 'same', 'different']);
    expect(await draw('tour/en', false)).toEqual(['same', 'same', 'same']);
  });

  it('takes a picture that was painted over as different, and what is no whole PNG too', async () => {
    const file = path.join(copy, 'widget/images/logo_min.png');
    const original = await readFile(file);
    const painted = PNG.sync.read(original);
    painted.data.fill(0xff, 0, painted.data.length / 4);
    const keepingItsTexts = compress(PNG.sync.write(painted), { Source: readText(original, 'Source') ?? '' });
    for (const content of [keepingItsTexts, Buffer.from('not a picture'), original.subarray(0, 1200)]) {
      await writeFile(file, content);
      expect(await draw('logo_min', false)).toEqual(['different']);
    }
    await writeFile(file, original);
    expect(await draw('logo_min', false)).toEqual(['same']);
  });

  it('refuses a text for which there is no room', async () => {
    await edit('art/words/es.json', 'Agregar disparador', 'Agregar un disparador completamente nuevo');
    await expect(draw('tour/es/1', false)).rejects.toThrow(/no room for "\+ Agregar un disparador/);
    await expect(draw('tour/es/1', false)).rejects.toBeInstanceOf(UserError);
  });

  it('refuses a language whose words are missing or lack a text', async () => {
    await edit('art/words/pt.json', '"reply"', '"answer"');
    await expect(draw('tour/pt/3', false)).rejects.toThrow('asks for the text words:reply');
    await rm(path.join(copy, 'art/words/tr.json'));
    await expect(draw('tour/tr/1', false)).rejects.toThrow(/Expected a JSON file with texts at .*tr\.json/);
  });

  async function draw(only: string, write: boolean): Promise<string[]> {
    const pictures = (await findPictures(copy)).filter(({ file }) => file.includes(only));
    const states: string[] = [];
    for await (const { state } of drawPictures(pictures, { root: copy, browserPath, write }))
      states.push(state);
    return states;
  }

  async function edit(file: string, from: string, to: string): Promise<void> {
    const text = await readFile(path.join(copy, file), 'utf8');
    expect(text).toContain(from);
    await writeFile(path.join(copy, file), text.replace(from, to));
  }
});

type Color = [red: number, green: number, blue: number];

/** `name` is relative to `widget/images`, or a path of the manifest. */
async function readPicture(name: string): Promise<PNG & { bytes: number }> {
  const file = path.join(root, 'widget', name.startsWith('/') ? name : `images/${name}`);
  const content = await readFile(file);
  return Object.assign(PNG.sync.read(content), { bytes: content.length });
}

/** The contrast ratio of WCAG 2.2, from 1 to 21. */
function contrast(one: Color, other: Color): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: Color): number {
  const [red = 0, green = 0, blue = 0] = color
    .map((channel) => channel / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

async function runImages(
  ...args: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/images.ts', ...args], { cwd: root });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (output.stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output.stderr += data.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, ...output };
}
