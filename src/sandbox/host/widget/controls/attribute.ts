/** An attribute of the first element, empty where there is none: jQuery's types say a string in any case. */
export function attributeOf($element: JQuery, name: string): string {
  return $element[0]?.getAttribute(name) ?? '';
}
