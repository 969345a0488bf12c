import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a request on its way. */
export type Fault =
  /** This instead of asking the server. */
  | { readonly answer: { status: number; headers?: Record<string, string>; body: string } }
  /** No answer, ever. */
  | 'hang'
  /** The connection breaks before the server hears of it. */
  | 'drop'
  /** The server does what it is asked, and the connection breaks before its answer. */
  | 'lose_answer'
  /** As `lose_answer`, in the middle of the answer. */
  | 'half_answer'
  /** The server's answer begins and never ends. */
  | 'endless_answer';

export interface FaultyProxy {
  readonly url: string;
  /** The next requests meet these, one each. */
  meet(...faults: Fault[]): void;
  /** Requests of this kind meet the fault, so many of them: all unless told. */
  meetAt(kind: RequestKind, fault: Fault, times?: number): void;
  /** Nothing goes wrong any more. */
  clear(): void;
  /** Of the requests so far, those with faults included. */
  readonly requests: readonly { method: string; path: string }[];
  close(): Promise<void>;
}

export interface RequestKind {
  readonly method: string;
  readonly path: RegExp;
}

/** A real HTTP proxy before a server, on which requests and answers can be lost. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const faults: Fault[] = [];
  let rules: { kind: RequestKind; fault: Fault; left: number }[] = [];
  const ruledFault = ({ method = '', url = '' }: IncomingMessage): Fault | undefined => {
    const rule = rules.find(({ kind, left }) => left > 0 && kind.method === method && kind.path.test(url));
    if (rule !== undefined) rule.left -= 1;
    return rule?.fault;
  };
  const requests: { method: string; path: string }[] = [];
  const server = createServer((incoming, outgoing) => {
    requests.push({ method: incoming.method ?? '', path: incoming.url ?? '' });
    const fault = faults.shift() ?? ruledFault(incoming);
    if (fault === 'hang') incoming.resume();
    else if (fault === 'drop') incoming.socket.destroy();
    else if (typeof fault === 'object') {
      incoming.resume();
      outgoing.writeHead(fault.answer.status, fault.answer.headers ?? {}).end(fault.answer.body);
    } else pass(target, { incoming, outgoing, fault });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    meet(...more) {
      faults.push(...more);
    },
    meetAt(kind, fault, times = Infinity) {
      rules.push({ kind, fault, left: times });
    },
    clear() {
      faults.length = 0;
      rules = [];
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

function pass(
  target: string,
  {
    incoming,
    outgoing,
    fault,
  }: { incoming: IncomingMessage; outgoing: ServerResponse; fault: Fault | undefined },
): void {
  const { host } = new URL(target);
  const onward = request(`${target}${incoming.url ?? ''}`, {
    method: incoming.method,
    headers: { ...incoming.headers, host },
    agent: false,
  });
  onward.on('response', (answer) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('end', () => {
      if (fault === 'lose_answer') {
        incoming.socket.destroy();
        return;
      }
      const body = Buffer.concat(chunks);
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'content-length': body.length });
      if (fault === undefined) outgoing.end(body);
      else {
        outgoing.write(body.subarray(0, body.length / 2), () => {
          if (fault === 'half_answer') incoming.socket.destroy();
        });
      }
    });
  });
  onward.on('error', () => incoming.socket.destroy());
  incoming.pipe(onward);
}
