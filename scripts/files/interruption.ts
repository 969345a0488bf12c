/** Cleans up before a signal ends the process. Returns what takes the handlers away. */
export function onInterruption(cleanUp: () => void): () => void {
  const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  const handlers = Object.entries(signals).map(([signal, exitCode]) => {
    const handler = (): void => {
      cleanUp();
      process.exit(exitCode);
    };
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  return () => {
    for (const remove of handlers) remove();
  };
}
