// Stands in for Stripe.js where the simulator stands in for Stripe: as much of it as a payment page uses. The fields are
// plain ones in the page itself, so that a test can fill them in; the real ones are in a frame of Stripe's.
(() => {
  const origin = new URL(document.currentScript.src).origin;

  const field = (form, name, label, autocomplete) => {
    const box = document.createElement("label");
    box.textContent = label;
    const input = document.createElement("input");
    input.name = name;
    input.inputMode = "numeric";
    input.autocomplete = autocomplete;
    box.append(input);
    form.append(box);
    return input;
  };

  class PaymentElement {
    #listeners = {};

    mount(place) {
      const target = typeof place === "string" ? document.querySelector(place) : place;
      const group = document.createElement("fieldset");
      const legend = document.createElement("legend");
      legend.textContent = "Card (simulator)";
      group.append(legend);
      this.number = field(group, "sim-number", "Card number", "cc-number");
      this.expiry = field(group, "sim-expiry", "MM / YY", "cc-exp");
      this.code = field(group, "sim-cvc", "CVC", "cc-csc");
      target.replaceChildren(group);
      for (const input of [this.number, this.expiry, this.code]) {
        input.addEventListener("input", () => this.#tell("change", { complete: this.complete, empty: !this.number.value }));
      }
      queueMicrotask(() => this.#tell("ready", {}));
    }

    get complete() {
      return Boolean(this.number?.value && this.expiry?.value && this.code?.value);
    }

    on(name, listener) {
      (this.#listeners[name] ??= []).push(listener);
      return this;
    }

    #tell(name, event) {
      for (const listener of this.#listeners[name] ?? []) listener(event);
    }

    unmount() {}
    destroy() {}
    update() {}
  }

  class Elements {
    constructor(options) {
      this.clientSecret = options.clientSecret;
    }

    create(kind) {
      this.element = kind === "payment" ? new PaymentElement() : null;
      return this.element;
    }

    getElement(kind) {
      return kind === "payment" ? (this.element ?? null) : null;
    }

    async submit() {
      const isComplete = this.element?.complete;
      return isComplete ? {} : { error: { type: "validation_error", code: "incomplete", message: "The card is incomplete." } };
    }

    update() {}
  }

  const paymentOf = (secret) => secret.slice(0, secret.indexOf("_secret_"));

  const ask = async (key, method, path, fields) => {
    const form = new URLSearchParams(fields);
    const isGet = method === "GET";
    const address = `${origin}/v1/${path}${isGet ? `?${form}` : ""}`;
    const reply = await fetch(address, {
      method,
      headers: { authorization: `Bearer ${key}` },
      body: isGet ? undefined : form,
    });
    return reply.json();
  };

  const back = (to, intent, status) => {
    const address = new URL(to);
    address.searchParams.set("payment_intent", intent.id);
    address.searchParams.set("payment_intent_client_secret", intent.client_secret);
    address.searchParams.set("redirect_status", status);
    location.assign(address);
  };

  window.Stripe = (key) => ({
    elements: (options) => new Elements(options),

    async confirmPayment({ elements, clientSecret, confirmParams = {}, redirect = "always" }) {
      const secret = clientSecret ?? elements.clientSecret;
      const card = elements.element;
      const [month = "", year = ""] = card.expiry.value.split("/").map((part) => part.trim());
      const answer = await ask(key, "POST", `payment_intents/${paymentOf(secret)}/confirm`, {
        client_secret: secret,
        return_url: confirmParams.return_url ?? location.href,
        "payment_method_data[type]": "card",
        "payment_method_data[card][number]": card.number.value,
        "payment_method_data[card][exp_month]": month,
        "payment_method_data[card][exp_year]": year,
        "payment_method_data[card][cvc]": card.code.value,
      });
      if (answer.error) return { error: answer.error };
      if (answer.next_action?.redirect_to_url) {
        location.assign(answer.next_action.redirect_to_url.url);
        return new Promise(() => {});
      }
      if (redirect === "always") {
        back(confirmParams.return_url ?? location.href, answer, answer.status);
        return new Promise(() => {});
      }
      return { paymentIntent: answer };
    },

    async retrievePaymentIntent(secret) {
      const answer = await ask(key, "GET", `payment_intents/${paymentOf(secret)}`, { client_secret: secret });
      return answer.error ? { error: answer.error } : { paymentIntent: answer };
    },
  });
})();
