/**
 * Classes and ids of the platform's own pages, which stand in more places than the widget's: the settings modal and
 * the digital pipeline (`platform/widget.md §5`), the system controls (`§3.8`), the right panel and the modal (`§3.3`,
 * `§12`). Only whole names: `card-widgets__widget-<code>` belongs to one widget.
 */
export const systemNames: ReadonlySet<string> = new Set(
  [
    // The modal and the page around it.
    'modal modal-body modal-body__inner modal-body__close modal-body__caption modal-body__actions',
    'modal-body-relative modal-scroller icon-modal-close js-modal-accept js-body-hide page_holder list_page_holder',
    'work-area page-header page-header__actions list-top list-top__search nano nano-content custom-scroll',
    'nav__menu nav__menu__item nav__menu__item__title nav__menu__item__icon nav__menu__item__link nav__submenu',
    'left-menu notifications notification popup-menu popup-menu__item n-avatar h-hidden h-text-overflow',

    // Controls.
    'text-input text-input-textarea textarea-autosize button-input button-input_blue button-input-disabled',
    'button-input-inner button-input-inner__text button-input__context-menu button-input__context-menu__item',
    'button-cancel control-checkbox control-checkbox__body control-checkbox__helper control-checkbox__text',
    'control-checkbox__note-text element__text is-checked control-radio control-wrapper control-multiselect',
    'control--select control--select--list control--select--list--item control--select--list--item-selected',
    'control--select--list--item-inner control--select--button control--select--button-inner control--select--input',
    'control--suggest control--suggest--list control--suggest--list--item control--suggest--down-btn',
    'checkboxes_dropdown checkboxes_dropdown__list checkboxes_dropdown__title checkboxes_dropdown__title_wrapper',
    'checkboxes_dropdown__title-item checkboxes_dropdown__title-selected checkboxes_dropdown_icon',
    'js-item-checkbox js-master-checkbox date_field date_field_wrapper date_field_wrapper--calendar',
    'switcher switcher__on switcher__off switcher__text switcher__checkbox switcher_wrapper upload-input',
    'form-group form-group__title form-group__control svg-icon icon-inline',

    // The settings modal of an integration.
    'widget-settings widget-settings__modal widget-settings__base-space widget-settings__command-plate',
    'widget-settings__wrap-desc-space widget-settings__desc-space widget_main_info widget_main_info__title',
    'widget-state_status_install widget-state_status_installed widget_settings_block widget_settings_block__descr',
    'widget_settings_block__fields widget_settings_block__item_field widget_settings_block__title_field',
    'widget_settings_block__input_field widget_settings_block__controls widget_settings_block__controls_top',
    'widget_settings_block_users widget_settings__fields_wrapper widget_active__sw install-widget__button',
    'js-widget-install js-widget-uninstall js-widget-save js-widget-skip-tour',

    // The digital pipeline.
    'digital-pipeline digital-pipeline__item digital-pipeline__item-inner digital-pipeline__items',
    'digital-pipeline__short-task digital-pipeline__short-task-inner digital-pipeline__edit-bubble',
    'digital-pipeline__edit-forms digital-pipeline__edit-footer digital-pipeline__edit-delete',
    'digital-pipeline__edit-delay-new-process digital-pipeline__save-button digital-pipeline__example-label',
    'digital-pipeline__add-task-textarea task-edit__body__form task-edit__textarea trigger_settings__process__footer',
    'js-trigger-save js-trigger-cancel marker-list__block marker-list__row marker-list__tag marker-list__tag-bot',
    'marker-list__tag-descr',

    // Cards and their right panel.
    'widgets_block nano-card-widgets card-widgets card-widgets__elements card-widgets__widget',
    'card-widgets__widget__caption card-widgets__widget__caption__logo card-widgets__widget__caption__logo_min',
    'card-widgets__widget__caption__arrow card-widgets__widget__body js-widget-caption-block card-holder card-fields',
    'card-tabs card-tabs__item feed-note feed-compose linked-form__field linked-form__field__label',
    'linked-form__field__value list-row',
  ].flatMap((line) => line.split(' ')),
);
