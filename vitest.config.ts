import { availableParallelism } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** A limit is for what never ends: on a busy machine everything else takes many times as long as on a quiet one. */
const patience = { testTimeout: 30_000, hookTimeout: 120_000, expect: { poll: { timeout: 15_000 } } };

export default defineConfig({
  test: {
    // On two processors Vitest would use one; many tests wait for processes that they have started.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/{kommo,contract,scripts,house,sandbox,backend}/**/*.test.ts'],
          globalSetup: ['test/backend/setup/databases.ts'],
          environment: 'node',
          ...patience,
        },
      },
      {
        extends: true,
        // What webpack.config.js maps to the AMD `require` of the widget's module.
        resolve: {
          alias: { 'amd-require': path.join(import.meta.dirname, 'test/widget/support/amd-require.ts') },
        },
        test: {
          name: 'widget',
          include: ['test/widget/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          setupFiles: ['test/widget/setup/patience.ts'],
          ...patience,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          // Two processors are enough for two pages at a time; more of them would only wait for each other.
          maxWorkers: 2,
          // After the other projects, whose workers would take the processors from the pages.
          sequence: { groupOrder: 1 },
          globalSetup: ['browser-server', 'host-bundle', 'packed-widget'].map(
            (name) => `test/e2e/setup/${name}.ts`,
          ),
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // As long as the pages wait for an element: what a test waits for comes late on a busy machine.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
