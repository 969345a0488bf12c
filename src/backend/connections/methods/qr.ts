import { toDataURL } from 'qrcode';
import type { QrCode } from '../../chat-services/definition.js';
import { ConnectError } from '../../chat-services/definition.js';

/** Bytes of a picture; a code has some thousand. */
const longestPicture = 256 * 1024;

/** Characters of a text; a code holds no more at this level of correction. */
const longestText = 2300;

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * A code as `data:` URL of a picture, a text drawn with the quiet zone that scanners need.
 *
 * @throws ConnectError `service_unavailable` when the service gave something that is no picture and no text for a code.
 */
export async function drawCode(code: QrCode): Promise<string> {
  if ('png' in code) {
    if (!isPng(code.png)) throw new ConnectError('service_unavailable');
    return `data:image/png;base64,${code.png.toString('base64')}`;
  }
  if (code.text === '' || code.text.length > longestText) throw new ConnectError('service_unavailable');
  try {
    return await toDataURL(code.text, { errorCorrectionLevel: 'M', margin: 4, scale: 6 });
  } catch (error) {
    throw new ConnectError('service_unavailable', '', { cause: error });
  }
}

/** By its signature, its header and a size that a screen can show (W3C PNG, 5.2 and 11.2.1). */
function isPng(bytes: Buffer): boolean {
  if (bytes.length < 45 || bytes.length > longestPicture) return false;
  if (!bytes.subarray(0, 8).equals(pngSignature) || bytes.toString('latin1', 12, 16) !== 'IHDR') return false;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  return [width, height].every((side) => side > 0 && side <= 4096);
}
