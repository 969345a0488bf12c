import { Text } from '@kommo-crm/crm-react-ui-kit/Text';
import { useRef } from 'react';
import { channelIds } from '../../contract/settings.js';
import { Section } from '../settings/Section.js';
import { usePanel } from '../settings/panel-context.js';
import { SupportLink } from '../settings/SupportLink.js';
import { ActionButton } from './ActionButton.js';
import { AddChannel } from './AddChannel.js';
import { isBeforeInstall } from './before-install.js';
import { ChannelRow } from './ChannelRow.js';
import { Notice } from './Notice.js';
import { SaveFailure } from './SaveFailure.js';
import { failureText } from './texts.js';
import { useConnectionsView, useFocusAfter } from './use-connections.js';

/** The account's channels: what is connected, how to connect more, and what keeps either from working. */
export function ConnectionSection() {
  const { words } = usePanel();
  const { news, disconnecting } = useConnectionsView();
  const list = useRef<HTMLDivElement>(null);
  useFocusAfter(disconnecting !== undefined, list);
  return (
    <Section title={words('connection.title')}>
      <div ref={list} tabIndex={-1} className="pipeline-messenger__stack pipeline-messenger__connections">
        <Channels />
        <p aria-live="polite" className="pipeline-messenger__hidden">
          {news && words(`connection.channel.${news.kind}`, { name: news.channel.name })}
        </p>
        <SaveFailure />
      </div>
    </Section>
  );
}

function Channels() {
  const { words, widget, connections, themes } = usePanel();
  const { state, failure, isSlow, isLoading, isOvertaken, saveFailure } = useConnectionsView();
  const slow = isSlow && <Notice kind="info" text={words('connection.slow')} />;
  const failed = failure !== undefined && (
    <Notice kind="error" isAlert text={failureText(failure, words)}>
      <ActionButton isBusy={isLoading} onClick={connections.reload}>
        {words('connection.retry')}
      </ActionButton>
      <SupportLink />
    </Notice>
  );
  if (state === undefined) {
    if (failed !== false) return failed;
    if (!isLoading && isBeforeInstall(widget)) {
      return <Notice kind="info" text={words('connection.install_first')} />;
    }
    return (
      <>
        <Skeleton />
        <div aria-live="polite">{slow}</div>
      </>
    );
  }
  return (
    <>
      {failed}
      {!state.can_change && <Notice kind="info" text={words('connection.read_only')} />}
      <div aria-live="polite">
        {isOvertaken && saveFailure === undefined && (
          <Notice kind="info" text={words('connection.overtaken')} />
        )}
      </div>
      {state.channels.length === 0 ? (
        <Text as="p" size="l" theme={themes.text} className="pipeline-messenger__text">
          {words('connection.empty')}
        </Text>
      ) : (
        <ul className="pipeline-messenger__channels" aria-label={words('connection.title')}>
          {state.channels.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} state={state} />
          ))}
        </ul>
      )}
      {state.channels.length > 1 && (
        <p className="pipeline-messenger__hint">{words('connection.channel.default_hint')}</p>
      )}
      {state.can_change && <AddChannel state={state} />}
    </>
  );
}

/** As high as what will stand in its place, as far as Kommo's stored value tells. */
function Skeleton() {
  const { words, widget } = usePanel();
  const known = channelIds(widget.get_settings()['channels']).length;
  return (
    <div aria-busy="true" className="pipeline-messenger__stack">
      <span className="pipeline-messenger__hidden">{words('connection.loading')}</span>
      {Array.from({ length: Math.min(known, 3) }, (_, index) => (
        <div key={index} className="pipeline-messenger__skeleton pipeline-messenger__skeleton_channel" />
      ))}
      <div className="pipeline-messenger__skeleton" />
    </div>
  );
}
