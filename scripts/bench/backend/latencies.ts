/** Milliseconds of many calls. */
export class Latencies {
  readonly #all: number[] = [];

  add(milliseconds: number): void {
    this.#all.push(milliseconds);
  }

  addAll(others: Latencies): void {
    for (const milliseconds of others.#all) this.#all.push(milliseconds);
  }

  get count(): number {
    return this.#all.length;
  }

  /** The longest of the shortest `percent` of the calls. */
  percentile(percent: number): number {
    const sorted = Float64Array.from(this.#all).sort();
    return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
  }

  /** `p50 4.1  p95 9.0  p99 12 ms` */
  toString(): string {
    const shown = [50, 95, 99].map((percent) => `p${percent} ${figure(this.percentile(percent))}`);
    return `${shown.join(', ')} ms`;
  }
}

function figure(milliseconds: number): string {
  return milliseconds.toFixed(milliseconds < 10 ? 1 : 0);
}
