import { z } from 'zod';

/** Body of every answer of the backend's API that is not the one asked for. */
export const apiError = z.object({
  /** Stable; what a program decides by. */
  code: z.string(),
  /** For a developer: what was expected, what came, what to do. */
  message: z.string(),
});

export type ApiError = z.infer<typeof apiError>;
