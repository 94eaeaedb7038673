// Packs the countries of networks into the files that the program carries. Called by bin/make-atlas:
//   node bin/atlas.mjs FOLDER-OF-THE-PACKAGE FOLDER-OF-THE-FILES
//
// A file is compressed with brotli. Inside: "tpatlas1"; how many countries, one byte; their codes, two letters each;
// how many steps, as a varint; the steps; and the country from each step on, one byte: 0 for none, else its place among
// the codes, from 1. A step is a varint (LEB128): how far it is from the one before, the first from zero. IPv4 counts
// addresses, IPv6 networks of /64.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";

const MAGIC = Buffer.from("tpatlas1", "latin1");

/** Addresses whose country is no secret: where they are given out has not changed for years. */
const KNOWN = {
  v4: [
    ["8.8.8.8", "US"], ["91.0.0.1", "DE"], ["82.64.0.1", "FR"], ["81.2.69.142", "GB"], ["80.110.0.1", "AT"],
    ["195.176.0.1", "CH"], ["201.10.0.1", "BR"], ["41.58.0.1", "NG"], ["193.0.6.139", "NL"],
    ["10.0.0.1", ""], ["127.0.0.1", ""], ["192.168.1.1", ""], ["192.0.2.1", ""], ["100.64.0.1", ""], ["240.0.0.1", ""],
  ],
  v6: [
    ["2003::1", "DE"], ["2a01:e00::1", "FR"], ["2001:67c:2e8:22::c100:68b", "NL"], ["2001:200::1", "JP"],
    ["::1", ""], ["fe80::1", ""], ["fc00::1", ""], ["2001:db8::1", ""],
  ],
};

/** A file of the MaxMind DB format, version 2: `[first, last, value]` of each network, in order. */
function networks(file) {
  const marker = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
  const begin = file.lastIndexOf(marker) + marker.length;
  const [meta] = value(file, begin, begin);
  const bits = meta.ip_version === 4 ? 32 : 128;
  if (meta.record_size !== 24) throw new Error(`records of ${meta.record_size} bits are not read here`);
  const data = meta.node_count * 6 + 16;
  const found = [];
  const walk = (node, depth, prefix) => {
    for (const side of [0, 1]) {
      const record = file.readUIntBE(node * 6 + side * 3, 3);
      const size = 1n << BigInt(bits - depth - 1);
      const first = side === 0 ? prefix : prefix + size;
      if (record < meta.node_count) walk(record, depth + 1, first);
      else if (record > meta.node_count) found.push([first, first + size - 1n, value(file, data, data + record - meta.node_count - 16)[0]]);
    }
  };
  walk(0, 0, 0n);
  return found;
}

/** The value at `at`, and where the next one begins. Pointers count from `base`. Only the kinds that occur here. */
function value(file, base, at) {
  const control = file[at++];
  let kind = control >> 5;
  if (kind === 1) {
    const bytes = ((control >> 3) & 3) + 1;
    const offset = [0, 2048, 526336, 0][bytes - 1];
    const high = bytes === 4 ? 0 : (control & 7) * 256 ** bytes;
    return [value(file, base, base + high + file.readUIntBE(at, bytes) + offset)[0], at + bytes];
  }
  if (kind === 0) kind = 7 + file[at++];
  let size = control & 31;
  if (size === 29) size = 29 + file[at++];
  else if (size > 29) throw new Error("longer than expected");
  if (kind === 2) return [file.toString("utf8", at, at + size), at + size];
  if (kind === 5 || kind === 6 || kind === 9) return [size === 0 ? 0 : Number(`0x${file.toString("hex", at, at + size)}`), at + size];
  const items = [];
  for (let n = 0; n < (kind === 7 ? size * 2 : size); n++) {
    const [item, next] = value(file, base, at);
    items.push(item);
    at = next;
  }
  if (kind === 11) return [items, at];
  if (kind !== 7) throw new Error(`a value of kind ${kind}`);
  return [Object.fromEntries(items.flatMap((item, n) => (n % 2 ? [[items[n - 1], item]] : []))), at];
}

