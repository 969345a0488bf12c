/*
 * Loaded before a command whose standard streams are pipes: they take themselves for a terminal, which gives single
 * keys while it is raw. What is asked of it stands in the output: `[raw]` and `[cooked]`.
 */
for (const stream of [process.stdin, process.stdout]) Object.assign(stream, { isTTY: true, columns: 80 });
Object.assign(process.stdin, {
  setRawMode(isRaw: boolean) {
    process.stdout.write(isRaw ? '[raw]\n' : '[cooked]\n');
  },
});
