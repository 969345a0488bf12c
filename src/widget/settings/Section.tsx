import { Text } from '@kommo-crm/crm-react-ui-kit/Text';
import type { ReactNode } from 'react';
import { usePanel } from './panel-context.js';

/** A part of the panel under a heading of its own. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const { themes } = usePanel();
  return (
    <section>
      <Text as="h2" size="l" theme={themes.text} className="pipeline-messenger__heading">
        {title}
      </Text>
      {children}
    </section>
  );
}
