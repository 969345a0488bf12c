import type { FastifyInstance } from 'fastify';
import { dpEvents, elementTypes } from '../../kommo/digital-pipeline.js';
import type { AccountContext } from '../account/context.js';
import { isRecord } from '../account/oauth/fields.js';
import type { Account, DpTrigger, WidgetInstallation } from '../account/state.js';
import type { AccountChange, Trigger } from '../wire.js';
import { requireAdmin } from './admin.js';
import { choiceOf, inputOf, refuse, wholeOf, type Input } from './input.js';
import { Refusal } from './room.js';

interface ById {
  Params: { id: string };
}

/**
 * `/sandbox/triggers`: the actions of widgets that stand in the digital pipeline. Everybody sees them, administrators
 * change them (`platform/server.md §3.1`).
 */
export function triggers(
  room: FastifyInstance,
  context: AccountContext,
  { changed }: { readonly changed: (change: AccountChange) => void },
): void {
  const stored = (id: string): DpTrigger => {
    const trigger = context.account.dp_triggers.get(Number(id));
    if (trigger === undefined) throw new Refusal(404, `There is no trigger ${id}.`);
    return trigger;
  };
  const tell = (id: number): void => {
    changed({ event: 'trigger_changed', type: null, id });
  };
  const ask = (): void => {
    requireAdmin(context, 'set up the digital pipeline');
  };
  const keep = (id: number, body: unknown): Trigger => {
    ask();
    const trigger = { id, ...readTrigger(context.account, inputOf(body)) };
    context.account.dp_triggers.set(id, trigger);
    tell(id);
    return trigger;
  };

  room.get('/sandbox/triggers', (_request, reply) => reply.send([...context.account.dp_triggers.values()]));
  room.post('/sandbox/triggers', (request, reply) =>
    reply.code(201).send(keep(context.ids.number(), request.body)),
  );
  room.put<ById>('/sandbox/triggers/:id', (request, reply) =>
    reply.send(keep(stored(request.params.id).id, request.body)),
  );
  room.delete<ById>('/sandbox/triggers/:id', (request, reply) => {
    ask();
    const { id } = stored(request.params.id);
    context.account.dp_triggers.delete(id);
    tell(id);
    return reply.code(204).send();
  });
}

function readTrigger(account: Account, input: Input): Omit<DpTrigger, 'id'> {
  const code = choiceOf(input, 'widget_code', [...account.widgets.keys()]);
  const event_code = choiceOf(
    input,
    'event_code',
    dpEvents.map((one) => one.code),
  );
  const types = dpEvents.find((one) => one.code === event_code)?.elementTypes ?? [];
  return {
    widget_code: code,
    event_code,
    ...readPlace(account, input, types, account.widgets.get(code)),
    delay_seconds: wholeOf(input, 'delay_seconds'),
    settings: readSettings(input['settings']),
  };
}

/** Customers have stages but no pipeline. */
function readPlace(
  account: Account,
  input: Input,
  types: readonly DpTrigger['element_type'][],
  widget: WidgetInstallation | undefined,
): Pick<DpTrigger, 'element_type' | 'pipeline_id' | 'status_ids'> {
  const element_type = choiceOf(input, 'element_type', types);
  if (element_type === elementTypes.customer) {
    const pipeline_id = choiceOf(input, 'pipeline_id', [null]);
    return { element_type, pipeline_id, status_ids: readStages(input, account.customer_statuses, widget) };
  }
  const pipeline_id = choiceOf(input, 'pipeline_id', [...account.pipelines.keys()]);
  const stages = account.pipelines.get(pipeline_id)?.statuses ?? [];
  return { element_type, pipeline_id, status_ids: readStages(input, stages, widget) };
}

function readStages(
  input: Input,
  stages: readonly { readonly id: number }[],
  widget: WidgetInstallation | undefined,
): number[] {
  const value = input['status_ids'];
  const known = stages.map(({ id }) => id);
  if (!Array.isArray(value) || value.length === 0) return refuse('status_ids', 'a list of stages', value);
  const ids = value.map((id: unknown) => choiceOf({ status_ids: id }, 'status_ids', known));
  if (new Set(ids).size < ids.length) return refuse('status_ids', 'each stage once', value);
  const dp = widget?.manifest['dp'];
  if (ids.length > 1 && !(isRecord(dp) && dp['action_multiple'] === true)) {
    return refuse('status_ids', 'one stage, since the widget has no dp.action_multiple,', value);
  }
  return ids;
}

/** The values of the bubble's inputs; inputs with names in brackets, as of users, make objects. */
function readSettings(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) return refuse('settings', 'an object of texts', value);
  checkTexts('settings', value, 0);
  return value;
}

function checkTexts(path: string, value: unknown, depth: number): void {
  if (typeof value === 'string') return;
  if (typeof value !== 'object' || value === null || depth > 10) refuse(path, 'a text', value);
  for (const [name, one] of Object.entries(value)) checkTexts(`${path}.${name}`, one, depth + 1);
}
