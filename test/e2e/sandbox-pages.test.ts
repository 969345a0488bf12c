import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type SmallWidget, widgetFiles } from '../support/small-widget.js';
import { seriousFindings } from './support/axe.js';
import { useSmallSandbox } from './support/small-sandbox.js';

const open = useSmallSandbox();

describe('a widget’s own page in Settings', () => {
  it.each(['#work-area-small', '#list_page_holder', '.list-widget'])(
    'has the container %s, empty, when advancedSettings is called',
    async (container) => {
      const { page } = await open('/settings/advanced/small', [
        {
          locations: ['settings', 'advanced_settings'],
          script: `this.callbacks.advancedSettings = function () {
            $('${container}').append('<p>Area ' + APP.getWidgetsArea() + ', text "' + $('${container}').text().trim() + '"</p>'); };`,
        },
      ]);

      await page.getByText('Area advanced-settings:small, text ""').waitFor();
      await page.getByRole('heading', { name: 'Small widget page' }).waitFor();
    },
  );

  it('says what is missing in its place', async () => {
    const { page } = await open('/settings/advanced/small', [
      { locations: ['settings', 'advanced_settings'] },
      { locations: ['settings'] },
    ]);

    await page.getByText('This integration has no advancedSettings callback').waitFor();
    await page.goto(new URL('/settings/advanced/small2', page.url()).href);
    await page.getByText('does not list the location advanced_settings').waitFor();
    await page.goto(new URL('/settings/advanced/other', page.url()).href);
    await page.getByText('There is no integration with the code other.').waitFor();
  });

  it('says why a widget did not start', async () => {
    const { page } = await open('/settings/advanced/small', [
      { locations: ['settings', 'advanced_settings'], script: `throw new Error('out of order');` },
    ]);

    await page.getByText('The integration did not start. Its constructor threw.').waitFor();
  });
});

describe('a widget’s page in the left menu', () => {
  const reports = {
    locations: ['settings', 'widget_page'],
    manifest: {
      left_menu: {
        reports: {
          title: 'menu.title',
          icon: '/images/logo_min.png',
          sort: { after: 'leads' },
          submenu: { week: { title: 'advanced.title', sort: 1 } },
        },
        stats: { submenu: { calls: { title: 'settings.message', sort: 1 } } },
      },
    },
    script: `this.callbacks.initMenuPage = function (page) { $('#work-area-small').text(JSON.stringify(page)); };`,
  };

  it.each([
    ['/reports', 'Small reports', { location: 'widget_page', item_code: 'reports' }],
    [
      '/reports/week',
      'Small widget page',
      { location: 'widget_page', item_code: 'reports', subitem_code: 'week' },
    ],
    ['/stats/calls', 'Message', { location: 'stats', subitem_code: 'calls' }],
  ])('%s calls initMenuPage with its place in the menu', async (address, title, place) => {
    const { page } = await open(`/widget_page/small${address}`, [reports]);

    await page.getByRole('heading', { name: title }).waitFor();
    expect(JSON.parse((await page.getByText('"location"').textContent()) ?? '')).toEqual(place);
    expect(await page.evaluate('APP.getWidgetsArea()')).toBe('widget-page:small');
  });
});

/** A bot of one step of the small widget, which answers with this expression of JavaScript. */
function botWidget(answer: string, settings = 'return {};'): SmallWidget {
  return {
    locations: ['settings', 'salesbot_designer'],
    manifest: {
      salesbot_designer: {
        greet: {
          name: 'salesbot.name',
          settings: {
            text: { name: 'salesbot.text', type: 'text', manual: true, default_value: 'settings.message' },
            price: { name: 'menu.title', type: 'numeric', required: false },
          },
        },
      },
    },
    script: `
      this.callbacks.salesbotDesignerSettings = function ($body, renderRow, params) {
        window.drawn = { params: params, row: renderRow('text') }; ${settings} };
      this.callbacks.onSalesbotDesignerSave = function (code, params) { window.saved = [code, params]; return ${answer}; };`,
  };
}

