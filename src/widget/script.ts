import type { WidgetInstance } from '../kommo/widget.js';
import { createCallbacks } from './callbacks.js';

/**
 * The module that the platform loads: a plain function, because the platform injects its base class into the
 * prototype before it calls `new` (`platform/widget.md §3.1`). Settings and texts are not there yet.
 */
function PipelineMessenger(this: WidgetInstance): WidgetInstance {
  this.callbacks = createCallbacks(this);
  return this;
}

export default PipelineMessenger;
