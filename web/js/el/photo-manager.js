// @ts-check
import { announce, parse } from "../swap.js";

/**
 * Photos of a listing. Without scripts: a multipart form, and a form with buttons on every tile.
 * With scripts: photos go up one after another as soon as they are chosen or dropped, with
 * progress and a retry each; tiles can be dragged; buttons answer without a new page.
 * The server's answer always decides what is shown.
 */
class PhotoManager extends HTMLElement {
  /** @type {File[]} */
  #queue = [];
  #busy = false;

  connectedCallback() {
    this.classList.add("live");
    this.addEventListener("change", (event) => {
      const input = event.target;
      if (!(input instanceof HTMLInputElement) || input.type !== "file" || !input.files) return;
      this.#add([...input.files]);
      input.value = "";
    });
    this.addEventListener("submit", (event) => this.#submit(event));
    this.addEventListener("pointerdown", (event) => this.#grab(event));
    this.addEventListener("dragover", (event) => this.#hover(event, true));
    this.addEventListener("dragleave", (event) => this.#hover(event, false));
    this.addEventListener("drop", (event) => {
      this.#hover(event, false);
      this.#add([...(event.dataTransfer?.files ?? [])].filter((file) => file.type.startsWith("image/")));
    });
  }

  get #tiles() {
    return /** @type {HTMLElement} */ (this.querySelector(".photo-tiles"));
  }

  /** @param {DragEvent} event @param {boolean} over */
  #hover(event, over) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.querySelector(".photo-add")?.toggleAttribute("data-over", over);
  }

  /** @param {File[]} files */
  #add(files) {
    this.#queue.push(...files);
    if (!this.#busy) this.#work();
  }

  async #work() {
    this.#busy = true;
    for (let file = this.#queue.shift(); file; file = this.#queue.shift()) {
      const form = this.querySelector("form.photo-add");
      if (!(form instanceof HTMLFormElement)) break;
      const tile = this.#waiting(file);
      try {
        this.#take(await this.#send(form, file, tile));
        tile.remove();
      } catch (trouble) {
        this.#refuse(tile, file, /** @type {Error} */ (trouble).message);
      }
    }
    this.#busy = false;
  }

  /** A tile that shows how far a photo has come. @param {File} file */
  #waiting(file) {
    const tile = document.createElement("li");
    tile.className = "photo-tile";
    tile.dataset.wait = "";
    const bar = document.createElement("progress");
    bar.className = "bar";
    bar.max = 1;
    bar.value = 0;
    const words = document.createElement("span");
    words.textContent = (this.dataset.uploading ?? "{name}").replace("{name}", file.name);
    bar.ariaLabel = words.textContent;
    tile.append(words, bar);
    this.#tiles.append(tile);
    return tile;
  }

