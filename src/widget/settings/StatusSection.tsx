import { Callout } from '@kommo-crm/crm-react-ui-kit/Callout';
import { List } from '@kommo-crm/crm-react-ui-kit/List';
import { Text } from '@kommo-crm/crm-react-ui-kit/Text';
import { useConnectionsView } from '../connection/use-connections.js';
import type { Words } from '../words.js';
import { Section } from './Section.js';
import { integrationState } from './integration-state.js';
import type { AttentionReason, IntegrationState } from './integration-state.js';
import { usePanel } from './panel-context.js';

const looks = { installed: 'success', not_configured: 'info', needs_attention: 'warning' } as const;

/** The state of the integration and, where something is amiss, why. */
export function StatusSection() {
  const { widget, words, themes } = usePanel();
  const { state: connections } = useConnectionsView();
  const state = integrationState(widget, connections);
  return (
    <Section title={words('panel.status.title')}>
      <Callout role="status" theme={themes[looks[state.kind]]}>
        <Text as="h3" size="l" theme={themes.text} className="pipeline-messenger__callout-title">
          {words(`panel.status.${state.kind}.title`)}
        </Text>
        <Explanation state={state} />
      </Callout>
    </Section>
  );
}

function Explanation({ state }: { state: IntegrationState }) {
  const { words, themes } = usePanel();
  if (state.kind !== 'needs_attention') {
    return (
      <Text as="p" size="l" theme={themes.text} className="pipeline-messenger__text">
        {words(`panel.status.${state.kind}.text`)}
      </Text>
    );
  }
  return (
    <List type="bulleted" className="pipeline-messenger__list pipeline-messenger__reasons">
      {state.reasons.map((reason) => (
        <List.Item key={reason.kind}>{reasonText(reason, words)}</List.Item>
      ))}
    </List>
  );
}

function reasonText(reason: AttentionReason, words: Words): string {
  const key = `panel.status.needs_attention.${reason.kind}` as const;
  return reason.kind === 'disconnected' ? words(key, { channels: reason.channels.join(', ') }) : words(key);
}
