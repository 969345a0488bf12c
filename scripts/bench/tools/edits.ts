import path from 'node:path';
import { projectRoot } from '../../build/paths.js';

/** An edit of one kind of source. The marks of several edits differ, and so do the files. */
export interface Edit {
  readonly kind: 'TypeScript' | 'twig' | 'i18n' | 'CSS' | 'manifest' | 'picture';
  readonly file: string;
  readonly change: (original: Buffer, mark: number) => Buffer;
}

const source = (...steps: string[]): string => path.join(projectRoot, ...steps);
const append =
  (text: (mark: number) => string): Edit['change'] =>
  (original, mark) =>
    Buffer.concat([original, Buffer.from(text(mark))]);

/** One edit of each kind that the widget is made of, each of which leaves it as good as it was. */
export const edits: readonly Edit[] = [
  {
    kind: 'TypeScript',
    file: source('src', 'widget', 'script.ts'),
    change: append((mark) => `\ndocument.documentElement.dataset['edit'] = '${mark}';\n`),
  },
  {
    kind: 'twig',
    file: source('templates', 'message-tools.twig'),
    change: append((mark) => `<!-- ${mark} -->`),
  },
  { kind: 'i18n', file: source('i18n', 'en.json'), change: append((mark) => ' '.repeat(mark)) },
  {
    kind: 'CSS',
    file: source('src', 'widget', 'style.css'),
    change: append((mark) => `\n.pipeline-messenger { --edit: ${mark}; }\n`),
  },
  { kind: 'manifest', file: source('widget', 'manifest.json'), change: append((mark) => ' '.repeat(mark)) },
  // What follows the end of a PNG is no part of the picture.
  {
    kind: 'picture',
    file: source('widget', 'images', 'logo_small.png'),
    change: append((mark) => `\0${mark}`),
  },
];
