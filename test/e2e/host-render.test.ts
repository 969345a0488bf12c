import { beforeEach, describe, expect, it } from 'vitest';
import { type BenchWindow, setUpBench } from './support/bench.js';

const bench = setUpBench();

describe('render', () => {
  beforeEach(() => bench.kommo.openPipeline());

  it('renders a text at once and a file when it is loaded, in both asynchronous forms', async () => {
    const rendered = await bench.kommo.page.evaluate(async () => {
      const { self } = (window as unknown as BenchWindow).bench;
      const file = { href: '/templates/note.twig', base_path: self.params['path'], v: self.get_version() };
      type Template = { render: (params: object) => string };
      const loaded = await new Promise<Template>((load) => self.render({ ...file, load }));
      const promised = await (self.render({ ...file, promised: true }) as Promise<Template>);
      return [
        self.render({ data: '{{ a }} and {{ include_control("button", { text: "Go" }) }}' }, { a: 1 }),
        loaded.render({ text: 'one' }).trim(),
        promised.render({ text: 'two' }).trim(),
      ];
    });
    expect(rendered[0]).toMatch(/^1 and <button type="button" class="button-input[^]*Go[^]*<\/button>$/);
    expect(rendered.slice(1)).toEqual(['<p class="bench-note">one</p>', '<p class="bench-note">two</p>']);
    expect(bench.host.requests.map(({ url }) => url)).toContain(
      '/upl/bench/widget/templates/note.twig?v=1.2.3',
    );
  });

  it('draws the system controls with the DOM of the platform', async () => {
    const drawn = await bench.kommo.page.evaluate(() => {
      const { self } = (window as unknown as BenchWindow).bench;
      const control = (name: string, params: object): HTMLElement => {
        const box = document.createElement('div');
        box.innerHTML = self.render({ ref: `/tmpl/controls/${name}.twig` }, params) as string;
        document.body.append(box);
        return box;
      };
      const area = control('textarea', {
        name: 'note',
        id: 'note',
        class_name: 'mine',
        value: '</textarea><b>',
        placeholder: 'a "b"',
        style: { width: '50%', height: '90px' },
        additional_data: 'data-x="1"',
      }).querySelector('textarea');
      const input = control('input', { name: 'n', value: '"', max_length: 3, disabled: true }).querySelector(
        'input',
      );
      const label = control('checkbox', {
        name: 'c',
        text: 'Check',
        value: 'Y',
        checked: true,
      }).querySelector('label');
      const plain = control('checkbox', { name: 'd', text: 'Check' }).querySelector('label');
      const button = control('button', {
        text: 'Go',
        class_name: 'go',
        blue: true,
        disabled: true,
      }).querySelector('button');
      const box = label?.querySelector('input');
      const before = label?.className;
      box?.click();
      const after = label?.className;
      return {
        area: [
          area?.name,
          area?.id,
          area?.className,
          area?.value,
          area?.placeholder,
          area?.getAttribute('style'),
          area?.dataset['x'],
        ],
        input: [input?.type, input?.className.trim(), input?.value, input?.maxLength, input?.disabled],
        checkbox: [
          [...(label?.children ?? [])].map((child) => child.className.trim()),
          [...(box?.parentElement?.children ?? [])].map((child) => child.tagName + '.' + child.className),
          box?.value,
        ],
        classes: [before, after, plain?.className].map((name) => name?.replace(/\s+/g, ' ').trim()),
        button: button?.className.replace(/\s+/g, ' '),
      };
    });
    expect(drawn).toEqual({
      area: [
        'note',
        'note',
        'text-input text-input-textarea mine',
        '</textarea><b>',
        'a "b"',
        'width:50%;height:90px;',
        '1',
      ],
      input: ['text', 'text-input', '"', 3, true],
      checkbox: [
        ['control-checkbox__body', 'control-checkbox__text element__text'],
        ['INPUT.', 'SPAN.control-checkbox__helper'],
        'Y',
      ],
      classes: ['control-checkbox is-checked', 'control-checkbox', 'control-checkbox'],
      button: 'button-input go button-input_blue button-input-disabled',
    });
  });
});
