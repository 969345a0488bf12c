import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

/**
 * Colours for what goes to a stream: on a terminal alone, and not where `NO_COLOR` asks for none. picocolors'
 * own guess would colour files too wherever `CI` is set.
 */
export function colorsFor(stream: { isTTY?: boolean }): Colors {
  const { NO_COLOR: none, TERM: terminal } = process.env;
  return pc.createColors(stream.isTTY === true && (none === undefined || none === '') && terminal !== 'dumb');
}
