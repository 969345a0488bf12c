import { describe, expect, expectTypeOf, it } from 'vitest';

import type { App, AppConstants, CurrentCard, WidgetsArea } from '../../src/kommo/app.js';
import { widgetsAreas } from '../../src/kommo/areas.js';
import type {} from '../../src/kommo/globals.js';
import { modalModule } from '../../src/kommo/modal.js';
import type { ModalConstructor } from '../../src/kommo/modal.js';

/* Never run: `tsc` proves that the samples fit the types and that the marked mistakes do not. */
function samples(APP: App, Modal: ModalConstructor): readonly unknown[] {
  APP.notifications.show_message({ header: 'Sender', text: 'Connected', date: 1_760_000_000 });
  APP.notifications.show_message_error({
    header: 'Sender',
    text: 'Not connected',
    link: '/settings/widgets/',
  });
  APP.notifications.show_notification({ text: { header: 'Call', text: '+1 555 0100' }, type: 'call' });
  APP.notifications.add_error({ header: 'Sender', text: 'Not sent' }, { fail: () => undefined });
  APP.notifications.add_call({
    text: 'Call from 555-0100',
    from: '555-0100',
    to: 'Reception',
    date: 1_760_000_000,
    duration: 65,
    link: 'https://example.com/call.mp3',
    element: { id: 1, type: 'contact' },
  });
  // @ts-expect-error -- a message has a header
  APP.notifications.show_message({ text: 'Connected' });
  // @ts-expect-error -- moderation refuses writes to APP
  APP.lang_id = 'en';
  // @ts-expect-error -- moderation refuses new values of constants
  APP.constant('user', {});
  // @ts-expect-error -- not one of the documented constants
  APP.constant('locale');
  const checked = APP.data.current_card ? APP.data.current_card.id : 0;

  const modal = new Modal({
    class_name: 'sample',
    init: ($body) => $body.trigger('modal:loaded').html('<p></p>').trigger('modal:centrify'),
    destroy: () => false,
  });
  modal.destroy();
  modal.showError?.('Not saved');

  return [checked, APP.sdk.showUserStatus()['281868']?.online];
}

describe('APP', () => {
  it('accepts the documented calls and refuses writes', () => {
    expectTypeOf(samples).returns.toExtend<readonly unknown[]>();
  });

  it('may be missing outside Kommo', () => {
    expectTypeOf<Window['APP']>().toEqualTypeOf<App | undefined>();
  });

  it('has a current card only in cards', () => {
    expectTypeOf<App['data']['current_card']>().toEqualTypeOf<CurrentCard | false | undefined>();
  });

  it('has the six documented constants', () => {
    expectTypeOf<keyof AppConstants>().toEqualTypeOf<
      'user' | 'user_rights' | 'account' | 'managers' | 'groups' | 'task_types'
    >();
  });

  it('names every page once, and pages of widgets by their code', () => {
    expect(new Set(widgetsAreas).size).toBe(widgetsAreas.length);
    expect(widgetsAreas).toHaveLength(29);
    expectTypeOf<'widget-page:sample' | 'advanced-settings:sample' | 'settings'>().toExtend<WidgetsArea>();
    expectTypeOf<'settings-pay'>().not.toExtend<WidgetsArea>();
  });

  it('loads the modal from the documented module', () => {
    expect(modalModule).toBe('lib/components/base/modal');
  });
});
