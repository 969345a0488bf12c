import { isSameFiles, type WidgetFiles } from './archive/files.js';
import { pointToBackend } from './build/backend-address.js';
import { fillManifest } from './build/manifest.js';
import { watchWidget } from './build/watch.js';
import { runCommand } from './cli/command.js';
import { exitCodes } from './cli/errors.js';
import { progress } from './cli/progress.js';
import { serve, type Served } from './sandbox/serve.js';
import { anyFreePort, portOf } from './sandbox/free-port.js';
import { readServeOptions, serveOptions } from './sandbox/serve-options.js';
import { type Connection, connectBackend } from './start/connection.js';
import { firstTrigger } from './start/first-trigger.js';
import { createPairing, introductionOf, type Pairing, webhookUrlOf } from './start/pairing.js';

/** What came out of the sources last. */
interface Newest {
  files: WidgetFiles;
  /** Why the files are not those of the sources; none when they are. */
  faults: readonly string[];
}

await runCommand({
  usage: 'npm start --',
  summary:
    'Opens a Kommo account on localhost in which the widget is installed and works, with its backend beside it: drag a\nlead, and the message arrives on the phone. Every edit of the widget reaches the page by itself.',
  options: {
    ...serveOptions,
    'no-backend': { type: 'boolean', help: 'The account alone, for a backend of your own.' },
    'backend-port': {
      type: 'string',
      value: 'PORT',
      help: 'Where the backend listens on 127.0.0.1; default any that is free.',
    },
  },
  examples: ['npm start', 'npm start -- --locale es --port 5000 --no-open'],
  async run(context) {
    const options = readServeOptions(context.values);
    const backendPort = portOf(context.values['backend-port'] as string | undefined, 0, '--backend-port');
    const pairing =
      context.values['no-backend'] === true
        ? undefined
        : createPairing(backendPort === 0 ? await anyFreePort() : backendPort);
    let newest: Newest = { files: new Map<string, Buffer>(), faults: [] };
    let served: Served | undefined;
    let connection: Connection | undefined;
    let isBuilt: () => void = () => undefined;
    const firstBuild = new Promise<void>((resolve) => {
      isBuilt = resolve;
    });
    const watching = watchWidget({
      built(files, milliseconds) {
        // The watch reports once more after the first build, and after a save that changes nothing.
        const isOld = newest.faults.length === 0 && isSameFiles(newest.files, files);
        newest = { files, faults: [] };
        isBuilt();
        if (isOld) return;
        served?.renew(0, connected(files, pairing), 'built', `in ${milliseconds.toFixed(0)} ms`);
        connection?.changed();
      },
      failed(faults) {
        newest = { files: newest.files, faults };
        isBuilt();
        served?.failed(0, faults);
      },
    });
    try {
      await progress('Building the widget', () => firstBuild);
      const { files, faults } = newest;
      const label = 'pipeline-messenger';
      const widget = {
        files: connected(files, pairing),
        label,
        ...(faults.length > 0 && { faults }),
        ...(pairing && {
          integration: {
            client_uuid: pairing.clientId,
            client_secret: pairing.clientSecret,
            redirect_uri: `${pairing.url}/oauth/callback`,
            access_disabled_uri: `${pairing.url}/oauth/uninstalled`,
          },
          triggers: [firstTrigger(options.language)],
        }),
      };
      served = await serve([widget], options, context, {
        ...(pairing && introductionOf(pairing)),
      });
      // What came while the account was starting.
      if (newest.faults !== faults && newest.faults.length > 0) served.failed(0, newest.faults);
      else if (newest.files !== files)
        served.renew(0, connected(newest.files, pairing), 'built', 'while the account was starting');
      if (pairing !== undefined) connection = connectBackend(pairing, served);
      await served.asked();
    } finally {
      await Promise.all([watching.close(), connection?.stop()]);
      await served?.close();
    }
    return exitCodes.done;
  },
});

/** The widget's files as its backend needs them: its events and its settings go there. */
function connected(files: WidgetFiles, pairing: Pairing | undefined): WidgetFiles {
  const manifest = files.get('manifest.json');
  if (pairing === undefined || manifest === undefined) return files;
  const filled = fillManifest(Buffer.from(manifest), { webhookUrl: webhookUrlOf(pairing) });
  return pointToBackend(new Map([...files, ['manifest.json', filled]]));
}
