import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type Host, startHost } from '../host/server.js';
import { launchBrowser, type TestBrowser } from './browser.js';
import { KommoPage } from './kommo-page.js';

const fixture = fileURLToPath(new URL('../../fixtures/bench-widget', import.meta.url));

/** What the fixture keeps on window about its own life, and what tests tell it to do. */
export interface Bench {
  order?: string[];
  inConstructor?: { methods: boolean; settings: string; name: unknown };
  modules?: Record<string, string>;
  dpArguments?: number;
  body?: { classes: string; context: string };
  payload?: unknown;
  self: WidgetMethods;
}

export interface WidgetMethods {
  ns: string;
  params: Record<string, unknown>;
  langs: { widget: { name: string } };
  get_settings(): Record<string, unknown>;
  set_settings(settings: Record<string, unknown>): void;
  get_install_status(): string;
  get_version(): string;
  i18n(key: string): unknown;
  system(): { area: string };
  render(options: object, params?: object): unknown;
  $authorizedAjax(options: object): Promise<string>;
}

export type BenchWindow = Window & { bench: Bench };

type StartOptions = Partial<Parameters<typeof startHost>[0]>;

/** The bench with its fixture; both are new for each test. */
export interface BenchSetup {
  readonly kommo: KommoPage;
  readonly host: Host;
  /** Begins again with another account, widget or code. */
  restart(options: StartOptions): Promise<void>;
  /** Sets what the fixture shall do, as source, before the page loads. */
  tell(source: string): Promise<void>;
  /** Reads `window.bench`; the function runs in the page. */
  read<Value>(reader: (bench: Bench) => Value): Promise<Value>;
}

/** Registers the hooks of a test file that tests the bench itself. */
export function setUpBench(): BenchSetup {
  let browser: TestBrowser;
  let host: Host;
  let kommo: KommoPage;

  const tell = async (source: string): Promise<void> => {
    await kommo.page.addInitScript({
      content: `window.bench = Object.assign(window.bench || {}, ${source});`,
    });
  };
  const start = async (options: StartOptions = {}): Promise<void> => {
    host = await startHost({ widgetDir: fixture, code: 'bench', ...options });
    kommo = new KommoPage(await browser.newPage(), host);
    await tell('{}');
  };
  const stop = async (): Promise<void> => {
    await kommo.page.context().close();
    await host.close();
  };

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });
  beforeEach(async () => {
    await start();
  });
  afterEach(stop);

  return {
    get kommo() {
      return kommo;
    },
    get host() {
      return host;
    },
    async restart(options) {
      await stop();
      await start(options);
    },
    tell,
    read: (reader) => kommo.page.evaluate(`(${reader.toString()})(window.bench)`),
  };
}

/** A copy of the fixture with one file written anew. */
export async function withFile(
  name: string,
  content: string,
  test: (widgetDir: string) => Promise<void>,
): Promise<void> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'bench-')));
  try {
    cpSync(fixture, folder, { recursive: true });
    writeFileSync(path.join(folder, name), content);
    await test(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
