import type { WidgetInstance } from '../../kommo/widget.js';

/**
 * The address of the support page, or undefined when there is none that a browser may open from here: only
 * absolute `http:` and `https:` addresses count. `get_settings().support` repeats the manifest's
 * `widget.support`, as an object with `link` or as the bare address: which of the two is not documented
 * (`platform/widget.md §3.2`, `§12`). Never throws, since the notice about a failure needs it too.
 */
export function supportAddress(widget: Pick<WidgetInstance, 'get_settings'>): string | undefined {
  try {
    const { support } = widget.get_settings();
    const link =
      typeof support === 'object' && support !== null && 'link' in support ? support.link : support;
    if (typeof link !== 'string') return undefined;
    const { protocol, href } = new URL(link.trim());
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined;
  }
}
