// @ts-check
/**
 * Around a form that sends a passkey's answer: asks the server for a question, the device for its answer, and sends
 * the form with both. `data-kind` is "create" or "get". With `data-auto` the browser also offers passkeys in the
 * field for the address. Without a browser that can do it the form is not shown.
 */
class PasskeyButton extends HTMLElement {
  /** @type {AbortController | undefined} */
  #off;
  /** What waits for the device now; a newer question cancels it. @type {AbortController | undefined} */
  #asking;

  connectedCallback() {
    const form = this.querySelector("form");
    if (!form) return;
    if (!globalThis.PublicKeyCredential) {
      if (this.dataset.kind === "get") this.hidden = true;
      else this.#say(this.dataset.unable);
      return;
    }
    this.#off = new AbortController();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#run(form);
    }, { signal: this.#off.signal });
    if ("auto" in this.dataset) void this.#offer(form);
  }

  disconnectedCallback() {
    this.#off?.abort();
    this.#asking?.abort();
  }

  /** In the field for the address, where the browser can. @param {HTMLFormElement} form */
  async #offer(form) {
    const able = await PublicKeyCredential.isConditionalMediationAvailable?.().catch(() => false);
    if (!able || !this.isConnected || this.#asking) return;
    // The server forgets its question after five minutes.
    setTimeout(() => void this.#renew(form), 4 * 60_000);
    await this.#run(form, true);
  }

  /** Asks anew what nobody has answered yet. @param {HTMLFormElement} form */
  async #renew(form) {
    if (!this.isConnected || document.hidden) return;
    this.#asking?.abort();
    this.#asking = undefined;
    await this.#offer(form);
  }

  /** @param {HTMLFormElement} form @param {boolean} [quietly] */
  async #run(form, quietly = false) {
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    const { signal } = asking;
    if (!quietly) this.#say(this.dataset.busy);
    try {
      const answer = await fetch(this.dataset.options ?? "", { method: "POST", body: new URLSearchParams(), headers: { Accept: "application/json" }, signal });
      // Who must first show who they are is led to where they do.
      if (answer.redirected) return location.assign(answer.url);
      if (!answer.ok) throw new Error(`${answer.status}`);
      const question = await answer.json();
      const credential = await (this.dataset.kind === "create" ? create(question.options, signal) : get(question.options, signal, quietly));
      if (!credential) throw new Error("nothing");
      field(form, "ceremony").value = question.ceremony;
      field(form, "credential").value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      if (signal.aborted) return;
      // What was only offered may be declined without a word.
      if (!quietly) this.#say(this.dataset.stopped);
    } finally {
      if (this.#asking === asking) this.#asking = undefined;
    }
  }

  /** @param {string | undefined} text */
  #say(text) {
    const line = this.querySelector(".passkey-said");
    if (line) line.textContent = text ?? "";
  }
}

/** @param {HTMLFormElement} form @param {string} name */
function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/** @param {any} options @param {AbortSignal} signal */
async function create(options, signal) {
  const user = { ...options.user, id: bytes(options.user.id) };
  const excludeCredentials = (options.excludeCredentials ?? []).map(known);
  const publicKey = { ...options, challenge: bytes(options.challenge), user, excludeCredentials };
  const made = /** @type {any} */ (await navigator.credentials.create({ publicKey, signal }));
  return made && {
    ...shown(made),
    response: {
      attestationObject: text(made.response.attestationObject),
      clientDataJSON: text(made.response.clientDataJSON),
      transports: made.response.getTransports?.() ?? [],
    },
  };
}

/** @param {any} options @param {AbortSignal} signal @param {boolean} quietly */
async function get(options, signal, quietly) {
  const allowCredentials = (options.allowCredentials ?? []).map(known);
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials };
  const found = /** @type {any} */ (await navigator.credentials.get({ publicKey, signal, mediation: quietly ? "conditional" : "optional" }));
  return found && {
    ...shown(found),
    response: {
      authenticatorData: text(found.response.authenticatorData),
      clientDataJSON: text(found.response.clientDataJSON),
      signature: text(found.response.signature),
      userHandle: found.response.userHandle && text(found.response.userHandle),
    },
  };
}

/** @param {any} credential */
function shown(credential) {
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, extensions: {} };
}

/** @param {{ id: string }} credential */
function known(credential) {
  return { ...credential, id: bytes(credential.id) };
}

/** Bytes of base64url. @param {string} value */
function bytes(value) {
  return Uint8Array.from(atob(value.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

/** Base64url of bytes. @param {ArrayBuffer} value */
function text(value) {
  return btoa(String.fromCharCode(...new Uint8Array(value))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
customElements.define("passkey-button", PasskeyButton);
