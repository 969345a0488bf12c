import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { seriousFindings } from './support/axe.js';
import { useSmallSandbox } from './support/small-sandbox.js';

const open = useSmallSandbox();
const board = '/leads/pipeline';
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Request {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A server of a widget's author: it remembers what it was asked and lets other origins ask. */
async function author(answer = '{"ok":true}', status = 200): Promise<{ url: string; asked: Request[] }> {
  const asked: Request[] = [];
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', 'X-Auth-Token, Content-Type');
    void text(request).then((body) => {
      if (request.method !== 'OPTIONS') asked.push({ headers: request.headers, body });
      response.writeHead(request.method === 'OPTIONS' ? 204 : status, { 'Content-Type': 'application/json' });
      response.end(request.method === 'OPTIONS' ? undefined : answer);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe('what a widget knows', () => {
  test('the constructor has methods and no settings; both come before render', async () => {
    const script = `
      window.early = { area: self.system().area, settings: Object.keys(self.get_settings()), words: self.i18n('widget.name') };
      this.callbacks.render = function () { window.late = { code: self.get_settings().widget_code, words: self.i18n('widget.name') }; return true; };`;
    const { read } = await open(board, [{ script }]);
    expect(await read('window.early')).toEqual({ area: 'leads', settings: [] });
    expect(await read('window.late')).toEqual({ code: 'small', words: 'Small widget' });
  });

  test('settings are one object, with the fields of the system', async () => {
    const { read, sandbox } = await open(board, [{}]);
    expect(await read('self.params === self.get_settings()')).toBe(true);
    expect(await read('(self.set_settings({ mine: [1] }), self.params.mine)')).toEqual([1]);
    expect(
      await read(
        '[self.get_version(), self.get_install_status(), self.params.widget_active, self.params.path]',
      ),
    ).toEqual(['1.0.0', 'installed', 'Y', expect.stringMatching(/\/widget$|\/small\//)]);
    const { client_uuid } = sandbox.server.context.account.widgets.get('small') ?? {};
    expect(await read('self.params.oauth_client_uuid')).toBe(client_uuid);
  });

  test('the values of a users field are read as they are, and with JSON.parse', async () => {
    const { read, sandbox, page, ready } = await open(board, [{}]);
    await page.evaluate(
      `require('jquery').post('/ajax/widgets/edit', { action: 'edit', code: 'small', widget_active: 'Y', settings: { phones: { 11: '101' } } })`,
    );
    await expect
      .poll(() => sandbox.server.context.account.widgets.get('small')?.settings)
      .toMatchObject({ phones: { 11: '101' } });
    await page.reload();
    await ready();
    expect(
      await read('[self.params.phones, JSON.parse(self.params.phones), JSON.stringify(self.params.phones)]'),
    ).toEqual([{ 11: '101' }, { 11: '101' }, '{"11":"101"}']);
  });

  test('words are found by a dotted path, and replaced as a whole', async () => {
    const { read } = await open(board, [{}]);
    expect(
      await read('[self.i18n("widget"), self.i18n("widget.name"), self.i18n("widget.none"), self.i18n()]'),
    ).toEqual([expect.objectContaining({ name: 'Small widget' }), 'Small widget', undefined, undefined]);
    expect(await read('(self.set_lang({ a: { b: "c" } }), [self.i18n("a.b"), self.langs])')).toEqual([
      'c',
      { a: { b: 'c' } },
    ]);
  });

  test('the account and its user come without a request', async () => {
    const { read, requests, sandbox } = await open(board, [{}]);
    // The page sends its report when it likes.
    const asked = (): number => requests.filter((url) => !url.includes('/sandbox/')).length;
    const before = asked();
    const { account } = sandbox.server.context;
    expect(await read('self.system()')).toEqual({
      area: 'leads',
      amouser: 'emma.clarke@example.com',
      amouser_id: account.current_user_id,
      amohash: '',
      domain: new URL(sandbox.url).host,
      subdomain: account.subdomain,
      server: sandbox.url,
      displayed_count: 0,
    });
    expect(await read('self.get_accounts_current().id')).toBe(account.id);
    expect(await read('self.list_selected()')).toEqual({
      selected: [],
      summary: { items: 0, emails: 0, phones: 0 },
    });
    expect(await read('self.get_current_card_contacts_data()')).toEqual([]);
    expect(asked()).toBe(before);
  });

  test('an init_once widget reads the area of the page that is open', async () => {
    const { read, page } = await open(board, [{ widget: { init_once: true } }]);
    await page.getByRole('link', { name: 'Settings' }).first().click();
    await expect.poll(() => read('self.system().area')).toBe('settings');
  });

  test('APP knows what system() gives: the location, not the code of the area', async () => {
    const { read, page } = await open('/leads/detail/7001', [{}]);
    expect(await read('[APP.widgets.system.area, APP.getWidgetsArea()]')).toEqual(['lcard', 'leads_card']);
    expect(await read('APP.widgets.system')).toEqual(await read('self.system()'));
    await page.getByRole('link', { name: 'Settings' }).first().click();
    await page.locator('.widget-card').click();
    await expect
      .poll(() => read('[APP.widgets.system.area, APP.getWidgetsArea()]'))
      .toEqual(['settings', 'widgetsSettings:small']);
  });

  test('the status is shown by every element of the page that stands for it', async () => {
    const { read, page, exceptions } = await open(board, [{}]);
    await page.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        '<i class="widget-state widget-state_status_installed mine" data-code="small">state</i><i class="widget-state" data-code="other"></i>',
      );
    });
    await read('self.set_status("error")');
    expect(
      await page
        .locator('i')
        .evaluateAll((all: HTMLElement[]) => all.map((one) => one.getAttribute('class'))),
    ).toEqual(['widget-state mine widget-state_status_error', 'widget-state']);
    await read('self.set_status("great")');
    expect((await exceptions()).join()).toContain('one of install, installed, error was expected, not great');
  });

  test('a promise of the platform is a Deferred too', async () => {
    const { read } = await open(board, [{}]);
    expect(
      await read(
        'new Promise((done) => jQuery.when(self.get_current_card_contacts_data()).done((all) => self.get_current_card_contacts_data().done((again) => done([all, again]))))',
      ),
    ).toEqual([[], []]);
    expect(await read('self.get_pipeline_id().catch((error) => error.message)')).toContain('lead_sources');
  });
});

describe('requests', () => {
  test('crm_post sends at most once a second and hands the answers on', async () => {
    const { url, asked } = await author('{"answer":42}');
    const { read } = await open(board, [{}]);
    expect(
      await read(`Promise.all([
        new Promise((done) => self.crm_post('${url}/a', { name: 'x', list: [1, 2] }, done, 'json')),
        new Promise((done) => self.crm_post('${url}/b', {}, done)),
      ])`),
    ).toEqual([{ answer: 42 }, '{"answer":42}']);
    expect(asked[0]?.body).toBe('name=x&list[0]=1&list[1]=2');
    // When the page sent them: on a busy machine they may arrive closer together.
    const [first = 0, second = 0] = await read<number[]>(
      "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/proxy.php')).map(({ startTime }) => startTime)",
    );
    expect(second - first).toBeGreaterThan(990);
  });

  test('crm_post tells its error callback, and what a callback throws goes to the report', async () => {
    const { read, exceptions } = await open(board, [{}]);
    const { url } = await author('{"no":1}', 500);
    expect(
      await read(
        `new Promise((done) => self.crm_post('${url}', {}, null, 'json', (xhr) => done(xhr.status)))`,
      ),
    ).toBe(500);
    const good = await author();
    await read(
      `new Promise((done) => self.crm_post('${good.url}', {}, () => { setTimeout(done); throw new Error('my callback'); }))`,
    );
    expect(await exceptions()).toContain('Error: my callback');
  });

  test('$authorizedAjax asks for a new token each time and sends it', async () => {
    const { url, asked } = await author();
    const { read, sandbox } = await open(board, [{}]);
    const call = `self.$authorizedAjax({ url: '${url}/x', method: 'POST', data: JSON.stringify({ a: 1 }), contentType: 'application/json' })`;
    expect(await read(call)).toEqual({ ok: true });
    expect(
      await read(
        `new Promise((done) => { const xhr = ${call}; xhr.done((answer, text, inner) => done([answer, text, inner.status, xhr.status])); })`,
      ),
    ).toEqual([{ ok: true }, 'success', 200, 200]);
    const tokens = asked.map(({ headers }) => String(headers['x-auth-token']));
    const claims = tokens.map(
      (token) =>
        JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>,
    );
    expect(claims[0]).toMatchObject({
      account_id: sandbox.server.context.account.id,
      client_uuid: await read('self.params.oauth_client_uuid'),
    });
    expect(claims[0]?.['jti']).not.toBe(claims[1]?.['jti']);
    expect(asked[0]?.body).toBe('{"a":1}');
  });

  test('$authorizedAjax fails as $.ajax does: refused, without a token, aborted', async () => {
    const { url, asked } = await author('{"reason":"no"}', 403);
    const { read } = await open(board, [{}]);
    const outcome = (before: string, after = ''): Promise<unknown> =>
      read(
        `new Promise((done) => { ${before} const xhr = self.$authorizedAjax({ url: '${url}', error: (one) => window.told = one.status }); xhr.fail((one, text) => done([one.status, text, xhr.status, window.told])); ${after} })`,
      );
    expect(await outcome('')).toEqual([403, 'error', 403, 403]);
    expect(await outcome('', 'xhr.abort();')).toEqual([0, 'abort', 0, 0]);
    expect(await outcome("self.set_settings({ oauth_client_uuid: 'none' });")).toEqual([
      404,
      'error',
      404,
      404,
    ]);
    expect(asked.length).toBe(1);
  });
});

describe('what a widget adds', () => {
  test('a channel is heard until it is left', async () => {
    const { read, sandbox } = await open(board, [{}]);
    const { account } = sandbox.server.context;
    await read(
      `(window.heard = [], window.stop = self.listenSocketChannel('notifications:${account.id}:${account.current_user_id}', [], (message) => heard.push(message.text)))`,
    );
    await read(
      `(APP.notifications.add_call({ text: 'one', from: 1, to: 2 }), stop(), APP.notifications.add_call({ text: 'two', from: 1, to: 2 }))`,
    );
    expect(await read('window.heard')).toEqual(['one']);
  });

  test('channels tell of changes in the account', async () => {
    let tell: ((change: object) => void) | undefined;
    const prepare = (page: Page): Promise<void> =>
      page.routeWebSocket('**/sandbox/socket', (socket) => {
        tell = (change) => {
          socket.send(JSON.stringify({ kind: 'changed', change }));
        };
      });
    const { read, sandbox } = await open(board, [{}], {}, prepare);
    const { id } = sandbox.server.context.account;
    await read(`['lead:card:7001', 'leads:events', 'leads:pipeline:50', 'contacts:events', 'inbox:talks:${id}', 'dashboard:events']
      .forEach((channel) => self.listenSocketChannel(channel, [], (message) => (window.heard ??= []).push(channel + ' ' + message.event)))`);
    tell?.({ event: 'lead_updated', type: 'leads', id: 7001 });
    tell?.({ event: 'message_added', type: null, id: null });
    await expect
      .poll(() => read('window.heard'))
      .toEqual([
        'leads:events lead_updated',
        'lead:card:7001 lead_updated',
        'dashboard:events lead_updated',
        'leads:pipeline:50 lead_updated',
        `inbox:talks:${id} message_added`,
      ]);
  });

  test('all is released when the widget is destroyed', async () => {
    const script = `
      this.callbacks.init = function () {
        self.listenSocketChannel('notifications:' + self.get_accounts_current().id + ':' + self.system().amouser_id, [], function () { window.count = (window.count || 0) + 1; });
        return true;
      };`;
    const { page, ready } = await open('/leads/detail/7002', [
      { script, locations: ['settings', 'lcard-1'] },
    ]);
    const call = (): Promise<unknown> =>
      page.evaluate('APP.notifications.add_call({ text: "x", from: 1, to: 2 }), window.count');
    expect(await call()).toBe(1);
    await page.getByRole('link', { name: 'Settings' }).first().click();
    await ready();
    expect(await page.evaluate('Object.keys(APP.widgets.list)')).toEqual([]);
    expect(await call()).toBe(1);
  });

  test('what is added wrongly is explained in the report', async () => {
    const { read, exceptions } = await open(board, [{}]);
    await read(
      `(self.add_action('fax', () => 1), self.add_source('custom', () => 1), self.add_source('sms'), self.setSdkCatalogId('x'), self.listenSocketChannel('a'), 1)`,
    );
    const all = (await exceptions()).join('\n');
    for (const part of [
      'type phone or email',
      'a text as third argument',
      'type sms, chat, email, custom',
      'the id of a list',
      "a channel's name",
    ]) {
      expect(all).toContain(part);
    }
  });

  test('the overlay covers the page until it is taken away', async () => {
    const { read, page } = await open(board, [{}]);
    await read('self.widgetsOverlay(true)');
    // Neither the left menu nor the sandbox's bar is the page's.
    const bar = await page.getByRole('region', { name: 'Sandbox' }).boundingBox();
    expect(await page.locator('#widgets_overlay').boundingBox()).toEqual({
      x: 65,
      y: 0,
      width: 1440 - 65,
      height: bar?.y,
    });
    await read('self.widgetsOverlay(false)');
    expect(await page.locator('#widgets_overlay').count()).toBe(0);
  });
});

describe('render', () => {
  const files = {
    'templates/hello.twig': 'Hello {{ name }}! {{ include_control("button", { text: "Go" }) }}',
    'templates/broken.twig': '{% if %}',
  };

  test('of a text: values, lists and controls', async () => {
    const { read } = await open(board, [{}]);
    expect(
      await read(
        `self.render({ data: '{% for one in all %}{{ loop.index }}{{ one|escape }} {% endfor %}{{ none }}' }, { all: ['a', '<'] })`,
      ),
    ).toBe('1a 2&lt; ');
    expect(
      await read(
        `self.render({ data: '{{ include_control("checkbox", { name: "x", text: label }) }}' }, { label: 'Yes' })`,
      ),
    ).toContain('class="control-checkbox"');
  });

  test('a wrong template and an unknown control reach the widget as exceptions, and nothing is printed', async () => {
    const { read, console: printed } = await open(board, [{}]);
    const thrown = (options: string): Promise<string> =>
      read(
        `(() => { try { return 'gave ' + self.render(${options}); } catch (error) { return 'threw ' + (error.message || error); } })()`,
      );
    expect(await thrown(`{ data: '{% if %}' }`)).toMatch(/^threw/);
    expect(await thrown(`{ data: '{{ include_control("pipeline_select") }}' }`)).toContain(
      'no system control "pipeline_select" here. There are: button,',
    );
    expect(await thrown(`{ ref: '/tmpl/controls/none.twig' }`)).toContain(
      'threw There is no system control "none"',
    );
    expect(await thrown('{}')).toContain('threw render: an object with data');
    expect(printed).toEqual([]);
  });

  test('of a file: through load, or as a promise', async () => {
    const { read } = await open(board, [{ files }]);
    const file = `href: '/templates/hello.twig', base_path: self.params.path, v: self.get_version()`;
    expect(
      await read(
        `new Promise((done) => self.render({ ${file}, load: (template) => done(template.render({ name: 'Ann' })) }))`,
      ),
    ).toMatch(/^Hello Ann! <button type="button" class="button-input"/);
    expect(
      await read(
        `self.render({ ${file}, promised: true }).then((template) => [template.render({ name: 'B' }), template.render({ name: 'C' })].map((one) => one.slice(0, 7)))`,
      ),
    ).toEqual(['Hello B', 'Hello C']);
  });

  test('of a file that is missing or broken: load is not called, and the report says why', async () => {
    const { read, exceptions } = await open(board, [{ files }]);
    await read(`(self.render({ href: '/templates/none.twig', base_path: self.params.path, load: () => window.called = true }),
      self.render({ href: '/templates/broken.twig', base_path: self.params.path, load: () => window.called = true }), 1)`);
    await expect
      .poll(async () => (await exceptions()).filter((one) => one.includes('load is not called')).length)
      .toBe(2);
    expect((await exceptions()).join()).toMatch(
      /none\.twig\S* was answered with 404\. So load is not called\. Check href/,
    );
    expect(await read('window.called')).toBe(undefined);
    expect(
      await read(
        `self.render({ href: '/x.twig', base_path: self.params.path, promised: true }).catch((error) => error.message)`,
      ),
    ).toContain('404');
  });

  test('render_template draws the box of the right-hand panel', async () => {
    const picture = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ).toString('latin1');
    const script = `
      this.callbacks.render = function () {
        self.render_template({ caption: { class_name: 'my-caption', html: '<i>title</i>' }, body: '', render: '<p>Hi {{ name }}</p>' }, { name: 'Ann' });
        return true;
      };`;
    const { page, read, exceptions } = await open('/leads/detail/7002', [
      { script, locations: ['settings', 'lcard-1'], files: { 'images/logo_small.png': picture } },
    ]);
    const box = page.locator('#widgets_block .card-widgets__widget.card-widgets__widget-small');
    expect(
      await box.locator('.js-widget-caption-block.my-caption .card-widgets__widget__caption__logo').count(),
    ).toBe(1);
    expect(await box.locator('.card-widgets__widget__caption__arrow').count()).toBe(1);
    expect(await box.locator('.card-widgets__widget__body').textContent()).toBe('Hi Ann');
    await read(`self.render_template({ caption: {}, body: '<b>New</b>', render: '' })`);
    expect(await box.count()).toBe(1);
    expect(await box.locator('.card-widgets__widget__body').innerHTML()).toBe('<b>New</b>');
    expect(await exceptions()).toEqual([]);
  });
});

describe('the modal', () => {
  /** Opens one with a form, with these options. */
  const show = (
    options = '',
    html = '<h2>Title</h2><input id="field"><button class="button-input js-modal-accept">OK</button><button class="button-cancel">Cancel</button>',
  ): string =>
    `new Promise((done) => require(['lib/components/base/modal'], (Modal) => {
      window.modal = new Modal({ class_name: 'mine', init: ($body) => { window.body = $body; $body.trigger('modal:loaded').html(${JSON.stringify(html)}).trigger('modal:centrify'); }, ${options} });
      $('.js-modal-accept').on('click', () => { window.accepted = (window.accepted || 0) + 1; });
      done();
    }))`;

  test('is a dialog in the middle of the page, with the focus on its button and kept inside', async () => {
    const { read, page } = await open(board, [{}]);
    await read(show());
    const dialog = page.getByRole('dialog', { name: 'Title' });
    expect(await dialog.getAttribute('class')).toContain('mine');
    expect(await read('[body.is(".modal-body"), document.activeElement.className]')).toEqual([
      true,
      'button-input js-modal-accept',
    ]);
    const place = await dialog.locator('.modal-body').boundingBox();
    const bar = await page.getByRole('region', { name: 'Sandbox' }).boundingBox();
    expect(Math.abs((place?.x ?? 0) + (place?.width ?? 0) / 2 - 720)).toBeLessThan(2);
    expect(Math.abs((place?.y ?? 0) + (place?.height ?? 0) / 2 - (bar?.y ?? 0) / 2)).toBeLessThan(3);
    for (let presses = 0; presses < 6; presses++) {
      await page.keyboard.press(presses < 4 ? 'Tab' : 'Shift+Tab');
      expect(await read('$.contains($(".modal")[0], document.activeElement)')).toBe(true);
    }
    expect(await seriousFindings(page, '.modal')).toEqual(['label: <input id="field">']);
    await page.keyboard.press('Escape');
    expect(await dialog.count()).toBe(0);
  });

  test.each([
    ['the cross', (page: Page) => page.getByRole('button', { name: 'Close' }).click()],
    ['Cancel', (page: Page) => page.locator('.modal').getByRole('button', { name: 'Cancel' }).click()],
    ['the overlay', (page: Page) => page.mouse.click(200, 100)],
    ['Escape', (page: Page) => page.keyboard.press('Escape')],
  ])('%s closes it and asks destroy, which may refuse', async (_name, close) => {
    const { read, page } = await open(board, [{}]);
    await read(show('destroy: () => { window.asked = (window.asked || 0) + 1; return window.asked > 1; }'));
    await close(page);
    expect(await page.getByRole('dialog').count()).toBe(1);
    await close(page);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await read('window.asked')).toBe(2);
  });

  test('options switch its ways out off', async () => {
    const { read, page } = await open(board, [{}]);
    await read(
      show(
        'disable_overlay_click: true, disable_escape_keydown: true, disable_cancel_click: true, disable_enter_keydown: true, focus_element: "#field", can_centrify: false, init_animation: true, default_overlay: true',
      ),
    );
    const dialog = page.getByRole('dialog');
    expect(await dialog.getAttribute('class')).toContain('modal_animated');
    expect(await read('document.activeElement.id')).toBe('field');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.mouse.click(200, 500);
    expect(await page.getByRole('button', { name: 'Close' }).count()).toBe(0);
    expect([await dialog.count(), await read('window.accepted')]).toEqual([1, undefined]);
    await read('(modal.hide(), 1)');
    expect(await dialog.isVisible()).toBe(false);
    await read('(modal.show(), 1)');
    await read('(modal.destroy(), 1)');
    expect(await dialog.count()).toBe(0);
  });

  test('Enter in a field is the accepting button', async () => {
    const { read, page } = await open(board, [{}]);
    await read(show());
    await page.locator('#field').press('Enter');
    await page.getByRole('button', { name: 'OK' }).press('Enter');
    expect(await read('window.accepted')).toBe(2);
    expect(await page.getByRole('dialog').count()).toBe(1);
  });

  test('is not shown before modal:loaded, and not left behind by an init that throws', async () => {
    const { read, page } = await open(board, [{}]);
    await read(
      `new Promise((done) => require(['lib/components/base/modal'], (Modal) => { window.modal = new Modal({ init: ($body) => { window.body = $body; $body.html('<p>Slow</p>'); } }); done(); }))`,
    );
    expect(await page.getByText('Slow').isVisible()).toBe(false);
    await read(`(body.trigger('modal:loaded'), 1)`);
    expect(await page.getByText('Slow').isVisible()).toBe(true);
    await read('(modal.destroy(), 1)');
    expect(
      await read(
        `new Promise((done) => require(['lib/components/base/modal'], (Modal) => { try { new Modal({ init: () => { throw new Error('mine'); } }); } catch (error) { done(error.message); } }))`,
      ),
    ).toBe('mine');
    expect(await page.locator('.modal').count()).toBe(0);
  });

  test('shows messages', async () => {
    const { read, page } = await open(board, [{}]);
    await read(show());
    await read('(modal._showError("Not <b>good</b>"), 1)');
    await page.getByRole('alert').getByText('Not <b>good</b>').waitFor();
    await page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
    await read('(modal.showSuccess("Done", null, 50), 1)');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  test('closes when another page opens', async () => {
    const { read, page, ready } = await open(board, [{}]);
    await read(show('destroy: () => { window.asked = (window.asked || 0) + 1; return false; }'));
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('a[href="/settings/widgets"]')?.click();
    });
    await ready();
    await expect.poll(() => page.locator('.modal').count()).toBe(0);
    expect(await page.evaluate('window.asked')).toBe(1);
  });
});

describe('APP', () => {
  test('has its documented members', async () => {
    const { read, sandbox } = await open(board, [{}]);
    const { account } = sandbox.server.context;
    expect(
      await read(
        '[APP.lang_id, APP.getBaseEntity(), APP.isCard(), APP.getWidgetsArea(), APP.getV3WidgetsArea(), APP === AMOCRM]',
      ),
    ).toEqual(['en', 'leads', false, 'leads-pipeline', 'leads.pipeline', true]);
    expect(
      await read(
        '["user", "user_rights", "account", "managers", "groups", "task_types"].map((key) => typeof APP.constant(key))',
      ),
    ).toEqual(Array(6).fill('object'));
    expect(await read('APP.constant("user").id')).toBe(account.current_user_id);
    expect(
      await read(
        '[APP.data.current_card, APP.data.current_view.$el.attr("id"), APP.sdk.showUserStatus("online")]',
      ),
    ).toEqual([false, 'page_holder', [account.current_user_id]]);
    expect(await read('(APP.sdk.setCallingStatus(true), APP.sdk.getCallingStatus())')).toBe(true);
  });

  test('has the numbers and formats that samples read, and managers that a list of a control is made of', async () => {
    const { read, sandbox } = await open(board, [{}]);
    expect(
      await read(
        '[APP.element_types.leads, APP.element_types.customers, APP.cf_types.date, APP.cf_types.birthday]',
      ),
    ).toEqual([2, 12, 6, 14]);
    expect(
      await read(
        `new Promise((done) => require(['moment'], (moment) => done(moment('01.02.2026 23:59', APP.system.format.date.full).format(APP.system.format.date.date_short))))`,
      ),
    ).toBe('01.02');
    expect(await read('[APP.system.timezone, APP.system.locale.currency_symbol]')).toEqual([
      sandbox.server.context.account.timezone,
      '$',
    ]);
    const options = await read<string>(
      `self.render({ ref: '/tmpl/controls/select.twig' }, { name: 'user', items: Object.values(APP.constant('managers')) })`,
    );
    for (const { name } of sandbox.server.context.account.users.values()) expect(options).toContain(name);
  });

  test('writes are reported at any depth and take effect; the host’s own and the reads are not', async () => {
    const script = `
      this.callbacks.init = function () {
        APP.mine = 1;
        APP.data.current_card = { id: 5 };
        APP.data.current_card.id = 6;
        APP.widgets.mine = {};
        delete APP.widgets.mine;
        APP.constant('mine', 7);
        APP.widgets.list.small.note = 'a widget is no part of APP';
        return true;
      };`;
    const { read, sandbox } = await open(board, [{ script }]);
    const breaches = (): string[] =>
      sandbox.report
        .entries()
        .flatMap((entry) => (entry.kind === 'breach' && entry.breach === 'app-write' ? [entry.detail] : []));
    await expect.poll(breaches).toHaveLength(5);
    for (const member of [
      'APP.mine',
      'APP.data.current_card',
      'APP.data.current_card.id',
      'APP.widgets.mine',
      'APP.constant("mine", …)',
    ]) {
      expect(breaches().join('\n')).toContain(member);
    }
    expect(
      await read(
        '[APP.mine, APP.data.current_card.id, APP.constant("mine"), APP.data === APP.data, APP.widgets.list.small.note]',
      ),
    ).toEqual([1, 6, 7, true, 'a widget is no part of APP']);
    expect(await read('[Object.keys(APP.widgets.list), "small" in APP.widgets.list]')).toEqual([
      ['small'],
      true,
    ]);
  });

  test('notifications are shown and closed; a call leads to its card', async () => {
    const { read, page, ready } = await open(board, [{}]);
    await read(`(APP.notifications.show_message({ header: 'Saved', text: '<i>ok</i>', date: 1760000000 }),
      APP.notifications.show_message_error({ header: 'Failed', text: 'bad', link: 'javascript:alert(1)' }),
      APP.notifications.show_notification({ text: { header: 'Ring', text: 'ring' }, type: 'call' }),
      APP.notifications.show_message(undefined),
      APP.notifications.add_call({ text: 'Talked', from: '+1 555-0101', to: 'Emma', duration: 62, link: 'https://example.com/a.mp3', element: { id: 8001, type: 'contact' } }), 1)`);
    await page.getByRole('status').getByText('<i>ok</i>').waitFor();
    const failed = page.locator('#notifications').getByRole('alert');
    expect(await failed.getByRole('link').count()).toBe(0);
    await failed.getByRole('button', { name: 'Close' }).click();
    expect(await failed.allTextContents()).toEqual([]);
    expect(await seriousFindings(page, '#notifications')).toEqual([]);
    const call = page.getByRole('status').filter({ hasText: 'Call: +1 555-0101 → Emma' });
    expect(await call.getByRole('link', { name: 'Recording' }).getAttribute('href')).toBe(
      'https://example.com/a.mp3',
    );
    await call.getByRole('link', { name: 'Open card' }).click();
    await ready();
    expect(new URL(page.url()).pathname).toBe('/contacts/detail/8001');
  });

  test('add_error tells its callbacks and the widgets that listen', async () => {
    const script = `this.callbacks.init = function () {
      APP.addNotificationCallback(self.get_settings().widget_code, function (one) { (window.heard = window.heard || []).push(one.header); throw new Error('in my callback'); });
      return true;
    };`;
    const { read, exceptions } = await open(board, [{ script, widget: { init_once: true } }]);
    expect(
      await read(
        `new Promise((resolve) => { const seen = []; APP.notifications.add_error({ header: 'H', text: 'T' }, { done: () => seen.push('done'), fail: () => seen.push('fail'), always: () => resolve([...seen, 'always']) }); })`,
      ),
    ).toEqual(['done', 'always']);
    expect(await read('window.heard')).toEqual(['H']);
    expect(await exceptions()).toContain('Error: in my callback');
  });

  test('only init_once widgets are told of notifications, and the report says so', async () => {
    const { read, exceptions } = await open(board, [{}]);
    await read(
      `(APP.addNotificationCallback('small', () => { window.heard = true; }), APP.notifications.add_error({ header: 'H', text: 'T' }), 1)`,
    );
    expect(await read('window.heard')).toBe(undefined);
    expect((await exceptions()).join()).toContain('only a widget with "init_once": true');
  });
});

describe('modules', () => {
  test('the libraries have the platform’s versions', async () => {
    const { read } = await open(board, [{}]);
    expect(
      await read(`new Promise((done, fail) => require(['jquery', 'underscore', 'backbone', 'twigjs', 'moment', 'clipboard'], ($, _, Backbone, Twig, moment, Clipboard) =>
        done([$.fn.jquery, _.VERSION, Backbone.VERSION, Twig.VERSION, moment.version, typeof Clipboard, Backbone.$ === $, requirejs.version]), fail))`),
    ).toEqual(['2.1.3', '1.9.1', '1.1.2', '0.8.9', '2.24.0', 'function', true, '2.3.5']);
  });

  test('twigjs is the function that makes templates, and knows the system controls', async () => {
    const script = `
      this.callbacks.init = function () {
        require(['twigjs'], function (twig) {
          var box = { name: 'x', items: [{ id: 1, option: 'One', is_checked: true }] };
          window.drawn = [
            twig({ ref: '/tmpl/controls/button.twig' }).render({ text: 'Go' }) === self.render({ ref: '/tmpl/controls/button.twig' }, { text: 'Go' }),
            $(self.render({ ref: '/tmpl/controls/checkboxes_dropdown/values_title.twig' }, box)).find('.js-item-checkbox').length,
            twig({ ref: 'mine' }),
            twig({ id: 'mine', data: '{{ a }} {% include "/tmpl/controls/input.twig" %}', allowInlineIncludes: true }).render({ a: 'b', name: 'y' }).replace(/ .*name="y".*/, ' input'),
            twig({ ref: 'mine' }) === Twig.Templates.registry.mine,
            twig.twig({ data: 'c' }).render() + require('twigjs').VERSION,
          ];
        });
        return true;
      };`;
    const { read, exceptions } = await open(board, [{ script }]);
    await expect.poll(() => read('window.drawn')).toEqual([true, 1, null, 'b input', true, 'c0.8.9']);
    expect(await exceptions()).toEqual([]);
  });

  test('Clipboard copies', async () => {
    const { read, page } = await open(board, [{}]);
    await page.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        '<button id="copy" style="position:fixed;top:0;left:50%;z-index:99" data-clipboard-text="copied text">Copy</button>',
      );
    });
    await read(
      `new Promise((done) => require(['clipboard'], (Clipboard) => { new Clipboard('#copy').on('success', (event) => { window.copied = event.text; }); done(); }))`,
    );
    await page.getByRole('button', { name: 'Copy' }).click();
    expect(await read('window.copied')).toBe('copied text');
  });

  test('plugins and relative paths start at the widget’s folder', async () => {
    const files = {
      'script.js': `define(['jquery', './lib/part.js', 'text!./templates/a.html', 'json!./data.json', 'optional!./none.js'], function ($, part, html, data, none) {
        window.got = [part, html, data, none];
        return function () { var yes = function () { return true; }; this.callbacks = { render: yes, init: yes, bind_actions: yes, settings: yes, onSave: yes, destroy: yes }; return this; };
      });`,
      'lib/part.js': `define(['./other.js'], function (other) { return 'part of ' + other; });`,
      'lib/other.js': `define(function () { return 'other'; });`,
      'templates/a.html': '<b>a</b>',
      'data.json': '{"a":1}',
      'style.css': '#small_marker { color: rgb(1, 2, 3) }',
    };
    const { read, exceptions } = await open(board, [{ files }]);
    expect(await read('window.got')).toEqual(['part of other', '<b>a</b>', { a: 1 }, undefined]);
    await read(`new Promise((done) => require(['css!' + self.params.path + '/style.css'], done))`);
    expect(
      await read(
        `(() => { const node = $('<p id="small_marker">').appendTo('body'); const color = node.css('color'); node.remove(); return color; })()`,
      ),
    ).toBe('rgb(1, 2, 3)');
    expect(await exceptions()).toEqual([]);
  });

  test('a module that the platform has and the sandbox has not says so', async () => {
    const { sandbox, read } = await open(board, [
      { files: { 'script.js': `define(['quill'], function () { return function () { return this; }; });` } },
      {},
    ]);
    const reasons = (): string[] =>
      sandbox.report.entries().flatMap((entry) => (entry.kind === 'dropped' ? [entry.reason] : []));
    await expect.poll(reasons).toEqual(['Kommo has quill 1.3.6; the sandbox does not.']);
    for (let time = 0; time < 2; time++) {
      expect(
        await read(`new Promise((done) => require(['fullcalendar'], done, (error) => done(error.message)))`),
      ).toBe('Kommo has fullcalendar 2.3.1; the sandbox does not.');
    }
    expect(await read('Object.keys(APP.widgets.list)')).toEqual(['small2']);
  });
});
