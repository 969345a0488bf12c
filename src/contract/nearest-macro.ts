import { editDistance } from './edit-distance.js';
import { type MacroName, macros } from './macros.js';

/**
 * The known macro that an unknown name was most likely meant to be, or `undefined` when none is near: one
 * edit is forgiven for each three letters. Case, spaces, hyphens and dots count as no difference.
 */
export function nearestMacro(name: string): MacroName | undefined {
  const wanted = normalise(name);
  let nearest: MacroName | undefined;
  let nearestDistance = Math.floor(wanted.length / 3) + 1;
  for (const macro of macros) {
    const distance = editDistance(wanted, macro.name);
    if (distance < nearestDistance) {
      nearest = macro.name;
      nearestDistance = distance;
    }
  }
  return nearest;
}

function normalise(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s.-]+/g, '_');
}
