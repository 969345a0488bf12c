import { backendBenchmarks } from './backend/benchmarks.js';
import type { Benchmark } from './benchmark.js';
import { toolBenchmarks } from './tools/benchmarks.js';

export const benchmarks: readonly Benchmark[] = [...toolBenchmarks, ...backendBenchmarks];
