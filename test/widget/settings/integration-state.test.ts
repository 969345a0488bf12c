import { describe, expect, it } from 'vitest';
import type { WidgetInstance } from '../../../src/kommo/widget.js';
import { integrationState } from '../../../src/widget/settings/integration-state.js';
import { savedWidget } from './host.js';

const installed = { kind: 'installed' };
const notConfigured = { kind: 'not_configured' };
const error = { kind: 'error' };
const inactive = { kind: 'inactive' };
const missing = { kind: 'missing', fields: ['sender'] };
const attention = (...reasons: object[]) => ({ kind: 'needs_attention', reasons });

const cases: [status: unknown, settings: unknown, expected: object][] = [
  ['installed', { sender: 'Shop', widget_active: 'Y' }, installed],
  ['installed', { sender: 'Shop', widget_active: 'y' }, installed],
  ['installed', { sender: 'Shop', active: 'Y' }, installed],
  ['installed', { sender: 'Shop' }, installed],
  ['installed', { sender: 12025550123, widget_active: 'Y' }, installed],
  ['installed', { sender: 0 }, installed],
  ['installed', { sender: 'Shop', status: 'installed' }, installed],

  ['installed', { sender: 'Shop', widget_active: 'N' }, attention(inactive)],
  ['installed', { sender: 'Shop', widget_active: 'n' }, attention(inactive)],
  ['installed', { sender: 'Shop', active: 'N' }, attention(inactive)],
  ['installed', { sender: 'Shop', widget_active: 'Y', active: 'N' }, installed],
  ['installed', { sender: 'Shop', widget_active: 7 }, installed],

  ['installed', {}, attention(missing)],
  ['installed', undefined, attention(missing)],
  ['installed', null, attention(missing)],
  ['installed', [], attention(missing)],
  ['installed', { sender: '' }, attention(missing)],
  ['installed', { sender: ' \n' }, attention(missing)],
  ['installed', { sender: null }, attention(missing)],

  ['installed', { sender: 'Shop', status: 'error' }, attention(error)],
  ['installed', { widget_active: 'N', status: 'error' }, attention(error, inactive, missing)],
  ['error', { sender: 'Shop' }, attention(error)],
  ['error', {}, attention(error, missing)],
  ['not_configured', { status: 'error' }, attention(error, missing)],
  ['install', { sender: 'Shop', status: 'error', widget_active: 'N' }, attention(error)],

  ['install', {}, notConfigured],
  ['install', { sender: 'Shop', widget_active: 'N' }, notConfigured],
  ['not_configured', {}, notConfigured],
  ['not_configured', { sender: 'Shop', widget_active: 'Y' }, notConfigured],

  [undefined, { sender: 'Shop' }, installed],
  [undefined, { sender: 'Shop', widget_active: 'N' }, attention(inactive)],
  [undefined, {}, notConfigured],
  ['something new', { sender: 'Shop' }, installed],
  [42, {}, notConfigured],
];

describe('integrationState', () => {
  it.each(cases)('takes install status %j with settings %j for %j', (status, settings, expected) => {
    expect(integrationState(savedWidget({ status, settings: settings ?? null }))).toEqual(expected);
  });

  it('answers when the platform throws', () => {
    const fail = (): never => {
      throw new Error('not ready');
    };
    const broken = { get_install_status: fail, get_settings: fail } satisfies Partial<WidgetInstance>;
    expect(integrationState(broken)).toEqual(notConfigured);
  });

  it('answers when the platform has neither method', () => {
    expect(integrationState({} as WidgetInstance)).toEqual(notConfigured);
  });
});
