import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import type {
  ChatService,
  ChatServiceError,
  ChatServiceErrorKind,
  OutgoingMessage,
} from '../../../../src/backend/chat-services/chat-service.js';
import { startFaultyProxy, type FaultyProxy } from '../../../support/faulty-proxy.js';
import { expectServiceFailure } from '../definition/failures.js';
import { listen, type Listener } from '../listener.js';
import { refusalTests } from './refusal-tests.js';
import { reportTests } from './report-tests.js';
import { sendingTests } from './sending-tests.js';
import type { Running, ServiceUnderTest } from './under-test.js';

/** What the tests of a part work with; read it within a test. */
export interface Scene {
  readonly running: Running;
  /** Between us and the service. */
  readonly proxy: FaultyProxy;
  /** Asks the service through the proxy. */
  readonly service: ChatService;
  readonly listener: Listener;
  /** The texts that the service has taken for the recipient of a message. */
  takenFor(message: OutgoingMessage): Promise<string[]>;
  /** Waits for a call to be refused, and looks that the refusal gives away neither the message nor a secret. */
  expectFailure(
    call: Promise<unknown>,
    message: OutgoingMessage,
    expected: Failure,
  ): Promise<ChatServiceError>;
}

export interface Failure {
  readonly kind: ChatServiceErrorKind;
  readonly reason?: string;
  readonly code?: string | undefined;
}

/** What every chat service must do, whatever is behind it. */
export function describeChatService(under: ServiceUnderTest): void {
  describe(`${under.title} as a chat service`, () => {
    const scene = {
      async takenFor({ to }) {
        return (await scene.running.taken()).filter((taken) => taken.to === to).map(({ text }) => text);
      },
      async expectFailure(call, { to, text }, { kind, ...expected }) {
        const error = await expectServiceFailure(call, kind, [to, to.slice(1), text, ...under.secrets]);
        const known = Object.entries(expected).filter(([, value]) => value !== undefined);
        expect(error).toMatchObject(Object.fromEntries(known));
        return error;
      },
    } as { -readonly [Name in keyof Scene]: Scene[Name] };

    beforeAll(async () => {
      scene.running = await under.start();
      scene.listener = await listen();
    });

    afterAll(async () => {
      await scene.running.close();
      await scene.listener.close();
    });

    beforeEach(async () => {
      scene.proxy = await startFaultyProxy(scene.running.url);
      scene.service = scene.running.adapter({ url: scene.proxy.url });
    });

    afterEach(() => scene.proxy.close());

    sendingTests(under, scene);
    refusalTests(under, scene);
    reportTests(under, scene);
  });
}
