import { Text } from '@kommo-crm/crm-react-ui-kit/Text';
import { SupportLink } from './SupportLink.js';
import { usePanel } from './panel-context.js';
import { supportAddress } from './support-address.js';

/** The way to a person who can help; nothing when the manifest names no support page. */
export function SupportSection() {
  const { widget, words, themes } = usePanel();
  if (supportAddress(widget) === undefined) return null;
  return (
    <Text as="p" size="l" theme={themes.text} className="pipeline-messenger__text">
      {words('panel.support.text')} <SupportLink />
    </Text>
  );
}
