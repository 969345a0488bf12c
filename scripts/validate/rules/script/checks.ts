import type { CodeCheck } from '../../script/check.js';
import { appChecks } from './app.js';
import { commentChecks } from './comments.js';
import { consoleChecks } from './console.js';
import { dialogChecks } from './dialogs.js';
import { evaluationChecks } from './evaluation.js';
import { hostChecks } from './hosts.js';
import { interfaceChecks } from './interface.js';
import { libraryChecks } from './libraries.js';
import { loadingChecks } from './loading.js';
import { mixedContentChecks } from './mixed-content.js';
import { moduleChecks } from './modules.js';
import { requestChecks } from './requests.js';
import { returnChecks } from './returns.js';
import { scriptTagChecks } from './script-tags.js';

/** Everything that is looked for in the text of scripts, in one walk through each. */
export const codeChecks: readonly CodeCheck[] = [
  ...moduleChecks,
  ...loadingChecks,
  ...libraryChecks,
  ...scriptTagChecks,
  ...evaluationChecks,
  ...dialogChecks,
  ...consoleChecks,
  ...commentChecks,
  ...hostChecks,
  ...mixedContentChecks,
  ...appChecks,
  ...requestChecks,
  ...interfaceChecks,
  ...returnChecks,
];
