import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { createFsFromVolume, Volume } from 'memfs';
import webpack, { type MultiStats, type OutputFileSystem, type StatsError } from 'webpack';
import { cacheFolder, versionMark, widgetConfigs } from '../../webpack.config.js';
import { exitCodes, UserError } from '../cli/errors.js';
import { writeError } from '../files/write-error.js';
import { scopeCss } from './scope-css.js';

/** A source that does not compile. The message holds one line for each fault. */
export class SourceError extends UserError {
  constructor(faults: string[]) {
    super(['The sources do not compile:', ...faults].join('\n'), { exitCode: exitCodes.findings });
  }
}

/**
 * Bundles the widget's modules in memory; nothing is written but webpack's own cache. `version` is the key
 * under which the modules ask for the vendor file. Throws {@link SourceError}.
 */
export async function bundle({ version }: { version: string }): Promise<Map<string, Buffer>> {
  await requireWritable(cacheFolder);
  const compiler = webpack(widgetConfigs());
  const volume = new Volume();
  compiler.outputFileSystem = createFsFromVolume(volume) as unknown as OutputFileSystem;
  try {
    const stats = await new Promise<MultiStats | undefined>((resolve, reject) => {
      compiler.run((error, result) => {
        if (error === null) resolve(result);
        else reject(error);
      });
    });
    if (stats?.hasErrors() === true) throw new SourceError(faultsOf(stats));
    return markVersion(collect(volume), version);
  } finally {
    await new Promise((resolve) => {
      compiler.close(resolve);
    });
  }
}

async function requireWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw writeError(error, folder);
  }
}

/** What is wrong with the sources, one line for each fault. */
export function faultsOf(stats: MultiStats): string[] {
  const { errors = [] } = stats.toJson({ all: false, errors: true, moduleTrace: false });
  return errors.map(describe);
}

function describe({ moduleName, loc, message }: StatsError): string {
  const place = [moduleName, loc].filter(Boolean).join(':');
  const firstLines = message.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  return `${place} ${firstLines.slice(0, 3).join(' ')}`.trim();
}

/** The files that webpack wrote, by their names; packages' styles are put below the widget's own root. */
export function collect(volume: InstanceType<typeof Volume>): Map<string, string> {
  return new Map(
    Object.entries(volume.toJSON()).map(([file, text]) => {
      const name = file.split('/').pop() ?? file;
      return [name, name === 'vendor.css' ? scopeCss(text ?? '', '.pipeline-messenger') : (text ?? '')];
    }),
  );
}

/** Has the modules ask for the vendor file under this version, as the platform asks for `script.js`. */
export function markVersion(modules: ReadonlyMap<string, string>, version: string): Map<string, Buffer> {
  const mark = `vendor.js?v=${versionMark}`;
  return new Map(
    [...modules].map(([name, text]) => [
      name,
      Buffer.from(text.replaceAll(mark, () => `vendor.js?v=${version}`)),
    ]),
  );
}
