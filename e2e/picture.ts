/** A photo to upload: a PNG of our own making (ISO/IEC 15948), a wheel on a ground that fades. */
import { deflateSync } from 'node:zlib';

/** An RGB picture of this size in pixels. `tint` (0 to 255) makes one differ from another. */
export function png(width: number, height: number, tint = 90): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  let at = 0;
  for (let y = 0; y < height; y++) {
    at++; // the filter of each row: none
    for (let x = 0; x < width; x++) {
      const far = Math.hypot(x - width / 2, y - height / 2) / Math.min(width, height);
      const ring = far > 0.28 && far < 0.36;
      rows[at++] = ring ? 30 : (255 * x) / width;
      rows[at++] = ring ? 30 : (255 * y) / height;
      rows[at++] = ring ? 40 : tint;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8); // 8 bits, RGB, deflate, adaptive, not interlaced
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc(body), body.length + 4);
  return framed;
}

/** CRC-32 with the polynomial of the standard's annex D. */
function crc(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
