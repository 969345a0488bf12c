import type { Cause } from './bus.js';
import { store } from './changes.js';
import { nowSeconds } from './context.js';
import type { AccountContext } from './context.js';
import { record } from './history.js';
import type { Task } from './state.js';

export type TaskDraft = Pick<
  Task,
  | 'text'
  | 'complete_till'
  | 'task_type_id'
  | 'entity_id'
  | 'entity_type'
  | 'responsible_user_id'
  | 'duration'
  | 'is_completed'
  | 'result'
>;

/** Stores a task and tells the bus. */
export function addTask(context: AccountContext, draft: TaskDraft, cause: Cause): Task {
  const { account } = context;
  const at = nowSeconds(context);
  const task: Task = {
    id: context.ids.number(),
    created_by: cause.by,
    updated_by: cause.by,
    created_at: at,
    updated_at: at,
    group_id: account.users.get(draft.responsible_user_id)?.rights.group_id ?? 0,
    account_id: account.id,
    ...draft,
  };
  account.tasks.set(task.id, task);
  dateEntity(context, task);
  note(context, task, 'task_added', cause);
  context.bus.emit('task_added', { task, ...cause });
  return task;
}

/** Changes a task and tells the bus, also of a new responsible user. */
export function updateTask(
  context: AccountContext,
  task: Task,
  patch: Partial<TaskDraft>,
  cause: Cause,
): void {
  const { responsible_user_id, is_completed } = task;
  Object.assign(task, patch);
  task.updated_at = nowSeconds(context);
  task.updated_by = cause.by;
  dateEntity(context, task);
  if (task.is_completed && !is_completed) note(context, task, 'task_completed', cause);
  context.bus.emit('task_updated', { task, ...cause });
  if (task.responsible_user_id !== responsible_user_id) {
    context.bus.emit('task_responsible_changed', {
      task,
      old_responsible_user_id: responsible_user_id,
      ...cause,
    });
  }
}

/** Removes a task and tells the bus. */
export function deleteTask(context: AccountContext, task: Task, cause: Cause): void {
  context.account.tasks.delete(task.id);
  dateEntity(context, task);
  note(context, task, 'task_deleted', cause);
  context.bus.emit('task_deleted', { task, ...cause });
}

function dateEntity({ account }: AccountContext, { entity_id, entity_type }: Task): void {
  if (entity_id === null || entity_type === null) return;
  const entity = store(account, entity_type).get(entity_id);
  if (!entity) return;
  let closest: number | null = null;
  for (const task of account.tasks.values()) {
    if (task.is_completed || task.entity_id !== entity_id || task.entity_type !== entity_type) continue;
    if (closest === null || task.complete_till < closest) closest = task.complete_till;
  }
  entity.closest_task_at = closest;
}

function note(context: AccountContext, task: Task, type: string, { by }: Cause): void {
  record(context, {
    type,
    entity_id: task.id,
    entity_type: 'task',
    by,
    after: type === 'task_deleted' ? [] : [{ task: { text: task.text } }],
  });
}
