import { ButtonNeutralTheme, ButtonPrimaryTheme } from '@kommo-crm/crm-react-ui-kit/Button';
import {
  CalloutErrorTheme,
  CalloutInfoTheme,
  CalloutSuccessTheme,
  CalloutWarningTheme,
} from '@kommo-crm/crm-react-ui-kit/Callout';
import type { CalloutThemeType } from '@kommo-crm/crm-react-ui-kit/Callout';
import { InputLightTheme } from '@kommo-crm/crm-react-ui-kit/Input';
import { LinkPrimaryTheme } from '@kommo-crm/crm-react-ui-kit/Link';
import { SpinnerPrimaryTheme } from '@kommo-crm/crm-react-ui-kit/Spinner';
import { TextPrimaryTheme } from '@kommo-crm/crm-react-ui-kit/Text';
import { AlertIcon, CheckIcon, InfoIcon } from './icons.js';

export type KitThemes = ReturnType<typeof createKitThemes>;

/**
 * The kit's themes for one mount. The kit writes a `<style>` into the document's head for every theme object
 * that it meets and never takes it away; themes of our own that carry `mark` let {@link removeKitStyles} find
 * them. `mark` is letters and digits, different for every mount on a page.
 */
export function createKitThemes(mark: string) {
  const marked = <Theme extends object>(theme: Theme): Theme => ({ ...theme, [markProperty]: mark });
  return {
    text: marked(TextPrimaryTheme),
    link: marked(LinkPrimaryTheme),
    button: marked(ButtonNeutralTheme),
    primary: marked(ButtonPrimaryTheme),
    // The kit takes its border off the width, which the page's own box sizing does once more.
    input: marked({ ...InputLightTheme, '--crm-ui-kit-input-width': 'calc(100% + 2px)' }),
    spinner: marked(SpinnerPrimaryTheme),
    info: marked(withIcon(CalloutInfoTheme, InfoIcon, '--palette-badge-color-blue', 'info')),
    success: marked(withIcon(CalloutSuccessTheme, CheckIcon, '--palette-badge-color-green', 'success')),
    warning: marked(withIcon(CalloutWarningTheme, AlertIcon, '--palette-badge-color-orange', 'warning')),
    error: marked(withIcon(CalloutErrorTheme, AlertIcon, '--palette-badge-color-red', 'error')),
  };
}

/** Takes the styles of the themes with this mark out of the document. */
export function removeKitStyles(mark: string, document: Document): void {
  for (const style of document.head.querySelectorAll('style')) {
    if (style.textContent.includes(`${markProperty}: ${mark};`)) style.remove();
  }
}

const markProperty = '--pipeline-messenger-mount';

/** The kit's own icons carry an element id, which would stand in the host's document once for every icon. */
function withIcon(
  theme: CalloutThemeType,
  Icon: CalloutThemeType['Icon'],
  colour: string,
  fallback: string,
): CalloutThemeType {
  return {
    ...theme,
    Icon,
    '--crm-ui-kit-callout-icon-color': `var(${colour}, var(--pipeline-messenger-${fallback}-icon))`,
  };
}