/** Where the country changes: `[first, code]`, "" for none. */
function steps(ranges) {
  const found = [];
  const step = (at, code) => {
    if ((found.at(-1)?.[1] ?? "") !== code) found.push([at, code]);
  };
  let next = 0n;
  for (const [first, last, code] of ranges) {
    if (first > next) step(next, "");
    step(first, code);
    next = last + 1n;
  }
  step(next, "");
  return found;
}

function varint(number, out) {
  for (; number >= 128n; number >>= 7n) out.push(Number(number & 127n) | 128);
  out.push(Number(number));
}

function pack(all) {
  const codes = [...new Set(all.map(([, code]) => code))].filter(Boolean).sort();
  if (codes.length > 255) throw new Error("more countries than a byte can name");
  const out = [...MAGIC, codes.length, ...Buffer.from(codes.join(""), "latin1")];
  varint(BigInt(all.length), out);
  let before = 0n;
  for (const [at] of all) {
    varint(at - before, out);
    before = at;
  }
  for (const [, code] of all) out.push(code === "" ? 0 : codes.indexOf(code) + 1);
  return Buffer.from(out);
}

/** Reads what `pack` wrote, as the program does. */
function unpack(bytes) {
  if (!bytes.subarray(0, 8).equals(MAGIC)) throw new Error("not such a file");
  let at = 9 + 2 * bytes[8];
  const codes = ["", ...bytes.toString("latin1", 9, at).match(/../g)];
  const number = () => {
    for (let read = 0n, shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      read |= BigInt(byte & 127) << shift;
      if (byte < 128) return read;
    }
  };
  const firsts = [];
  for (let left = number(), before = 0n; left > 0n; left--) firsts.push((before += number()));
  return (address) => {
    let [low, high] = [0, firsts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= address) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? "" : codes[bytes[at + low - 1]];
  };
}

function number(address) {
  if (!address.includes(":")) return address.split(".").reduce((all, part) => all * 256n + BigInt(part), 0n);
  const [head, tail = ""] = address.split("::");
  const [left, right] = [head, tail].map((part) => (part === "" ? [] : part.split(":")));
  const middle = address.includes("::") ? Array(8 - left.length - right.length).fill("0") : [];
  return [...left, ...middle, ...right].reduce((all, part) => all * 65536n + BigInt(`0x${part}`), 0n);
}

const [from, to] = process.argv.slice(2);
// Only what pages can name.
const named = new Set(readFileSync("messages/en/countries.ftl", "utf8").match(/(?<=^country-)../gm).map((c) => c.toUpperCase()));
for (const [kind, shift] of [["v4", 0n], ["v6", 64n]]) {
  const left = new Set();
  const ranges = networks(readFileSync(join(from, `iptoasn-country-ip${kind}.mmdb`)))
    .map(([first, last, { country_code: code }]) => [first, last, code])
    .filter(([, , code]) => named.has(code) || (left.add(code), false));
  const part = (1n << shift) - 1n;
  if (ranges.some(([first, last]) => (first & part) !== 0n || (last & part) !== part)) throw new Error("a network is smaller than /64");
  const cut = ranges.map(([first, last, code]) => [first >> shift, last >> shift, code]);
  const all = steps(cut);
  const plain = pack(all);
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 20, [BROTLI_PARAM_SIZE_HINT]: plain.length };
  const file = brotliCompressSync(plain, { params });

  const find = unpack(brotliDecompressSync(file));
  let next = 0n;
  for (const [first, last, code] of cut) {
    if (find(first) !== code || find(last) !== code) throw new Error(`${first} is not in ${code}`);
    if (first > next && (find(next) !== "" || find(first - 1n) !== "")) throw new Error(`${next} is in no country`);
    next = last + 1n;
  }
  if (find(next) !== "") throw new Error(`${next} is in no country`);
  for (const [address, code] of KNOWN[kind]) {
    const got = find(number(address) >> shift);
    if (got !== code) throw new Error(`${address} should be in "${code}", not in "${got}"`);
  }
  writeFileSync(join(to, `countries-${kind}.br`), file);
  const leftOut = left.size === 0 ? "" : `, without ${[...left].join(" ")}`;
  console.log(`countries-${kind}.br: ${cut.length} networks, ${all.length} steps, ${plain.length} bytes, packed ${file.length}${leftOut}`);
}
