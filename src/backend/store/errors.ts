/** The store cannot be opened; the message says why and what to do, without passwords. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
