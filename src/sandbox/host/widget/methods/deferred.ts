import { $ } from '../../jquery.js';

/** A promise that also has what samples for the platform call on a jQuery Deferred. */
export type Deferred<Value> = Promise<Value> & {
  readonly [name in 'done' | 'fail' | 'always']: (...listeners: never[]) => Deferred<Value>;
} & { readonly promise: () => JQueryPromise<Value> };

/**
 * Documents say promise in one place and Deferred in another (`platform/widget.md §3.2`): here it is both, so that
 * `catch` works as well as `done` and `$.when`.
 */
export function deferredOf<Value>(promise: Promise<Value>): Deferred<Value> {
  const deferred = $.Deferred<Value>();
  promise.then(
    (value) => {
      deferred.resolve(value);
    },
    (error: unknown) => {
      deferred.reject(error);
    },
  );
  const both: Deferred<Value> = Object.assign(promise, {
    done: chained('done'),
    fail: chained('fail'),
    always: chained('always'),
    promise: () => deferred.promise(),
  });
  return both;

  function chained(name: 'done' | 'fail' | 'always') {
    return (...listeners: never[]) => {
      deferred[name](...listeners);
      return both;
    };
  }
}
