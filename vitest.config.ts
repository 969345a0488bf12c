import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/{kommo,contract,scripts,house,sandbox}/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        extends: true,
        // What webpack.config.js maps to the AMD `require` of the widget's module.
        resolve: {
          alias: { 'amd-require': path.join(import.meta.dirname, 'test/widget/support/amd-require.ts') },
        },
        test: { name: 'widget', include: ['test/widget/**/*.test.{ts,tsx}'], environment: 'jsdom' },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          globalSetup: ['browser-server', 'host-bundle', 'packed-widget'].map(
            (name) => `test/e2e/setup/${name}.ts`,
          ),
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
