import type { AmdError, AmdRequire } from './amd.js';
import { keepFailure } from './failure.js';

interface LoadDone {
  (module: unknown): void;
  error(error: unknown): void;
}

type LoadPlugin = (
  name: string,
  require: AmdRequire & { toUrl(name: string): string },
  done: LoadDone,
) => void;

/** `text!`: the file as text. */
export const loadText: LoadPlugin = (name, require, done) => {
  fetchText(require.toUrl(name)).then(done, (error: unknown) => {
    done.error(error);
  });
};

/** `json!`: the file's parsed JSON. */
export const loadJson: LoadPlugin = (name, require, done) => {
  fetchText(require.toUrl(name))
    .then((text) => JSON.parse(text) as unknown)
    .then(done, (error: unknown) => {
      done.error(error);
    });
};

/** `optional!`: a file that is missing is no module and no error (`platform/widget.md §7`); a broken one is an error. */
export const loadOptional: LoadPlugin = (name, require, done) => {
  require([name], done, (error) => {
    // Of a dependency that is missing the widget has to hear.
    const isItself = error.requireModules?.includes(name) !== false;
    if (error.requireType === 'scripterror' && isItself) done(undefined);
    else done.error(keepFailure(error));
  });
};

/** `css!`: a stylesheet in the page. */
export const loadCss: LoadPlugin = (name, require, done) => {
  const address = require.toUrl(/\.css(\?|$)/.test(name) ? name : `${name}.css`);
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: address });
  link.addEventListener('load', () => {
    done(undefined);
  });
  link.addEventListener('error', () => {
    done.error(new Error(`${address} could not be loaded`));
  });
  document.head.append(link);
};

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) {
    const error: AmdError = new Error(`${url} answered ${response.status}`);
    throw Object.assign(error, { requireType: 'answer' });
  }
  return response.text();
}
