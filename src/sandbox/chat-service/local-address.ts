import { ServiceRefusal } from './refusal.js';

/**
 * An address that the service may call: it has no business on other machines.
 *
 * @throws ServiceRefusal 400 that begins with the name of the field
 */
export function readLocalAddress(name: string, value: unknown): string {
  if (typeof value === 'string' && value.length <= 2000 && isLocal(value)) return value;
  throw new ServiceRefusal(
    'invalid_request',
    `${name}: an http address on this machine was expected, such as http://127.0.0.1:8080/status.`,
  );
}

function isLocal(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
