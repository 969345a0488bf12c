import { isRecord } from '../oauth/fields.js';

type Json = Readonly<Record<string, unknown>>;

/** What the account reads from a manifest, whatever an author wrote there. */
export interface ManifestView {
  readonly version: string | undefined;
  /** Legacy: `platform/widget.md §1.2`. */
  readonly code: string | undefined;
  readonly locales: readonly string[];
  readonly locations: readonly string[];
  readonly initOnce: boolean;
  readonly support: Json;
  /** Field types of `settings` by field code; empty when there is no such block. */
  readonly settings: ReadonlyMap<string, string>;
  readonly hasSettings: boolean;
  /** Dotted paths into the language files. */
  readonly name: string | undefined;
  readonly description: string | undefined;
}

export function viewManifest(manifest: Json): ManifestView {
  const widget = record(manifest.widget);
  return {
    version: text(widget.version),
    code: text(widget.code),
    locales: texts(widget.locale),
    locations: texts(manifest.locations),
    initOnce: widget.init_once === true || widget.init_once === 'Y',
    support: record(widget.support),
    settings: new Map(
      Object.entries(record(manifest.settings)).map(([code, field]) => [
        code,
        text(record(field).type) ?? '',
      ]),
    ),
    hasSettings: isRecord(manifest.settings),
    name: text(widget.name),
    description: text(widget.description),
  };
}

/** The text at a dotted path of a language file; undefined when there is none. */
export function i18nText(tree: unknown, path: string): string | undefined {
  let node = tree;
  for (const step of path.split('.')) {
    if (!isRecord(node) || !Object.hasOwn(node, step)) return undefined;
    node = node[step];
  }
  return text(node);
}

function record(value: unknown): Json {
  return isRecord(value) ? value : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
