import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { projectRoot } from '../build/paths.js';
import { examples } from '../validate/examples/index.js';
import { codes, ignorableCodes } from '../validate/registry.js';
import { configurationSchema } from './configuration-schema.js';
import { rulesDocument } from './rules.js';

/** The documents that are made from the source, laid out as the others, by their path in the repository. */
export async function generatedDocuments(): Promise<Map<string, string>> {
  const drafts = {
    'docs/rules.md': rulesDocument(codes, examples),
    'docs/widget-config.schema.json': configurationSchema([...ignorableCodes].sort()),
  };
  const laidOut = Object.entries(drafts).map(async ([name, draft]): Promise<[string, string]> => {
    const file = path.join(projectRoot, name);
    // The code of examples stands as it is: some of it is wrong in how it is laid out.
    const options = {
      ...(await resolveConfig(file)),
      filepath: file,
      embeddedLanguageFormatting: 'off' as const,
    };
    return [name, await format(draft, options)];
  });
  return new Map(await Promise.all(laidOut));
}
