import { account } from './app.js';
import { escapeHtml } from './dom.js';
import { saveButtonHtml } from './save-button.js';
import type { AccountState, FieldDefinition } from './types.js';
import { textOf } from './words.js';

/** The settings modal of `platform/widget.md §5.4`, with every field of the manifest and its stored value. */
export function settingsModalHtml(state: AccountState, words: unknown): string {
  const { code, manifest, installation } = state;
  const word = (key: string): string => textOf(words, key);
  const title = escapeHtml(word(manifest.widget.name));
  const logo = state.logos.includes('logo_main.png') ? `${state.path}/images/logo_main.png` : undefined;
  const fields = Object.entries(manifest.settings ?? {}).map(([name, field]) =>
    fieldHtml(code, name, field, word(field.name), installation.settings[name]),
  );
  const installed = installation.status !== 'install';
  return `
    <div class="modal widget-settings__modal ${code}">
      <div class="modal-scroller"><div class="modal-body modal-body-relative">
        <span class="modal-body__close" title="Close"><span class="icon icon-modal-close"></span></span>
        <div class="modal-body__inner"><div class="widget-settings">
          <div class="widget-settings__base-space">
            <div class="widget_main_info">
              ${logo === undefined ? '' : `<img class="widget_main_info__logo" src="${logo}" alt="">`}
              <h2 class="widget_main_info__title">${title}</h2></div>
            <div class="widget-settings__command-plate">
              <span class="widget-state widget-state_status_${installation.status}"></span>
              ${
                installed
                  ? `<button type="button" class="button-input js-widget-uninstall" data-id="501">Uninstall</button>`
                  : `<button type="button" class="button-input button-input_blue js-widget-install install-widget__button" data-id="501">Install</button>`
              }</div>
            <div class="widget-settings__rating">★★★★★</div></div>
          <div class="widget-settings__wrap-desc-space"><div class="widget-settings__desc-space">
            <div class="widget_settings_block">
              <div class="widget_settings_block__descr">${word('widget.description')}</div>
              <input type="text" class="h-hidden" tabindex="-1"><input type="password" class="h-hidden" tabindex="-1">
              <div class="widget_settings_block__fields" id="widget_settings__fields_wrapper">${fields.join('')}</div>
              <div class="widget_settings_block__controls widget_settings_block__controls_top"${installed ? '' : ' style="display:none"'}>
                <label class="switcher_wrapper"><input type="checkbox" id="widget_active__sw" name="widget_active"
                  class="js-widget-install" value="Y"${installation.active || installation.status !== 'installed' ? ' checked' : ''}><span class="switcher"></span></label>
                ${saveButtonHtml('js-widget-save', `id="save_${code}" data-onsave-destroy-modal="true" data-id="501"`, 'Save')}
              </div></div></div></div>
        </div></div></div></div></div>`;
}

function fieldHtml(
  code: string,
  name: string,
  field: FieldDefinition,
  label: string,
  stored: unknown,
): string {
  const title = escapeHtml(label);
  return `
    <div class="widget_settings_block__item_field" data-field="${escapeHtml(name)}">
      <div class="widget_settings_block__title_field" title="${title}">${title}</div>
      <div class="widget_settings_block__input_field">${controlHtml(code, name, field, stored)}</div></div>`;
}

function controlHtml(code: string, name: string, { type }: FieldDefinition, stored: unknown): string {
  if (type === 'custom') {
    return `<div id="${code}_custom_content"></div>
      <input type="hidden" id="${code}_custom" name="${escapeHtml(name)}" value="${escapeHtml(asText(stored))}">`;
  }
  if (type === 'users' || type === 'users_lp') {
    const values = (stored ?? {}) as Record<string, string | { login?: string; password?: string }>;
    const rows = Object.entries(account.users).map(([id, user]) => {
      const value = values[id];
      const inputs =
        typeof value === 'object' || type === 'users_lp'
          ? textInput(
              `${name}[${id}][login]`,
              value === undefined || typeof value === 'string' ? '' : value.login,
            ) +
            textInput(`${name}[${id}][password]`, typeof value === 'object' ? value.password : '', 'password')
          : textInput(`${name}[${id}]`, value);
      return `<div class="widget_settings_block__user"><span>${user}</span>${inputs}</div>`;
    });
    return `<div class="widget_settings_block_users">${rows.join('')}</div>`;
  }
  return textInput(name, asText(stored), type === 'pass' ? 'password' : 'text');
}

const textInput = (name: string, value = '', type = 'text'): string =>
  `<input class="text-input widget_settings_block__controls__" type="${type}" name="${escapeHtml(name)}" value="${escapeHtml(value)}" autocomplete="off">`;

function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
