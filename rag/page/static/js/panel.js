// @ts-check
// The panel: the sources of the answer in focus (sources.js), or one of them as a whole article (article.js). On a
// narrow screen it is a sheet over the page.

import { first, focus } from "./elements.js";
import { hidePreview } from "./preview.js";

/** @import { Cited, Opened, Shown } from "./types.js" */

export const narrow = window.matchMedia("(max-width: 799px)");

export const panel = {
  turn: /** @type {Shown | null} */ (null), // what it belongs to
  inChat: /** @type {Shown | null} */ (null), // the turn of the chat that was in sight last, to which it belongs there
  opened: /** @type {Opened | null} */ (null), // the article that is open
  opener: /** @type {HTMLElement | null} */ (null), // what the reader pressed to get here, and where Escape leads back to
};

/**
 * Whether a turn has sources.
 * @param {Shown | null} turn
 * @returns {turn is Cited}
 */
export const isCited = (turn) => Boolean(turn && "sources" in turn && turn.sources);

export const shelf = () => /** @type {HTMLElement} */ (document.getElementById("shelf"));

/** @param {string} selector */
export const inShelf = (selector) => first(shelf(), selector);

/** Show the list in place of an article. */
export function listSources() {
  for (const part of [".sources-all", ".sources-title"]) inShelf(part).hidden = false;
  for (const part of [".reading", ".back", ".walk"]) inShelf(part).hidden = true;
}

/** Nothing is singled out any more. */
export function forget() {
  for (const current of shelf().querySelectorAll("[aria-current]")) current.removeAttribute("aria-current");
  for (const current of document.querySelectorAll("#desk .current")) current.classList.remove("current");
}

export function openSheet() {
  shelf().classList.add("open");
  const sheet = inShelf(".sources");
  sheet.setAttribute("role", "dialog");
  sheet.setAttribute("aria-modal", "true");
  letUseTheRest(false);
}

export function closeSheet() {
  shelf().classList.remove("open");
  const sheet = inShelf(".sources");
  sheet.setAttribute("role", "complementary");
  sheet.removeAttribute("aria-modal");
  letUseTheRest(true);
}

/** @param {boolean} may */
function letUseTheRest(may) {
  for (const beside of document.querySelectorAll("#top, #desk > :not(#shelf)")) beside.toggleAttribute("inert", !may);
}

/** Lead back to what the reader pressed in the chat. */
export function leaveSources() {
  closeSheet();
  focus(panel.opener?.isConnected ? panel.opener : document.querySelector("#question textarea"));
  hidePreview(); // the card has nothing to add to the article just read
}
