import { elementTypes } from '../../../../kommo/elements.js';
import { areas, type Area } from '../../area.js';
import type { MenuItem } from '../../host.js';
import type { Session } from '../../../wire.js';

/** A stage of a board. */
export interface Stage {
  readonly id: number;
  readonly name: string;
  /** CSS. */
  readonly color: string;
  /** Of incoming leads: cards leave it by being accepted, and none can be put there. */
  readonly isIncoming: boolean;
}

/** What a board shows, as the address says. */
export interface BoardPlace {
  readonly stages: readonly Stage[];
  /** Of leads. */
  readonly pipeline: { readonly id: number; readonly name: string } | undefined;
}

/** The two boards of the account. */
export interface BoardKind {
  readonly type: 'leads' | 'customers';
  readonly path: string;
  readonly menu: MenuItem;
  readonly area: Area;
  readonly element: 2 | 12;
  readonly list: string;
  readonly place: (session: Session, wanted: number) => BoardPlace;
  /** Page of the digital pipeline. */
  readonly automation: (place: BoardPlace) => string;
}

export const boardKinds: readonly BoardKind[] = [
  {
    type: 'leads',
    path: '/leads/pipeline/:pipeline?',
    menu: 'leads',
    area: areas.leadsPipeline,
    element: elementTypes.lead,
    list: '/leads/list',
    place: leadsPlace,
    automation: ({ pipeline }) => `/settings/pipeline/leads/${pipeline?.id ?? ''}`,
  },
  {
    type: 'customers',
    path: '/customers/pipeline',
    menu: 'customers',
    area: areas.customersPipeline,
    element: elementTypes.customer,
    list: '/customers/list',
    place: ({ customer_statuses }) => ({
      stages: [...customer_statuses]
        .sort((one, other) => one.sort - other.sort)
        .map(({ id, name, color }) => ({ id, name, color, isIncoming: false })),
      pipeline: undefined,
    }),
    automation: () => '/settings/pipeline/customers',
  },
];

/** The wanted pipeline, or the main one, with its stages in their order. */
function leadsPlace({ pipelines }: Session, wanted: number): BoardPlace {
  const pipeline =
    pipelines.find(({ id }) => id === wanted) ?? pipelines.find(({ is_main }) => is_main) ?? pipelines[0];
  const stages = [...(pipeline?.statuses ?? [])]
    .sort((one, other) => one.sort - other.sort)
    .filter(({ type }) => type === 0 || pipeline?.is_unsorted_on === true)
    .map(({ id, name, color, type }) => ({ id, name, color, isIncoming: type === 1 }));
  return { stages, pipeline };
}
