import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const faces = ['400.css', '700.css'];

/** PT Sans, the typeface of the platform's interface, as `@font-face` rules that carry the files in themselves. */
export async function fontStyles(): Promise<string> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@fontsource/pt-sans/package.json'));
  const rules = await Promise.all(faces.map((face) => readFile(path.join(folder, face), 'utf8')));
  const css = rules.join('\n');
  const embedded = new Map<string, string>();
  for (const [, file = ''] of css.matchAll(/url\(\.\/(files\/[\w-]+\.woff2)\)/g)) {
    const font = await readFile(path.join(folder, file), 'base64');
    embedded.set(file, `url(data:font/woff2;base64,${font}) format('woff2')`);
  }
  return css.replace(
    /src: url\(\.\/(files\/[\w-]+\.woff2)\)[^;]*;/g,
    (_, file: string) => `src: ${embedded.get(file) ?? ''};`,
  );
}
