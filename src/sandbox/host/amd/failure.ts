import type { AmdError } from './amd.js';

/** What could not be loaded, by module id, and which modules ask for it. */
export interface AmdFailure {
  readonly modules: readonly string[];
  readonly neededBy: readonly string[];
}

/** The part of a RequireJS registry that tells who waits for whom. */
type Registry = Readonly<
  Record<string, { readonly depMaps?: readonly ({ readonly id?: string } | null)[] } | undefined>
>;

/**
 * Keeps with an error what has failed. RequireJS names a plugin's resource in its place as soon as the plugin passes
 * the error on, and an error is passed on as often as the module is asked for.
 */
export function keepFailure(error: AmdError): AmdError {
  if (error.failure !== undefined) return error;
  const modules = error.requireModules ?? [];
  return Object.assign(error, { failure: { modules, neededBy: whoNeeds(modules) } });
}

/** Modules that wait for these; those without a name are calls of `require`. */
function whoNeeds(modules: readonly string[]): string[] {
  const { registry } = (
    window as unknown as { requirejs: { s: { contexts: { _: { registry: Registry } } } } }
  ).requirejs.s.contexts._;
  return Object.entries(registry).flatMap(([id, module]) =>
    !id.startsWith('_@r') && module?.depMaps?.some((needed) => modules.includes(needed?.id ?? '')) === true
      ? [id]
      : [],
  );
}
