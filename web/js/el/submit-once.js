// @ts-check
/**
 * Around a button that orders or pays: the first press counts, further ones do nothing, and the
 * button says that it is at work. The server has its idempotency key all the same.
 */
class SubmitOnce extends HTMLElement {
  /** @type {AbortController | undefined} */
  #off;
  /** @type {ChildNode[]} */
  #face = [];

  connectedCallback() {
    this.#off = new AbortController();
    const { signal } = this.#off;
    this.closest("form")?.addEventListener("submit", (event) => this.#press(event), { signal });
    // Back from the next page out of the browser's memory: the button works again.
    addEventListener("pageshow", (event) => event.persisted && this.#rest(), { signal });
  }

  disconnectedCallback() {
    this.#off?.abort();
  }

  get #button() {
    return this.querySelector("button");
  }

  /** @param {SubmitEvent} event */
  #press(event) {
    const button = this.#button;
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!button || event.defaultPrevented || (event.submitter && event.submitter !== button)) return;
    if (button.getAttribute("aria-busy") === "true") {
      // `data-plain`: a swap failed and the browser is to send the same form itself.
      if (!("plain" in form.dataset)) event.preventDefault();
      return;
    }
    this.#face = [...button.childNodes];
    button.setAttribute("aria-disabled", "true");
    button.setAttribute("aria-busy", "true");
    if (this.dataset.busy) button.replaceChildren(this.dataset.busy);
  }

  #rest() {
    const button = this.#button;
    if (!button || button.getAttribute("aria-busy") !== "true") return;
    button.removeAttribute("aria-disabled");
    button.removeAttribute("aria-busy");
    button.replaceChildren(...this.#face);
  }
}
customElements.define("submit-once", SubmitOnce);