  /**
   * Sends one photo. Only XMLHttpRequest tells how much has gone up.
   * @param {HTMLFormElement} form
   * @param {File} file
   * @param {HTMLElement} tile
   * @returns {Promise<Document>} the server's answer; rejects with its words
   */
  #send(form, file, tile) {
    const input = form.querySelector("input[type=file]");
    const data = new FormData(form);
    data.set(input instanceof HTMLInputElement ? input.name : "photo", file);
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("X-Fragment", this.id);
      request.upload.addEventListener("progress", (event) => {
        const bar = tile.querySelector("progress");
        if (!bar || !event.lengthComputable) return;
        // All sent: the server is still making the sizes, so the bar says "working".
        if (event.loaded === event.total) bar.removeAttribute("value");
        else bar.value = event.loaded / event.total;
      });
      request.addEventListener("load", () => {
        const page = parse(request.responseText);
        if (request.status < 300) return resolve(page);
        reject(new Error(page.querySelector(".err, .summary li")?.textContent ?? ""));
      });
      request.addEventListener("error", () => reject(new Error("")));
      request.send(data);
    });
  }

  /** @param {HTMLElement} tile @param {File} file @param {string} words */
  #refuse(tile, file, words) {
    const line = document.createElement("span");
    line.className = "err";
    line.textContent = words.trim() || (this.dataset.failed ?? "").replace("{name}", file.name);
    announce(line.textContent);
    const again = document.createElement("button");
    again.type = "button";
    again.className = "btn small";
    again.textContent = this.dataset.retry ?? "";
    again.addEventListener("click", () => {
      tile.remove();
      this.#add([file]);
    });
    tile.replaceChildren(line, again);
  }

  /** Shows the photos of an answer; tiles still on their way up stay at the end. @param {Document} page */
  #take(page) {
    const next = page.getElementById(this.id);
    const tiles = next?.querySelector(".photo-tiles");
    if (!next || !tiles) return location.reload();
    const waiting = [...this.#tiles.querySelectorAll("[data-wait]")];
    this.#tiles.replaceChildren(...tiles.children, ...waiting);
    const mine = this.querySelector("form.photo-add");
    const theirs = next.querySelector("form.photo-add");
    if (mine && !theirs) mine.remove();
    else if (!mine && theirs) this.append(theirs);
  }

  /**
   * Posts a tile's form or a new order.
   * @param {string} url
   * @param {FormData} data
   */
  async #post(url, data) {
    const body = new URLSearchParams();
    for (const [name, value] of data) if (typeof value === "string") body.append(name, value);
    const answer = await fetch(url, { method: "POST", body, headers: { "X-Fragment": this.id } });
    this.#take(parse(await answer.text()));
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.classList.contains("photo-acts")) return;
    const button = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
    const tile = form.closest("li");
    const before = tile ? [...this.#tiles.children].indexOf(tile) : 0;
    event.preventDefault();
    try {
      await this.#post(form.action, new FormData(form, button));
    } catch {
      return location.reload();
    }
    this.#refocus(tile?.dataset.id, before, button?.value);
  }

  /**
   * After a move the focus stays on the same photo's button, after a deletion on the next photo.
   * @param {string | undefined} id
   * @param {number} before
   * @param {string | undefined} act
   */
  #refocus(id, before, act) {
    const tiles = /** @type {HTMLElement[]} */ ([...this.#tiles.children]);
    const place = tiles.findIndex((tile) => tile.dataset.id === id);
    const tile = tiles[place] ?? tiles[Math.min(before, tiles.length - 1)];
    const button = tile?.querySelector(`button[value="${act}"]`) ?? tile?.querySelector("button") ?? this.querySelector("input[type=file]");
    if (button instanceof HTMLElement) button.focus();
    if (place >= 0) announce(this.dataset.moved?.replace("{n}", String(place + 1)));
  }

  /** @param {PointerEvent} event */
  #grab(event) {
    const tile = event.target instanceof HTMLImageElement ? event.target.closest("li") : null;
    if (!tile || event.button > 0 || !this.dataset.orderUrl) return;
    const off = new AbortController();
    const { signal } = off;
    let moved = false;
    addEventListener("pointermove", (move) => {
      if (!moved && Math.hypot(move.clientX - event.clientX, move.clientY - event.clientY) < 8) return;
      moved = true;
      tile.toggleAttribute("data-dragging", true);
      this.#drag(tile, move.clientX, move.clientY);
    }, { signal });
    const end = () => {
      off.abort();
      tile.removeAttribute("data-dragging");
      if (moved) this.#order();
    };
    addEventListener("pointerup", end, { signal });
    addEventListener("pointercancel", end, { signal });
    event.preventDefault();
  }

  /** Puts the tile where the pointer is. @param {Element} tile @param {number} x @param {number} y */
  #drag(tile, x, y) {
    const under = document.elementFromPoint(x, y)?.closest(".photo-tile");
    if (!under || under === tile || under.parentElement !== this.#tiles) return;
    const later = tile.compareDocumentPosition(under) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (later) under.after(tile);
    else under.before(tile);
  }

  async #order() {
    const ids = [...this.#tiles.children].map((tile) => /** @type {HTMLElement} */ (tile).dataset.id).filter(Boolean);
    const data = new FormData();
    for (const hidden of this.querySelector("form")?.querySelectorAll("input[type=hidden]") ?? []) {
      if (hidden instanceof HTMLInputElement) data.append(hidden.name, hidden.value);
    }
    data.append("order", ids.join(","));
    try {
      await this.#post(this.dataset.orderUrl ?? "", data);
    } catch {
      location.reload();
    }
  }
}
customElements.define("photo-manager", PhotoManager);
