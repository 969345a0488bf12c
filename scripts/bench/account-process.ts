import { startSandbox } from '../../src/sandbox/index.js';

/** An account in a process of its own, so that a measurement does not share its thread. Tells the parent where. */
const { url } = await startSandbox({ widgets: [], requestsPerSecond: Number.POSITIVE_INFINITY });
process.send?.({ url });
