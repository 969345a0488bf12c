import { minimalManifest, type Json, widgetFiles } from '../../../support/widget-folder.js';
import type { Defect } from './defect.js';

type Group = Record<string, Json>;

const error = { severity: 'error', file: 'manifest.json' } as const;
const spanish = { severity: 'error', file: 'i18n/es.json' } as const;
const { settings } = minimalManifest;

/** The Spanish words after a change to them. */
function es(change: (words: Record<string, Group>) => unknown): { files: Record<string, Json> } {
  const words = JSON.parse(widgetFiles().get('i18n/es.json')?.toString('utf8') ?? '') as Record<
    string,
    Group
  >;
  change(words);
  return { files: { 'i18n/es.json': words } };
}

function renamed(name: string): { manifest: Record<string, Json>; files: Record<string, Json> } {
  const words = (code: string): Json =>
    JSON.parse(widgetFiles().get(`i18n/${code}.json`)?.toString('utf8') ?? '') as Json;
  return {
    manifest: { settings: { login: { ...settings.login, name } } },
    files: { 'i18n/en.json': words('en'), 'i18n/es.json': words('es') },
  };
}

export const i18nDefects: readonly Defect[] = [
  {
    name: 'a reference that no language has, with the nearest key',
    parts: renamed('settings.logn'),
    ...error,
    code: 'manifest/unresolved-reference',
    line: '"settings.logn"',
    says: ['Did you mean "settings.login"?'],
  },
  {
    name: 'a text in place of a reference',
    parts: renamed('Your login'),
    ...error,
    code: 'manifest/literal-text',
    line: '"Your login"',
    says: ['settings.login.name'],
  },
  {
    name: 'a reference to a group',
    parts: renamed('widget'),
    severity: 'error',
    file: 'i18n/en.json',
    code: 'i18n/not-a-text',
    line: '"widget"',
    also: ['i18n/not-a-text'],
  },
  {
    name: 'an empty text',
    parts: es(({ settings: group }) => Object.assign(group ?? {}, { login: ' ' })),
    ...spanish,
    code: 'i18n/empty-text',
    line: '"login"',
  },
  {
    name: 'a language without a file',
    parts: { files: { 'i18n/es.json': null, 'i18n/ES.json': '{}' } },
    ...error,
    code: 'i18n/missing-file',
    line: '"es"',
    says: ['Is it i18n/ES.json?'],
    also: ['i18n/unlisted-file'],
  },
  {
    name: 'a file of a language that is not listed',
    parts: { files: { 'i18n/ru.json': '{}' } },
    severity: 'warning',
    file: 'i18n/ru.json',
    code: 'i18n/unlisted-file',
  },
  {
    name: 'a language file that is a list',
    parts: { files: { 'i18n/es.json': ['a', 'b'] } },
    ...spanish,
    code: 'i18n/not-an-object',
    line: 1,
    says: ['a list'],
  },
  {
    name: 'a key that one language lacks, at the group around it',
    parts: es(({ widget }) => delete widget?.['name']),
    ...spanish,
    code: 'i18n/missing-key',
    line: '"widget"',
    says: ['widget.name', 'i18n/en.json has it'],
  },
  {
    name: 'a group that one language lacks, once for all its texts',
    parts: es((words) => delete words['widget']),
    ...spanish,
    code: 'i18n/missing-key',
    line: 1,
    says: ['"widget" with its 4 texts'],
  },
  {
    name: 'a key that the first language lacks',
    parts: es((words) => Object.assign(words, { errors: { offline: 'Sin conexión' } })),
    ...spanish,
    code: 'i18n/extra-key',
    line: '"errors"',
  },
  {
    name: 'a text that is a group in another language',
    parts: es((words) => Object.assign(words, { settings: { login: { label: 'Usuario' } } })),
    ...spanish,
    code: 'i18n/different-kind',
    line: '"login"',
    says: ['a group of texts', 'a text'],
    also: ['i18n/not-a-text'],
  },
  {
    name: 'no description for the AI agent',
    parts: {
      manifest: { locations: ['settings', 'lcard-1', 'ai_agent'] },
      files: Object.fromEntries(
        ['en', 'es'].map((code) => [
          `i18n/${code}.json`,
          widgetFiles().get(`i18n/${code}.json`) ?? Buffer.alloc(0),
        ]),
      ),
    },
    ...error,
    code: 'i18n/no-agent-description',
    line: '"ai_agent"',
  },
  {
    name: 'a long description for the AI agent',
    parts: (() => {
      const manifest = { locations: ['settings', 'lcard-1', 'ai_agent'] };
      const words = JSON.parse(widgetFiles({ manifest }).get('i18n/es.json')?.toString('utf8') ?? '') as {
        widget: Group;
      };
      words.widget['ai_agent_description'] = 'ñ'.repeat(101);
      return { manifest, files: { 'i18n/es.json': words } };
    })(),
    severity: 'warning',
    file: 'i18n/es.json',
    code: 'i18n/agent-description-length',
    line: '"ai_agent_description"',
    says: ['101 characters'],
  },
];
