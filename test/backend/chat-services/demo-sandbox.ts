import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox, type DemoChatOptions, type Sandbox } from '../../../src/sandbox/index.js';

/** A sandbox with nothing in it but the demo chat service, and its doors. */
export interface DemoSandbox {
  readonly url: string;
  readonly demoChat: Sandbox['demoChat'];
  /** Calls a path of the sandbox as its own page does, or with the key of the service. */
  call(method: string, path: string, body?: object): Promise<unknown>;
  /** What becomes of messages from now on. */
  become(status: 'delivered' | 'read' | 'failed'): Promise<void>;
  /** Time goes on by so many milliseconds at once. */
  pass(milliseconds: number): void;
  close(): Promise<void>;
}

export async function startDemoSandbox(demoChat: DemoChatOptions): Promise<DemoSandbox> {
  let ahead = 0;
  const sandbox = await startSandbox({
    widgets: [],
    hostFiles: Promise.resolve({ script: '', styles: '', phone: '' }),
    loopGuard: false,
    clock: { now: () => Date.now() + ahead },
    demoChat: { deliveredAfterMs: 5, reportPauses: [], ...demoChat },
  });
  const call: DemoSandbox['call'] = async (method, path, body) => {
    const response = await fetch(`${sandbox.url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${sandbox.demoChat.apiKey}`,
        Origin: sandbox.url,
        'X-Requested-With': 'XMLHttpRequest',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  return {
    url: sandbox.url,
    demoChat: sandbox.demoChat,
    call,
    async become(status) {
      const faults = status === 'failed' ? [{ mode: 'fails_later' }] : [];
      const reading = status === 'read' ? 'always' : 'never';
      await call('PATCH', '/sandbox/phone/settings', { faults, reading });
    },
    pass(milliseconds) {
      ahead += milliseconds;
    },
    close: () => sandbox.close(),
  };
}

/** Serves bytes to anybody; gives the address of each. */
export interface FileServer {
  add(file: { readonly fileName: string; readonly type: string; readonly bytes: Buffer }): string;
  close(): Promise<void>;
}

export async function startFileServer(): Promise<FileServer> {
  const files: { readonly type: string; readonly bytes: Buffer }[] = [];
  const server = createServer((request, response) => {
    const [, index] = /^\/(\d+)\//.exec(request.url ?? '') ?? [];
    const file = files[Number(index)];
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': file.type }).end(file.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    add(file) {
      files.push(file);
      return `http://127.0.0.1:${port}/${String(files.length - 1)}/${file.fileName}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
