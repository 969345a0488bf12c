import { platformModules } from '../../../kommo/amd.js';
import type { AmdDefine } from './amd.js';

/**
 * Makes the modules that the platform has and the sandbox has not fail with a sentence of their own, where they
 * would look like a file that the widget forgot (`platform/widget.md §3.7`).
 */
export function defineMissing(present: readonly string[], define: AmdDefine): void {
  for (const [id, version] of Object.entries(platformModules)) {
    if (present.includes(id)) continue;
    define(id, [], () => {
      throw new Error(`Kommo has ${id} ${version}; the sandbox does not.`);
    });
  }
}
