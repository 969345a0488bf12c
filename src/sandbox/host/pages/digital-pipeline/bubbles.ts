import { announce } from '../../announce.js';
import { draw } from '../../dom.js';
import { $ } from '../../jquery.js';
import { type ControlValues, readControls, refillControls } from '../../kept-controls.js';
import { makeSaveButton } from '../../save-button.js';
import type { Trigger } from '../../../wire.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import {
  fillCondition,
  readCondition,
  readFields,
  readTrigger,
  showDelay,
  type Condition,
  type Draft,
} from './bubble-form.js';
import { bubbleHtml } from './bubble-markup.js';
import type { Column } from './columns.js';
import { dpWidget, unknownWidget } from './widgets.js';
import type { DpWord } from './words.js';

/** What is typed in an open bubble and not saved. */
export interface BubbleState {
  /** Null for a trigger that was never saved. */
  readonly id: number | null;
  readonly code: string;
  readonly stage: number;
  readonly condition: Condition;
  readonly values: Readonly<Record<string, string>>;
  /** Of the controls that the widget has drawn itself. */
  readonly own: ControlValues;
  readonly isChanged: boolean;
}

export interface Bubbles {
  /** Opens the bubble of a trigger in its item; nothing when it is open already. */
  open($item: JQuery, draft: Draft, state?: BubbleState): void;
  /** The widgets have been started: bubbles that opened before hear of it now. */
  started(): void;
  capture(): BubbleState[];
}

interface BubblesParts {
  readonly columns: readonly Column[];
  readonly saved: (trigger: Trigger, $item: JQuery) => void;
  readonly deleted: (id: number) => void;
  /** The bubble was closed, and nothing was saved. */
  readonly cancelled: ($item: JQuery, draft: Draft) => void;
}

interface Bubble {
  readonly $bubble: JQuery;
  readonly code: string;
  capture(): BubbleState;
}

/**
 * The bubbles of triggers, any number of them open at once. What is stored is the `value` of the account's own
 * `input[name=<field>]`, whatever a widget draws beside it (`platform/widget.md §5.1`).
 */
export function createBubbles(
  host: Host,
  t: Translate<DpWord>,
  { columns, saved, deleted, cancelled }: BubblesParts,
): Bubbles {
  /** Those whose item was taken away are closed, too. */
  const bubbles = new Set<Bubble>();
  const opened = (): Bubble[] => [...bubbles].filter(({ $bubble }) => isOnPage($bubble));
  let isStarted = false;

  /** `dpSettings` gets no argument and finds the bubble by itself (`platform/widget.md §5.3`). */
  const decorate = ({ $bubble, code }: Bubble): void => {
    if (!isStarted) return;
    const isLive = host.lifecycle.codes().includes(code);
    $bubble.find('.digital-pipeline__not-started').toggleClass('h-hidden', isLive);
    if (isLive) host.lifecycle.call(code, 'dpSettings');
  };

  function open($item: JQuery, draft: Draft, state?: BubbleState): void {
    if ($item.find('.digital-pipeline__edit-bubble').length > 0) return;
    const { id, widget_code: code } = draft;
    const session = host.widget(code);
    const widget = session === undefined ? unknownWidget(code, draft.settings) : dpWidget(session);
    const { fields } = widget;
    const { revision } = host.session.switches;
    const $bubble = draw(
      bubbleHtml(t, { widget, draft, columns, revision, values: state?.values ?? draft.settings }),
    );
    const $form = $bubble.find('form');
    fillCondition($form, state?.condition ?? {});
    showDelay($form);
    $item.find('.digital-pipeline__item-inner').append($bubble);

    const $save = $bubble.find('.js-trigger-save');
    const isField = (name: string): boolean => fields.some((field) => field.name === name);
    /** Names of the controls into which something was typed: a widget's own say `change` later, or never. */
    const touched = new Set<string>();
    const ownControls = (): ControlValues => {
      const isWhole = !$save.hasClass('button-input-disabled');
      const own = Object.entries(readControls($bubble)).filter(([name]) => !isField(name));
      return Object.fromEntries(own.filter(([name]) => isWhole || touched.has(name)));
    };
    const close = (): void => {
      bubbles.delete(bubble);
      $bubble.remove();
    };
    const cancel = (): void => {
      close();
      cancelled($item, draft);
    };
    const tell = (error: unknown): void => {
      $bubble.find('.digital-pipeline__problem').text((error as Error).message);
    };
    const save = async (): Promise<void> => {
      const trigger = readTrigger($form, { draft, fields, columns });
      announce($save, 'button:load:start');
      try {
        const stored = await host.api.saveTrigger({ ...(id === null ? {} : { id }), ...trigger });
        close();
        saved(stored, $item);
      } catch (error) {
        tell(error);
        announce($save, 'button:save:error');
      }
    };
    const remove = async (): Promise<void> => {
      if (id === null) {
        cancel();
        return;
      }
      try {
        await host.api.deleteTrigger(id);
        close();
        deleted(id);
      } catch (error) {
        tell(error);
      }
    };

    const button = makeSaveButton($save, () => void save());
    // Of a new trigger without fields there is nothing that must be changed first.
    if (state?.isChanged ?? (id === null && fields.length === 0)) button.enable();
    const bubble: Bubble = {
      $bubble,
      code,
      capture: () => ({
        id,
        code,
        stage: draft.status_ids[0] ?? 0,
        condition: readCondition($form),
        values: readFields($form, fields),
        own: ownControls(),
        isChanged: !$save.hasClass('button-input-disabled'),
      }),
    };
    bubbles.add(bubble);

    $bubble.on('change controls:change', () => {
      showDelay($form);
      button.enable();
    });
    // Of the account's own inputs each stroke counts; a widget's own controls say `change` when they mean it.
    $bubble.on('input', ({ target }) => {
      const { name } = target as HTMLInputElement;
      touched.add(name);
      const isOfAccount = $(target).is('.text-input') && isField(name);
      if (isOfAccount || $(target).is('.js-dp-delay')) button.enable();
    });
    $bubble.on('click', '.js-trigger-cancel', cancel);
    $bubble.on('click', '.js-trigger-delete', () => void remove());
    $bubble.on('keydown', (event) => {
      if (event.key !== 'Escape' || event.isDefaultPrevented()) return;
      event.preventDefault();
      cancel();
    });
    $form.on('submit', (event) => {
      event.preventDefault();
    });
    decorate(bubble);
    if (state !== undefined) refillControls($bubble, { values: state.own });
  }

  return {
    open,
    started() {
      isStarted = true;
      for (const bubble of opened()) decorate(bubble);
    },
    capture: () => opened().map((bubble) => bubble.capture()),
  };
}

function isOnPage($element: JQuery): boolean {
  return $element[0]?.isConnected === true;
}
