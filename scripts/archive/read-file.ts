import { open } from 'node:fs/promises';

/**
 * The first `limit` bytes of a file, and whether it has more. No more is asked for than the file says it has: a
 * file of the kernel claims to be empty, and reading it might wait for ever.
 */
export async function readFileStart(path: string, limit: number): Promise<{ bytes: Buffer; more: boolean }> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, limit));
    let length = 0;
    while (length < bytes.byteLength) {
      const { bytesRead } = await handle.read(bytes, length, bytes.byteLength - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return { bytes: bytes.subarray(0, length), more: size > limit };
  } finally {
    await handle.close();
  }
}
