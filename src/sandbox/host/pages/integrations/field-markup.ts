import { escapeHtml } from '../../dom.js';
import type { SessionWidget, Session } from '../../../wire.js';
import type { Translate } from '../../words/words.js';
import { record, type SettingsField } from './manifest.js';
import type { IntegrationsWord } from './words.js';

interface FieldParts {
  readonly widget: SessionWidget;
  readonly users: Session['users'];
  /** Without the rights to change them the fields only show. */
  readonly isLocked: boolean;
  readonly t: Translate<IntegrationsWord>;
}

/** A field with its stored value, in the documented DOM (`platform/widget.md §5.4`, `§12`). */
export function fieldHtml(field: SettingsField, parts: FieldParts): string {
  const { name, label, type, required } = field;
  const single = type === 'text' || type === 'pass';
  const id = single ? idOf(parts, name) : `${idOf(parts, name)}_title`;
  const title = single
    ? `<label class="widget_settings_block__title_field" for="${id}" title="${escapeHtml(label)}">${escapeHtml(label)}</label>`
    : `<div class="widget_settings_block__title_field" id="${id}" title="${escapeHtml(label)}">${escapeHtml(label)}</div>`;
  return `<div class="widget_settings_block__item_field" data-field="${escapeHtml(name)}"${required ? ' data-required' : ''}>
    ${title}<div class="widget_settings_block__input_field">${controlHtml(field, parts, id)}</div>
    <div class="widget_settings_block__error" id="${idOf(parts, name)}_error">${escapeHtml(parts.t('fieldRequired'))}</div></div>`;
}

function controlHtml({ name, type, required }: SettingsField, parts: FieldParts, id: string): string {
  const { widget, users, t } = parts;
  const stored = Object.hasOwn(widget.settings, name) ? widget.settings[name] : undefined;
  switch (type) {
    case 'custom':
      return `<div id="${escapeHtml(widget.code)}_custom_content"></div>
        <input type="hidden" id="${escapeHtml(widget.code)}_custom" name="${escapeHtml(name)}" value="${escapeHtml(asText(stored))}">`;
    case 'users':
    case 'users_lp': {
      const values = record(typeof stored === 'string' ? parsed(stored) : stored);
      const rows = users.map((user) => {
        const field = `${name}[${user.id}]`;
        const value = values[user.id];
        const pair = record(value);
        const inputs =
          type === 'users'
            ? inputHtml(parts, { type, name: field, value, label: user.name })
            : inputHtml(parts, {
                type,
                name: `${field}[login]`,
                value: pair['login'],
                label: `${user.name}: ${t('login')}`,
                placeholder: t('login'),
              }) +
              inputHtml(parts, {
                type,
                name: `${field}[password]`,
                value: pair['password'],
                label: `${user.name}: ${t('password')}`,
                placeholder: t('password'),
                isSecret: true,
              });
        return `<div class="widget_settings_block__user"><span class="widget_settings_block__user_name">${escapeHtml(user.name)}</span>${inputs}</div>`;
      });
      return `<div class="widget_settings_block_users" role="group" aria-labelledby="${id}">${rows.join('')}</div>`;
    }
    default:
      return inputHtml(parts, { type, name, value: stored, id, required, isSecret: type === 'pass' });
  }
}

interface InputParts {
  readonly type: string;
  readonly name: string;
  readonly value: unknown;
  readonly id?: string;
  readonly label?: string;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly isSecret?: boolean;
}

function inputHtml(
  parts: FieldParts,
  { type, name, value, id, label, placeholder, required = false, isSecret = false }: InputParts,
): string {
  const attributes = [
    ...(id === undefined ? [] : [`id="${id}" aria-describedby="${idOf(parts, name)}_error"`]),
    ...(label === undefined ? [] : [`aria-label="${escapeHtml(label)}"`]),
    ...(placeholder === undefined ? [] : [`placeholder="${escapeHtml(placeholder)}"`]),
    ...(required ? ['aria-required="true"'] : []),
    ...(parts.isLocked ? ['disabled'] : []),
  ];
  return `<input class="widget_settings_block__controls__ text-input widget_settings_block__controls__${type}" type="${isSecret ? 'password' : 'text'}"
    name="${escapeHtml(name)}" value="${escapeHtml(asText(value))}" autocomplete="${isSecret ? 'new-password' : 'off'}" ${attributes.join(' ')}>`;
}

function idOf({ widget }: FieldParts, name: string): string {
  return escapeHtml(`settings_${widget.code}_${name.replace(/\s/g, '_')}`);
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
