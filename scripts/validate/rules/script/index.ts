import type { Rule } from '../../rule.js';
import { callbackRules } from './callbacks.js';
import { codeChecks } from './checks.js';
import { codeRule, vendorRule } from './code-rule.js';
import { fileRules } from './files.js';
import { hostChecks, hostRules } from './hosts.js';
import { libraryChecks, libraryRules } from './libraries.js';
import { moduleRules } from './module.js';
import { readabilityRules } from './readability.js';
import { variableRules } from './variables.js';

/** Checks whose rules look at more than the scripts. */
const apart = new Set([...hostChecks, ...libraryChecks]);

/** The rules of scripts: what `script.js` is as a module, what the widget has, and what is written in all scripts. */
export const scriptRules: readonly Rule[] = [
  ...moduleRules,
  ...callbackRules,
  ...fileRules,
  ...codeChecks.filter((check) => !apart.has(check)).map(codeRule),
  ...hostRules,
  ...libraryRules,
  ...variableRules,
  ...readabilityRules,
  vendorRule(codeChecks),
];
