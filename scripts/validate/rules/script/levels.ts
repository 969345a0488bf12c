import type { Levels } from '../../situation.js';

/** The checklist of the marketplace demands it; it may do harm in a private widget too. */
export const refusedAndHarmful = { private: 'warning', public: 'error' } as const satisfies Levels;

/** The checklist of the marketplace demands it; a private widget works as well without. */
export const refused = { private: 'notice', public: 'error' } as const satisfies Levels;

/** The checklist advises it, or it cannot be told for sure. */
export const advised = { private: 'notice', public: 'warning' } as const satisfies Levels;
