import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inParallel } from '../../../scripts/cli/in-parallel.js';

/** Work that ends when the test says so. */
function bench(): {
  begun: string[];
  work: (item: string) => Promise<string>;
  end: (item: string, error?: Error) => Promise<void>;
} {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  return {
    begun,
    work(item) {
      begun.push(item);
      return new Promise((resolve, reject) => {
        ends.set(item, (error) => {
          if (error === undefined) resolve(`${item} done`);
          else reject(error);
        });
      });
    },
    async end(item, error) {
      ends.get(item)?.(error);
      await turn();
    },
  };
}

describe('inParallel', () => {
  it('begins the next item as soon as any is done, and no more than the lanes take', async () => {
    const { begun, work, end } = bench();
    const results = inParallel(['a', 'b', 'c', 'd'], work, { lanes: 2 });
    await turn();
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('c');
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    await end('d');
    await end('a');
    expect(await Promise.all(results)).toEqual(['a done', 'b done', 'c done', 'd done']);
  });

  it('goes on after an item that fails, whose promise says why', async () => {
    const { begun, work, end } = bench();
    const [first, second] = inParallel(['a', 'b'], work, { lanes: 1 });
    await turn();
    await end('a', new Error('of a'));
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    await expect(first).rejects.toThrow('of a');
    expect(await second).toBe('b done');
  });

  it('has a lane for each of few items', async () => {
    const { begun, work, end } = bench();
    const results = inParallel(['a', 'b'], work, { lanes: 6 });
    await turn();
    expect(begun).toEqual(['a', 'b']);
    await end('a');
    await end('b');
    expect(await Promise.all(results)).toEqual(['a done', 'b done']);
  });
});
