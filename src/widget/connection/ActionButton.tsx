import { Button } from '@kommo-crm/crm-react-ui-kit/Button';
import { forwardRef, type ReactNode } from 'react';
import { usePanel } from '../settings/panel-context.js';

interface Props {
  children: ReactNode;
  isPrimary?: boolean;
  /** Shows that what it has begun goes on; a click does nothing then. */
  isBusy?: boolean;
  isSubmit?: boolean;
  onClick?: () => void;
}

/**
 * The kit's button with room for words that are longer than in English. While it is busy it keeps the focus, which a
 * disabled button would lose.
 */
export const ActionButton = forwardRef<HTMLButtonElement, Props>(function ActionButton(
  { children, isPrimary = false, isBusy = false, isSubmit = false, onClick },
  ref,
) {
  const { themes } = usePanel();
  return (
    <Button
      ref={ref}
      theme={isPrimary ? themes.primary : themes.button}
      type={isSubmit ? 'submit' : 'button'}
      isLoading={isBusy}
      isClickableWhileDisabled
      aria-disabled={isBusy}
      aria-busy={isBusy}
      className="pipeline-messenger__button"
      onClick={() => onClick?.()}
    >
      {children}
    </Button>
  );
});
