import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { chromiumOptions } from '../../../scripts/setup/launch.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address at which the files of the browser project reach the browser that they share. */
    browserServer: string;
  }
}

/** Starts one browser for all files: each page that they open has a context of its own there. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const options = await chromiumOptions({
    log: (line) => {
      process.stderr.write(`${line}\n`);
    },
  });
  const server = await chromium.launchServer({ ...options, host: '127.0.0.1' });
  project.provide('browserServer', server.wsEndpoint());
  return () => server.close();
}
