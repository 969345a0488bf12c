import type { Control } from './control.js';
import { attributes, oneLine, style } from './twig.js';

export const file: Control = {
  source: oneLine(`
    <input type="file" name="{{ name|escape }}" class="{{ class }}"${attributes('id', 'size')}${style}>{% if text %} {{ text }}{% endif %}`),
};
