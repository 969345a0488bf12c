import { describe, expect, it } from 'vitest';
import type { Channel } from '../../../src/contract/connections-api.js';
import type { WidgetInstance } from '../../../src/kommo/widget.js';
import { integrationState } from '../../../src/widget/settings/integration-state.js';
import { channelOf } from '../../support/connections-backend.js';
import { savedWidget } from './host.js';

const installed = { kind: 'installed' };
const notConfigured = { kind: 'not_configured' };
const error = { kind: 'error' };
const inactive = { kind: 'inactive' };
const missing = { kind: 'missing' };
const attention = (...reasons: object[]) => ({ kind: 'needs_attention', reasons });

const cases: [status: unknown, settings: unknown, expected: object][] = [
  ['installed', { channels: '["1"]', widget_active: 'Y' }, installed],
  ['installed', { channels: '["1"]', widget_active: 'y' }, installed],
  ['installed', { channels: '["1"]', active: 'Y' }, installed],
  ['installed', { channels: '["1"]' }, installed],
  ['installed', { channels: ['1', '2'], widget_active: 'Y' }, installed],
  ['installed', { channels: { 0: '1' } }, installed],
  ['installed', { channels: '["1"]', status: 'installed' }, installed],

  ['installed', { channels: '["1"]', widget_active: 'N' }, attention(inactive)],
  ['installed', { channels: '["1"]', widget_active: 'n' }, attention(inactive)],
  ['installed', { channels: '["1"]', active: 'N' }, attention(inactive)],
  ['installed', { channels: '["1"]', widget_active: 'Y', active: 'N' }, installed],
  ['installed', { channels: '["1"]', widget_active: 7 }, installed],

  ['installed', {}, attention(missing)],
  ['installed', undefined, attention(missing)],
  ['installed', null, attention(missing)],
  ['installed', [], attention(missing)],
  ['installed', { channels: '' }, attention(missing)],
  ['installed', { channels: '[]' }, attention(missing)],
  ['installed', { channels: [] }, attention(missing)],
  ['installed', { channels: [7, null, ''] }, attention(missing)],
  ['installed', { channels: 'no JSON' }, attention(missing)],
  ['installed', { channels: null }, attention(missing)],

  ['installed', { channels: '["1"]', status: 'error' }, attention(error)],
  ['installed', { widget_active: 'N', status: 'error' }, attention(error, inactive, missing)],
  ['error', { channels: '["1"]' }, attention(error)],
  ['error', {}, attention(error, missing)],
  ['not_configured', { status: 'error' }, attention(error, missing)],
  ['install', { channels: '["1"]', status: 'error', widget_active: 'N' }, attention(error)],

  ['install', {}, notConfigured],
  ['install', { channels: '["1"]', widget_active: 'N' }, notConfigured],
  ['not_configured', {}, notConfigured],
  ['not_configured', { channels: '["1"]', widget_active: 'Y' }, notConfigured],

  [undefined, { channels: '["1"]' }, installed],
  [undefined, { channels: '["1"]', widget_active: 'N' }, attention(inactive)],
  [undefined, {}, notConfigured],
  ['something new', { channels: '["1"]' }, installed],
  [42, {}, notConfigured],
];

describe('integrationState', () => {
  it.each(cases)('takes install status %j with settings %j for %j', (status, settings, expected) => {
    expect(integrationState(savedWidget({ status, settings: settings ?? null }))).toEqual(expected);
  });

  it('goes by what the backend says of the channels', () => {
    const widget = savedWidget({ status: 'installed', settings: { channels: ['1'] } });
    const state = (...channels: Partial<Channel>[]) =>
      integrationState(widget, { channels: channels.map(channelOf) });
    expect(state({})).toEqual(installed);
    expect(state({ name: 'One' }, { name: 'Two', state: 'disconnected' })).toEqual(
      attention({ kind: 'disconnected', channels: ['Two'] }),
    );
    expect(state({ is_saved: false, state: 'disconnected' })).toEqual(attention(missing));
    expect(state()).toEqual(attention(missing));
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
