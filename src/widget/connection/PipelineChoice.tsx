import { useId } from 'react';
import type { Channel, ConnectionState } from '../../contract/connections-api.js';
import { usePanel } from '../settings/panel-context.js';
import { pipelineOf } from './draft.js';
import { useConnectionsView } from './use-connections.js';

/** Where conversations that begin in a channel become incoming leads. The browser's own select, which every helper knows. */
export function PipelineChoice({ channel, state }: { channel: Channel; state: ConnectionState }) {
  const { words, connections } = usePanel();
  const { draft } = useConnectionsView();
  const id = useId();
  const chosen = pipelineOf(channel, draft);
  const pipelines = state.pipelines ?? [];
  const isGone = chosen !== null && !pipelines.some((pipeline) => pipeline.id === chosen);
  return (
    <div>
      <label htmlFor={id} className="pipeline-messenger__label">
        {words('connection.channel.pipeline')}
        <span className="pipeline-messenger__hidden">: {channel.name}</span>
      </label>
      <select
        id={id}
        className="pipeline-messenger__select"
        value={chosen ?? ''}
        disabled={!state.can_change || state.pipelines === null}
        onChange={({ target }) => {
          connections.choosePipeline(channel.id, target.value === '' ? null : Number(target.value));
        }}
      >
        <option value="">{words('connection.channel.pipeline_main')}</option>
        {isGone && (
          <option value={chosen}>
            {state.pipelines === null ? `№ ${chosen}` : words('connection.channel.pipeline_gone')}
          </option>
        )}
        {pipelines.map((pipeline) => (
          <option key={pipeline.id} value={pipeline.id}>
            {pipeline.name}
          </option>
        ))}
      </select>
      {state.pipelines === null && (
        <p className="pipeline-messenger__hint">{words('connection.channel.pipelines_unknown')}</p>
      )}
    </div>
  );
}
