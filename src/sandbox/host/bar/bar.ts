import { createBarElement } from './bar-element.js';
import { createChips } from './chips.js';
import { createFaults } from './faults.js';
import { make } from './make.js';
import { createNotices } from './notices.js';
import { createPanel, type Panel } from './panel.js';
import { createPhonePart } from './phone.js';
import { createReport } from './report.js';
import { createSwitches } from './switches.js';
import { createTraffic } from './traffic.js';
import type { Host } from '../host.js';
import type { SocketMessage } from '../../wire.js';

/** The sandbox's own bar, apart from the account's pages. */
export interface Bar {
  readonly hear: (message: SocketMessage) => void;
  /** The page has changed. */
  readonly opened: (path: string) => void;
  /** The server does not answer; the page reloads when it is back. */
  readonly lost: () => void;
}

/** Draws the bar and reads what was logged before this page. */
export function openBar(host: Host): Bar {
  const { root } = createBarElement();
  const notices = createNotices();
  /** Does what a person asked for; a refusal is shown, and the bar goes on. */
  const attempt = (action: () => Promise<void>): void => {
    action().catch((error: unknown) => {
      notices.failed(error);
    });
  };
  const badge =
    (id: string) =>
    (value: Parameters<Panel['badge']>[1]): void => {
      panel.badge(id, value);
    };

  const traffic = createTraffic(host.api, attempt);
  const report = createReport(host, attempt, badge('report'));
  const faults = createFaults(host.api, attempt, badge('faults'));
  const panel = createPanel([traffic, report, faults]);
  const phone = createPhonePart(host, attempt);
  const switches = createSwitches(host, (changed) => {
    attempt(async () => {
      try {
        await host.api.setSwitches(changed);
      } catch (error) {
        switches.show(host.session.switches);
        throw error;
      }
    });
  });
  const chips = createChips(host, (code) => {
    report.pick(code);
    panel.open('report');
  });
  const area = make('span', { class: 'area', title: 'Area of the page, as APP.getWidgetsArea() gives it' });
  const showArea = (): void => {
    area.textContent = host.app.widgetsArea;
  };

  root.append(
    notices.element,
    panel.element,
    make(
      'div',
      { class: 'bar' },
      make('span', { class: 'name' }, 'Sandbox'),
      area,
      chips.element,
      switches.element,
      panel.tabs,
      phone.button,
    ),
    ...phone.elements,
  );
  for (const part of [traffic, report, faults, phone]) attempt(() => part.load());

  return {
    hear(message) {
      phone.hear(message);
      switch (message.kind) {
        case 'traffic':
          traffic.add(message.entry);
          break;
        case 'report':
          report.add(message.entries);
          chips.hear(message.entries);
          showArea();
          break;
        case 'build':
          notices.build(message.faults);
          break;
        case 'faults':
          faults.show(message.faults);
          break;
        case 'phone_settings':
          faults.showPhone(message.settings);
          break;
        case 'theme':
          switches.show({ ...host.session.switches, theme: message.theme });
          break;
        default:
      }
    },
    opened() {
      showArea();
      chips.reset();
    },
    lost: notices.lost,
  };
}
