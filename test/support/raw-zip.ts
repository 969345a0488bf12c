import { crc32, deflateRawSync } from 'node:zlib';

export interface RawEntry {
  name: string | Buffer;
  data?: Buffer;
  /** Where the bytes of the archive are not those that belong to the data. */
  stored?: Partial<{
    crc32: number;
    size: number;
    flags: number;
    unixMode: number;
    deflated: Buffer;
    method: number;
    localName: string;
  }>;
}

/** Writes a zip archive entry by entry, as honest or dishonest as the entries say. */
export function rawZip(entries: readonly RawEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data = Buffer.alloc(0), stored = {} } of entries) {
    const rawName = typeof name === 'string' ? Buffer.from(name, 'utf8') : name;
    const deflated = stored.deflated ?? deflateRawSync(data);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(stored.flags ?? 0x0800, 2);
    common.writeUInt16LE(stored.method ?? 8, 4);
    common.writeUInt16LE(0x0021, 8);
    common.writeUInt32LE(stored.crc32 ?? crc32(data), 10);
    common.writeUInt32LE(deflated.byteLength, 14);
    common.writeUInt32LE(stored.size ?? data.byteLength, 18);
    common.writeUInt16LE(rawName.byteLength, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((stored.unixMode ?? 0o100644) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    const localName = stored.localName === undefined ? rawName : Buffer.from(stored.localName, 'utf8');
    const localCommon = Buffer.from(common);
    localCommon.writeUInt16LE(localName.byteLength, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), localCommon, localName, deflated]);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 3]), common, tail, rawName]),
    );
    parts.push(local);
    offset += local.byteLength;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.byteLength, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}
