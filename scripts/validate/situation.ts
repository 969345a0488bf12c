import type { Severity } from './finding.js';

/** The two platforms with one widget SDK; where they differ: `platform/widget.md §1.2`, `§1.3`, `§8`. */
export const targets = ['kommo', 'amocrm'] as const;

export type Target = (typeof targets)[number];

/** For one's own accounts, or for the platform's marketplace, which has the widget moderated. */
export const audiences = ['private', 'public'] as const;

export type Audience = (typeof audiences)[number];

/** From which severity on findings make a check fail. */
export const failLevels = ['error', 'warning', 'notice'] as const satisfies readonly Severity[];

/** What the widget is for; it decides how grave a finding is. */
export interface Situation {
  readonly target: Target;
  readonly audience: Audience;
}

/** What somebody has said of the situation; the rest is told by the manifest or is usual. */
export interface SituationOptions {
  /** By default that of the manifest's locales. */
  readonly target?: Target | undefined;
  /** By default `private`. */
  readonly audience?: Audience | undefined;
}

/** `off` where a rule does not hold. */
export type Level = Severity | 'off';

type ByAudience = Level | Readonly<Record<Audience, Level>>;

/** The same everywhere, by audience, by target, or by both. */
export type Levels = ByAudience | Readonly<Record<Target, ByAudience>>;

/** How grave a rule's findings are in a situation. */
export function levelIn(levels: Levels, { target, audience }: Situation): Level {
  if (typeof levels === 'string') return levels;
  const forTarget: ByAudience = 'kommo' in levels ? levels[target] : levels;
  return typeof forTarget === 'string' ? forTarget : forTarget[audience];
}
