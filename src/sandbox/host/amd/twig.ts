import type { AmdDefine } from './amd.js';

/** AMD id of twig.js as its authors publish it; `twigjs` is made of it. */
export const twigLibrary = 'sandbox/twig';

/**
 * Makes `twigjs` what widgets know it as: the function that makes a template, called as `twig({ ref: … })` or
 * `twig({ id: …, data: … })` by the official samples (CODE), with everything that twig.js exports as its members.
 * The global `Twig`, whose `Templates.registry` widgets read, comes with the library's own file.
 */
export function defineTwig(define: AmdDefine): void {
  define('twigjs', [twigLibrary], (library: { readonly twig: (options: unknown) => unknown }) =>
    Object.assign((options: unknown) => library.twig(options), library));
}
