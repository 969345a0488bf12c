import type { TestProject } from 'vitest/node';
import { bundleHost, type HostFiles } from '../../../src/sandbox/site/host-files.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The script and the styles of the account's pages. */
    hostFiles: HostFiles;
  }
}

/** Bundles the sandbox's host once for all browser tests. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('hostFiles', await bundleHost());
}
