import { styleText } from 'node:util';

/** What a command ends with, like the project's other commands. */
export const exitCodes = { done: 0, findings: 1, wrongUse: 2, bug: 3 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Something a person can mend: printed as one line and the next step, never with a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(
    message: string,
    /** What to do about it, as a whole sentence. */
    readonly nextStep?: string,
  ) {
    super(message);
  }
}

/** A stream that a person may be reading. */
export class Terminal {
  /** In columns; lines for a file are as long as those of a common terminal. */
  readonly width: number;
  private readonly isColoured: boolean;

  constructor(
    private readonly stream: NodeJS.WriteStream,
    { NO_COLOR: none, TERM: terminal }: NodeJS.ProcessEnv = process.env,
  ) {
    this.width = Math.min(stream.isTTY ? stream.columns : 100, 120);
    this.isColoured = stream.isTTY && (none === undefined || none === '') && terminal !== 'dumb';
  }

  line(text = ''): void {
    this.stream.write(`${text}\n`);
  }

  /** A label and a text beside it, whose further lines begin under its first. */
  labelled(
    label: string,
    text: string,
    { color, pad = label.length }: { color?: Color; pad?: number } = {},
  ): void {
    const column = Math.max(pad, label.length) + 1;
    const [first = '', ...more] = wrap(text, this.width - column);
    this.line(`${this.paint(label, color)}${' '.repeat(column - label.length)}${first}`);
    for (const line of more) this.line(' '.repeat(column) + line);
  }

  paint(text: string, color: Color | undefined): string {
    return this.isColoured && color !== undefined ? styleText(color, text) : text;
  }
}

export type Color = 'red' | 'green' | 'yellow' | 'bold';

/** Breaks a text at its spaces; a longer word stays whole. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
