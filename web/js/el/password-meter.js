// @ts-check
/**
 * Around the field of a password that is being chosen: says how strong it seems, and shows it when asked. What is
 * typed stays in the page until the form is sent. The rule is that of `crypto/strength.rs`; what is common only the
 * server knows, and it decides.
 *
 * `data-min`: characters at least. Words: `data-show`, `data-hide`, `data-short`, `data-yours`, `data-weak`,
 * `data-fair`, `data-good`, `data-strong`.
 */
class PasswordMeter extends HTMLElement {
  /** @type {AbortController | undefined} */
  #off;
  /** @type {number | undefined} */
  #soon;

  connectedCallback() {
    const input = this.querySelector("input");
    if (!input || this.#off) return;
    this.#off = new AbortController();
    const { signal } = this.#off;
    const bar = document.createElement("meter");
    Object.assign(bar, { min: 0, max: 4, low: 2, high: 3, optimum: 4, hidden: true });
    // The words beside it say the same.
    bar.setAttribute("aria-hidden", "true");
    const said = document.createElement("p");
    said.className = "hint";
    said.setAttribute("role", "status");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn small quiet";
    const show = (/** @type {boolean} */ visible) => {
      input.type = visible ? "text" : "password";
      button.textContent = (visible ? this.dataset.hide : this.dataset.show) ?? "";
    };
    show(false);
    input.spellcheck = false;
    input.autocapitalize = "none";
    this.append(button, bar, said);

    button.addEventListener("click", () => show(input.type === "password"), { signal });
    // A browser keeps what was typed as text; and the next page must not show it.
    input.form?.addEventListener("submit", () => show(false), { signal });
    const judge = () => {
      const [value, word] = this.#judge(input);
      bar.hidden = value === 0;
      bar.value = value;
      // Read aloud when somebody pauses, not at each key.
      clearTimeout(this.#soon);
      this.#soon = setTimeout(() => {
        if (said.textContent !== word) said.textContent = word;
      }, 400);
    };
    input.addEventListener("input", judge, { signal });
    // Who is faster than this script, and a browser that fills the field, has typed already.
    if (input.value !== "") judge();
  }

  disconnectedCallback() {
    clearTimeout(this.#soon);
  }

  /** How full the bar is, and what is said. @param {HTMLInputElement} input @returns {[number, string]} */
  #judge(input) {
    const words = this.dataset;
    const password = input.value.normalize("NFC");
    const letters = [...password.toLowerCase()].map((letter) => letter.codePointAt(0) ?? 0);
    if (letters.length === 0) return [0, ""];
    if ([...password].length < Number(words.min)) return [1, words.short ?? ""];
    if (isMadeOf(password, known(input.form))) return [1, words.yours ?? ""];
    const telling = count(letters);
    if (telling < 6) return [1, words.weak ?? ""];
    if (telling < 12) return [2, words.fair ?? ""];
    return telling < 16 ? [3, words.good ?? ""] : [4, words.strong ?? ""];
  }
}

/** How many characters say something new. @param {number[]} letters */
function count(letters) {
  const turn = letters.slice(0, period(letters));
  return turn.filter((letter, at) => at === 0 || Math.abs(letter - turn[at - 1]) > 1).length;
}

/** After how many characters it begins anew. @param {number[]} letters */
function period(letters) {
  for (let after = 1; after <= letters.length / 2; after += 1) {
    if (letters.every((letter, at) => at < after || letter === letters[at - after])) return after;
  }
  return letters.length;
}

/** Address and name that the same form asks for. @param {HTMLFormElement | null} form @returns {string[]} */
function known(form) {
  return ["email", "display_name"].map((name) => {
    const field = form?.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field.value : "";
  });
}

/** Whether hardly anything is left without the words that are known. @param {string} password @param {string[]} texts */
function isMadeOf(password, texts) {
  const whole = password.toLowerCase();
  let rest = whole;
  for (const word of texts.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))) {
    if ([...word].length >= 4) rest = rest.replaceAll(word, "");
  }
  return rest !== whole && rest.replaceAll(/[^\p{L}\p{N}]/gu, "").length < 6;
}
customElements.define("password-meter", PasswordMeter);
