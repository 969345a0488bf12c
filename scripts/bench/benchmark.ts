/** One figure, and what was promised about it. */
export interface Reading {
  readonly title: string;
  /** With its unit: `612 ms`. */
  readonly figure: string;
  /** Undefined for a figure that is only told. */
  readonly promise?: {
    /** `at most 15,000 ms` */
    readonly bound: string;
    readonly isKept: boolean;
  };
  /** What it is made of or compared with. */
  readonly notes?: readonly string[];
}

export interface Benchmark {
  readonly name: string;
  /** Those of one group are run together by its name. */
  readonly group: BenchmarkGroup;
  readonly title: string;
  readonly measure: () => Promise<readonly Reading[]>;
}

export const benchmarkGroups = ['tools', 'backend'] as const;
export type BenchmarkGroup = (typeof benchmarkGroups)[number];

/** `at most 15,000 ms`: a figure that must not be above its ceiling. */
export function atMost(value: number, ceiling: number, unit: string): NonNullable<Reading['promise']> {
  return { bound: `at most ${spell(ceiling)} ${unit}`, isKept: value <= ceiling };
}

/** `at least 0.8 ×`: a figure that must not be below its floor. */
export function atLeast(value: number, floor: number, unit: string): NonNullable<Reading['promise']> {
  return { bound: `at least ${spell(floor)} ${unit}`, isKept: value >= floor };
}

/** `15,000`, `0.83` */
export function spell(value: number, digits = value < 10 ? 2 : 0): string {
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}
