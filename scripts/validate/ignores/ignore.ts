import type { Finding } from '../finding.js';

/** Somebody's decision to live with findings of one rule. */
export interface Ignore {
  readonly code: string;
  /** Whether it means this finding, which is one of its rule; `file` is the path below the folder of the widget. */
  covers(place: { file: string | null; line: number | null }): boolean;
}

/** Whether a finding of a rule at a place would be ignored. */
export function isIgnored(
  ignores: readonly Ignore[],
  code: string,
  place: { file: string | null; line: number | null },
): boolean {
  return ignores.some((ignore) => ignore.code === code && ignore.covers(place));
}

/** Takes out what is ignored and tells which ignores did so; `topFolder` stands before the paths of the findings. */
export function applyIgnores<Some extends Ignore>(
  findings: readonly Finding[],
  ignores: readonly Some[],
  { topFolder = '' }: { topFolder?: string } = {},
): { kept: Finding[]; used: Set<Some> } {
  const byCode = groupByCode(ignores);
  const used = new Set<Some>();
  const kept = findings.filter(({ code, file, line }) => {
    const inWidget = file?.startsWith(topFolder) === true ? file.slice(topFolder.length) : file;
    const met = (byCode.get(code) ?? []).filter((ignore) => ignore.covers({ file: inWidget, line }));
    for (const ignore of met) used.add(ignore);
    return met.length === 0;
  });
  return { kept, used };
}

function groupByCode<Some extends Ignore>(ignores: readonly Some[]): Map<string, Some[]> {
  const groups = new Map<string, Some[]>();
  for (const ignore of ignores) {
    const group = groups.get(ignore.code);
    if (group === undefined) groups.set(ignore.code, [ignore]);
    else group.push(ignore);
  }
  return groups;
}
