import { escapeHtml } from '../../dom.js';
import type { Host } from '../../host.js';
import { saveButtonHtml } from '../../save-button.js';
import { commonWords } from '../../words/common.js';
import type { SessionWidget } from '../../../wire.js';
import { fieldHtml } from './field-markup.js';
import { descriptionOf, fieldsOf, isInstallable, nameOf, supportOf, tourOf } from './manifest.js';
import { richText } from './rich-text.js';
import { showState, stateHtml } from './state-badge.js';
import { logoHtml } from './tiles.js';
import { tourHtml } from './tour.js';
import { uploadInputHtml } from './upload.js';
import { integrationsWords } from './words.js';

/**
 * The settings modal of `platform/widget.md §5.4`; Save and the switch lie within the fields' wrapper, where widgets
 * of several authors look for them (CODE). Until a widget is installed its tour stands before the settings;
 * Save comes with the installation.
 */
export function modalHtml(host: Host, widget: SessionWidget): string {
  const { code, id, status, is_active: isActive } = widget;
  const { session } = host;
  const t = host.words(integrationsWords);
  const common = host.words(commonWords);
  const isLocked = !session.user.rights.is_admin;
  const isForm = isInstallable(widget);
  const tour = status === 'install' ? tourOf(widget) : undefined;
  const text = (value: string): string => escapeHtml(value);
  const locked = isLocked ? ' disabled' : '';
  const fields = isForm ? fieldsOf(widget) : [];
  const support = supportOf(widget);
  return `
  <div class="modal widget-settings__modal ${text(code)}">
    <div class="modal-scroller"><div class="modal-body modal-body-relative" role="dialog" aria-labelledby="settings_title_${text(code)}" tabindex="-1">
      <button type="button" class="modal-body__close" title="${text(common('close'))}" aria-label="${text(common('close'))}"><span class="icon icon-modal-close"></span></button>
      <div class="modal-body__inner"><div class="widget-settings">
        <div class="widget-settings__base-space">
          <div class="widget_main_info">
            <div class="widget_main_info__picture">${logoHtml(widget, ['logo_main', 'logo_medium', 'logo_small', 'logo'])}</div>
            <h2 class="widget_main_info__title" id="settings_title_${text(code)}">${text(nameOf(widget))}</h2></div>
          <div class="widget-settings__command-plate">
            ${stateHtml(widget, t)}
            <button type="button" class="button-input button-input_blue js-widget-install install-widget__button" data-id="${id}"${locked}>
              <span class="button-input-inner"><span class="button-input-inner__text">${text(t('install'))}</span></span></button>
            <button type="button" class="button-input js-widget-uninstall" data-id="${id}"${locked}>
              <span class="button-input-inner"><span class="button-input-inner__text">${text(t('uninstall'))}</span></span></button></div>
          <div class="widget-settings__rating"><span class="widget-settings__stars" aria-hidden="true">☆☆☆☆☆</span> ${text(t('noReviews'))}</div>
          <div class="widget-settings__version">${text(t('version', { version: widget.version }))}</div>
          ${isLocked ? '' : uploadInputHtml(t('uploadVersion'), 'widget-settings__upload')}
          ${support === undefined ? '' : `<a class="widget-settings__support" href="${text(support)}" target="_blank" rel="noopener noreferrer">${text(t('support'))}</a>`}
        </div>
        <div class="widget-settings__wrap-desc-space">
          <div class="widget-settings__notices" role="alert"></div>
          ${tour === undefined ? '' : tourHtml(tour, richText(tour.description, session), t)}
          <div class="widget-settings__desc-space${tour === undefined ? '' : ' h-hidden'}">
            <div class="widget_settings_block">
              <div class="widget_settings_block__descr">${richText(descriptionOf(widget), session)}</div>
              <input type="text" class="h-hidden" tabindex="-1"><input type="password" class="h-hidden" tabindex="-1">
              <div class="widget_settings_block__fields" id="widget_settings__fields_wrapper">${fields
                .map((field) => fieldHtml(field, { widget, users: session.users, isLocked, t }))
                .join('')}
                <div class="widget_settings_block__controls widget_settings_block__controls_top">
                  ${saveButtonHtml('js-widget-save', `id="save_${text(code)}" data-onsave-destroy-modal="true" data-id="${id}"`, text(common('save')))}
                  <label class="switcher_wrapper"><input type="checkbox" id="widget_active__sw" name="widget_active"
                    class="js-widget-install switcher__checkbox" value="Y"${status === 'installed' && !isActive ? '' : ' checked'}${locked}><span class="switcher"></span>
                    <span class="switcher_wrapper__text">${text(t('active'))}</span></label>
                </div></div></div></div></div>
      </div></div></div></div></div>`;
}

/** Shows the buttons that belong to the state of the installation. */
export function showInstallation($modal: JQuery, widget: SessionWidget): void {
  const isInstalled = widget.status !== 'install';
  // jQuery's own toggle would make a block of what lies in a row.
  const show = (selector: string, isShown: boolean): void => {
    $modal.find(selector).css('display', isShown ? '' : 'none');
  };
  show('.install-widget__button', !isInstalled && isInstallable(widget));
  show('.js-widget-uninstall', isInstalled);
  show('.widget_settings_block__controls', isInstalled && isInstallable(widget));
  showState($modal.find('.widget-state'), widget);
  if (isInstalled) skipTour($modal);
}

export function skipTour($modal: JQuery): void {
  $modal.find('.widget-tour').remove();
  $modal.find('.widget-settings__desc-space').removeClass('h-hidden');
}
