import { check, unusedIgnores } from '../../scripts/validate/check.js';
import { readLoaded } from '../../scripts/validate/configuration/load.js';
import type { ExampleParts } from '../../scripts/validate/examples/index.js';
import { widgetFiles } from '../../scripts/validate/examples/widget.js';
import type { ValidationReport } from '../../scripts/validate/index.js';
import type { SituationOptions } from '../../scripts/validate/situation.js';

/** Checks a widget that is made of parts, with all that they say of what lies around it. */
export function exampleReport(
  { problems = [], archiveName, configuration, uploaded, ...parts }: ExampleParts,
  situation: SituationOptions = {},
): ValidationReport {
  const name = 'widget.config.json';
  const text = configuration === undefined ? null : JSON.stringify(configuration, null, 2);
  const loaded = text === null ? null : readLoaded({ path: name, bytes: Buffer.from(text) }, name);
  const done = check(
    { files: widgetFiles(parts), problems, complete: true },
    archiveName === undefined
      ? { subject: 'the widget', path: null, kind: 'folder' }
      : { subject: archiveName, path: `/${archiveName}`, kind: 'archive' },
    {
      ...situation,
      configuration: loaded,
      uploaded: uploaded === undefined ? null : { version: null, code: null, ...uploaded },
    },
  );
  return done.finish(loaded === null ? [] : unusedIgnores(loaded, [done]), name).report;
}
