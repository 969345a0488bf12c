import { parseLocation } from '../../../../kommo/locations.js';
import { areas } from '../../area.js';
import { draw } from '../../dom.js';
import { pathMatcher, type Host, type OpenPage, type Page } from '../../host.js';
import { $ } from '../../jquery.js';
import { textOf } from '../../words/look-up.js';
import { openSettings, type SettingsModal } from '../integrations/modal.js';
import { readAll } from '../card/read-card.js';
import type { SessionWidget } from '../../../wire.js';
import { pageHtml, rowsHtml, type ShownSource } from './markup.js';
import { openAddSource } from './add-source.js';
import { sourceWords } from './words.js';

/** The sources of a pipeline's leads (`platform/widget.md §1.3`, `§4.1`). */
export const leadSourcesPage: Page = {
  match: pathMatcher('/settings/sources/:pipeline?'),
  menu: 'settings',
  area: () => areas.leadSources,
  open: ($holder, host, { pipeline }) => openSources($holder, host, Number(pipeline)),
};

/** A widget that can be a source of leads. */
export interface SourceWidget {
  readonly code: string;
  readonly name: string;
}

function openSources($holder: JQuery, host: Host, wanted: number): OpenPage {
  const t = host.words(sourceWords);
  const { pipelines } = host.session;
  const pipeline =
    pipelines.find(({ id }) => id === wanted) ?? pipelines.find(({ is_main }) => is_main) ?? pipelines[0];
  const pipelineId = pipeline?.id ?? 0;
  // Before the widgets are started: get_pipeline_id() asks for it.
  host.app.pipelineId = pipelineId;
  const $page = draw(pageHtml(t, pipelines, pipelineId));
  $holder.append($page);
  const offered = (): readonly SourceWidget[] => host.session.widgets.filter(isSource).map(nameWidget);
  const say = (text: string): void => {
    $page
      .find('.sources__message')
      .toggleClass('h-hidden', text === '')
      .text(text);
  };

  let sources: readonly ShownSource[] = [];
  const read = async (): Promise<void> => {
    try {
      const all = await readAll<ShownSource>(host.api, '/sources', 'sources');
      sources = all.filter(({ pipeline_id }) => pipeline_id === pipelineId);
      $page
        .find('.sources__list')
        .empty()
        .append(draw(rowsHtml(t, sources, offered())));
    } catch (error) {
      say(t('unreadable', { reason: (error as Error).message }));
    }
  };

  const add = async (code: string): Promise<void> => {
    say('');
    const { lifecycle, recorder } = host;
    if (!lifecycle.codes().includes(code)) say(t('notStarted'));
    else if (!lifecycle.has(code, 'onAddAsSource')) {
      recorder.note(
        code,
        host.app.widgetsArea,
        'lead_sources needs onAddAsSource; without it no source can be added.',
      );
      say(t('noCallback'));
    } else {
      // The source itself is made by the widget's integration, with POST /api/v4/sources (`platform/server.md §5.11`).
      await lifecycle.call(code, 'onAddAsSource', pipelineId);
      say(t('asked'));
      await read();
    }
  };
  $page.on('change', '.js-source-pipeline', ({ currentTarget }) => {
    void host.router.go(`/settings/sources/${String($(currentTarget).val())}`);
  });
  $page.on('click', '.js-add-source', () => {
    openAddSource(t, offered(), (code) => void add(code));
  });

  let modal: SettingsModal | undefined;
  $page.on('click', '.js-open-source', ({ currentTarget }) => {
    const { code = '', id = '' } = (currentTarget as HTMLElement).dataset;
    const source = sources.find((one) => String(one.id) === id);
    if (source === undefined) return;
    const open = (): void => {
      modal = openSettings(host, code, {
        state: undefined,
        stored: () => undefined,
        reopen: () => {
          modal?.discard();
          open();
        },
        // The widget was started in the modal's area: here it has to be started again.
        closed: () => void host.router.repeat(),
        context: { source_id: source.id, external_id: source.external_id },
      });
    };
    open();
  });

  return {
    title: t('title'),
    loaded: read,
    changed: read,
    close() {
      modal?.discard();
    },
  };
}

function isSource({ is_active, manifest }: SessionWidget): boolean {
  const { locations } = manifest;
  return (
    is_active &&
    Array.isArray(locations) &&
    locations.some((entry) => typeof entry === 'string' && parseLocation(entry)?.code === 'lead_sources')
  );
}

function nameWidget({ code, words }: SessionWidget): SourceWidget {
  return { code, name: textOf(words, 'widget.name') };
}
