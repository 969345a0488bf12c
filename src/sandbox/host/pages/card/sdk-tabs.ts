import { textOf } from '../../words/look-up.js';
import { createSdkTab, sdkCallbacks, type SdkParts, type SdkTab } from './sdk-tab.js';

export interface TitledTab extends SdkTab {
  readonly title: string;
}

/**
 * The tabs of the widgets with location `card_sdk`, named after the widget. On the platform an administrator attaches
 * each beside the other tabs (`platform/widget.md §4.1`); here they are there at once. A widget that lacks one of the
 * four callbacks gets none, which the report says.
 */
export function sdkTabs(parts: SdkParts): readonly TitledTab[] {
  const { session, lifecycle, recorder, app } = parts.host;
  const live = new Set(lifecycle.codes());
  return session.widgets.flatMap(({ code, manifest, words }) => {
    const { locations } = manifest;
    if (!live.has(code) || !Array.isArray(locations) || !locations.includes('card_sdk')) return [];
    const missing = sdkCallbacks.filter((name) => !lifecycle.has(code, name));
    if (missing.length > 0) {
      recorder.note(
        code,
        app.widgetsArea,
        `card_sdk needs ${sdkCallbacks.join(', ')}; without ${missing.join(', ')} the card has no tab for it.`,
      );
      return [];
    }
    return [Object.assign(createSdkTab(code, parts), { title: textOf(words, 'widget.name') })];
  });
}
