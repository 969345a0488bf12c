import { expect, it } from 'vitest';
import { openSandbox, widget } from './support/sandbox.js';

it.each([
  ['../My Widget/widget.zip', 'widget'],
  ['dist/2nd-widget.zip', 'nd_widget'],
  ['виджет', 'widget'],
  ['constructor', 'constructor_2'],
])('a widget from %s gets the code %s', async (label, code) => {
  const { sandbox } = await openSandbox({ widgets: [{ files: widget(), label }] });
  expect(sandbox.codes).toEqual([code]);
});

it('widgets of the same name get codes of their own', async () => {
  const widgets = ['one/dist', 'two/dist'].map((label) => ({ files: widget(), label }));
  const { sandbox } = await openSandbox({ widgets });
  expect(sandbox.codes).toEqual(['dist', 'dist_2']);
});
