import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, from wherever a command is started. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

export interface ProjectPaths {
  root: string;
  /** The source manifest; `widget.version` is raised here. */
  manifest: string;
  dist: string;
  /** The built widget, exactly what goes into the archive. */
  widget: string;
}

export function projectPaths(root: string = projectRoot): ProjectPaths {
  const dist = path.join(root, 'dist');
  return {
    root,
    manifest: path.join(root, 'widget', 'manifest.json'),
    dist,
    widget: path.join(dist, 'widget'),
  };
}
