import $ from 'jquery';
import { query } from './digital-pipeline.js';
import { code } from './host.js';

export type SettingsModal = ReturnType<typeof openSettingsModal>;

/**
 * The modal of an integration with what matters to a widget in it (`platform/widget.md §5.4`).
 *
 * @param attached whether the modal is on the page already when the widget's `settings` is called
 */
export function openSettingsModal({ attached = true } = {}) {
  const modal = document.createElement('div');
  modal.className = `modal widget-settings__modal ${code}`;
  modal.innerHTML = `<div class="widget-settings">
    <div class="widget-settings__base-space"><div class="widget_main_info"></div></div>
    <div class="widget-settings__wrap-desc-space"><div class="widget-settings__desc-space">
      <div class="widget_settings_block">
        <div class="widget_settings_block__descr">What it does</div>
        <div class="widget_settings_block__fields" id="widget_settings__fields_wrapper">
          <div id="${code}_custom_content"></div><input type="hidden" id="${code}_custom" name="channels"></div>
        <div class="widget_settings_block__controls"><button class="js-widget-save">Save</button></div>
      </div></div></div></div>`;
  const attach = (): void => {
    document.body.append(modal);
  };
  if (attached) attach();
  const body = query(modal, '.widget-settings__desc-space');
  return {
    modal,
    body,
    $body: $(body),
    attach,
    close: () => {
      modal.remove();
    },
    /** What the widget has put into the modal. */
    own: () => modal.querySelector<HTMLElement>('.pipeline-messenger'),
  };
}
