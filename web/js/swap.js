// @ts-check
/**
 * Replaces one piece of the page with the same piece of the server's next answer.
 *
 * `<form data-swap="results">` and `<a data-swap="results">` keep their URL and their handler; the
 * request only says `X-Fragment: results`. If anything is amiss the browser navigates as usual.
 * The one Trusted Types policy of the program lives here, with its one sink, the inert parser.
 */

/** @typedef {{ createHTML(text: string): string }} Policy */
/** @type {{ createPolicy(name: string, rules: Policy): Policy } | undefined} */
const factory = /** @type {any} */ (globalThis).trustedTypes;
const policy = factory?.createPolicy("tradeplus", { createHTML: (text) => text });

/** Parses markup of our own server; scripts in it never run. @param {string} text */
export function parse(text) {
  return new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
}

/** Speaks through the page's polite live region. @param {string | undefined} text */
export function announce(text) {
  const live = document.getElementById("live");
  if (live && text) live.textContent = text;
}

/** The request under way for each piece: a newer one cancels it. @type {Map<string, AbortController>} */
const running = new Map();
/** Path and query shown now; a change of the fragment alone is no new page. */
let shown = location.pathname + location.search;

/**
 * Carries focus, typed text and scroll position from the old piece to the new one.
 * @param {HTMLElement} old
 * @returns {(next: HTMLElement) => void}
 */
function remember(old) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const scrolled = [...old.querySelectorAll("[id]")].filter((box) => box.scrollTop > 0).map((box) => ({ id: box.id, top: box.scrollTop }));
  return (next) => {
    for (const { id, top } of scrolled) {
      const box = document.getElementById(id);
      if (box) box.scrollTop = top;
    }
    const wrong = next.querySelector(".summary, [aria-invalid=true], [autofocus]");
    const same = focused?.id ? document.getElementById(focused.id) : null;
    if (wrong instanceof HTMLElement) wrong.focus();
    else if (same) {
      if (focused instanceof HTMLInputElement && same instanceof HTMLInputElement && !/checkbox|radio/.test(same.type)) same.value = focused.value;
      same.focus({ preventScroll: true });
    } else if (focused) {
      next.tabIndex = -1;
      next.focus({ preventScroll: true });
    }
  };
}

/**
 * Fetches `url` and puts its element `id` in place of ours. Rejects with `AbortError` when a newer
 * swap of the same piece began, with another error on network trouble.
 * @param {string | URL} url
 * @param {string} id
 * @param {RequestInit} [init]
 * @returns {Promise<HTMLElement | undefined>} the new piece; nothing if the browser navigates away
 */
export async function swap(url, id, init = {}) {
  running.get(id)?.abort();
  const stop = new AbortController();
  running.set(id, stop);
  const old = document.getElementById(id);
  old?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { ...init, signal: stop.signal, headers: { "X-Fragment": id, ...init.headers } });
    const next = answer.redirected ? null : parse(await answer.text()).getElementById(id);
    if (!old || !next) return void location.assign(answer.redirected ? answer.url : url);
    const restore = remember(old);
    const put = () => {
      old.replaceWith(next);
      restore(next);
    };
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden;
    if ("startViewTransition" in document && !still) await document.startViewTransition(put).updateCallbackDone;
    else put();
    announce(next.dataset.announce);
    dispatchEvent(new CustomEvent("swapped", { detail: next }));
    return next;
  } finally {
    if (running.get(id) === stop) {
      running.delete(id);
      old?.removeAttribute("aria-busy");
    }
  }
}

/**
 * Follows a link or a GET form by swapping, and makes it a step of the history.
 * @param {URL} url
 * @param {string} id
 */
async function go(url, id) {
  if (await swap(url, id)) {
    history.pushState(null, "", url);
    shown = location.pathname + location.search;
  }
}

/** Hides the sheet a form is in: its answer lies behind it. @param {Element} form */
function closeSheet(form) {
  const sheet = form.closest("[popover]");
  if (sheet instanceof HTMLElement && sheet.matches(":popover-open")) sheet.hidePopover();
}

addEventListener("submit", async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.swap || event.defaultPrevented || "plain" in form.dataset) return;
  event.preventDefault();
  const { submitter } = event;
  const data = new FormData(form, submitter);
  const url = new URL(submitter?.getAttribute("formaction") ?? form.action, location.href);
  const words = new URLSearchParams();
  for (const [name, value] of data) if (typeof value === "string" && (form.method === "post" || value)) words.append(name, value);
  try {
    closeSheet(form);
    if (form.method === "post") {
      await swap(url, form.dataset.swap, { method: "POST", body: form.enctype === "multipart/form-data" ? data : words });
    } else {
      url.search = words.toString();
      await go(url, form.dataset.swap);
    }
  } catch (trouble) {
    if (/** @type {Error} */ (trouble).name === "AbortError") return;
    form.dataset.plain = "";
    form.requestSubmit(submitter);
    delete form.dataset.plain;
  }
});

addEventListener("click", async (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-swap]") : null;
  const other = event.defaultPrevented || event.button > 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!(link instanceof HTMLAnchorElement) || other) return;
  event.preventDefault();
  try {
    await go(new URL(link.href), link.dataset.swap ?? "");
  } catch (trouble) {
    if (/** @type {Error} */ (trouble).name !== "AbortError") location.assign(link.href);
  }
});

// Filters that stand beside the results apply at once; in the phone's sheet the button does it.
let soon = 0;
addEventListener("change", (event) => {
  const form = event.target instanceof Element ? event.target.closest("form[data-auto]") : null;
  if (!(form instanceof HTMLFormElement)) return;
  if (form.dataset.auto !== "always" && !matchMedia("(width >= 64rem)").matches) return;
  clearTimeout(soon);
  soon = setTimeout(() => form.isConnected && form.requestSubmit(), 300);
});

addEventListener("popstate", () => {
  if (location.pathname + location.search !== shown) location.reload();
});