const showText = `JSON.stringify([{ question: [{ handler: 'show', params: { type: 'text', value: params.text } }] }])`;
const save = (page: Page): Locator => page.getByRole('button', { name: 'Save' });

async function addStep(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add step' }).click();
  await page.getByRole('button', { name: 'Greet Small widget' }).click();
}

async function newBot(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New bot' }).click();
  await addStep(page);
}

describe('the salesbot designer', () => {
  it('starts the widget in its area, takes its settings and runs what it returned', async () => {
    const { page, sandbox, ...small } = await open('/settings/salesbot', [botWidget(showText)]);
    await newBot(page);
    const text = page.getByRole('textbox', { name: 'Greeting' });
    await text.waitFor();
    expect(await page.evaluate('APP.getWidgetsArea()')).toBe('salesbot_designer:small');
    expect(await text.inputValue()).toBe('Message');
    expect(await small.read('window.drawn.row')).toContain('value_manual');

    await text.fill('Welcome, {{lead.name}}');
    await page.getByRole('combobox', { name: 'Small reports' }).selectOption({ label: 'Lead: sale' });
    await page.getByRole('textbox', { name: 'Bot name' }).fill('Welcome bot');
    await save(page).click();
    await page.getByRole('heading', { name: 'Greet', exact: true }).waitFor();

    expect(await small.read('window.saved')).toEqual([
      'greet',
      {
        value_manual: 'Welcome, {{lead.name}}',
        text: 'Welcome, {{lead.name}}',
        price: '{{lead.price}}',
      },
    ]);
    const [bot] = sandbox.server.context.account.bots.values();
    expect(bot).toMatchObject({ name: 'Welcome bot', steps: { 0: { widget_code: 'small' } } });

    await page.getByRole('combobox', { name: 'Lead', exact: true }).selectOption('Spare parts for spring');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('Welcome, Spare parts for spring').waitFor();
    await page.getByText('Finished').waitFor();
  });

  it('opens a stored bot with its steps, and has what was typed again after an edit of the widget', async () => {
    const { page, sandbox, ...small } = await open('/settings/salesbot', [botWidget(showText)]);
    await newBot(page);
    await page.getByRole('textbox', { name: 'Greeting' }).fill('Stored');
    await save(page).click();
    await page.getByText('"value": "Stored"').first().waitFor();

    await page.reload();
    await small.ready();
    const text = page.getByRole('textbox', { name: 'Greeting' });
    expect(await text.inputValue()).toBe('Stored');

    await text.fill('Typed');
    const loaded = page.waitForEvent('load');
    sandbox.replace('small', widgetFiles(botWidget(`${showText} /* edited */`)));
    await loaded;
    await small.ready();
    expect(await text.inputValue()).toBe('Typed');
    expect(await save(page).getAttribute('class')).not.toContain('disabled');
  });

  it('leads the exits that a widget names to other steps', async () => {
    const exits = `return { exits: [{ code: 'yes', title: 'Agreed' }, { code: 'no', title: 'Refused' }] };`;
    const answer = `JSON.stringify([
      { question: [{ handler: 'show', params: { type: 'text', value: params.text } }, { handler: 'goto', params: { type: 'question', step: 1 } }] },
      { question: [{ handler: 'exits', params: { value: 'yes' } }] } ])`;
    const { page } = await open('/settings/salesbot', [botWidget(answer, exits)]);
    await newBot(page);
    await addStep(page);
    await page.getByRole('textbox', { name: 'Greeting' }).nth(0).fill('First');
    await page.getByRole('textbox', { name: 'Greeting' }).nth(1).fill('Second');
    await page.getByRole('combobox', { name: 'Agreed' }).first().selectOption({ label: '2. Greet' });
    await save(page).click();
    await page.getByText('"value": "Second"').first().waitFor();

    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('Finished').waitFor();

    const shown = page.getByRole('region', { name: 'Runs' }).getByRole('listitem');
    expect(await shown.filter({ hasText: /^(First|Second)$/ }).allTextContents()).toEqual([
      'First',
      'Second',
    ]);
  });

  it.each([
    ['undefined', 'onSalesbotDesignerSave has to return JSON text; it returned undefined.'],
    [`'{'`, 'The returned text is not JSON'],
    [`JSON.stringify({ question: [] })`, 'A list of steps was expected'],
    [`JSON.stringify([{}])`, 'Step 0: a list of handlers was expected in "question".'],
    [`JSON.stringify([{ question: [{ params: {} }] }])`, 'Step 0: entry 0 of "question" has no "handler".'],
    [
      `JSON.stringify([{ question: [{ handler: 'goto', params: { type: 'question', step: 4 } }] }])`,
      'Step 0: goto leads to step 4, which is not in the list.',
    ],
  ])('stores nothing of %s and says why', async (answer, sentence) => {
    const { page, sandbox } = await open('/settings/salesbot', [botWidget(answer)]);
    await newBot(page);
    await save(page).click();

    await page.getByText(sentence).waitFor();
    await page.getByText('The bot was not saved').waitFor();
    const [bot] = sandbox.server.context.account.bots.values();
    expect(bot?.steps).toEqual({ 0: { question: [] } });
  });

  it('asks a widget that is still on its way when Save is pressed', async () => {
    const { page } = await open('/settings/salesbot', [botWidget('undefined')]);
    let arrive = (): void => undefined;
    const onTheWay = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await page.route('**/script.js*', async (route) => {
      await onTheWay;
      await route.continue();
    });
    await newBot(page);
    await save(page).click();
    await page.locator('.js-save-bot.button-input_load').waitFor();
    arrive();

    await page.getByText('onSalesbotDesignerSave has to return JSON text').waitFor();
  });

  it('warns of execute_handlers and of handlers that nobody knows', async () => {
    const { page, sandbox } = await open('/settings/salesbot', [
      botWidget(
        `JSON.stringify([{ question: [{ handler: 'sing', params: {} }], execute_handlers: [{ handler: 'show' }] }])`,
      ),
    ]);
    await newBot(page);
    await save(page).click();

    await page.getByText('execute_handlers has no effect here').waitFor();
    await page.getByText('sing is no handler that is known here').waitFor();
    await expect
      .poll(() => [...sandbox.server.context.account.bots.values()][0]?.steps['0']?.question[0]?.handler)
      .toBe('sing');
  });

  it('says that a widget lacks the callback', async () => {
    const { page } = await open('/settings/salesbot', [{ locations: ['settings', 'salesbot_designer'] }]);
    await newBot(page);

    await page.getByText('This integration has no salesbotDesignerSettings callback.').waitFor();
    await page.getByRole('textbox', { name: 'Greeting' }).fill('Hello');
    await save(page).click();
    await page.getByText('has no onSalesbotDesignerSave callback').waitFor();
  });

  it('does not save a step whose required field is empty', async () => {
    const { page } = await open('/settings/salesbot', [botWidget(showText)]);
    await newBot(page);
    await page.getByRole('textbox', { name: 'Greeting' }).fill('');
    await save(page).click();

    await page.getByText('Fill in the required fields.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Greeting' }).getAttribute('aria-invalid')).toBe('true');
  });
});

