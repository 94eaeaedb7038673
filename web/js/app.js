// @ts-check
/**
 * Starts the page's behaviours. Every page works without this file; a custom element adds what a
 * person would miss, and its module `el/<name>.js` is fetched only by pages that contain it.
 */
import "./swap.js";

/** Names already asked for, so that a swap does not ask again. @type {Set<string>} */
const asked = new Set();

/** Loads the modules of the custom elements in the page that nobody has defined yet. */
function load() {
  for (const element of document.querySelectorAll(":not(:defined)")) {
    const name = element.localName;
    if (asked.has(name)) continue;
    asked.add(name);
    import(`./el/${name}.js`).catch(() => asked.delete(name));
  }
}

/** Closes open menus, but for the one that holds `inside`. @param {Node | null} inside */
function closeMenus(inside) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!inside || !menu.contains(inside)) menu.removeAttribute("open");
  }
}

addEventListener("click", (event) => closeMenus(/** @type {Node} */ (event.target)));
addEventListener("keydown", (event) => {
  const open = document.querySelector("details.menu[open]");
  if (event.key !== "Escape" || !open) return;
  const summary = open.querySelector("summary");
  const held = open.contains(document.activeElement);
  closeMenus(null);
  if (held) summary?.focus();
});
addEventListener("swapped", load);
load();
