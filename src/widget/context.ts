import type { WidgetInstance } from '../kommo/widget.js';
import type { OnDemand } from './on-demand.js';
import type { Notify } from './on-save.js';
import type { Words } from './words.js';

/** What the callbacks of one widget instance share. */
export interface WidgetContext {
  widget: WidgetInstance;
  words: Words;
  notify: Notify;
  onDemand: OnDemand;
}
