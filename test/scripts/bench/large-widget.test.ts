import { expect, test } from 'vitest';
import { largeWidget } from '../../../scripts/bench/tools/large-widget.js';
import { validateFiles } from '../../../scripts/validate/index.js';

test('the large widget of the benchmark has five megabytes and no errors', () => {
  const files = largeWidget();
  const size = [...files.values()].reduce((sum, content) => sum + content.byteLength, 0);
  expect(size / 1_000_000).toBeGreaterThan(5);
  expect(size / 1_000_000).toBeLessThan(5.3);
  expect(validateFiles(files).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});
