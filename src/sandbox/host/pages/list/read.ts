import type { CardContact, SelectedRow } from '../../../../kommo/widget.js';
import type { EntityType, Task } from '../../../account/state.js';
import type { Host } from '../../host.js';
import { cardPath } from '../card/kinds.js';
import { coded, readAll, type CardEntity } from '../card/read-card.js';
import type { ListKind } from './kinds.js';

/** What stands in a cell: plain text, or something with a look of its own. */
export type Cell =
  | string
  | { readonly link: string; readonly text: string }
  | { readonly stage: string; readonly color: string; readonly pipeline: string }
  | { readonly type: 'phone' | 'email'; readonly value: string; readonly owner: number };

export interface ListRow {
  readonly id: number;
  readonly name: string;
  /** Address of its card; a task without an entity has none. */
  readonly path: string | undefined;
  /** After the name, one for each column of {@link columnsOf} but the first. */
  readonly cells: readonly Cell[];
  readonly selected: SelectedRow;
  /** The person of the row, for a click on one of its numbers or addresses. */
  readonly contact: CardContact | undefined;
}

interface ListedEntity extends CardEntity {
  readonly next_date?: number | null;
  readonly _embedded: {
    readonly contacts?: readonly { readonly id: number; readonly is_main?: boolean }[];
    readonly companies?: readonly { readonly id: number }[];
  };
}

const columns = {
  leads: ['name', 'mainContact', 'company', 'stage', 'budget', 'responsible', 'created'],
  contacts: ['name', 'company', 'phone', 'email', 'responsible', 'created'],
  companies: ['name', 'contacts', 'phone', 'email', 'responsible', 'created'],
  customers: ['name', 'mainContact', 'status', 'nextPurchase', 'expected', 'ltv', 'responsible'],
  todo: ['task', 'object', 'type', 'due', 'result', 'responsible'],
} as const;

export type Column = (typeof columns)[ListKind['name']][number];

/** Columns of a list; the first is the one that names the row. */
export function columnsOf(kind: ListKind): readonly Column[] {
  return columns[kind.name];
}

/** Reads the rows of a list: the first 250, which is as many as the API gives at once (`platform/server.md §5.1`). */
export async function readRows(host: Host, kind: ListKind): Promise<readonly ListRow[]> {
  const { api } = host;
  if (kind.name === 'todo') return readTasks(host);
  const type = kind.name;
  const [entities, contacts, companies] = await Promise.all([
    readAll<ListedEntity>(api, `/${type}?limit=250&with=contacts`, type),
    readAll<CardEntity>(api, '/contacts?limit=250', 'contacts'),
    readAll<CardEntity>(api, '/companies?limit=250', 'companies'),
  ]);
  const formats = createFormats(host);
  return entities.map((entity) => {
    const linked = entity._embedded.contacts ?? [];
    const main = linked.find(({ is_main }) => is_main) ?? linked[0];
    const person = contacts.find(({ id }) => id === main?.id);
    const company = companies.find(({ id }) => id === entity._embedded.companies?.[0]?.id);
    // For leads and customers the documentation does not say whose they are: here those of the main contact.
    const reached = type === 'contacts' || type === 'companies' ? entity : person;
    const phones = reached === undefined ? [] : coded(reached, 'PHONE').map(({ value }) => value);
    const emails = reached === undefined ? [] : coded(reached, 'EMAIL').map(({ value }) => value);
    const values: Partial<Record<Column, Cell>> = {
      mainContact: linkTo('contacts', person),
      company: linkTo('companies', company),
      contacts: String(linked.length),
      phone: addressCell('phone', phones[0], entity.id),
      email: addressCell('email', emails[0], entity.id),
      stage: formats.stage(entity),
      status: formats.stage(entity),
      budget: formats.money(entity.price),
      expected: formats.money(entity.next_price),
      ltv: formats.money(entity.ltv),
      nextPurchase: formats.day(entity.next_date),
      created: formats.day(entity.created_at),
      responsible: formats.user(entity.responsible_user_id),
    };
    return {
      id: entity.id,
      name: entity.name === '' ? `#${entity.id}` : entity.name,
      path: cardPath(type, entity.id),
      cells: columnsOf(kind)
        .slice(1)
        .map((column) => values[column] ?? ''),
      selected: { id: entity.id, type: kind.rowType, emails, phones },
      contact: type === 'contacts' ? contactOf(entity, phones, emails) : undefined,
    };
  });
}

async function readTasks(host: Host): Promise<readonly ListRow[]> {
  const tasks = await readAll<Task>(host.api, '/tasks?limit=250', 'tasks');
  const types = [...new Set(tasks.flatMap(({ entity_type }) => entity_type ?? []))];
  const objects = new Map(
    await Promise.all(
      types.map(
        async (type) => [type, await readAll<CardEntity>(host.api, `/${type}?limit=250`, type)] as const,
      ),
    ),
  );
  const formats = createFormats(host);
  return tasks.map((task) => {
    const { entity_type: type, entity_id } = task;
    const object = type === null ? undefined : objects.get(type)?.find(({ id }) => id === entity_id);
    return {
      id: task.id,
      name: task.text,
      path: type === null || entity_id === null ? undefined : cardPath(type, entity_id),
      cells: [
        type === null ? '' : linkTo(type, object),
        host.session.task_types.find(({ id }) => id === task.task_type_id)?.name ?? '',
        formats.time(task.complete_till),
        Array.isArray(task.result) ? '' : task.result.text,
        formats.user(task.responsible_user_id),
      ],
      selected: { id: task.id, type: 'task', emails: [], phones: [] },
      contact: undefined,
    };
  });
}

function contactOf(
  { id, name, first_name = '', last_name = '' }: CardEntity,
  phones: readonly string[],
  emails: readonly string[],
): CardContact {
  return { id, name, first_name, last_name, phones, emails };
}

function linkTo(type: EntityType, entity: CardEntity | undefined): Cell {
  return entity === undefined ? '' : { link: cardPath(type, entity.id), text: entity.name };
}

function addressCell(type: 'phone' | 'email', value: string | undefined, owner: number): Cell {
  return value === undefined ? '' : { type, value, owner };
}

/** Numbers, dates and people as the user reads them. */
function createFormats({ session }: Host) {
  const { switches, account, users, pipelines, customer_statuses } = session;
  const zone = { timeZone: account.timezone };
  const money = new Intl.NumberFormat(switches.language, {
    style: 'currency',
    currency: account.currency,
    maximumFractionDigits: 0,
  });
  const day = new Intl.DateTimeFormat(switches.language, { ...zone, dateStyle: 'medium' });
  const time = new Intl.DateTimeFormat(switches.language, {
    ...zone,
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  const dateWith =
    (format: Intl.DateTimeFormat) =>
    (seconds: number | null | undefined): string =>
      typeof seconds === 'number' && seconds > 0 ? format.format(seconds * 1_000) : '';
  return {
    money: (amount: number | null | undefined): string =>
      typeof amount === 'number' ? money.format(amount) : '',
    day: dateWith(day),
    time: dateWith(time),
    user: (id: number): string => users.find((user) => user.id === id)?.name ?? '',
    stage: ({ pipeline_id, status_id }: CardEntity): Cell => {
      const pipeline = pipelines.find(({ id }) => id === pipeline_id);
      const statuses = pipeline?.statuses ?? customer_statuses;
      const status = statuses.find(({ id }) => id === status_id);
      if (status === undefined) return '';
      return { stage: status.name, color: status.color, pipeline: pipeline?.name ?? '' };
    },
  };
}
