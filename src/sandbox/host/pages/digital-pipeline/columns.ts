import type { Pipeline } from '../../../account/state.js';
import type { Session } from '../../../wire.js';

/** A stage, as a column of the page. */
export interface Column {
  readonly id: number;
  readonly name: string;
  readonly color: string;
}

/** The columns of a pipeline, the main one unless another is wanted, or those of the customers. */
export function columnsOf(
  { pipelines, customer_statuses }: Session,
  entity: 'leads' | 'customers',
  wanted: number,
): { columns: Column[]; pipeline: Pipeline | undefined } {
  if (entity === 'customers') {
    const columns = [...customer_statuses].sort((a, b) => a.sort - b.sort);
    return { columns, pipeline: undefined };
  }
  const pipeline =
    pipelines.find(({ id }) => id === wanted) ?? pipelines.find(({ is_main }) => is_main) ?? pipelines[0];
  const columns = [...(pipeline?.statuses ?? [])].sort((a, b) => a.sort - b.sort);
  return { columns, pipeline };
}
