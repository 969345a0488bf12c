import type { WidgetContext } from './context.js';
import type { mount } from './settings/index.js';

type SettingsModule = { mount: typeof mount };

/**
 * The light half of the settings panel: a place in the modal, the states of loading and failure, and the watch
 * over the modal's end. The panel itself is React and comes from a file of its own.
 */
export function createSettingsModal({ widget, words, onDemand }: WidgetContext) {
  let root: HTMLElement | undefined;
  let unmount: (() => void) | undefined;
  let watch: MutationObserver | undefined;

  function close(): void {
    watch?.disconnect();
    unmount?.();
    root?.remove();
    root = undefined;
    unmount = undefined;
    watch = undefined;
  }

  function load(place: HTMLElement): void {
    place.innerHTML = '';
    place.append(statusLine(words('panel.loading')));
    onDemand
      .module<SettingsModule>('settings.js')
      .then((module) => {
        if (place !== root) return;
        place.innerHTML = '';
        unmount = module.mount(place, { widget, words });
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

  return {
    /**
     * Mounts the panel in the modal; an earlier one is taken away first. The platform hands over jQuery's
     * object; the element itself does as well.
     */
    open($body: JQuery | Element | null | undefined): void {
      close();
      const body = $body instanceof Element ? $body : $body?.[0];
      if (!(body instanceof Element)) return;
      onDemand.stylesheet('style.css');
      onDemand.stylesheet('vendor.css');
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
