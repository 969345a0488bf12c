import { createAccountApi } from './account-api.js';
import { amdDefine, amdLoad, prepareAmd } from './amd/amd.js';
import { installApp } from './app/app.js';
import { openBar } from './bar/bar.js';
import { remember } from './dom.js';
import { offerDriver } from './driver.js';
import type { Host } from './host.js';
import { $, keepJQuery } from './jquery.js';
import { pages } from './pages/index.js';
import { catchExceptions } from './report/exceptions.js';
import { createRecorder } from './report/recorder.js';
import { watchPage } from './report/watch.js';
import { createRouter, reloadInPlace, resume } from './router.js';
import { drawNavigation, redrawNavigation } from './shell/navigation.js';
import { openSocket } from './socket.js';
import { watchControls } from './widget/controls/index.js';
import { createLifecycle } from './widget/lifecycle.js';
import { Modal } from './widget/modal.js';
import { createRender, type Twig } from './widget/render.js';
import { translator } from './words/words.js';
import type { Session, SocketMessage } from '../wire.js';

/** Makes the page an account and opens what its address names. */
async function start(): Promise<void> {
  const api = createAccountApi();
  const [session] = await Promise.all([api.session(), prepareAmd()]);
  const [jquery, twig] = await amdLoad(['jquery', 'twigjs']);
  keepJQuery(jquery);
  amdDefine('lib/components/base/modal', [], () => Modal);

  const opened: ((path: string) => void)[] = [];
  const host = createHost(session, api, twig as Twig, (path) => {
    for (const listener of opened) listener(path);
  });
  remember(document.documentElement);
  dress(session);
  followLinks(host);
  watchControls();
  const bar = openBar(host);
  opened.push(bar.opened);
  const { router } = host;
  openSocket(
    (message) => {
      bar.hear(message);
      hear(host, message);
    },
    () => {
      reloadInPlace(router);
    },
    bar.lost,
  );
  await resume(router);
}

function createHost(first: Session, api: Host['api'], twig: Twig, onOpen: (path: string) => void): Host {
  let session = first;
  const recorder = createRecorder(api, {
    runs: () => {
      watch.runs();
    },
    ran: (widget) => {
      watch.ran(widget);
    },
  });
  const app = installApp({
    session: () => session,
    recorder,
    onWrite: (member) => {
      watch.wroteApp(`APP.${member}`);
    },
  });
  // Before the watch begins: what is there then is nobody's.
  offerDriver(recorder, { isDue: () => watch.isDue() });
  const watch = watchPage({ recorder, area: () => app.widgetsArea });
  const lifecycle = createLifecycle({
    api,
    app,
    recorder,
    watch,
    base: { session: () => session, app, recorder, render: createRender(twig) },
  });
  const router = createRouter(
    pages,
    () => host,
    (page, path) => {
      drawNavigation(host, page.menu);
      onOpen(path);
    },
  );
  const host: Host = {
    get session() {
      return session;
    },
    api,
    app,
    lifecycle,
    recorder,
    router,
    words: (words) => translator(words, session.switches.language),
    widget: (code) => session.widgets.find((widget) => widget.code === code),
    async refresh() {
      session = await api.session();
      redrawNavigation(host);
    },
  };
  catchExceptions(recorder, () => app.widgetsArea);
  return host;
}

function hear(host: Host, message: SocketMessage): void {
  switch (message.kind) {
    case 'changed':
      host.app.changed(message.change);
      void host.router.changed(message.change);
      break;
    case 'rebuilt':
    case 'reload':
      reloadInPlace(host.router);
      break;
    case 'theme':
      document.documentElement.dataset['colorScheme'] = message.theme;
      break;
    default:
  }
}

/** Language and theme of the document. */
function dress({ switches }: Session): void {
  document.documentElement.lang = switches.language;
  document.documentElement.dataset['colorScheme'] = switches.theme;
}

/** Links of the interface open their page within the document. */
function followLinks({ router }: Host): void {
  $(document).on('click', 'a.js-navigate-link', (event) => {
    const { ctrlKey, metaKey, shiftKey } = event;
    const path = event.currentTarget.getAttribute('href');
    if (path === null || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    void router.go(path);
  });
}

void start();
