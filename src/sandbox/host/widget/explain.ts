import type { AmdError } from '../amd/amd.js';

/** Why RequireJS has no module, in a sentence that names the file and what to change. */
export function explainLoading(error: unknown): string {
  const { requireType, requireModules = [], failure } = (error ?? {}) as Partial<AmdError>;
  const modules = (failure?.modules ?? requireModules).map(fileOf).join(', ');
  const neededBy = (failure?.neededBy ?? []).map(fileOf).filter((file) => file !== modules);
  const asked = neededBy.length === 0 ? '' : `, asked for by ${neededBy.join(' and ')}`;
  if (error instanceof Error && error.message.startsWith('Kommo has ')) return error.message;
  switch (requireType) {
    case 'scripterror':
      return `A module could not be loaded: ${modules}${asked}. The file is missing, or the address is wrong.`;
    case 'answer':
      return `A file could not be loaded: ${modules}${asked}. It is missing, or the address is wrong.`;
    case 'nodefine':
      return `A file defines no module: ${modules}${asked}. Wrap it in define([…], function () { … }).`;
    case 'timeout':
      return `A module did not come in time: ${modules}${asked}.`;
    case 'mismatch':
      return 'A script called define without being loaded by the module loader.';
    default:
      return 'One of its modules threw while it was loaded.';
  }
}

/** A module of a widget as its archive names it; any other by its id. */
function fileOf(id: string): string {
  return id.replace(/^\w+!/, '').replace(/^\/upl\/[^/]+\/widget\/([^?]*).*$/, '$1');
}

/**
 * Why the platform could not make a widget of this module, or undefined when it can try. It puts its own base
 * class under the constructor, which works with plain functions only (`platform/widget.md §3.1`, `§12`).
 */
export function explainConstructor(module: unknown): string | undefined {
  if (module === undefined) {
    return 'script.js gave no module: the file is missing, or it does not call define with a function that returns the constructor.';
  }
  if (typeof module !== 'function') {
    const found =
      typeof module === 'object' && module !== null && 'default' in module
        ? 'an object with default'
        : typeof module;
    return `script.js has to return the constructor, a plain function, but it returned ${found}.`;
  }
  if (/^class\b/.test(Function.prototype.toString.call(module))) {
    return 'script.js returned an ES class, which the platform cannot extend. Return a plain function.';
  }
  if (!Object.hasOwn(module, 'prototype')) {
    return 'script.js returned an arrow function or a method, which the platform cannot extend. Return a plain function.';
  }
  return undefined;
}
