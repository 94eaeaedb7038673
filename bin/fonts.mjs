// Packs the fonts of documents with brotli. Called by bin/make-fonts:
//   node bin/fonts.mjs FOLDER-OF-THE-FONTS FOLDER-OF-THE-FILES

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";

const [from, to] = process.argv.slice(2);
let total = 0;
for (const name of readdirSync(from).filter((file) => file.endsWith(".ttf")).sort()) {
  const plain = readFileSync(join(from, name));
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 20, [BROTLI_PARAM_SIZE_HINT]: plain.length };
  const packed = brotliCompressSync(plain, { params });
  if (!brotliDecompressSync(packed).equals(plain)) throw new Error(`${name} does not come out as it went in`);
  writeFileSync(join(to, `${basename(name, ".ttf")}.br`), packed);
  total += packed.length;
  console.log(`${name}: ${plain.length} bytes, packed ${packed.length}`);
}
console.log(`together ${total} bytes`);
