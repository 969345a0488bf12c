/** How often a proof repeats itself: shortly in `npm test`, in full in `npm run prove`. */
export function rounds(short: number, full: number): number {
  return process.env['PROVE'] === 'full' ? full : short;
}

/** Prints the figures of a proof for a person to read. */
export function printFigures(title: string, figures: Record<string, number>): void {
  const list = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  process.stdout.write(`\n${title}: ${list.join(', ')}\n`);
}
