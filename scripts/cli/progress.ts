import ora from 'ora';

/** Shows that work of more than a moment goes on: a spinner on a terminal, a line elsewhere; on standard error. */
export type Progress = <Result>(text: string, work: () => Promise<Result>) => Promise<Result>;

export const progress: Progress = async (text, work) => {
  const spinner = ora({ text, stream: process.stderr, discardStdin: false });
  if (process.stderr.isTTY) spinner.start();
  else process.stderr.write(`${text}…\n`);
  try {
    const result = await work();
    spinner.stop();
    return result;
  } catch (error) {
    spinner.stop();
    throw error;
  }
};
