import { copyFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Target, validate } from '../../../scripts/validate/index.js';
import { temporaryFolder, widgetFiles, writeArchive, writeFolder } from '../../support/widget-folder.js';

describe('validate, with the name of the archive', () => {
  it('wants widget.zip for amoCRM, and lets Kommo and folders have any', async () => {
    const [archive, root] = [await writeArchive(widgetFiles()), await temporaryFolder()];
    for (const name of ['widget.zip', 'parcels.zip']) await copyFile(archive, path.join(root, name));
    await rename(await writeFolder(widgetFiles()), path.join(root, 'folder.zip'));
    const codesOf = async (name: string, target: Target): Promise<string[]> =>
      (await validate(path.join(root, name), { target })).findings.map(({ code }) => code);

    expect(await codesOf('parcels.zip', 'amocrm')).toContain('archive/name');
    expect(await codesOf('parcels.zip', 'kommo')).toEqual([]);
    expect(await codesOf('widget.zip', 'amocrm')).not.toContain('archive/name');
    expect(await codesOf('folder.zip', 'amocrm')).not.toContain('archive/name');
  });
});
