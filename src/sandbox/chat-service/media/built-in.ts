import type { PhoneMedia } from '../../phone-wire.js';
import { drawPicture } from './picture.js';

/** What can be sent from the phone without having anything at hand, by its name for people who send it. */
export const builtInFiles = { picture: 'holiday.png', file: 'order.csv' } as const;
export type BuiltInName = keyof typeof builtInFiles;

interface BuiltIn {
  readonly kind: PhoneMedia['kind'];
  readonly type: string;
  readonly bytes: Buffer;
}

export function builtIn(name: BuiltInName): BuiltIn {
  return name === 'picture'
    ? { kind: 'picture', type: 'image/png', bytes: drawPicture() }
    : { kind: 'file', type: 'text/csv; charset=utf-8', bytes: Buffer.from(order) };
}

const order = 'product,pieces\nTea cup,4\nTea pot,1\n';

/** As the service tells of it; anybody may fetch it. */
export function builtInMedia(name: BuiltInName, serviceUrl: string): PhoneMedia {
  const { kind, bytes } = builtIn(name);
  const fileName = builtInFiles[name];
  return { kind, url: `${serviceUrl}/media/${fileName}`, file_name: fileName, size: bytes.length };
}
