// @ts-check
/**
 * In a form: finds a number so that the SHA-256 of `data-seed`, a colon and the number begins with `data-bits` zero
 * bits, and puts it into the last hidden field. It works in short turns, so that typing goes on meanwhile; a form that
 * is sent too early is sent when it is found. Nothing is asked of anybody else.
 */
class ProofOfWork extends HTMLElement {
  /** @type {AbortController | undefined} */
  #off;
  #solved = false;
  /** @type {HTMLElement | null | undefined} What the person pressed before it was solved. */
  #pressed;
  #waits = false;

  connectedCallback() {
    if (this.#off) return;
    this.#off = new AbortController();
    const form = this.closest("form");
    form?.addEventListener("submit", (event) => {
      if (this.#solved) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.#waits = true;
      this.#pressed = event.submitter;
      this.#say(this.dataset.busy);
    }, { signal: this.#off.signal, capture: true });
    this.#say(this.dataset.busy);
    void this.#run(form);
  }

  disconnectedCallback() {
    this.#off?.abort();
  }

  /** @param {HTMLFormElement | null} form */
  async #run(form) {
    const answer = await solve(this.dataset.seed ?? "", Number(this.dataset.bits), () => this.isConnected);
    const fields = this.querySelectorAll("input");
    const field = fields[fields.length - 1];
    if (answer === undefined || !field) return;
    field.value = answer;
    this.#solved = true;
    this.#say(this.dataset.done);
    if (this.#waits) form?.requestSubmit(this.#pressed);
  }

  /** @param {string | undefined} text */
  #say(text) {
    const line = this.querySelector("[role=status]");
    if (line && text) line.textContent = text;
  }
}

/** The number, as digits; nothing if nobody wants it any more. @param {string} seed @param {number} bits @param {() => boolean} wanted */
async function solve(seed, bits, wanted) {
  const block = new Uint8Array(64);
  const begin = new TextEncoder().encode(`${seed}:`);
  block.set(begin);
  for (let number = 0; wanted();) {
    const until = performance.now() + 12;
    while (performance.now() < until) {
      // Asking for the time costs more than a try.
      for (let turn = 0; turn < 200; turn += 1, number += 1) {
        if (zeros(block, begin.length, number) >= bits) return String(number);
      }
    }
    await new Promise((go) => setTimeout(go));
  }
  return undefined;
}

const words = new Int32Array(64);
const K = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));

/** @param {number} count */
function primes(count) {
  /** @type {number[]} */
  const found = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** The first 32 bits behind the point. @param {number} value */
function fraction(value) {
  return Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;
}

/**
 * Zero bits at the beginning of the SHA-256 (FIPS 180-4) of one block that begins with `length` bytes and then the
 * digits of a number. Only the first word of the hash is needed: nobody asks for more than 32 bits.
 * @param {Uint8Array} block @param {number} length @param {number} number
 */
function zeros(block, length, number) {
  let end = length;
  let left = number;
  do {
    end += 1;
    left = Math.floor(left / 10);
  } while (left > 0);
  left = number;
  for (let at = end - 1; at >= length; at -= 1) {
    block[at] = 48 + (left % 10);
    left = Math.floor(left / 10);
  }
  block[end] = 0x80;
  block.fill(0, end + 1);
  block[62] = (end * 8) >> 8;
  block[63] = (end * 8) & 255;
  const w = words;
  for (let i = 0; i < 16; i += 1) {
    const at = i * 4;
    w[i] = (block[at] << 24) | (block[at + 1] << 16) | (block[at + 2] << 8) | block[at + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15];
    const y = w[i - 2];
    const small = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const large = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + small + w[i - 7] + large) | 0;
  }
  let a = START[0], b = START[1], c = START[2], d = START[3], e = START[4], f = START[5], g = START[6], h = START[7];
  for (let i = 0; i < 64; i += 1) {
    const up = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + up + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const down = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (down + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  return Math.clz32((a + START[0]) | 0);
}
customElements.define("proof-of-work", ProofOfWork);
