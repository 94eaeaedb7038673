/** Reads an archive (ZIP, APPNOTE 6.3) whose files are stored as they are. */

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** The files by their names. */
export function unpacked(zip: Buffer): Map<string, Buffer> {
  const end = zip.length - 22; // without a comment
  if (zip.readUInt32LE(end) !== END) throw new Error('this is no archive, or it has a comment');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== ENTRY || zip.readUInt16LE(at + 10) !== 0) throw new Error('an entry is broken, or compressed');
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.set(zip.toString('utf8', at + 46, at + 46 + name), zip.subarray(begin, begin + zip.readUInt32LE(at + 20)));
    at += 46 + name + extra + comment;
  }
  return files;
}
