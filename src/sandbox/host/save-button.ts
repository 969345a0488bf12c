interface SaveButton {
  /** What a form control's `change` does. */
  enable: () => void;
  disable: () => void;
  isActive: () => boolean;
}

/** The markup of a button of the platform that starts inactive. */
export function saveButtonHtml(classes: string, attributes: string, text: string): string {
  return `<button type="button" class="button-input ${classes} button-input-disabled" ${attributes}>
    <span class="button-input-inner"><span class="button-input-inner__text">${text}</span></span></button>`;
}

/**
 * Gives a Save button its behaviour (`platform/widget.md §5.2` and `§6`): the state is the classes
 * `button-input-disabled` and `button-input_blue`, which some widgets set by hand, and the button takes the
 * events `button:save:*`, `button:enable` and `button:load:*`.
 *
 * @param save called for a click while the button is active and not loading
 */
export function makeSaveButton($button: JQuery, save: () => void): SaveButton {
  const enable = (): void => {
    $button.removeClass('button-input-disabled').addClass('button-input_blue');
  };
  const disable = (): void => {
    $button.addClass('button-input-disabled').removeClass('button-input_blue button-input_error');
  };
  const isActive = (): boolean =>
    !$button.hasClass('button-input-disabled') && !$button.hasClass('button-input_load');

  $button
    .on('button:save:enable button:enable', enable)
    .on('button:save:disable', disable)
    .on('button:save:error', () => {
      enable();
      $button.removeClass('button-input_load').addClass('button-input_error');
    })
    .on('button:load:start', () => {
      $button.removeClass('button-input_error').addClass('button-input_load');
    })
    .on('button:load:stop', () => {
      $button.removeClass('button-input_load');
    })
    .on('click', () => {
      if (isActive()) save();
    });
  return { enable, disable, isActive };
}
