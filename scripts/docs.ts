import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from './cli/command.js';
import { exitCodes } from './cli/errors.js';
import { generatedDocuments } from './docs/index.js';
import { projectRoot } from './build/paths.js';

await runCommand({
  usage: 'npm run docs --',
  summary:
    'Writes the documents that are made from the source: docs/rules.md and the schema of widget.config.json from the rules of\nthe validator.',
  options: { check: { type: 'boolean', help: 'Write nothing; tell which documents are stale.' } },
  examples: ['npm run docs', 'npm run docs -- --check'],
  async run({ values, stdout }) {
    const documents = await generatedDocuments();
    let stale = 0;
    for (const [name, content] of documents) {
      const file = path.join(projectRoot, name);
      if ((await readFile(file, 'utf8').catch(() => null)) === content) continue;
      stale += 1;
      if (values['check'] === true) {
        stdout.write(`${name} is stale: run npm run docs.\n`);
      } else {
        await writeFile(file, content);
        stdout.write(`wrote ${name}\n`);
      }
    }
    if (stale === 0) stdout.write('The documents are fresh.\n');
    return values['check'] === true && stale > 0 ? exitCodes.findings : exitCodes.done;
  },
});
