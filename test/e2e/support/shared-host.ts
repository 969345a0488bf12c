import { inject } from 'vitest';
import type { HostFiles } from '../../../src/sandbox/site/host-files.js';

/** The host of all browser tests: `startSandbox({ hostFiles: sharedHost() })`. */
export const sharedHost = (): Promise<HostFiles> => Promise.resolve(inject('hostFiles'));
