/** The bot designer's part of the callbacks (`platform/widget.md §1.6`, `§4.1`). */
export interface SalesbotCallbacks {
  /**
   * A handler is opened in the designer. Without this callback the designer was seen to crash, so a widget
   * with location `salesbot_designer` needs it.
   *
   * `renderRow` answers with the markup of the field that it is given by name. `params` is deeply nested and
   * not documented.
   */
  salesbotDesignerSettings?(
    $body: JQuery,
    renderRow: (field: string) => string,
    params: unknown,
  ): SalesbotExits;
  /**
   * The bot is saved. Answers with the bot's steps as JSON text: an array of {@link SalesbotStep}. Handler
   * `execute_handlers` was seen to do nothing here.
   */
  onSalesbotDesignerSave?(handlerCode: string, params: Readonly<Record<string, unknown>>): string;
}

/** The ways out of a handler, for the user to connect. */
export interface SalesbotExits {
  readonly exits: readonly { readonly code: string; readonly title: string }[];
}

/** One step of a bot. */
export interface SalesbotStep {
  readonly question: readonly SalesbotHandler[];
}

/** `handler` is for example `widget_request`, `goto`, `conditions` or `exits`. */
export interface SalesbotHandler {
  readonly handler: string;
  readonly params: Readonly<Record<string, unknown>>;
}
