import type { App } from './app.js';

/**
 * What Kommo adds to the page's globals. Import it for its types alone:
 * `import type {} from '../kommo/globals.js'`.
 *
 * `APP` is declared on `window` and as optional, not as a bare variable: outside Kommo, where a module may be
 * tested, a bare `APP` throws, while `window.APP` is undefined.
 */
declare global {
  interface Window {
    readonly APP?: App;
  }
}
