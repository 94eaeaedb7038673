// @ts-check
import { announce } from "../swap.js";

let serial = 0;

/**
 * Suggestions under a search box: the ARIA "combobox with list" pattern. Enter without choosing
 * searches what was typed, and the form works the same when no suggestion ever comes.
 */
class SearchSuggest extends HTMLElement {
  /** @type {HTMLInputElement | null} */
  #input = null;
  #list = document.createElement("ul");
  #timer = 0;
  /** @type {AbortController | undefined} */
  #asking;
  #typed = "";
  #chosen = -1;

  connectedCallback() {
    const input = this.querySelector("input");
    const form = this.closest("form");
    if (!input || !form || !this.dataset.url || this.#input) return;
    this.#input = input;
    this.#list.id = `suggestions-${++serial}`;
    this.#list.className = "suggestions";
    this.#list.role = "listbox";
    this.#list.hidden = true;
    this.#list.ariaLabel = this.querySelector("label")?.textContent ?? "";
    form.append(this.#list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.#list.id]]) input.setAttribute(name, value);
    input.addEventListener("input", () => this.#later());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.#close());
    // Before blur: keeps the focus in the box while the pointer chooses.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      if (option) this.#take(this.#options.indexOf(option));
    });
  }

  get #options() {
    return [...this.#list.children];
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), 120);
  }

  async #ask() {
    const text = this.#input?.value.trim() ?? "";
    this.#asking?.abort();
    if (text.length < 2) return this.#close();
    this.#asking = new AbortController();
    try {
      const answer = await fetch(`${this.dataset.url}?${new URLSearchParams({ q: text })}`, { signal: this.#asking.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return this.#close();
      const { items } = /** @type {{ items: (string | { text: string })[] }} */ (await answer.json());
      this.#show(text, items.map((item) => (typeof item === "string" ? item : item.text)).filter(Boolean).slice(0, 8));
    } catch { /* a newer question, or no network: the box still searches */ }
  }

  /** @param {string} typed @param {string[]} words */
  #show(typed, words) {
    if (document.activeElement !== this.#input || words.length === 0) return this.#close();
    this.#typed = typed;
    this.#chosen = -1;
    this.#list.replaceChildren(...words.map((word, index) => {
      const option = document.createElement("li");
      option.id = `${this.#list.id}-${index}`;
      option.role = "option";
      option.dataset.word = word;
      const at = word.toLowerCase().indexOf(typed.toLowerCase());
      const rest = document.createElement("b");
      rest.textContent = at === 0 ? word.slice(typed.length) : word;
      const line = document.createElement("span");
      line.append(at === 0 ? word.slice(0, typed.length) : "", rest);
      option.append(line);
      return option;
    }));
    this.#list.hidden = false;
    this.#input?.setAttribute("aria-expanded", "true");
    this.#input?.removeAttribute("aria-activedescendant");
    announce(this.dataset.count?.replace("{n}", String(words.length)));
  }

  #close() {
    clearTimeout(this.#timer);
    this.#list.hidden = true;
    this.#chosen = -1;
    this.#input?.setAttribute("aria-expanded", "false");
    this.#input?.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (this.#list.hidden) {
      if (event.key === "ArrowDown") this.#later();
      return;
    }
    const count = this.#options.length;
    if (event.key === "ArrowDown") this.#point(this.#chosen + 1 >= count ? -1 : this.#chosen + 1);
    else if (event.key === "ArrowUp") this.#point(this.#chosen < 0 ? count - 1 : this.#chosen - 1);
    else if (event.key === "Escape") {
      if (this.#input) this.#input.value = this.#typed;
      this.#close();
    } else if (event.key === "Enter" && this.#chosen >= 0) this.#take(this.#chosen);
    else return;
    event.preventDefault();
  }

  /** Marks option `index` and shows its text in the box; -1 is what was typed. @param {number} index */
  #point(index) {
    this.#chosen = index;
    this.#options.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    const option = /** @type {HTMLElement | undefined} */ (this.#options[index]);
    if (!this.#input) return;
    this.#input.value = option?.dataset.word ?? this.#typed;
    if (option) {
      this.#input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.#input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} index */
  #take(index) {
    this.#point(index);
    this.#close();
    this.closest("form")?.requestSubmit();
  }
}
customElements.define("search-suggest", SearchSuggest);
