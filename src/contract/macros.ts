/** The groups under which the macro list shows the macros, in the order of the list. */
export const macroGroups = ['contact', 'lead', 'manager'] as const;

export type MacroGroup = (typeof macroGroups)[number];

/**
 * Every macro that a message may hold, in the order of the list. The contact's name, phone and email are those of
 * the platform's macro sample (`platform/widget.md §5.3`, example 2); the others follow their naming.
 */
export const macros = [
  { name: 'contact_name', group: 'contact' },
  { name: 'contact_first_name', group: 'contact' },
  { name: 'contact_last_name', group: 'contact' },
  { name: 'contact_phone', group: 'contact' },
  { name: 'contact_email', group: 'contact' },
  { name: 'lead_name', group: 'lead' },
  { name: 'lead_id', group: 'lead' },
  { name: 'lead_price', group: 'lead' },
  { name: 'lead_link', group: 'lead' },
  { name: 'stage_name', group: 'lead' },
  { name: 'pipeline_name', group: 'lead' },
  { name: 'manager_name', group: 'manager' },
  { name: 'manager_phone', group: 'manager' },
  { name: 'manager_email', group: 'manager' },
] as const satisfies readonly { name: string; group: MacroGroup }[];

export type MacroName = (typeof macros)[number]['name'];

/** Where a `{{…}}` stands in a text. `start` and `end` are UTF-16 offsets, `end` exclusive. */
export interface MacroOccurrence {
  start: number;
  end: number;
  /** The name between the braces without the spaces around it; it may be unknown. */
  name: string;
}

/**
 * Braces around anything but braces and line ends, so that a stray `{{` doesn't swallow the rest of a text. The
 * spaces inside are trimmed afterwards: a pattern for them would backtrack for minutes over a long run of spaces.
 */
const macroPattern = /\{\{([^{}\n]*)\}\}/g;

/** The macro as it stands in a message: `{{contact_name}}`. */
export function macroTag(name: string): string {
  return `{{${name}}}`;
}

export function isMacroName(name: string): name is MacroName {
  return macros.some((macro) => macro.name === name);
}

/** Every `{{…}}` of a text, known or not, in the order of the text. */
export function findMacros(text: string): MacroOccurrence[] {
  return Array.from(text.matchAll(macroPattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    name: match[1]?.trim() ?? '',
  }));
}

/**
 * The text with its macros filled in. An unknown macro stays as it is written, a known one without a value
 * becomes empty. Values are not searched for macros again.
 */
export function renderMacros(text: string, values: Partial<Record<MacroName, string>>): string {
  return text.replace(macroPattern, (tag, inside: string) => {
    const name = inside.trim();
    return isMacroName(name) ? (values[name] ?? '') : tag;
  });
}
