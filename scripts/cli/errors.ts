/**
 * What a command ends with. 0 the work is done, 1 it found something wrong with the widget, 2 it was used
 * wrongly or cannot work here (a wrong option, a folder that cannot be written), 3 a bug of ours.
 */
export const exitCodes = { done: 0, findings: 1, wrongUse: 2, bug: 3 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Something a person can mend: printed as one line and the next step, never with a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly exitCode: ExitCode;
  /** What to do about it, as a whole sentence. */
  readonly nextStep: string | undefined;

  constructor(
    message: string,
    { nextStep, exitCode = exitCodes.wrongUse }: { nextStep?: string; exitCode?: ExitCode } = {},
  ) {
    super(message);
    this.nextStep = nextStep;
    this.exitCode = exitCode;
  }
}
