import { isRecord } from '../oauth/fields.js';
import type { BotHandler, BotStep, Salesbot } from '../state.js';

export type ReadSteps =
  | { readonly ok: true; readonly steps: Salesbot['steps'] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Of JSON (`platform/server.md §9`). */
export const mostBotBytes = 64 * 1024;

/**
 * The steps of a bot, as `onSalesbotDesignerSave` answers with them (`platform/widget.md §4.1`): a list, or an object
 * by number, also as JSON text. A sentence for each thing that the platform could not run. Which handlers exist
 * is not checked: more are known there than the sandbox runs.
 *
 * @param options.isWidget Whether the account has a widget with this code.
 */
export function readSteps(
  value: unknown,
  { isWidget = () => true }: { isWidget?: (code: string) => boolean } = {},
): ReadSteps {
  const parsed = typeof value === 'string' ? parseJson(value) : { ok: true as const, value };
  if (!parsed.ok) return failed(`steps: JSON was expected: ${parsed.message}.`);
  const steps = Array.isArray(parsed.value) ? Object.fromEntries(parsed.value.entries()) : parsed.value;
  if (!isRecord(steps))
    return failed('steps: a list of steps, or an object of them by number, was expected.');
  const size = Buffer.byteLength(JSON.stringify(steps));
  if (size > mostBotBytes) return failed(`steps: at most ${mostBotBytes} bytes of JSON, not ${size}.`);

  const problems: string[] = [];
  if (!Object.hasOwn(steps, '0')) problems.push('steps: there is no step 0, at which a bot starts.');
  const read: Record<string, BotStep> = {};
  for (const [number, step] of Object.entries(steps)) {
    if (!/^(0|[1-9]\d{0,5})$/.test(number)) {
      problems.push(`steps: a number was expected as the name of a step, not ${JSON.stringify(number)}.`);
    } else if (!isRecord(step)) {
      problems.push(`step ${number}: an object was expected.`);
    } else {
      read[number] = readStep(step, { number, steps, isWidget, problems });
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, steps: read };
}

interface Place {
  readonly number: string;
  readonly steps: Readonly<Record<string, unknown>>;
  readonly isWidget: (code: string) => boolean;
  readonly problems: string[];
}

function readStep(step: Readonly<Record<string, unknown>>, place: Place): BotStep {
  const { number, isWidget, problems } = place;
  const { widget_code: code, question, answer } = step;
  if (code !== undefined && (typeof code !== 'string' || !isWidget(code))) {
    problems.push(`step ${number}: widget_code is no widget of the account: ${JSON.stringify(code)}.`);
  }
  return {
    ...(typeof code === 'string' && { widget_code: code }),
    question: readHandlers('question', question, place),
    ...(answer !== undefined && { answer: readHandlers('answer', answer, place) }),
    ...(step['designer'] !== undefined && { designer: step['designer'] }),
  };
}

function readHandlers(part: string, value: unknown, place: Place): BotHandler[] {
  const { number, problems } = place;
  if (!Array.isArray(value)) {
    problems.push(`step ${number}: a list of handlers was expected in "${part}".`);
    return [];
  }
  return value.flatMap((handler: unknown, index): BotHandler[] => {
    const where = `step ${number}, ${part} ${index}`;
    if (!isRecord(handler) || typeof handler['handler'] !== 'string' || handler['handler'] === '') {
      problems.push(`${where}: an object with a "handler" was expected.`);
      return [];
    }
    // PHP makes an empty list of an object without fields.
    const given = handler['params'] ?? {};
    const params = Array.isArray(given) && given.length === 0 ? {} : given;
    if (!isRecord(params)) {
      problems.push(`${where}: an object was expected in "params".`);
      return [];
    }
    const problem = problemOf(handler['handler'], params, place.steps);
    if (problem !== undefined) problems.push(`${where}: ${problem}`);
    return [{ handler: handler['handler'], params }];
  });
}

function problemOf(
  handler: string,
  { type, step, url, value }: Readonly<Record<string, unknown>>,
  steps: Place['steps'],
): string | undefined {
  switch (handler) {
    case 'goto': {
      if (type === 'finish') return undefined;
      if (type !== 'question' && type !== 'answer') {
        return `goto needs a type of question, answer or finish, not ${JSON.stringify(type ?? null)}.`;
      }
      const isNumber = typeof step === 'number' || typeof step === 'string';
      return isNumber && Object.hasOwn(steps, String(step))
        ? undefined
        : `goto leads to step ${JSON.stringify(step ?? null)}, which is not there.`;
    }
    case 'show':
      return typeof value === 'string' ? undefined : 'show needs a text in params.value.';
    case 'widget_request':
      return typeof url === 'string' ? undefined : 'widget_request needs an address in params.url.';
    default:
      return undefined;
  }
}

function failed(problem: string): ReadSteps {
  return { ok: false, problems: [problem] };
}

function parseJson(text: string): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