describe('the page of lead sources', () => {
  const source: SmallWidget = {
    locations: ['settings', 'lead_sources'],
    script: `
      this.callbacks.onAddAsSource = function (id) {
        window.added = id;
        self.get_pipeline_id().then(function (pipeline) { window.pipeline = pipeline; });
      };
      this.callbacks.settings = function ($body, context) { window.context = context; };`,
  };

  it('adds a widget to the pipeline that is chosen', async () => {
    const { page, ...small } = await open('/settings/sources', [source]);
    await page.getByRole('main').getByRole('combobox', { name: 'Pipeline' }).selectOption('Deliveries');
    await page.waitForURL('**/settings/sources/*');
    await page.getByRole('button', { name: 'Add source' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Small widget' }).click();
    await page.getByText('The integration was added').waitFor();

    const pipeline = Number(new URL(page.url()).pathname.split('/').at(-1));
    expect(pipeline).toBeGreaterThan(0);
    expect(await small.read('[window.added, window.pipeline]')).toEqual([pipeline, pipeline]);
  });

  it('tells somebody who is no administrator that the sources cannot be read', async () => {
    const { page, sandbox, ...small } = await open('/catalogs', [source]);
    const { account } = sandbox.server.context;
    const manager = [...account.users.values()].find(({ rights }) => !rights.is_admin);
    Object.assign(manager ?? {}, { lang: 'en' });
    account.current_user_id = manager?.id ?? 0;
    await page.goto(`${sandbox.url}/settings/sources`);
    await small.ready();

    await page.getByText('The sources cannot be read:').waitFor();
  });

  it('opens the widget’s settings with the source', async () => {
    const { page, sandbox, ...small } = await open('/catalogs', [source]);
    const { sources, widgets } = sandbox.server.context.account;
    sources.set(31, {
      id: 31,
      name: 'Shop chat',
      pipeline_id: 50,
      external_id: 'shop-1',
      default: false,
      origin_code: null,
      services: [],
      client_uuid: widgets.get('small')?.client_uuid ?? '',
    });
    await page.goto(`${sandbox.url}/settings/sources/50`);
    await small.ready();

    await page.getByText('shop-1').waitFor();
    await page.getByRole('button', { name: 'Settings: Small widget' }).click();
    await expect.poll(() => small.read('window.context')).toEqual({ source_id: 31, external_id: 'shop-1' });

    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate('APP.getWidgetsArea()')).toBe('dp.chats');
  });
});

describe('the lists of the account', () => {
  it('open an element in the account’s own card', async () => {
    const { page } = await open('/catalogs', []);
    await page.getByRole('link', { name: 'Products' }).click();
    await page.getByRole('button', { name: 'Helmet' }).click();

    const card = page.getByRole('dialog', { name: 'Helmet' });
    await card.getByText('HL-10').waitFor();
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
  });

  it('leave it to the widget that took the list over before its settings were saved', async () => {
    const { page, ...small } = await open('/settings/widgets/small', [
      {
        locations: ['settings', 'catalogs'],
        manifest: {
          settings: { key: { name: 'settings.message', type: 'text', required: false } },
        },
        script: `
          this.callbacks.settings = function () { self.setSdkCatalogId(1001); };
          this.callbacks.loadCatalogElement = function (element) { window.element = element; };`,
      },
    ]);
    await page.getByRole('textbox', { name: 'Message' }).fill('x');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goto(new URL('/catalogs/1001', page.url()).href);
    await small.ready();

    await page.getByText('Elements are opened by Small widget').waitFor();
    await page.getByRole('button', { name: 'Helmet' }).click();

    expect(await small.read('window.element')).toMatchObject({ id: 2003, name: 'Helmet' });
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

describe('these pages', () => {
  it.each(['light', 'dark'] as const)('have no serious accessibility findings, %s', async (theme) => {
    const { page, sandbox, ...small } = await open('/settings/salesbot', [botWidget(showText)], {
      switches: { theme },
    });
    await newBot(page);
    await page.getByRole('textbox', { name: 'Greeting' }).waitFor();
    expect(await seriousFindings(page, '#page_holder')).toEqual([]);

    for (const path of ['/settings/sources', '/catalogs', '/catalogs/1001', '/settings/advanced/small']) {
      await page.goto(sandbox.url + path);
      await small.ready();
      expect(await seriousFindings(page, '#page_holder'), path).toEqual([]);
    }
  });
});
