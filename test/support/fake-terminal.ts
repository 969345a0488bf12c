/**
 * A module to be loaded before a command whose standard streams are pipes: they take themselves for a terminal, which
 * gives single keys while it is raw. What is asked of it stands in the output: `[raw]` and `[cooked]`. JavaScript in its
 * own address, since the worker threads of the command load it as well, without anything that reads TypeScript.
 */
export const fakeTerminal = `data:text/javascript,${encodeURIComponent(`
for (const stream of [process.stdin, process.stdout]) Object.assign(stream, { isTTY: true, columns: 80 });
Object.assign(process.stdin, {
  setRawMode(isRaw) {
    process.stdout.write(isRaw ? '[raw]\\n' : '[cooked]\\n');
  },
});
`)}`;
