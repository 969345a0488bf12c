import { createHash } from 'node:crypto';
import type { CheckedWidget } from '../checked-widget.js';
import type { Finding } from '../finding.js';
import { pickLines } from './code-frame.js';

/**
 * Names findings of a widget so that the same one has the same name after lines were put in above it: by its code,
 * its file, the line's text and what was found. The second of the same kind has a name of its own.
 */
export function makeFingerprints(widget: CheckedWidget): (finding: Finding) => string {
  const lineText = makeLineReader(widget);
  const times = new Map<string, number>();
  return (finding) => {
    const { code, file, found } = finding;
    const parts = [code, file ?? '', lineText(finding), found ?? ''];
    const hash = createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
    const time = (times.get(hash) ?? 0) + 1;
    times.set(hash, time);
    return `${hash}:${time}`;
  };
}

function makeLineReader(widget: CheckedWidget): (finding: Finding) => string {
  const wanted = new Map<string, Set<number>>();
  for (const { file, line } of widget.report.findings) {
    if (file === null || line === null) continue;
    wanted.set(file, (wanted.get(file) ?? new Set()).add(line));
  }
  const lines = new Map(
    [...wanted].map(([file, numbers]) => [file, pickLines(widget.sourceOf(file) ?? '', numbers)]),
  );
  return ({ file, line }) => (lines.get(file ?? '')?.get(line ?? 0) ?? '').trim();
}
