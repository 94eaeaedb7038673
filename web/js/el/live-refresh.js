// @ts-check
import { swap } from "../swap.js";

/**
 * Asks for a piece of the page again until it says that it is settled: `data-state` of the piece
 * is one of the words in `data-until`. Then it follows the piece's `data-next`, if it has one.
 * Gives up after five minutes; the link inside the piece always works.
 */
class LiveRefresh extends HTMLElement {
  #timer = 0;
  #since = Date.now();

  connectedCallback() {
    this.#look();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  get #piece() {
    return document.getElementById(this.dataset.target ?? "");
  }

  #look() {
    const piece = this.#piece;
    if (!piece) return;
    const settled = (this.dataset.until ?? "").split(" ").includes(piece.dataset.state ?? "");
    if (settled && piece.dataset.next) return void location.assign(piece.dataset.next);
    const spent = Date.now() - this.#since;
    if (settled || spent > 300_000) return;
    const seconds = Number(this.dataset.every ?? 2) * (spent > 30_000 ? 3 : 1);
    this.#timer = setTimeout(() => this.#ask(), seconds * 1000);
  }

  async #ask() {
    try {
      // An unseen tab waits; it asks as soon as its turn comes again.
      if (!document.hidden) await swap(this.dataset.url ?? location.href, this.dataset.target ?? "");
    } catch { /* no network just now: the next turn tries again */ }
    if (this.isConnected) this.#look();
  }
}
customElements.define("live-refresh", LiveRefresh);
