/**
 * The AMD special dependency `require`, local to the module (webpack.config.js maps the name). It resolves URLs
 * and relative ids against the widget's folder.
 */
declare module 'amd-require' {
  function amdRequire(
    ids: readonly string[],
    loaded: (...modules: unknown[]) => void,
    failed: (error: unknown) => void,
  ): void;
  export default amdRequire;
}
