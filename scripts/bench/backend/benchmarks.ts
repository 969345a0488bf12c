import type { Benchmark } from '../benchmark.js';
import { measureDeliveries } from './deliveries.js';
import { measureHooks } from './hooks-benchmark.js';

/** What the backend promises. */
export const backendBenchmarks: readonly Benchmark[] = [
  {
    name: 'hooks-postgresql',
    group: 'backend',
    title: 'Hooks on PostgreSQL',
    measure: () => measureHooks('postgresql'),
  },
  {
    name: 'hooks-pglite',
    group: 'backend',
    title: 'Hooks on PGlite',
    measure: () => measureHooks('pglite'),
  },
  {
    name: 'deliveries',
    group: 'backend',
    title: 'Deliveries on PostgreSQL',
    measure: measureDeliveries,
  },
];
