import type { Happening } from '../../../wire.js';
import type { Host } from '../../host.js';
import { happeningWords } from './happening-words.js';
import { openMenu } from '../../menu.js';

const events = ['mail_in', 'call_in', 'chat', 'site_visit'] as const;

/**
 * Opens the menu of what may come from outside to a lead or a customer, below the button. Each choice happens in the
 * account at once, and a notification says so.
 */
export function openHappeningsMenu(host: Host, button: HTMLElement, subject: Omit<Happening, 'event'>): void {
  const t = host.words(happeningWords);
  const { notifications } = host.app;
  const happen = async (event: Happening['event']): Promise<void> => {
    try {
      await host.api.happen({ ...subject, event });
      notifications.show_message({ header: t(event), text: t('happened') });
    } catch (error) {
      notifications.show_message_error({ header: t(event), text: (error as Error).message });
    }
  };
  openMenu(
    button,
    t('menu'),
    events.map((event) => ({ label: t(event), choose: () => void happen(event) })),
  );
}
