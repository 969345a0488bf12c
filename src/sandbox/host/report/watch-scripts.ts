import { isDrawn } from '../dom.js';
import type { OwnerOf } from './watch-nodes.js';
import type { Watcher, WatchTools } from './watcher.js';

/** Types that a browser runs; any other makes the element a block of data. */
const runs = /^(|module|(text|application)\/(x-)?(java|ecma)script)$/i;

/** Sees script elements that did not come through the module loader (`platform/widget.md §8`, 16). */
export function watchScripts({ breach, onlyWidget }: WatchTools, ownerOf: OwnerOf): Watcher {
  new MutationObserver((records) => {
    for (const script of records.flatMap(({ addedNodes }) => [...addedNodes].flatMap(scriptsIn))) {
      if (isDrawn(script) || script.hasAttribute('data-requiremodule') || !runs.test(script.type)) continue;
      const source = script.getAttribute('src');
      const detail = source === null ? `inline: ${script.text.trim().slice(0, 80)}` : source;
      breach(ownerOf(script) ?? onlyWidget(), 'script-tag', detail);
    }
  }).observe(document, { childList: true, subtree: true });
  return {};
}

function scriptsIn(node: Node): HTMLScriptElement[] {
  if (node instanceof HTMLScriptElement) return [node];
  return node instanceof Element ? [...node.querySelectorAll('script')] : [];
}
