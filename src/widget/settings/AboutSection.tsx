import { List } from '@kommo-crm/crm-react-ui-kit/List';
import { Section } from './Section.js';
import { usePanel } from './panel-context.js';

const abilities = ['trigger', 'macros', 'recipients'] as const;

/** What the integration will do once it is installed. */
export function AboutSection() {
  const { words } = usePanel();
  return (
    <Section title={words('panel.about.title')}>
      <List type="bulleted" className="pipeline-messenger__list">
        {abilities.map((ability) => (
          <List.Item key={ability}>{words(`panel.about.${ability}`)}</List.Item>
        ))}
      </List>
    </Section>
  );
}
