import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A program of the benchmark in a process of its own, which answers each message with one. */
export interface Child {
  ask<Answer>(message: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

/** @param file Built JavaScript. */
export function startChild(file: string): Child {
  const child = fork(file, {
    execArgv: ['--expose-gc', '--enable-source-maps'],
    // Figures such as Infinity and keys as bytes stay what they are.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const gone = once(child, 'exit').then(([code, signal]: unknown[]) => {
    throw new Error(`${file} ended with ${String(code ?? signal)}.`);
  });
  gone.catch(() => undefined);
  return {
    async ask<Answer>(message: unknown): Promise<Answer> {
      const answered = once(child, 'message');
      child.send(message as object);
      const [answer] = (await Promise.race([answered, gone])) as [Answer];
      return answer;
    },
    stop: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
