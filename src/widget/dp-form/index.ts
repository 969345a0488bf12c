import { dpFields } from '../../contract/dp-settings.js';
import type { TwigTemplate } from '../../kommo/render.js';
import type { WidgetInstance } from '../../kommo/widget.js';
import type { Words } from '../words.js';
import { findBubbles } from './bubbles.js';
import { type DpField, openField } from './field.js';
import { createMessageEditor } from './message-editor.js';
import { createOnlyMain } from './only-main.js';
import { widen } from './widen.js';

export interface DpFormContext {
  widget: WidgetInstance;
  words: Words;
  /** Tells the user that the tools below the editor are not there. */
  toolsFailed: () => void;
}

interface Decorated {
  bubble: HTMLElement;
  /** False once Kommo has closed the bubble or drawn its fields anew. */
  isIntact: () => boolean;
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
    const fields: DpField[] = [];
    const release = (): void => {
      for (const undo of releases.splice(0)) undo();
    };
    const replace = (name: string, createControl: (field: DpField) => () => void): void => {
      const field = openField(bubble, name);
      if (field === undefined) return;
      fields.push(field);
      releases.push(field.release);
      releases.push(createControl(field));
    };
    try {
      replace(dpFields.message, (field) => createMessageEditor(field, tools, context));
      replace(dpFields.onlyMain, (field) => createOnlyMain(field, context));
    } catch (error) {
      release();
      throw error;
    }
    return { bubble, isIntact: () => fields.every((field) => field.isIntact()), release };
  }

  return {
    /**
     * Decorates the bubbles of this widget that are not decorated yet. `tools` renders what follows the editor.
     * Throws when the platform's controls can't be drawn; the bubble is then as Kommo drew it.
     */
    decorate(tools: Promise<TwigTemplate>): void {
      decorated = decorated.filter(({ isIntact, release }) => {
        const intact = isIntact();
        if (!intact) release();
        return intact;
      });
      for (const bubble of findBubbles(context.widget)) {
        // Kommo may have marked it only since, and another way in leads to an element around or inside of it.
        const known = decorated.some(
          (other) => other.bubble.contains(bubble) || bubble.contains(other.bubble),
        );
        if (known) continue;
        decorated.push(decorateBubble(bubble, tools));
      }
    },

    release(): void {
      for (const { release } of decorated) release();
      decorated = [];
    },
  };
}
