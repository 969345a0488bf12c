import { describe, expect, it } from 'vitest';
import { validateFiles } from '../../../scripts/validate/index.js';
import { createView } from '../../../scripts/validate/view.js';
import { located } from '../../support/located-widgets.js';
import { misbehaving } from '../../support/misbehaving-widgets.js';
import { widgetFiles as smallWidget } from '../../support/small-widget.js';
import { loaderShapes } from './loader-shapes.js';

describe('validateFiles says of scripts', { timeout: 60_000 }, () => {
  it.each(Object.entries(loaderShapes))('what is true of %s', async (_shape, { files, finds, callbacks }) => {
    const made = await files();
    const found = validateFiles(made).findings.filter(({ code }) => code.startsWith('script/'));

    // Each of these fixtures may have callbacks for places that it does not list.
    const told = found.filter(({ code }) => code !== 'script/unserved-callback');
    expect(told.map(({ code }) => code).sort(), JSON.stringify(told, null, 1)).toEqual([...finds].sort());
    const instance = createView({ files: made, problems: [] }).instance();
    expect(instance?.kind === 'callbacks').toBe(callbacks);
  });
});

describe('validateFiles has no error for', { timeout: 60_000 }, () => {
  const small = Object.entries(located).map(([location, widget]) => [location, widget] as const);

  it.each(small)('the small widget of the sandbox at %s', (_location, widget) => {
    const { findings } = validateFiles(smallWidget(widget));

    expect(
      findings.filter(({ code, severity }) => code.startsWith('script/') && severity === 'error'),
    ).toEqual([]);
  });

  // These do at run time what no widget should; the platform takes their archives all the same.
  const accepted = Object.entries(misbehaving).filter(([, widget]) => widget.files === undefined);

  it.each(accepted.filter(([name]) => name !== 'lacks bind_actions'))('a widget that %s', (_what, widget) => {
    const { findings } = validateFiles(smallWidget(widget));

    expect(
      findings.filter(({ code, severity }) => code.startsWith('script/') && severity === 'error'),
    ).toEqual([]);
  });
});
