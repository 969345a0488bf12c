import { chatServiceOf } from '../chat-services/registry.js';
import { ChatServiceError } from '../chat-services/chat-service.js';
import type { Config } from '../config.js';
import { createHttp } from '../kommo-api/http.js';
import { inspectStore, type StoreReport } from '../store/inspect.js';
import { checkAccess } from './check-access.js';
import { type ExitCode, exitCodes, type Terminal } from './terminal.js';

/** One thing that was looked at. */
export interface CheckResult {
  readonly what: string;
  readonly isFine: boolean;
  /** What was seen and, where it is not fine, the next step. */
  readonly message: string;
}

/** Looks at everything that the backend needs, changes nothing, and prints a line for each. */
export async function check(config: Config, out: Terminal): Promise<ExitCode> {
  let failures = 0;
  const tell = ({ what, isFine, message }: CheckResult): void => {
    if (!isFine) failures += 1;
    out.labelled(`${isFine ? 'ok    ' : 'failed'} ${what}`, message, { pad: 23 });
  };
  tell({ what: 'Configuration', isFine: true, message: 'Every value can be used.' });
  const store = await inspectStore(config);
  tell(storeResult(store));
  for (const result of await checkAccess(config, store.accounts, { http: createHttp({ totalMs: 10_000 }) }))
    tell(result);
  tell(await checkChatService(config));
  return failures === 0 ? exitCodes.done : exitCodes.findings;
}

function storeResult({ isFine, message }: StoreReport): CheckResult {
  return { what: 'Store', isFine, message };
}

async function checkChatService(config: Config): Promise<CheckResult> {
  const service = chatServiceOf(config.chatService);
  const what = 'Chat service';
  if (service === undefined) {
    return { what, isFine: false, message: 'None is set, so that no message can go out. Set CHAT_SERVICE.' };
  }
  try {
    await service.check(AbortSignal.timeout(10_000));
    return { what, isFine: true, message: `${service.title} answers and accepts our access data.` };
  } catch (error) {
    if (!(error instanceof ChatServiceError)) throw error;
    const step =
      error.kind === 'temporary'
        ? 'Try again later; see whether this machine reaches it.'
        : `Correct the ${service.name.toUpperCase()}_… variables.`;
    return { what, isFine: false, message: `${service.title}: ${error.message} ${step}` };
  }
}
