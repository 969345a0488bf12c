import type { SalesbotHandler, SalesbotStep } from '../../../../kommo/salesbot.js';
import type { BotView } from '../../../wire.js';
import { exitOf } from './check.js';
import type { FieldValue } from './fields.js';

type StoredStep = BotView['steps'][string];

/** A step as the designer keeps it: a handler of a widget, its settings, and where its exits lead. */
export interface StepDesign {
  readonly widget: string;
  readonly handler: string;
  readonly values: Readonly<Record<string, FieldValue>>;
  /** Place of the step that follows, by the exit's code; the bot ends where there is none. */
  readonly exits: Readonly<Record<string, number>>;
}

/** A step with what its widget made of it. */
export interface CompiledStep {
  readonly design: StepDesign;
  readonly steps: readonly SalesbotStep[];
  /** Whether the widget has named exits; otherwise the step has one way out, with an empty code. */
  readonly hasExits: boolean;
}

/**
 * Joins the steps that widgets returned into one bot. Each list counts its steps from 0, so `goto` is moved on by
 * those that stand before; `exits` becomes a `goto` to the step that the exit leads to, or the end.
 *
 * The platform keeps a step's JSON as it was when the bot was saved, so that a new version of the widget takes effect
 * only when the step is removed and added again (`platform/widget.md §2.5`). Here every Save asks the widget anew.
 */
export function compile(compiled: readonly CompiledStep[]): StoredStep[] {
  const starts: number[] = [];
  let count = 0;
  for (const { steps } of compiled) {
    starts.push(count);
    count += steps.length;
  }
  const bot = compiled.flatMap(({ design, steps, hasExits }, place) => {
    const leave = (code: string): SalesbotHandler => {
      const target = starts[design.exits[code] ?? -1];
      return target === undefined
        ? { handler: 'goto', params: { type: 'finish' } }
        : { handler: 'goto', params: { type: 'question', step: target } };
    };
    const move = (handler: SalesbotHandler): SalesbotHandler =>
      moveHandler(handler, starts[place] ?? 0, leave);
    return steps.map((step, index): StoredStep => ({
      widget_code: design.widget,
      question: [...step.question.map(move), ...(!hasExits && index === steps.length - 1 ? [leave('')] : [])],
      ...(index === 0 && { designer: design }),
    }));
  });
  // A bot has a step 0, at which it starts.
  return bot.length === 0 ? [{ question: [] }] : bot;
}

/** What the designer kept in a bot; undefined when the bot was not made there. */
export function designOf({ steps }: BotView): readonly StepDesign[] | undefined {
  const stored = Object.keys(steps)
    .sort((one, other) => Number(one) - Number(other))
    .map((number) => steps[number]);
  const designs = stored.flatMap((step) => (isDesign(step?.designer) ? [step.designer] : []));
  const isEmpty = stored.every((step) => step?.question.length === 0);
  return designs.length > 0 || isEmpty ? designs : undefined;
}

function moveHandler(
  handler: SalesbotHandler,
  by: number,
  leave: (code: string) => SalesbotHandler,
): SalesbotHandler {
  const { params } = handler;
  if (handler.handler === 'exits') return leave(exitOf(params));
  if (handler.handler === 'goto' && params['type'] !== 'finish') {
    return { ...handler, params: { ...params, step: Number(params['step']) + by } };
  }
  const { result } = params;
  if (!Array.isArray(result)) return handler;
  const moved = (result as SalesbotHandler[]).map((one) => moveHandler(one, by, leave));
  return { ...handler, params: { ...params, result: moved } };
}

function isDesign(value: unknown): value is StepDesign {
  if (typeof value !== 'object' || value === null) return false;
  const { widget, handler, values, exits } = value as Partial<Record<keyof StepDesign, unknown>>;
  return (
    typeof widget === 'string' &&
    typeof handler === 'string' &&
    typeof values === 'object' &&
    typeof exits === 'object'
  );
}
