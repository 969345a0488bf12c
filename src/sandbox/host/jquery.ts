/**
 * The page's jQuery, the one that widgets get too. The host keeps it here: a widget may put another at `window.$`.
 * Set once by {@link keepJQuery}, before any other module of the host runs.
 */
export let $: JQueryStatic;

export function keepJQuery(jquery: unknown): void {
  $ = jquery as JQueryStatic;
}
