import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { fileTree } from '../../../scripts/cli/file-tree.js';
import { formatBytes } from '../../../scripts/cli/sizes.js';

describe('fileTree', () => {
  it('shows files of the root first, then folders with what is in them, sizes in columns, and the total', () => {
    const file = (bytes: number): Buffer => Buffer.alloc(bytes, 'a');
    const files = new Map([
      ['images/logo.png', file(1500)],
      ['images/tour/en/1.png', file(2_500_000)],
      ['images/tour/es/1.png', file(10)],
      ['manifest.json', file(999)],
    ]);
    expect(`\n${fileTree(files, pc.createColors(false))}\n`).toBe(`
                       raw      gzip
  manifest.json      999 B      29 B
  images/
    logo.png        1.5 kB      32 B
    tour/
      en/
        1.png       2.5 MB    2.5 kB
      es/
        1.png         10 B      23 B
  4 files           2.5 MB    2.5 kB
`);
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [6144, '6.1 kB'],
    [1_234_567, '1.2 MB'],
  ])('writes %i as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
