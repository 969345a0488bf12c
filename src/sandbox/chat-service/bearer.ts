import type { FastifyRequest } from 'fastify';
import type { Access, Accesses } from './accesses.js';
import { ServiceRefusal } from './refusal.js';

/** @throws ServiceRefusal 401 unless the call has a key that opens an account */
export function requireAccess(accesses: Accesses, { headers }: Pick<FastifyRequest, 'headers'>): Access {
  const [, token] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? [];
  const access = token === undefined ? undefined : accesses.find(token);
  if (access !== undefined) return access;
  throw new ServiceRefusal(
    'invalid_key',
    'The header Authorization: Bearer with the access key was expected.',
  );
}
