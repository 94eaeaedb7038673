// @ts-check
import { announce } from "../swap.js";

/**
 * A strip of photos that snaps, with thumbnails and a count. The strip swipes and the thumbnails
 * are links without this module; it keeps both in step, adds the arrow keys, and spares the
 * history a step for each photo.
 */
class ImageGallery extends HTMLElement {
  /** @type {IntersectionObserver | undefined} */
  #watch;
  #at = 0;

  connectedCallback() {
    const strip = this.querySelector(".strip");
    if (!strip || this.#photos.length < 2) return;
    this.#watch = new IntersectionObserver((seen) => {
      for (const entry of seen) if (entry.isIntersecting) this.#mark(this.#photos.indexOf(entry.target));
    }, { root: strip, threshold: 0.6 });
    for (const photo of this.#photos) this.#watch.observe(photo);
    this.querySelector(".thumbs")?.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!link) return;
      event.preventDefault();
      this.#show(this.#thumbs.indexOf(link));
    });
    strip.addEventListener("keydown", (event) => this.#key(/** @type {KeyboardEvent} */ (event)));
  }

  disconnectedCallback() {
    this.#watch?.disconnect();
  }

  get #photos() {
    return [...this.querySelectorAll(".strip > li")];
  }

  get #thumbs() {
    return [...this.querySelectorAll(".thumbs a")];
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const forward = this.matches(":dir(rtl)") ? "ArrowLeft" : "ArrowRight";
    const back = this.matches(":dir(rtl)") ? "ArrowRight" : "ArrowLeft";
    const to = { [forward]: this.#at + 1, [back]: this.#at - 1, Home: 0, End: this.#photos.length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#show(to);
    announce(this.dataset.of?.replace("{n}", String(this.#at + 1)).replace("{total}", String(this.#photos.length)));
  }

  /** @param {number} index */
  #show(index) {
    const photo = this.#photos[index];
    if (!photo) return;
    this.#mark(index);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    photo.scrollIntoView({ behavior: still ? "instant" : "smooth", block: "nearest", inline: "center" });
  }

  /** @param {number} index */
  #mark(index) {
    this.#at = index;
    const count = this.querySelector(".gallery-n");
    if (count) count.textContent = `${index + 1} / ${this.#photos.length}`;
    this.#thumbs.forEach((link, i) => {
      if (i === index) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
}
customElements.define("image-gallery", ImageGallery);
