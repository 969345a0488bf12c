type Id = number | string;

/** Channels that `listenSocketChannel` can subscribe to (`platform/widget.md §3.2`). */
export type SocketChannel =
  | `notifications:${AccountId}:${UserId}`
  | `inbox:talks:${AccountId}`
  | `system:state:${AccountId}`
  | `${Entity}:card:${Id}`
  | 'dashboard:events'
  | `${Entity}:pipeline:${PipelineId}`
  | `${Entity}:events`;

type AccountId = Id;
type UserId = Id;
type PipelineId = Id;

/** Name of an entity as the channels write it; the list of names is not documented. */
type Entity = string;
