// @ts-check
/**
 * Saves the form it stands in as a draft while one types. If the server cannot be reached the text
 * is kept on this device and put back when the form is opened again.
 */
class AutoSave extends HTMLElement {
  /** @type {AbortController | undefined} */
  #off;
  #timer = 0;
  #dirty = false;

  connectedCallback() {
    const form = this.#form;
    if (!form || !this.dataset.url) return;
    this.#off = new AbortController();
    const { signal } = this.#off;
    this.#restore(form);
    form.addEventListener("input", () => this.#later(), { signal });
    form.addEventListener("change", () => this.#later(), { signal });
    form.addEventListener("submit", () => {
      clearTimeout(this.#timer);
      this.#dirty = false;
      this.#forget();
    }, { signal });
    addEventListener("online", () => this.#dirty && this.#save(), { signal });
    addEventListener("pagehide", () => this.#dirty && this.#save(true), { signal });
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#off?.abort();
  }

  get #form() {
    return this.closest("form");
  }

  get #key() {
    return `draft:${this.dataset.url}`;
  }

  #later() {
    this.#dirty = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), 1200);
  }

  /** @param {boolean} [leaving] the page is going away: let the request outlive it */
  async #save(leaving = false) {
    const form = this.#form;
    if (!form || !this.dataset.url) return;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    this.#dirty = false;
    this.#say(this.dataset.saving);
    try {
      const answer = await fetch(this.dataset.url, { method: "POST", body, keepalive: leaving, headers: { Accept: "application/json" } });
      if (answer.ok && !answer.redirected) {
        this.#forget();
        const time = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { timeStyle: "short" }).format(new Date());
        this.#say(this.dataset.saved?.replace("{time}", time));
      } else if (answer.status === 422) this.#say("");
      else this.#keep(form);
    } catch {
      this.#dirty = true;
      this.#keep(form);
    }
  }

  /** Fields a person filled in; never tokens, passwords or files. @param {HTMLFormElement} form */
  #fields(form) {
    return [...form.elements].filter((field) =>
      (field instanceof HTMLInputElement && field.name && !/hidden|password|file|submit|button|checkbox|radio/.test(field.type)) ||
      (field instanceof HTMLTextAreaElement && field.name)).map((field) => /** @type {HTMLInputElement | HTMLTextAreaElement} */ (field));
  }

  /** @param {HTMLFormElement} form */
  #keep(form) {
    try {
      localStorage.setItem(this.#key, JSON.stringify(this.#fields(form).map((field) => [field.name, field.value])));
      this.#say(this.dataset.failed, true);
    } catch {
      this.#say("");
    }
  }

  #forget() {
    try {
      localStorage.removeItem(this.#key);
    } catch { /* storage is switched off: nothing was kept */ }
  }

  /** @param {HTMLFormElement} form */
  #restore(form) {
    try {
      const kept = /** @type {[string, string][] | null} */ (JSON.parse(localStorage.getItem(this.#key) ?? "null"));
      if (!kept) return;
      for (const field of this.#fields(form)) {
        const value = kept.find(([name]) => name === field.name)?.[1];
        if (value !== undefined) field.value = value;
      }
      this.#say(this.dataset.restored);
      this.#later();
    } catch {
      this.#forget();
    }
  }

  /** @param {string | undefined} text @param {boolean} [bad] */
  #say(text, bad = false) {
    const line = this.querySelector(".saved");
    if (!line) return;
    line.textContent = text ?? "";
    line.toggleAttribute("data-bad", bad);
  }
}
customElements.define("auto-save", AutoSave);
