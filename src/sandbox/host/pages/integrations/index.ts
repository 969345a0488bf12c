import { areas } from '../../area.js';
import { draw, escapeHtml } from '../../dom.js';
import { pathMatcher, type Host, type OpenPage, type Page } from '../../host.js';
import { $ } from '../../jquery.js';
import { openSettings, type SettingsModal } from './modal.js';
import { keep, takeKept, type ModalState } from './kept.js';
import { followStates } from './state-badge.js';
import { tilesHtml } from './tiles.js';
import { onArchive, showNotice, uploadArchive, uploadInputHtml } from './upload.js';
import { integrationsWords } from './words.js';

/** Settings → Integrations: a tile for each widget; the address with a code has the modal of that widget open. */
export const integrationsPage: Page = {
  match: pathMatcher('/settings/widgets/:code?'),
  menu: 'settings',
  area: () => areas.settings,
  open: ($holder, host, { code }) => openIntegrations($holder, host, code),
};

const address = '/settings/widgets';

function openIntegrations($holder: JQuery, host: Host, code: string | undefined): OpenPage {
  const t = host.words(integrationsWords);
  const kept = takeKept();
  const isAdmin = host.session.user.rights.is_admin;
  $holder.append(
    draw(`<section class="integrations">
      <header class="page-header"><h1>${escapeHtml(t('title'))}</h1><div class="page-header__actions">
        ${isAdmin ? uploadInputHtml(t('create'), 'button-input_blue integrations__create') : ''}</div></header>
      <div class="integrations__problems" role="alert"></div>
      <div class="widgets-list"></div></section>`),
  );
  const $list = $holder.find('.widgets-list');
  const $problems = $holder.find('.integrations__problems');
  const drawTiles = (): void => {
    $list.empty().append(draw(tilesHtml(host.session.widgets, t)));
    followStates($list, t);
  };

  let modal: SettingsModal | undefined;
  const show = async (opened: string, state?: ModalState): Promise<void> => {
    modal?.close();
    $problems.empty();
    if (host.widget(opened) === undefined) {
      showNotice($problems, t('unknown', { code: opened }));
      return;
    }
    // The address follows without an entry in the history: the page is the same one.
    host.router.rename(`${address}/${encodeURIComponent(opened)}`);
    modal = openSettings(host, opened, {
      state,
      stored: drawTiles,
      reopen: (next) => void show(opened, next),
      closed() {
        modal = undefined;
        host.router.rename(address);
        host.app.startIn(areas.settings);
        $list.find('.widget-card').filter(byCode(opened)).trigger('focus');
      },
    });
    await modal.ready;
  };

  drawTiles();
  $list.on('click', '.widget-card', (event) => {
    void show($(event.currentTarget).attr('data-code'));
  });
  onArchive($holder.find('.integrations__create'), async (archive) => {
    const problems = await uploadArchive(host, null, archive);
    if (problems.length > 0) {
      showNotice($problems, t('refusedArchive'), problems);
      return;
    }
    $problems.empty();
    drawTiles();
  });

  return {
    title: t('title'),
    loaded: () => (code === undefined ? undefined : show(code, kept?.code === code ? kept : undefined)),
    // The modal has to have it before the widget's settings() runs, and restore() comes after the opening.
    capture() {
      keep(modal?.capture());
      return undefined;
    },
    close() {
      modal?.discard();
    },
  };
}

const byCode =
  (code: string) =>
  (_index: number, tile: Element): boolean =>
    tile.getAttribute('data-code') === code;
