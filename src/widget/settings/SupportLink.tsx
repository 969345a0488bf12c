import { Link } from '@kommo-crm/crm-react-ui-kit/Link';
import { usePanel } from './panel-context.js';
import { supportAddress } from './support-address.js';

/** The link to the support page in a tab of its own; nothing when the manifest names no page. */
export function SupportLink() {
  const { widget, words, themes } = usePanel();
  const address = supportAddress(widget);
  if (address === undefined) return null;
  return (
    <Link theme={themes.link} href={address} target="_blank" rel="noopener noreferrer">
      {words('panel.support.link')}
    </Link>
  );
}
