import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';

/** One thing that is wrong with one item of a request. */
export interface FieldError {
  readonly code: string;
  /** Dotted path inside the item: `custom_fields_values.0.field_id`. */
  readonly path: string;
  readonly detail: string;
}

export interface ItemErrors {
  readonly request_id: string;
  readonly errors: readonly FieldError[];
}

/** A refusal that the API answers with `application/problem+json` (`platform/server.md §5.1`). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly validationErrors: readonly ItemErrors[] | undefined;

  constructor(status: number, detail: string, validationErrors?: readonly ItemErrors[]) {
    super(detail);
    this.status = status;
    this.validationErrors = validationErrors;
  }
}

/** Answers with a problem. */
export function sendProblem(reply: FastifyReply, { status, message, validationErrors }: Problem): void {
  void reply
    .code(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        ...(validationErrors === undefined ? {} : { 'validation-errors': validationErrors }),
        title: STATUS_CODES[status] ?? 'Error',
        type: `https://httpstatus.es/${status}`,
        status,
        detail: message,
      }),
    );
}
