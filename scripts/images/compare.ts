import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** Share of differing pixels up to which two drawings are the same; versions of Chromium differ at edges. */
const tolerance = 0.002;

/** Whether two PNG files show the same picture. Anything that is no PNG differs from everything. */
export function samePicture(one: Buffer, other: Buffer): boolean {
  const [a, b] = [decode(one), decode(other)];
  if (a === undefined || b === undefined || a.width !== b.width || a.height !== b.height) return false;
  const differing = pixelmatch(a.data, b.data, undefined, a.width, a.height, { threshold: 0.1 });
  return differing <= a.width * a.height * tolerance;
}

function decode(file: Buffer): PNG | undefined {
  try {
    return PNG.sync.read(file);
  } catch {
    return undefined;
  }
}
