import { describe, expect, it } from 'vitest';
import type { ReadArchive } from '../../../src/sandbox/index.js';
import { startReceiver } from './support/receiver.js';
import { code, openSandbox, widget, type TestSandbox } from './support/sandbox.js';

/** In place of a zip these tests send the version and the script as JSON. */
const readArchive: ReadArchive = (bytes) => {
  const text = Buffer.from(bytes).toString('utf8');
  return Promise.resolve(
    text.startsWith('{')
      ? { ok: true, files: widget(JSON.parse(text) as { version: string }) }
      : { ok: false, problems: ['This is no zip.'] },
  );
};

function upload({ page }: TestSandbox, path: string, archive: object | string) {
  const body = Buffer.from(typeof archive === 'string' ? archive : JSON.stringify(archive));
  return page('POST', `/sandbox/widgets${path}`, body, { 'Content-Type': 'application/zip' });
}

describe('an upload', () => {
  it('makes a widget of its own, which is not installed yet', async () => {
    const account = await openSandbox({ readArchive });
    const listener = await account.listen();
    const { status, body } = await upload(account, '', { version: '1.0.0' });
    expect(status).toBe(201);
    const { codes } = await listener.heard('rebuilt');
    expect(codes).toEqual([String(body['code'])]);
    const { widgets } = (await account.page('GET', '/sandbox/session')).body as unknown as {
      widgets: { code: string; status: string }[];
    };
    expect(widgets.map((one) => one.status)).toEqual(['installed', 'install']);
  });

  it('is a new version of a widget when it is a higher one', async () => {
    const account = await openSandbox({ readArchive });
    expect(await upload(account, `/${code}`, { version: '1.0.0' })).toEqual({
      status: 400,
      body: {
        error: 'manifest.json: widget.version: a version above 1.0.0 was expected, not 1.0.0.',
        problems: ['manifest.json: widget.version: a version above 1.0.0 was expected, not 1.0.0.'],
      },
    });
    expect(await upload(account, `/${code}`, { version: '1.0.1' })).toEqual({
      status: 200,
      body: { code, version: '1.0.1' },
    });
    expect((await upload(account, '/other', { version: '1.0.2' })).status).toBe(404);
  });

  it('is refused when it cannot be read, and leaves no integration behind', async () => {
    const account = await openSandbox({ readArchive });
    const { integrations } = account.sandbox.server.context.account;
    expect(await upload(account, '', 'broken')).toEqual({
      status: 400,
      body: { error: 'This is no zip.', problems: ['This is no zip.'] },
    });
    expect((await upload(account, '', { version: 'x' })).status).toBe(400);
    expect((await account.page('POST', '/sandbox/widgets', { a: 1 })).status).toBe(400);
    expect(integrations.size).toBe(1);
  });

  it('is for administrators, and for a sandbox that can read archives', async () => {
    const account = await openSandbox({ readArchive });
    await account.page('PATCH', '/sandbox/switches', { user_id: 12 });
    expect((await upload(account, '', { version: '1.0.0' })).status).toBe(403);
    expect(await upload(await openSandbox(), '', { version: '1.0.0' })).toEqual({
      status: 400,
      body: { error: 'This sandbox takes no archives.' },
    });
  });
});

describe('a reset', () => {
  it('brings the demo data back and tells pages to read anew', async () => {
    const { page, program, listen, sandbox } = await openSandbox();
    const name = sandbox.server.context.account.leads.get(7001)?.name;
    await page('PATCH', '/api/v4/leads/7001', { name: 'Changed' });
    await program('GET', '/api/v4/account');
    await page('POST', '/sandbox/report', [{ kind: 'loaded', widget: code, area: 'llist', at: 1 }]);
    await page('PATCH', '/sandbox/faults', { slow_ms: 1, status: 500, send_twice: true, outside: true });
    const listener = await listen();

    expect((await page('POST', '/sandbox/reset')).status).toBe(204);
    await listener.heard('reload');
    expect((await page('GET', '/api/v4/leads/7001')).body['name']).toBe(name);
    expect((await page('GET', '/sandbox/report')).body).toEqual([]);
    expect((await page('GET', '/sandbox/faults')).body).toMatchObject({
      slow_ms: 0,
      status: null,
      send_twice: false,
      outside: true,
    });
    expect(sandbox.server.hooks.switches.sendTwice).toBe(false);
    const urls = (await page('GET', '/sandbox/traffic')).body.map((entry) => String(entry['url']));
    expect(urls).toEqual(['/api/v4/leads/7001']);
  });

  it('keeps what is set in the bar', async () => {
    const { page } = await openSandbox();
    const switches = { language: 'es', user_id: 12, theme: 'dark', revision: 1, flavour: 'amocrm' };
    await page('PATCH', '/sandbox/switches', switches);
    await page('POST', '/sandbox/reset');
    expect((await page('GET', '/sandbox/session')).body['switches']).toEqual(switches);
  });

  it('puts the newest files of every widget in again, and one that was uploaded by hand', async () => {
    const account = await openSandbox({ readArchive });
    const { page, sandbox } = account;
    sandbox.replace(code, widget({ script: '/* rebuilt */' }));
    const byHand = String((await upload(account, '', { version: '1.0.0' })).body['code']);
    await upload(account, `/${byHand}`, { version: '1.2.0', script: '/* by hand */' });
    const before = (await page('GET', '/sandbox/integrations')).body;

    await page('POST', '/sandbox/reset');
    const script = async (of: string) => (await fetch(`${sandbox.url}/upl/${of}/widget/script.js`)).text();
    expect(await script(code)).toBe('/* rebuilt */');
    expect(await script(byHand)).toBe('/* by hand */');
    const { widgets } = sandbox.server.context.account;
    expect([...widgets.values()].map(({ status }) => status)).toEqual(['installed', 'install']);
    expect(sandbox.codes).toEqual([code]);

    const after = (await page('GET', '/sandbox/integrations')).body;
    const known = ({ client_uuid, client_secret, name }: (typeof after)[number]) => [
      client_uuid,
      client_secret,
      name,
    ];
    expect(after.map(known)).toEqual(before.map(known));
    expect((await upload(account, `/${code}`, { version: '1.0.0' })).status).toBe(400);
  });

  it('drops the hooks that wait for their delay', async () => {
    const receiver = await startReceiver();
    const files = widget({ dp: { webhook_url: receiver.url } });
    const { page } = await openSandbox({ widgets: [{ files, label: 'small', code }] });
    const fire = async (message: string) => {
      await page('POST', '/sandbox/triggers', {
        widget_code: code,
        event_code: 14,
        element_type: 2,
        pipeline_id: 50,
        status_ids: [502],
        delay_seconds: 1,
        settings: { message },
      });
      await page('PATCH', '/api/v4/leads/7001', { status_id: 503, pipeline_id: 50 });
      await page('PATCH', '/api/v4/leads/7001', { status_id: 502, pipeline_id: 50 });
    };
    await fire('before');
    await page('POST', '/sandbox/reset');
    await fire('after');
    await receiver.until(1);
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]).toContain('after');
  });
});
