// @ts-check
// What helps to read the open article: its outline, words found in it, and a wider panel.

import { fill, first, make, strings } from "./elements.js";
import { inShelf, shelf } from "./panel.js";

const MOST_FOUND = 1000; // places: more are not walked through
const here = "found-here"; // highlights of page.css
const everywhere = "found";
let found = /** @type {Range[]} */ ([]);
let at = -1; // which of them is read

const box = () => /** @type {HTMLInputElement} */ (inShelf(".finder-words"));
const paragraphs = () => [...shelf().querySelectorAll(".reading-text .passage")];

/** Another article is drawn, or the same one anew: what was looked for in it before is not. */
export function readAnew() {
  const headings = [...shelf().querySelectorAll(".reading-text h4")];
  inShelf(".outline-list").replaceChildren(...headings.map(entry));
  inShelf(".outline").hidden = headings.length < 2;
  inShelf(".outline").removeAttribute("open");
  stopFinding();
}

/** @param {Element} heading */
function entry(heading) {
  const level = heading.getAttribute("data-level");
  const open = make("button", { type: "button", class: "outline-entry", dir: "auto" }, heading.textContent);
  open.addEventListener("click", () => {
    inShelf(".outline").removeAttribute("open");
    heading.setAttribute("tabindex", "-1");
    /** @type {HTMLElement} */ (heading).focus({ preventScroll: true });
    bring(heading.getBoundingClientRect());
  });
  return make("li", { "data-level": level }, open);
}

/** Mark all places that have the words looked for, and go to the first that is not above what is in sight. */
function find() {
  const words = box().value.trim();
  found = words
    ? paragraphs()
        .flatMap((each) => places(each, words))
        .slice(0, MOST_FOUND)
    : [];
  const top = inShelf(".sources").getBoundingClientRect().top;
  const next = found.findIndex((range) => range.getBoundingClientRect().bottom > top);
  show(found.length > 0 ? Math.max(next, 0) : -1);
}

/**
 * Where the words stand in a paragraph, whatever their case; a line may break where they have a space.
 * @param {Element} paragraph
 * @param {string} words
 */
function places(paragraph, words) {
  const wanted = words.split(/\s+/).map((word) => word.replace(/[^\p{L}\p{N}\p{M}]/gu, "\\$&"));
  const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const nodes = /** @type {{ node: Node, from: number }[]} */ ([]);
  let text = "";
  while (walk.nextNode()) {
    nodes.push({ node: walk.currentNode, from: text.length });
    text += walk.currentNode.textContent;
  }
  /** @param {number} place */
  const point = (place) => {
    const { node, from } = /** @type {{ node: Node, from: number }} */ (nodes.findLast(({ from }) => from <= place));
    return /** @type {const} */ ([node, place - from]);
  };
  return [...text.matchAll(new RegExp(wanted.join("\\s+"), "giu"))].map(({ index, 0: match }) => {
    const range = document.createRange();
    range.setStart(...point(index));
    range.setEnd(...ending(point(index + match.length - 1)));
    return range;
  });
}

/**
 * The place after a character.
 * @param {readonly [Node, number]} last
 */
const ending = ([node, offset]) => /** @type {const} */ ([node, offset + 1]);

/**
 * Show one of the places found, and which of how many it is.
 * @param {number} which -1 for none.
 */
function show(which) {
  at = which;
  const words = box().value.trim();
  inShelf(".finder-count").textContent = !words
    ? ""
    : found.length === 0
      ? strings.not_found
      : fill(strings.place, { at: at + 1, count: found.length });
  for (const step of [".finder-previous", ".finder-next"]) inShelf(step).hidden = found.length < 2;
  if (typeof Highlight !== "undefined") {
    CSS.highlights.set(everywhere, new Highlight(...found));
    CSS.highlights.set(here, at < 0 ? new Highlight() : new Highlight(found[at]));
  }
  if (at >= 0) bring(found[at].getBoundingClientRect());
}

/** @param {number} by */
function step(by) {
  if (found.length > 0) show((at + by + found.length) % found.length);
}

function stopFinding() {
  box().value = "";
  found = [];
  show(-1);
}

/**
 * Scroll the panel so that a place is in sight below what stays at its top.
 * @param {DOMRect} place
 */
function bring(place) {
  const scrolled = inShelf(".sources");
  const stays = inShelf(".reading-stays");
  const top = scrolled.getBoundingClientRect().top;
  const covered = parseFloat(getComputedStyle(stays).top) + stays.offsetHeight + 16;
  const seen = place.top >= top + covered && place.bottom <= top + scrolled.clientHeight - 16;
  if (!seen) scrolled.scrollTop += place.top - top - covered;
}

export function watchReading() {
  const desk = first(document, "#desk");
  const wide = inShelf(".widen");
  wide.addEventListener("click", () => {
    wide.textContent = desk.classList.toggle("wide-shelf") ? strings.narrow : strings.widen;
  });
  box().addEventListener("input", find);
  inShelf(".finder").addEventListener("submit", (event) => event.preventDefault());
  inShelf(".finder-previous").addEventListener("click", () => step(-1));
  inShelf(".finder-next").addEventListener("click", () => step(1));
  box().addEventListener("keydown", (event) => {
    if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    if (event.key !== "Escape" || !box().value) return;
    stopFinding();
    event.stopPropagation(); // this Escape has done its work
  });
  inShelf(".outline").addEventListener("keydown", (event) => {
    const outline = /** @type {HTMLDetailsElement} */ (inShelf(".outline"));
    if (event.key !== "Escape" || !outline.open) return;
    outline.open = false;
    first(outline, "summary").focus();
    event.stopPropagation();
  });
  shelf().addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    if (inShelf(".reading").hidden) return;
    event.preventDefault();
    box().focus();
  });
}

/**
 * Whether a key goes into a box, and is no command.
 * @param {Event} event
 */
export const isTyping = ({ target }) => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
