import { emitKeypressEvents } from 'node:readline';

export interface Key {
  /** A single character. */
  key: string;
  /** What it does, in a word or two. */
  help: string;
  press: () => void | Promise<void>;
}

/**
 * Listens to keys of a terminal, Ctrl+C among them.
 *
 * @returns What ends it and gives the terminal back.
 */
export function listenToKeys(
  stdin: NodeJS.ReadStream,
  keys: readonly Key[],
  { interrupt }: { interrupt: () => void },
): () => void {
  const onKey = (
    character: string | undefined,
    { name, ctrl = false }: { name?: string; ctrl?: boolean },
  ): void => {
    if (ctrl && name === 'c') interrupt();
    else void keys.find(({ key }) => key === character)?.press();
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.on('keypress', onKey);
  stdin.resume();
  return () => {
    stdin.off('keypress', onKey);
    stdin.setRawMode(false);
    stdin.pause();
  };
}

/** The line that names the keys. */
export function helpLine(keys: readonly Key[]): string {
  return keys.map(({ key, help }) => `${key} ${help}`).join('   ');
}
