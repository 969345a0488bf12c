import { act, screen, within } from '@testing-library/react';
import $ from 'jquery';
import { onTestFinished } from 'vitest';
import type { AuthorizedRequest, I18nValue, WidgetInstance } from '../../../src/kommo/widget.js';
import * as connectModule from '../../../src/widget/connection/attempt/index.js';
import { ConnectionSection } from '../../../src/widget/connection/ConnectionSection.js';
import { mount, type MountedPanel } from '../../../src/widget/settings/index.js';
import { createWords } from '../../../src/widget/words.js';
import type { Answer, BackendRequest, ConnectionsBackend } from '../../support/connections-backend.js';
import { type Language, languages, lookUp } from '../support/words.js';

export const address = 'https://backend.example.com';

export interface PanelOptions {
  readonly language?: Language;
  readonly status?: string;
  /** What Kommo has stored of the field. */
  readonly stored?: unknown;
  readonly load?: () => Promise<unknown>;
  /** In the place of the backend's answers, until `line.reply` is set. */
  readonly reply?: Reply;
}

/** What a request gets; `hold` keeps it waiting, `lost` is a broken line. */
type Reply = Answer | 'hold' | 'lost';

/** The panel in Kommo's modal, over a `$authorizedAjax` that goes to the stand-in of the backend. */
export function openPanel(backend: ConnectionsBackend, options: PanelOptions = {}) {
  const { language = 'en', status = 'installed', stored = '', load, reply: always } = options;
  const modal = document.createElement('div');
  modal.className = 'modal';
  modal.innerHTML = `<div class="place pipeline-messenger"></div>
    <input type="hidden" name="channels"><button class="js-widget-save">Save</button>`;
  document.body.append(modal);
  const input = modal.querySelector('input');
  const button = modal.querySelector('button');
  const place = modal.querySelector<HTMLElement>('.place');
  if (input === null || button === null || place === null) throw new Error('The modal is incomplete.');
  input.value = typeof stored === 'string' ? stored : JSON.stringify(stored);

  // As Kommo's own: a change of its form makes Save active (`platform/widget.md §6`).
  let isSaveActive = false;
  $(modal).on('change input', () => {
    isSaveActive = true;
  });
  $(button).on('button:save:disable', () => {
    isSaveActive = false;
  });

  const line = { reply: (request: BackendRequest): Reply => always ?? backend.handle(request) };
  const aborted: string[] = [];
  const widget = {
    ns: '.widget:test',
    i18n: (path: string) => lookUp(languages[language], path) as I18nValue,
    get_install_status: () => status,
    get_settings: () => ({ channels: stored }),
    $authorizedAjax: (request: JQueryAjaxSettings): AuthorizedRequest => {
      const path = (request.url ?? '').replace(address, '');
      const method = request.type ?? 'GET';
      const data = typeof request.data === 'string' ? (JSON.parse(request.data) as unknown) : undefined;
      const answer = $.Deferred();
      const reply = line.reply({ method, path, body: data });
      if (reply === 'lost') setTimeout(() => void answer.reject({ status: 0 }, 'error'));
      else if (reply !== 'hold') {
        const { status: code, body } = reply;
        setTimeout(() => {
          if (code < 300) answer.resolve(body, 'success', {});
          else answer.reject({ status: code, responseText: JSON.stringify(body) }, 'error');
        });
      }
      return answer.promise({
        abort() {
          aborted.push(`${method} ${path}`);
          answer.reject({ status: 0 }, 'abort');
        },
      });
    },
  };
  const words = createWords(widget);
  let panel: MountedPanel | undefined;
  act(() => {
    panel = mount(
      place,
      {
        widget: widget as unknown as WidgetInstance,
        words,
        load: (load ?? (() => Promise.resolve(connectModule))) as () => Promise<never>,
        address,
      },
      { sections: [ConnectionSection] },
    );
  });
  onTestFinished(() => {
    act(() => {
      panel?.close();
    });
    modal.remove();
  });

  return {
    modal,
    input,
    line,
    aborted,
    isSaveActive: () => isSaveActive,
    saved() {
      isSaveActive = false;
    },
    async save(): Promise<boolean> {
      let isSaved = false;
      await act(async () => {
        isSaved = (await panel?.save()) ?? false;
      });
      return isSaved;
    },
    close() {
      act(() => {
        panel?.close();
      });
    },
    channels: () => screen.queryAllByRole('listitem').filter((item) => item.querySelector('select') !== null),
    channel: (name: string) => {
      const item = screen.getByRole('heading', { name }).closest('li');
      if (item === null) throw new Error(`${name} is no channel.`);
      return within(item);
    },
    /** Presses the button that opens a way to connect. */
    async open(service: string, method: string): Promise<void> {
      const group = await screen.findByRole('group', { name: service });
      await press(within(group).getByRole('button', { name: method }));
    },
  };
}

/** Lets what a click begins come to its end. */
export async function press(button: HTMLElement): Promise<void> {
  await act(async () => {
    button.click();
    await new Promise((resolve) => setTimeout(resolve));
  });
}
