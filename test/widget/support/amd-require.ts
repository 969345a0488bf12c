/** How RequireJS answers one call: with the modules, or with an error. */
export type AmdRequire = (
  ids: readonly string[],
  loaded: (...modules: unknown[]) => void,
  failed: (error: unknown) => void,
) => void;

const notPlugged: AmdRequire = () => {
  throw new Error('A test that loads modules needs a host: see host.ts.');
};

let current = notPlugged;

/** Stands for the widget's own AMD `require` (vitest.config.ts maps `amd-require` to this file). */
export default function amdRequire(...call: Parameters<AmdRequire>): void {
  current(...call);
}

/** Lets this function answer from now on. Returns what takes it away. */
export function plugAmdRequire(answer: AmdRequire): () => void {
  current = answer;
  return () => {
    current = notPlugged;
  };
}
