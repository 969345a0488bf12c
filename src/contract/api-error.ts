import { z } from 'zod';

/** Code of an answer that says: the session at the chat service has expired, sign in there again. */
export const sessionExpiredCode = 1015;

/** Body of every answer of the backend's API that is not the one asked for. */
export const apiError = z.object({
  /** Stable; what a program decides by. A name, or {@link sessionExpiredCode}. */
  code: z.union([z.string(), z.literal(sessionExpiredCode)]),
  /** For a developer: what was expected, what came, what to do. */
  message: z.string(),
  /** With {@link sessionExpiredCode}: the service's page on which the session begins anew. */
  refresh_token_url: z.url().optional(),
});

export type ApiError = z.infer<typeof apiError>;
