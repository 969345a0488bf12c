import type { Translate } from '../../words/words.js';
import type { SaveResult } from './save.js';
import type { IntegrationsWord } from './words.js';

/** Why a click on Save did not store the settings. */
export function sentenceOf(result: SaveResult, t: Translate<IntegrationsWord>): string {
  switch (result.kind) {
    case 'incomplete':
      return t('incomplete');
    case 'cannot':
      return t('noOnSave');
    case 'failed':
      return t('failed', {
        reason: result.error instanceof Error ? result.error.message : String(result.error),
      });
    default:
      return t('refused');
  }
}

/** Marks the fields of these names as the ones that miss something, and no others; the first gets the focus. */
export function markLacking($modal: JQuery, names: readonly string[]): void {
  const $items = $modal.find('.widget_settings_block__item_field');
  clearLacking($items);
  const $lacking = $items
    .filter((_index, item) => names.includes(item.getAttribute('data-field') ?? ''))
    .addClass('validation-failed');
  $lacking.find('.text-input').attr('aria-invalid', 'true').first().trigger('focus');
}

export function clearLacking($items: JQuery): void {
  $items.removeClass('validation-failed').find('.text-input').removeAttr('aria-invalid');
}

/** Users without the rights of an administrator see the settings, and change nothing. */
export function lock($modal: JQuery): void {
  $modal
    .find('.widget-settings__desc-space :input, .widget-settings__command-plate :input')
    .prop('disabled', true);
}
