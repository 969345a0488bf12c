import { Callout } from '@kommo-crm/crm-react-ui-kit/Callout';
import { Text } from '@kommo-crm/crm-react-ui-kit/Text';
import type { ReactNode } from 'react';
import { usePanel } from '../settings/panel-context.js';

interface Props {
  kind: 'info' | 'success' | 'warning' | 'error';
  /** Read out at once, as an error should be. */
  isAlert?: boolean;
  title?: string;
  text: string;
  /** What the person can do about it. */
  children?: ReactNode;
}

/** Something that the person should know, in the place that it is about. */
export function Notice({ kind, isAlert = false, title, text, children }: Props) {
  const { themes } = usePanel();
  return (
    <Callout theme={themes[kind]} {...(isAlert && { role: 'alert' })}>
      {title !== undefined && (
        <Text as="p" size="l" theme={themes.text} className="pipeline-messenger__callout-title">
          {title}
        </Text>
      )}
      <Text as="p" size="l" theme={themes.text} className="pipeline-messenger__text">
        {text}
      </Text>
      {children !== undefined && <div className="pipeline-messenger__actions">{children}</div>}
    </Callout>
  );
}
