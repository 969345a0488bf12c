import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../../scripts/build/paths.js';
import { readStaticFiles, staticFolders, stylesheetFolder } from '../../../scripts/build/static-files.js';
import { temporaryFolder } from '../../support/widget-folder.js';

it('leaves the configuration of the validator out of the archive', async () => {
  const root = await temporaryFolder();
  for (const folder of [...Object.keys(staticFolders), stylesheetFolder]) {
    await cp(path.join(projectRoot, folder), path.join(root, folder), { recursive: true });
  }
  await writeFile(path.join(root, 'widget/widget.config.json'), '{}');
  const names = [...(await readStaticFiles(root, {})).keys()];

  expect(names).toContain('manifest.json');
  expect(names).not.toContain('widget.config.json');
});
