import type { AuthorizedRequest } from '../kommo/widget.js';
import { askForChannels } from './connection/ask-for-channels.js';
import { backendAddress } from './connection/backend-address.js';
import type { WidgetContext } from './context.js';
import { vendorFile } from './on-demand.js';
import type { mount, MountedPanel } from './settings/index.js';

type SettingsModule = { mount: typeof mount };

/**
 * The light half of the settings panel: a place in the modal, the states of loading and failure, and the watch
 * over the modal's end. The panel itself is React and comes from a file of its own.
 */
export function createSettingsModal({ widget, words, notify, onDemand }: WidgetContext) {
  let root: HTMLElement | undefined;
  let panel: MountedPanel | undefined;
  /** Ends when the panel stands there, or does not come. */
  let loading: Promise<void> | undefined;
  /** What the panel will show first; it takes as long as its files do, and comes with them. */
  let channels: AuthorizedRequest | undefined;
  let watch: MutationObserver | undefined;

  function close(): void {
    watch?.disconnect();
    panel?.close();
    channels?.abort?.();
    root?.remove();
    root = undefined;
    panel = undefined;
    channels = undefined;
    loading = undefined;
    watch = undefined;
  }

  function load(place: HTMLElement): void {
    place.innerHTML = '';
    place.append(statusLine(words('panel.loading')));
    channels ??= askForChannels(widget, backendAddress);
    loading = onDemand
      .module<SettingsModule>('settings.js', vendorFile)
      .then((module) => {
        if (place !== root) return;
        place.innerHTML = '';
        const asked = channels;
        channels = undefined;
        panel = module.mount(place, {
          widget,
          words,
          load: onDemand.module,
          address: backendAddress,
          channels: asked,
        });
      })
      .catch(() => {
        if (place === root) showFailure(place);
      });
  }

  function showFailure(place: HTMLElement): void {
    const retry = document.createElement('button');
    retry.type = 'button';
    retry.className = 'button-input button-input_blue';
    retry.textContent = words('panel.failed.retry');
    retry.addEventListener('click', () => {
      load(place);
    });
    const message = statusLine(`${words('panel.failed.title')}. ${words('panel.failed.text')}`);
    message.setAttribute('role', 'alert');
    place.innerHTML = '';
    place.append(message, retry);
  }

  /** The panel says what is wrong, as long as it is there. */
  async function save(): Promise<boolean> {
    await loading;
    const saving = panel;
    const isSaved = (await saving?.save()) ?? false;
    if (saving === undefined) notify(words('errors.not_loaded'), words('errors.title'));
    else if (!isSaved && saving !== panel) notify(words('connection.save.failed'));
    return isSaved;
  }

  return {
    /**
     * Mounts the panel in the modal; an earlier one is taken away first. The platform hands over jQuery's
     * object; the element itself does as well.
     */
    open($body: JQuery | Element | null | undefined): void {
      close();
      const body = $body instanceof Element ? $body : $body?.[0];
      if (!(body instanceof Element)) return;
      const place = document.createElement('div');
      place.className = 'pipeline-messenger pipeline-messenger_settings';
      // Above the fields, because Kommo's Save has to stay at the bottom of the modal (platform checklist, rule 35).
      const fields = body.querySelector('.widget_settings_block__fields');
      if (fields === null) body.append(place);
      else fields.before(place);
      root = place;
      // The modal may be put on the page only after this call.
      let attached = place.isConnected;
      watch = new MutationObserver(() => {
        if (attached && !place.isConnected) close();
        else attached ||= place.isConnected;
      });
      watch.observe(document.body, { childList: true, subtree: true });
      load(place);
      onDemand.stylesheet('style.css');
      onDemand.stylesheet('vendor.css');
    },
    /**
     * Has the backend use what is chosen; true once it says that it does. The value of Kommo's field is written into
     * `fields` before this returns, since the platform takes over what stands there then (`platform/widget.md §4.1`).
     */
    save: (fields: unknown): Promise<boolean> => {
      panel?.fill(fields);
      return save();
    },
    close,
  };
}

function statusLine(text: string): HTMLElement {
  const line = document.createElement('p');
  line.className = 'pipeline-messenger__line';
  line.setAttribute('role', 'status');
  line.textContent = text;
  return line;
}
