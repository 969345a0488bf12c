import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SealingKey } from './config.js';

/** Encrypts what is stored and must not be readable in a copy of the database. */
export interface Sealer {
  /**
   * @param place Where the text is kept, such as table, column and row. It is not stored: what was sealed for one place
   *   opens at no other, so that nobody can swap the sealed texts of two rows.
   */
  seal(text: string, place: string): string;
  /** @throws SealedTextError */
  open(sealed: string, place: string): string;
}

/** Why a sealed text cannot be read. The message has neither the text nor a key. */
export class SealedTextError extends Error {
  override readonly name = 'SealedTextError';

  constructor(
    readonly reason: 'unknown_key' | 'damaged',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM with a random IV for each text. A sealed text is `v1.<id of the key>.<IV, tag and cipher text>`, the last
 * two parts in base64url.
 *
 * @param keys The first seals, all of them open: to change the key, put the new one before the old one.
 */
export function createSealer(keys: readonly [SealingKey, ...SealingKey[]]): Sealer {
  return {
    seal(text, place) {
      const [{ id, key }] = keys;
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
      cipher.setAAD(additionalData(id, place));
      const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const sealed = Buffer.concat([iv, cipher.getAuthTag(), encrypted]);
      return ['v1', Buffer.from(id).toString('base64url'), sealed.toString('base64url')].join('.');
    },
    open(sealed, place) {
      const [version, keyId = '', data = '', ...rest] = sealed.split('.');
      const bytes = Buffer.from(data, 'base64url');
      if (version !== 'v1' || rest.length > 0 || bytes.length < ivBytes + tagBytes) {
        throw new SealedTextError('damaged', `What is stored for ${place} is no sealed text.`);
      }
      const id = Buffer.from(keyId, 'base64url').toString();
      const known = keys.find((key) => key.id === id);
      if (known === undefined) {
        throw new SealedTextError(
          'unknown_key',
          `What is stored for ${place} was sealed with the key "${id}", which is not configured. ` +
            'Add that key behind the present one, or let the account authorise the integration again.',
        );
      }
      try {
        const iv = bytes.subarray(0, ivBytes);
        const decipher = createDecipheriv(algorithm, known.key, iv, { authTagLength: tagBytes });
        decipher.setAAD(additionalData(id, place));
        decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        const opened = [decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()];
        return Buffer.concat(opened).toString('utf8');
      } catch (error) {
        throw new SealedTextError(
          'damaged',
          `What is stored for ${place} does not open with the key "${id}": it was changed, belongs to another place, ` +
            'or the key is another one of the same id.',
          { cause: error },
        );
      }
    },
  };
}

function additionalData(keyId: string, place: string): Buffer {
  return Buffer.from(JSON.stringify([keyId, place]));
}
