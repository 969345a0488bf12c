import { announce } from './announce.js';

/** Puts the content into a window that opens, with the events that a widget's own windows have. */
export function fillModal($body: JQuery, $content: JQuery): void {
  announce($body, 'modal:loaded');
  $body.append($content);
  announce($body, 'modal:centrify');
}
