import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';

/** What the manifest is given at build time; what is left out stays as the source has it. */
export interface ManifestValues {
  version?: string | undefined;
  webhookUrl?: string | undefined;
}

/** What a JSON file holds, as far as the build reads it. Everything may be missing or of another kind. */
export type JsonObject = Record<string, unknown>;

/** The object in a JSON text; `undefined` when there is none. */
export function readObject(text: string): JsonObject | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors);
  return errors.length === 0 && isObject(value) ? value : undefined;
}

/** `widget.version`, when it is a text. */
export function versionOf(manifest: JsonObject | undefined): string | undefined {
  const version = blockOf(manifest, 'widget')?.['version'];
  return typeof version === 'string' ? version : undefined;
}

/** `widget.locale` as it stands there. */
export function localeOf(manifest: JsonObject | undefined): unknown {
  return blockOf(manifest, 'widget')?.['locale'];
}

/** `dp.webhook_url` as it stands there. */
export function webhookUrlOf(manifest: JsonObject | undefined): unknown {
  return blockOf(manifest, 'dp')?.['webhook_url'];
}

/** Writes values into a manifest's text and leaves the rest of it, its formatting too, as it is. */
export function fillManifest(bytes: Buffer, { version, webhookUrl }: ManifestValues): Buffer {
  let text = bytes.toString('utf8');
  const manifest = readObject(text);
  if (version !== undefined && blockOf(manifest, 'widget'))
    text = setValue(text, ['widget', 'version'], version);
  if (webhookUrl !== undefined && blockOf(manifest, 'dp'))
    text = setValue(text, ['dp', 'webhook_url'], webhookUrl);
  return text === bytes.toString('utf8') ? bytes : Buffer.from(text, 'utf8');
}

function setValue(text: string, at: string[], value: string): string {
  return applyEdits(text, modify(text, at, value, { formattingOptions: { insertSpaces: true, tabSize: 2 } }));
}

function blockOf(manifest: JsonObject | undefined, name: string): JsonObject | undefined {
  const block = manifest?.[name];
  return isObject(block) ? block : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
