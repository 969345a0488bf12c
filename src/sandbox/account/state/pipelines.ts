export interface Pipeline {
  readonly id: number;
  name: string;
  sort: number;
  is_main: boolean;
  is_unsorted_on: boolean;
  is_archive: boolean;
  readonly statuses: Status[];
}

/** The ids that every pipeline has (`platform/server.md §5.12`). */
export const fixedStatuses = { won: 142, lost: 143 } as const;

export interface Status {
  readonly id: number;
  name: string;
  sort: number;
  is_editable: boolean;
  pipeline_id: number;
  color: string;
  /** 1 is the stage of incoming leads. */
  readonly type: 0 | 1;
}

export interface CustomerStatus {
  readonly id: number;
  readonly name: string;
  readonly sort: number;
  readonly color: string;
  readonly is_default: boolean;
}

export interface LossReason {
  readonly id: number;
  readonly name: string;
  readonly sort: number;
}

export interface TaskType {
  readonly id: number;
  readonly name: string;
  readonly code: string | null;
}
