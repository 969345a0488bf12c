import { editDistance } from '../../contract/edit-distance.js';
import type { ConfigFault, Environment } from '../config.js';
import { variables } from './variables.js';

const prefixes = /^(KOMMO|AMOCRM|TWILIO|DEMO)_/;

/** Shorter names have too many near ones that belong to others. */
const shortest = 8;

/** Names that look like variables of ours written wrongly; hints, as the environment holds what others read too. */
export function findMisspelt(environment: Environment): ConfigFault[] {
  const known = Object.keys(variables);
  return Object.keys(environment).flatMap((name) => {
    if (known.includes(name) || name.length < shortest) return [];
    const [nearest] = known
      .filter((one) => one.length >= shortest && !isSet(environment, one))
      .map((one) => ({ one, distance: editDistance(name.toUpperCase(), one) }))
      .filter(({ distance }) => distance <= 2)
      .sort((a, b) => a.distance - b.distance);
    if (nearest !== undefined) return [{ name, message: `It is not read. Did you mean ${nearest.one}?` }];
    return prefixes.test(name) ? [{ name, message: 'It is not read; .env.example lists what is.' }] : [];
  });
}

function isSet(environment: Environment, name: string): boolean {
  return (environment[name] ?? '') !== '';
}
