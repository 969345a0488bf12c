/** Twig text without its line breaks and their indentation, which would come out as spaces. */
export function oneLine(source: string): string {
  return source.replace(/\n\s*/g, '').trim();
}

/** Attributes, each left out where its parameter is missing: `attributes('id', 'data-id=data_id')`. */
export function attributes(...names: readonly string[]): string {
  return names
    .map((entry) => {
      const [name = '', parameter = name] = entry.split('=');
      return `{% if ${parameter} is defined and ${parameter} is not empty %} ${name}="{{ ${parameter}|escape }}"{% endif %}`;
    })
    .join('');
}

/** Attributes without a value, for parameters that are true: `flags('disabled')`. */
export function flags(...names: readonly string[]): string {
  return names.map((name) => `{% if ${name} %} ${name}="${name}"{% endif %}`).join('');
}

/** Attributes that the widget wrote itself. */
export const additional = '{% if additional_data %} {{ additional_data }}{% endif %}';

/** CSS declarations of an object, or a text as it is. */
export const style =
  '{% if style %} style="{% if style is iterable %}{% for property, setting in style %}{{ property|escape }}:{{ setting|escape }};{% endfor %}{% else %}{{ style|escape }}{% endif %}"{% endif %}';

/** Classes after the first, from parameters. */
export function classes(...parameters: readonly string[]): string {
  return parameters.map((parameter) => `{% if ${parameter} %} {{ ${parameter} }}{% endif %}`).join('');
}
