import { waitFor } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { openBubble } from './support/digital-pipeline.js';
import { decorate } from './support/dp-form.js';
import { settled, startWidget } from './support/host.js';
import { openSettingsModal } from './support/settings-modal.js';

const folder = 'https://example.kommo.com/upl/pipeline_messenger_test/widget';

const stylesheets = (): (string | null)[] =>
  [...document.head.querySelectorAll('link[rel=stylesheet]')].map((link) => link.getAttribute('href'));

describe('what is loaded on demand', () => {
  it('comes from the widget’s folder under the widget’s version', async () => {
    const host = startWidget();
    openBubble({ revision: 'newer' });
    await decorate(host);
    expect(host.archive.requests).toEqual([`${folder}/dp-form.js?v=1.2.3`]);
    expect(host.templates.requests).toEqual([`${folder}/templates/message-tools.twig?v=1.2.3`]);
    expect(stylesheets()).toEqual([`${folder}/style.css?v=1.2.3`]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'the newer base address where there is one',
      { cdn_path: 'https://cdn.example.com/w' },
      'https://cdn.example.com/w',
    ],
    ['the older one where the newer is empty', { cdn_path: '' }, folder],
    ['the older one where the newer is null', { cdn_path: null }, folder],
  ])('comes from %s', async (_case, settings, base) => {
    const host = startWidget({ settings });
    openBubble({ revision: 'newer' });
    await decorate(host);
    expect(host.archive.requests).toEqual([`${base}/dp-form.js?v=1.2.3`]);
    expect(host.templates.requests).toEqual([`${base}/templates/message-tools.twig?v=1.2.3`]);
    expect(stylesheets()).toEqual([`${base}/style.css?v=1.2.3`]);
  });

  it('is loaded once for many bubbles', async () => {
    const host = startWidget();
    for (let times = 0; times < 3; times++) {
      openBubble({ revision: 'newer' });
      await decorate(host);
    }
    expect([host.archive.requests.length, host.templates.requests.length]).toEqual([1, 1]);
  });

  it('is the panel only when the settings open', async () => {
    const host = startWidget();
    openBubble({ revision: 'newer' });
    await decorate(host);
    expect(host.archive.requests.join()).not.toMatch(/settings|vendor/);
    host.callbacks.settings?.(openSettingsModal().$body);
    await settled();
    expect(host.archive.requests.slice(1)).toEqual([
      `${folder}/settings.js?v=1.2.3`,
      `${folder}/vendor.js?v=1.2.3`,
    ]);
  });
});

describe('the stylesheets', () => {
  it('are attached once, whatever opens and how often', async () => {
    const host = startWidget();
    const { $body } = openSettingsModal();
    openBubble({ revision: 'newer' });
    for (let times = 0; times < 2; times++) {
      host.callbacks.settings?.($body);
      await decorate(host);
    }
    expect(stylesheets()).toEqual([`${folder}/style.css?v=1.2.3`, `${folder}/vendor.css?v=1.2.3`]);
  });

  it('go with the widget and come again with it', async () => {
    const host = startWidget();
    openBubble({ revision: 'newer' });
    await decorate(host);
    host.callbacks.destroy?.();
    expect(stylesheets()).toEqual([]);
    await decorate(host);
    await waitFor(() => {
      expect(stylesheets()).toEqual([`${folder}/style.css?v=1.2.3`]);
    });
  });

  it('leave those of the page alone', async () => {
    const theirs = document.head.appendChild(document.createElement('link'));
    theirs.rel = 'stylesheet';
    const host = startWidget();
    openBubble({ revision: 'newer' });
    await decorate(host);
    host.callbacks.destroy?.();
    expect(theirs.isConnected).toBe(true);
    theirs.remove();
  });
});
