import { callerOf } from './caller.js';
import { readItem, readItems } from './fields.js';
import { requestLink, selfLink, sendHal, sendNothing, sendPage } from './hal.js';
import { Problem } from './problem.js';
import { filterOf, numbersOf, rangeOf, stringsOf } from './query.js';
import { store } from '../changes.js';
import { mayTouchTask } from '../rights.js';
import { entityTypes } from '../state.js';
import { addTask, updateTask } from '../tasks.js';
import type { FastifyInstance } from 'fastify';
import type { Fields, Item } from './fields.js';
import type { Query } from './query.js';
import type { AccountContext } from '../context.js';
import type { Task, User } from '../state.js';
import type { TaskDraft } from '../tasks.js';

interface ById {
  Params: { id: string };
}

/** Tasks (`platform/server.md §5.8`). */
export function tasks(app: FastifyInstance, context: AccountContext): void {
  const view = (task: Task) => ({ ...task, _links: selfLink(context, `/tasks/${task.id}`) });

  app.get<{ Querystring: Query }>('/tasks', (request, reply) => {
    callerOf(request);
    sendPage(context, request, reply, {
      name: 'tasks',
      items: listTasks(context, request.query),
      print: view,
    });
  });

  app.get<ById>('/tasks/:id(^\\d+$)', (request, reply) => {
    callerOf(request);
    const task = context.account.tasks.get(Number(request.params.id));
    if (task) sendHal(reply, view(task));
    else sendNothing(reply);
  });

  app.post('/tasks', (request, reply) => {
    const { user } = callerOf(request);
    const plans = readItems(request.body, ({ request_id, fields }) => {
      fields.require('text');
      fields.require('complete_till');
      const createdBy = fields.whole('created_by');
      return { request_id, fields: readTask(context, fields), by: createdBy ?? user.id };
    });
    const added = plans.map(({ request_id, fields, by }) => {
      const draft = { ...blank(user), ...defined(fields) };
      const { id } = addTask(context, draft, { by, triggersDigitalPipeline: true });
      return { id, request_id, _links: selfLink(context, `/tasks/${id}`) };
    });
    sendHal(reply, { _links: requestLink(context, request), _embedded: { tasks: added } });
  });

  app.patch('/tasks', (request, reply) => {
    const { user } = callerOf(request);
    const plans = readItems(request.body, (item) => readChange(context, item, item.fields.whole('id')));
    const changed = plans.map((plan) => change(context, plan, user));
    sendHal(reply, { _links: requestLink(context, request), _embedded: { tasks: changed } });
  });

  app.patch<ById>('/tasks/:id(^\\d+$)', (request, reply) => {
    const { user } = callerOf(request);
    const id = Number(request.params.id);
    if (!context.account.tasks.has(id)) throw new Problem(404, `There is no task ${id}.`);
    sendHal(
      reply,
      change(
        context,
        readItem(request.body, (item) => readChange(context, item, id)),
        user,
      ),
    );
  });
}

type TaskFields = { readonly [K in keyof TaskDraft]: TaskDraft[K] | undefined };

function readTask({ account }: AccountContext, fields: Fields): TaskFields {
  const type = fields.whole('task_type_id');
  if (type !== undefined && !account.task_types.some(({ id }) => id === type)) {
    fields.fail('task_type_id', 'NotSupportedChoice', 'There is no such task type.');
  }
  const responsible = fields.whole('responsible_user_id');
  if (responsible !== undefined && !account.users.has(responsible)) {
    fields.fail('responsible_user_id', 'NotSupportedChoice', 'There is no such user.');
  }
  const entityId = fields.isNull('entity_id') ? undefined : fields.whole('entity_id');
  const entityType = fields.isNull('entity_type') ? undefined : fields.choice('entity_type', entityTypes);
  if (entityId !== undefined && entityType === undefined) fields.require('entity_type');
  if (entityId !== undefined && entityType && !store(account, entityType).has(entityId)) {
    fields.fail('entity_id', 'NotSupportedChoice', 'There is no such entity.');
  }
  const result = Array.isArray(fields.raw('result')) ? undefined : fields.object('result')?.text('text');
  return {
    text: fields.text('text', { least: 1 }),
    complete_till: fields.whole('complete_till', { least: 0 }),
    task_type_id: type,
    entity_id: entityId,
    entity_type: entityType,
    responsible_user_id: responsible,
    duration: fields.whole('duration', { least: 0 }),
    is_completed: fields.flag('is_completed'),
    result: result === undefined ? undefined : { text: result },
  };
}

function readChange(context: AccountContext, { request_id, fields }: Item, id?: number) {
  const task = id === undefined ? undefined : context.account.tasks.get(id);
  if (!task) fields.fail('id', 'NotSupportedChoice', 'There is no such task.');
  return { request_id, task, by: fields.whole('updated_by'), fields: readTask(context, fields) };
}

function change(context: AccountContext, plan: ReturnType<typeof readChange>, user: User): object {
  const { task, fields, request_id, by } = plan;
  if (!task || !mayTouchTask(context.account, user, 'edit', task)) {
    throw new Problem(403, 'This user must not change these tasks.');
  }
  updateTask(context, task, defined(fields), { by: by ?? user.id, triggersDigitalPipeline: true });
  const { id, updated_at } = task;
  return { id, updated_at, request_id, _links: selfLink(context, `/tasks/${id}`) };
}

function defined(fields: TaskFields): Partial<TaskDraft> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function blank(user: User): TaskDraft {
  return {
    text: '',
    complete_till: 0,
    task_type_id: 1,
    entity_id: null,
    entity_type: null,
    responsible_user_id: user.id,
    duration: 0,
    is_completed: false,
    result: [],
  };
}

function listTasks({ account }: AccountContext, query: Query): Task[] {
  const filter = filterOf(query);
  const ids = numbersOf(filter['id'], 'filter[id]');
  const users = numbersOf(filter['responsible_user_id'], 'filter[responsible_user_id]');
  const done = stringsOf(filter['is_completed'])?.[0];
  const types = numbersOf(filter['task_type'], 'filter[task_type]');
  const entityType = stringsOf(filter['entity_type'])?.[0];
  const entityIds = numbersOf(filter['entity_id'], 'filter[entity_id]');
  const updated = rangeOf(filter['updated_at'], 'filter[updated_at]');
  return [...account.tasks.values()].filter(
    (task) =>
      (!ids || ids.includes(task.id)) &&
      (!users || users.includes(task.responsible_user_id)) &&
      (done === undefined || task.is_completed === (done === '1' || done === 'true')) &&
      (!types || types.includes(task.task_type_id)) &&
      (entityType === undefined || task.entity_type === entityType) &&
      (!entityIds || (task.entity_id !== null && entityIds.includes(task.entity_id))) &&
      (!updated || (task.updated_at >= updated.from && task.updated_at <= updated.to)),
  );
}
