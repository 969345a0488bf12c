import type { Channel, ConnectionState, SettingsRequest } from '../../contract/connections-api.js';

/** What the administrator has chosen and not saved yet. */
export interface Draft {
  /** Pipelines by channel. */
  readonly pipelines: ReadonlyMap<string, number | null>;
  readonly defaultId: string | undefined;
}

export const emptyDraft: Draft = { pipelines: new Map(), defaultId: undefined };

export function pipelineOf(channel: Channel, { pipelines }: Draft): number | null {
  const chosen = pipelines.get(channel.id);
  return chosen === undefined ? channel.pipeline_id : chosen;
}

/** The channel that will be the default sender: of several that nobody has chosen from, the first that works. */
export function defaultOf({ channels }: ConnectionState, { defaultId }: Draft): string | undefined {
  const chosen =
    channels.find(({ id }) => id === defaultId) ??
    channels.find((channel) => channel.is_default) ??
    channels.find((channel) => channel.state === 'connected') ??
    channels[0];
  return chosen?.id;
}

/** What a save sends; undefined while there is no channel. */
export function requestOf(state: ConnectionState, draft: Draft): SettingsRequest | undefined {
  const default_channel_id = defaultOf(state, draft);
  if (default_channel_id === undefined) return undefined;
  return {
    version: state.version,
    channels: state.channels.map((channel) => ({ id: channel.id, pipeline_id: pipelineOf(channel, draft) })),
    default_channel_id,
  };
}

/** Whether the backend has something else than what is chosen. */
export function isChanged(state: ConnectionState, draft: Draft): boolean {
  const defaultId = defaultOf(state, draft);
  return state.channels.some(
    (channel) =>
      !channel.is_saved ||
      channel.is_default !== (channel.id === defaultId) ||
      channel.pipeline_id !== pipelineOf(channel, draft),
  );
}

/** Without what the backend has as well, or has no channel for any more. */
export function tidy(state: ConnectionState, { pipelines, defaultId }: Draft): Draft {
  const known = new Map(state.channels.map((channel) => [channel.id, channel]));
  return {
    pipelines: new Map(
      [...pipelines].filter(([id, chosen]) => known.has(id) && known.get(id)?.pipeline_id !== chosen),
    ),
    defaultId: defaultId !== undefined && known.get(defaultId)?.is_default === false ? defaultId : undefined,
  };
}
