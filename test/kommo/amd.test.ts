import { describe, expect, expectTypeOf, it } from 'vitest';

import { platformModules } from '../../src/kommo/amd.js';
import type { AmdDefine, AmdRequire, PlatformModule } from '../../src/kommo/amd.js';

/* Never run: `tsc` proves that the samples fit the types. */
function samples(define: AmdDefine, require: AmdRequire): void {
  define(['jquery', 'moment'], ($: JQueryStatic, now: () => Date) => () => [$.now(), now()]);
  define(() => ({}));
  require(['https://example.com/widget/panel.js?v=1.0.0'], (panel: { mount(element: Element): void }) => {
    panel.mount(document.body);
  }, ({ requireType, requireModules }) => [requireType, requireModules]);
}

describe('the modules of the platform', () => {
  it('are the 26 documented ones, with whole versions', () => {
    expect(Object.keys(platformModules)).toHaveLength(26);
    for (const [id, version] of Object.entries(platformModules)) {
      expect(version, id).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  it('are at the versions that the widget is built against', () => {
    expect(platformModules).toMatchObject({
      jquery: '2.1.3',
      twigjs: '0.8.9',
      underscore: '1.9.1',
      moment: '2.24.0',
    });
    expectTypeOf<'jquery'>().toExtend<PlatformModule>();
  });

  it('are required and defined with typed modules', () => {
    expectTypeOf(samples).parameters.toEqualTypeOf<[AmdDefine, AmdRequire]>();
  });
});
