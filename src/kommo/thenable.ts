/**
 * What the platform waits for: a promise or a jQuery Deferred, which is all that the documented samples use
 * (`platform/widget.md §4.1`). Answers of the platform itself are typed as `PromiseLike`.
 */
export type Thenable<Value> = PromiseLike<Value> | JQueryGenericPromise<Value>;
