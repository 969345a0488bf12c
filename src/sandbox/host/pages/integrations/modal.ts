import { announce } from '../../announce.js';
import { draw } from '../../dom.js';
import { $ } from '../../jquery.js';
import { makeSaveButton } from '../../save-button.js';
import { widgetSettingsArea } from '../../area.js';
import type { SettingsContext } from '../../../../kommo/callbacks.js';
import type { Host } from '../../host.js';
import { writeControls } from '../../kept-controls.js';
import { openDialog } from './dialog.js';
import { collectFields } from './field-values.js';
import { captureModal, type ModalState, resumeModal } from './kept.js';
import { fieldsOf, isInstallable } from './manifest.js';
import { modalHtml, showInstallation, skipTour } from './modal-markup.js';
import { clearLacking, lock, markLacking, sentenceOf } from './feedback.js';
import { type SaveResult, saveSettings } from './save.js';
import { followStates } from './state-badge.js';
import { playTour } from './tour.js';
import { onArchive, showNotice, uploadArchive } from './upload.js';
import { whyNotStarted } from './why-not-started.js';
import { integrationsWords } from './words.js';

export interface SettingsModal {
  /** The widget's `settings` has been called, or cannot be. */
  readonly ready: Promise<void>;
  capture(): ModalState;
  close(): void;
  /** Takes it away without a word, since the page goes. */
  discard(): void;
}

export interface SettingsOptions {
  readonly state: ModalState | undefined;
  /** Something was stored, and the session read again. */
  readonly stored: () => void;
  /** The widget has to be started anew, in a new modal with this state. */
  readonly reopen: (state?: ModalState) => void;
  readonly closed: () => void;
  /** What `settings` gets as its second argument. */
  readonly context?: SettingsContext;
}

/**
 * Opens the settings modal of a widget: draw, start the widget in the modal's area, `settings($body, context)`
 * (`platform/widget.md §4.2`, settings sequence).
 */
export function openSettings(host: Host, code: string, options: SettingsOptions): SettingsModal {
  const t = host.words(integrationsWords);
  const widgetNow = () => host.widget(code);
  const first = widgetNow();
  if (first === undefined) throw new Error(`The account has no widget ${code}.`);
  const fields = fieldsOf(first);
  const isAdmin = host.session.user.rights.is_admin;
  const { state } = options;

  const $modal = draw(modalHtml(host, first));
  const $body = $modal.find('.widget-settings__desc-space');
  const $notices = $modal.find('.widget-settings__notices');
  const $save = $modal.find('.js-widget-save');
  followStates($modal, t);
  showInstallation($modal, first);
  let isDiscarded = false;
  const dialog = openDialog($modal, {
    closed() {
      if (!isDiscarded) options.closed();
    },
  });

  let notStarted = '';
  let turn = 0;
  const submit = async (active: boolean, uninstall = false): Promise<void> => {
    const mine = ++turn;
    const isCurrent = (): boolean => mine === turn;
    markLacking($modal, []);
    $notices.empty();
    announce($save, 'button:load:start');
    // A person may be quicker than the widget, whose onSave is not there yet.
    await ready;
    if (!isCurrent() || !dialog.isOpen()) return;
    const userIds = host.session.users.map(({ id }) => id);
    const result = await saveSettings(host, code, {
      active,
      uninstall,
      fields: collectFields($body, fields, userIds),
      isCurrent,
    });
    if (result.kind === 'overtaken' || !isCurrent()) return;
    announce($save, 'button:load:stop');
    if (result.kind !== 'cannot' && result.kind !== 'failed') {
      await host.refresh().catch(() => undefined);
      options.stored();
    }
    if (dialog.isOpen()) show(result);
  };

  const show = (result: SaveResult): void => {
    const now = widgetNow();
    if (now !== undefined) showInstallation($modal, now);
    if (result.kind === 'saved' || result.kind === 'removed') {
      // A widget may have taken the attribute away to keep its window open (`§5.4`).
      if ($save.attr('data-onsave-destroy-modal') === 'true') dialog.close();
      else if (result.kind === 'removed') options.reopen();
      else announce($save, 'button:save:disable');
      return;
    }
    announce($save, 'button:save:error');
    if (result.kind === 'incomplete') markLacking($modal, result.lacking);
    showNotice($notices, result.kind === 'cannot' && notStarted !== '' ? notStarted : sentenceOf(result, t));
  };

  const button = makeSaveButton(
    $save,
    () => void submit($modal.find('#widget_active__sw').prop('checked') === true),
  );
  const changed = (): void => {
    if (isAdmin) button.enable();
  };
  $modal.on('input change controls:change', '.widget-settings__desc-space', changed);
  $modal.on('input change', '.validation-failed', (event) => {
    clearLacking($(event.currentTarget));
  });
  $modal.on('click', '.install-widget__button', () => {
    if (!$save.hasClass('button-input_load')) void submit(true);
  });
  $modal.on('click', '.js-widget-uninstall', () => void submit(false, true));
  $modal.on('keydown', '.widget_settings_block__fields input', (event) => {
    if (
      event.key !== 'Enter' ||
      event.isDefaultPrevented() ||
      (event.originalEvent as KeyboardEvent).isComposing
    )
      return;
    event.preventDefault();
    if ($save.is(':visible') && button.isActive()) $save.trigger('click');
  });
  $modal.on('click', '.js-widget-skip-tour', () => {
    skipTour($modal);
    $modal.find('.modal-body').trigger('focus');
  });
  playTour($modal.find('.widget-tour'));
  onArchive($modal.find('.widget-settings__upload'), async (archive) => {
    const problems = await uploadArchive(host, code, archive);
    if (problems.length > 0) {
      showNotice($notices, t('refusedArchive'), problems);
      return;
    }
    options.stored();
    options.reopen(capture());
  });

  const capture = (): ModalState => captureModal($modal, code, button.isActive());

  const start = async (): Promise<void> => {
    if (state !== undefined) {
      if (state.isTourSkipped) skipTour($modal);
      if (writeControls($modal, state.values).length > 0) changed();
    }
    await host.lifecycle.open(code, widgetSettingsArea(code));
    if (!dialog.isOpen()) return;
    const isThere = host.lifecycle.codes().includes(code);
    // Also when render() was not truthy: the platform opens the modal for whatever is in the list.
    if (isThere) host.lifecycle.call(code, 'settings', $body, options.context ?? {});
    else notStarted = t('notStarted', { reason: await whyNotStarted(host, code) });
    const [line, ...more] = [
      ...(isThere ? [] : [notStarted]),
      ...(isAdmin ? [] : [t('notAdmin')]),
      ...(isInstallable(first) ? [] : [t('onlyListed')]),
      ...(isThere && isInstallable(first) && !host.lifecycle.has(code, 'onSave') ? [t('noOnSave')] : []),
    ];
    if (line !== undefined) showNotice($notices, line, more);
    if (!isAdmin) lock($modal);
    if (state !== undefined) {
      resumeModal($modal, state);
      if (state.isChanged) changed();
    }
    $modal.attr('data-ready', 'true');
  };

  const ready = start();
  return {
    ready,
    capture,
    close() {
      dialog.close();
    },
    discard() {
      isDiscarded = true;
      dialog.close();
    },
  };
}
