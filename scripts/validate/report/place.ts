import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckedWidget } from '../checked-widget.js';
import type { Finding } from '../finding.js';

/** Where a finding lies for tools that know the files of a repository and nothing of what an archive holds. */
export interface Place {
  /** Relative to the root, with forward slashes, or absolute when it is not below the root. */
  path: string;
  /** The file in the archive, when the path is that of the archive. */
  inside: string | null;
  line: number | null;
  column: number | null;
}

/**
 * What is said of a widget as a whole lies in its manifest, since a folder takes no annotation; what is said of a
 * file in an archive lies in the archive, which has no lines. The configuration is a file of its own.
 */
export function placeOf(widget: CheckedWidget, { file, line, column }: Finding, root: string): Place {
  if (widget.path === null) return { path: file ?? 'manifest.json', inside: null, line, column };
  const isConfiguration = file !== null && join(widget.path, file) === widget.configuration;
  if (widget.kind === 'archive' && !isConfiguration) {
    return { path: fromRoot(widget.path, root), inside: file, line: null, column: null };
  }
  return { path: fromRoot(join(widget.path, file ?? 'manifest.json'), root), inside: null, line, column };
}

/** A path as a reference in a URI. */
export function uriOf(path: string): string {
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path.split('/').map(encodeURIComponent).join('/');
}

export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path);
}

function fromRoot(path: string, root: string): string {
  const way = relative(root, path);
  const isOutside = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way.replaceAll('\\', '/'));
  return (isOutside ? path : way).replaceAll(sep, '/');
}
