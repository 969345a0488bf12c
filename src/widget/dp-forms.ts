import type { TwigTemplate } from '../kommo/render.js';
import type { WidgetContext } from './context.js';
import type { createDpForm } from './dp-form/index.js';

type DpFormModule = { createDpForm: typeof createDpForm };

/**
 * The light half of the digital pipeline's form: it fetches the editor when the first bubble opens. Until then,
 * and if it can't be fetched, Kommo's own inputs are there and work.
 */
export function createDpForms({ widget, words, notify, onDemand }: WidgetContext) {
  let form: ReturnType<typeof createDpForm> | undefined;
  let template: TwigTemplate | undefined;
  /** Raised when everything closes, so that what was still loading by then is not put on the page. */
  let generation = 0;
  /** The generation whose user knows that the tools are missing. */
  let told: number | undefined;

  const loadTemplate = async (): Promise<TwigTemplate> =>
    (template ??= await onDemand.template('message-tools.twig'));

  const toolsFailed = (): void => {
    if (told !== generation) notify(words('dp.failed'));
    told = generation;
  };

  return {
    /** Decorates every open bubble of this widget that is not decorated yet. */
    open(): void {
      const opened = generation;
      onDemand.stylesheet('style.css');
      const tools = loadTemplate();
      // The editors of the bubbles say so, but there may be none.
      tools.catch(() => undefined);
      onDemand
        .module<DpFormModule>('dp-form.js')
        .then((module) => {
          if (opened !== generation) return;
          form ??= module.createDpForm({ widget, words, toolsFailed });
          form.decorate(tools);
        })
        .catch(() => {
          if (opened === generation) notify(words('dp.failed'));
        });
    },

    /** Gives every bubble its original look back. */
    close(): void {
      generation += 1;
      form?.release();
    },
  };
}
