import { dpFields } from '../../contract/dp-settings.js';
import type { TwigTemplate } from '../../kommo/render.js';
import type { WidgetInstance } from '../../kommo/widget.js';
import type { Words } from '../words.js';
import { findBubbles } from './bubbles.js';
import { openField } from './field.js';
import { createMessageEditor } from './message-editor.js';
import { createOnlyMain } from './only-main.js';
import { widen } from './widen.js';

export interface DpFormContext {
  widget: WidgetInstance;
  words: Words;
}

interface Decorated {
  bubble: HTMLElement;
  release: () => void;
}

/**
 * The form of a trigger: it puts an editor and a check box in the place of Kommo's two inputs, which stay in
 * the document and keep the values that Kommo stores (`platform/widget.md §5.1`).
 */
export function createDpForm(context: DpFormContext) {
  let decorated: Decorated[] = [];

  function decorateBubble(bubble: HTMLElement, tools: Promise<TwigTemplate>): Decorated {
    const releases = [widen(bubble)];
    const message = openField(bubble, dpFields.message);
    if (message !== undefined) releases.push(createMessageEditor(message, tools, context), message.release);
    const onlyMain = openField(bubble, dpFields.onlyMain);
    if (onlyMain !== undefined) releases.push(createOnlyMain(onlyMain, context), onlyMain.release);
    return {
      bubble,
      release: () => {
        releases.forEach((release) => {
          release();
        });
      },
    };
  }

  return {
    /** Decorates the bubbles of this widget that are not decorated yet. `tools` renders what follows the editor. */
    decorate(tools: Promise<TwigTemplate>): void {
      decorated = decorated.filter(({ bubble, release }) => {
        const intact = bubble.isConnected && bubble.querySelector('.pipeline-messenger') !== null;
        if (!intact) release();
        return intact;
      });
      for (const bubble of findBubbles(context.widget)) {
        if (decorated.some((other) => other.bubble === bubble)) continue;
        decorated.push(decorateBubble(bubble, tools));
      }
    },

    release(): void {
      for (const { release } of decorated) release();
      decorated = [];
    },
  };
}
