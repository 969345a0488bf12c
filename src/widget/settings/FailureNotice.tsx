import { Button } from '@kommo-crm/crm-react-ui-kit/Button';
import { Callout } from '@kommo-crm/crm-react-ui-kit/Callout';
import { Text } from '@kommo-crm/crm-react-ui-kit/Text';
import { SupportLink } from './SupportLink.js';
import { usePanel } from './panel-context.js';

/** Says that the panel broke, and offers another try and the support page (`platform/widget.md §8`, rule 39). */
export function FailureNotice({ onRetry }: { onRetry: () => void }) {
  const { words, themes } = usePanel();
  return (
    <Callout role="alert" theme={themes.error}>
      <Text as="h2" size="l" theme={themes.text} className="pipeline-messenger__callout-title">
        {words('panel.failed.title')}
      </Text>
      <Text as="p" size="l" theme={themes.text} className="pipeline-messenger__text">
        {words('panel.failed.text')}
      </Text>
      <div className="pipeline-messenger__actions">
        <Button theme={themes.button} onClick={onRetry} className="pipeline-messenger__button">
          {words('panel.failed.retry')}
        </Button>
        <SupportLink />
      </div>
    </Callout>
  );
}
