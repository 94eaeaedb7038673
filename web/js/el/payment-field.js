// @ts-check
/**
 * The card company's field on the page of a payment: loads that company's script, lets it draw its field, and sends the
 * buyer on to their bank or back to us. What is typed goes to that company alone. Without scripts the page says so.
 */

/** @type {Promise<void> | undefined} */
let loading;

/** Loads a script of somebody else's, once. @param {string} address */
function load(address) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve(), { once: true });
    script.addEventListener("error", () => reject(new Error("not loaded")), { once: true });
    document.head.append(script);
  });
  return loading;
}

class PaymentField extends HTMLElement {
  /** @type {AbortController | undefined} */
  #off;

  async connectedCallback() {
    this.#off = new AbortController();
    this.querySelector("[data-no-script]")?.remove();
    const { script = "", key = "", secret = "", back = "" } = this.dataset;
    const place = /** @type {HTMLElement | null} */ (this.querySelector("[data-place]"));
    const button = this.querySelector("button");
    if (!place || !button) return;
    try {
      await load(script);
      const company = /** @type {any} */ (globalThis).Stripe(key);
      const elements = company.elements({ clientSecret: secret, locale: document.documentElement.lang });
      // The policy of this page lets no wallet in.
      const field = elements.create("payment", { wallets: { applePay: "never", googlePay: "never" } });
      field.on("ready", () => this.#show("[data-go]"));
      field.on("loaderror", () => this.#say(this.dataset.failed));
      field.mount(place);
      button.addEventListener("click", () => void this.#pay(company, elements, button, back), { signal: this.#off.signal });
    } catch {
      this.#say(this.dataset.failed);
    }
  }

  disconnectedCallback() {
    this.#off?.abort();
  }

  /** @param {any} company @param {any} elements @param {HTMLButtonElement} button @param {string} back */
  async #pay(company, elements, button, back) {
    if (button.getAttribute("aria-busy") === "true") return;
    const face = [...button.childNodes];
    button.setAttribute("aria-busy", "true");
    button.setAttribute("aria-disabled", "true");
    if (this.dataset.busy) button.replaceChildren(this.dataset.busy);
    this.#say("");
    try {
      const checked = await elements.submit();
      const tried = checked.error ? checked : await company.confirmPayment({
        elements,
        confirmParams: { return_url: back },
        redirect: "always",
      });
      // Who comes here was not sent on: the card was not taken, and another one may be tried.
      this.#say(tried.error?.message ?? this.dataset.failed);
    } catch {
      this.#say(this.dataset.failed);
    }
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
    button.replaceChildren(...face);
  }

  /** @param {string | undefined} text */
  #say(text) {
    const line = /** @type {HTMLElement | null} */ (this.querySelector("[data-error]"));
    if (!line) return;
    line.textContent = text ?? "";
    line.hidden = !text;
  }

  /** @param {string} what */
  #show(what) {
    const part = /** @type {HTMLElement | null} */ (this.querySelector(what));
    if (part) part.hidden = false;
  }
}
customElements.define("payment-field", PaymentField);
