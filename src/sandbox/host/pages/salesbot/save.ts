import { RefusedCall } from '../../account-api.js';
import type { Host } from '../../host.js';
import type { BotView } from '../../../wire.js';
import { checkAnswer, type Finding } from './check.js';
import { compile, type CompiledStep, type StepDesign } from './compile.js';
import { paramsOf } from './fields.js';
import type { Step } from './step.js';

/** What a widget returned for a step, and what is to be said of it. */
export interface Answer {
  /** The step's handler, by its name. */
  readonly name: string;
  /** As it came, formatted when it is JSON; undefined when there was no text. */
  readonly text: string | undefined;
  readonly findings: readonly Finding[];
}

export interface Saved {
  readonly answers: readonly Answer[];
  /** Undefined when nothing was stored. */
  readonly bot: BotView | undefined;
  /** Why the account did not take it. */
  readonly refusal: string | undefined;
}

/** Asks each step's widget for its JSON (`onSalesbotDesignerSave`), and stores the bot when all of it can be. */
export async function saveSteps(
  host: Host,
  botId: number,
  name: string,
  steps: readonly (Pick<Step, 'handler' | 'exits'> & { readonly design: StepDesign })[],
): Promise<Saved> {
  const asked = steps.map((step) => askWidget(host, step));
  const answers = asked.map(({ answer }) => answer);
  const compiled = asked.flatMap((one) => one.compiled ?? []);
  if (compiled.length < steps.length) return { answers, bot: undefined, refusal: undefined };
  try {
    return {
      answers,
      bot: await host.api.saveBot(botId, { name, steps: compile(compiled) }),
      refusal: undefined,
    };
  } catch (error) {
    if (!(error instanceof RefusedCall)) throw error;
    return { answers, bot: undefined, refusal: error.message };
  }
}

function askWidget(
  { lifecycle }: Host,
  { handler, exits, design }: Pick<Step, 'handler' | 'exits'> & { readonly design: StepDesign },
): { answer: Answer; compiled: CompiledStep | undefined } {
  const { widget, code, name } = handler;
  if (!lifecycle.has(widget, 'onSalesbotDesignerSave')) {
    const finding: Finding = { level: 'error', word: 'noSave', values: {} };
    return { answer: { name, text: undefined, findings: [finding] }, compiled: undefined };
  }
  const returned = lifecycle.call(widget, 'onSalesbotDesignerSave', code, paramsOf(handler, design.values));
  const codes = exits.map((exit) => exit.code);
  const { steps, findings } = checkAnswer(returned, codes);
  return {
    answer: { name, text: typeof returned === 'string' ? formatted(returned) : undefined, findings },
    compiled: steps && { design, steps, hasExits: codes.length > 0 },
  };
}

function formatted(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
