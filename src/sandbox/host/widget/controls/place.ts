/** Height of the sandbox's bar at the lower edge of the window, in pixels. */
const bar = 40;

/** Whether something of this height has to open above a control, because it fits there and not below. */
export function opensAbove(control: DOMRect, height: number): boolean {
  return control.bottom + height + bar > window.innerHeight && control.top > height;
}

/** Opens a list above its control where there is no room below. */
export function placeList($control: JQuery, $list: JQuery): void {
  const control = $control[0]?.getBoundingClientRect();
  if (control !== undefined) $list.toggleClass('host-list_above', opensAbove(control, $list.outerHeight()));
}
