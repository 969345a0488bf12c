import { amdDefine, amdLoad, prepareAmd } from './amd.js';
import { installApp } from './app.js';
import { watchCheckboxes } from './controls.js';
import { remember } from './dom.js';
import { watchLeftovers } from './leftovers.js';
import { createLifecycle } from './lifecycle.js';
import { Modal } from './modal.js';
import { drawPipeline } from './pipeline.js';
import { createRender } from './render.js';
import { bodyOf, drawSettings } from './settings.js';
import type { AccountState, Area, HostApi, PageOptions } from './types.js';

Object.assign(window, { host: undefined });
try {
  await start(optionsOf(new URLSearchParams(location.search)));
} catch (error) {
  document.documentElement.dataset['failed'] = error instanceof Error ? error.message : JSON.stringify(error);
}

/** Sets up the page, opens its area and then offers `window.host`. */
async function start({ area: firstArea, revision, language, theme }: PageOptions): Promise<void> {
  document.documentElement.dataset['colorScheme'] = theme;
  document.documentElement.lang = language;
  await prepareAmd();
  const [, twig] = await amdLoad(['jquery', 'twigjs']);
  amdDefine('lib/components/base/modal', [], () => Modal);
  const state = (await $.getJSON('/host/state')) as AccountState;
  const words = await wordsOf(state, language);

  const api: Pick<HostApi, 'callbacks' | 'notifications' | 'saves'> = {
    callbacks: [],
    notifications: [],
    saves: [],
  };
  const appWrites: string[] = [];
  const app = installApp({ language, notifications: api.notifications, appWrites });
  const lifecycle = createLifecycle({
    app,
    state,
    language,
    render: createRender(twig as Parameters<typeof createRender>[0]),
    callbacks: api.callbacks,
    onStatus: (status) => $('.widget-state').attr('class', `widget-state widget-state_status_${status}`),
  });
  watchCheckboxes();

  const open = async (area: Area): Promise<void> => {
    lifecycle.destroyAll();
    $('.modal').remove();
    const $page = $('#page_holder').empty();
    $(document).trigger('page:changed');
    if (area === 'settings') drawSettings($page, { state, words, lifecycle, saves: api.saves });
    if (area === 'pipeline') {
      const onOpen = (): void => void lifecycle.call('dpSettings');
      drawPipeline($page, { state, words, revision, onOpen });
      // A widget that was never saved, or is switched off, is not loaded outside the settings.
      const { status, active } = state.installation;
      if (status === 'installed' && active) {
        await lifecycle.load({ loaderArea: `widgetsSettings:${state.code}`, systemArea: 'digital_pipeline' });
      }
    }
  };

  remember(document.documentElement);
  const host: HostApi = {
    ...api,
    open,
    leaveArea: lifecycle.destroyAll,
    repeat(callback) {
      if (callback === 'dpSettings') lifecycle.call(callback);
      else lifecycle.call(callback, bodyOf($('.widget-settings__modal')), {});
    },
    isLoaded: lifecycle.isLoaded,
    leftovers: watchLeftovers(appWrites),
  };
  await open(firstArea);
  Object.assign(window, { host });
}

async function wordsOf({ code, path }: AccountState, language: string): Promise<unknown> {
  const url = `${path}/i18n/${language}.json`;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The widget ${code} has no language file ${url}.`);
  return response.json() as Promise<unknown>;
}

function optionsOf(query: URLSearchParams): PageOptions {
  const area = query.get('area');
  return {
    area: area === 'settings' || area === 'empty' ? area : 'pipeline',
    revision: query.get('revision') === '1' ? 1 : 2,
    language: query.get('language') ?? 'en',
    theme: query.get('theme') === 'dark' ? 'dark' : 'light',
  };
}
