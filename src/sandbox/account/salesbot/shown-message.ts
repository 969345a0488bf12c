type Params = Readonly<Record<string, unknown>>;

/** What `show` writes into a chat: text, and for buttons the keyboard of a chats hook (`platform/server.md §6.4`). */
export function shownMessage(params: Params): Params {
  const text = typeof params.value === 'string' ? params.value : '';
  const buttons = Array.isArray(params.buttons)
    ? params.buttons.filter((one): one is string => typeof one === 'string')
    : [];
  if (buttons.length === 0) return { type: 'text', text };
  const isLink = params.type === 'buttons_url';
  const keys = buttons.map((button) => [{ text: button, ...(isLink && { url: button }) }]);
  return { type: 'text', text, markup: { mode: 'inline', buttons: keys } };
}
