// @ts-check
// Buttons beside what a reader selects in an answer or in the panel: one asks for it and, while a reader says what
// is right for a question, one says that it is this.

import { askInChat } from "./asking.js";
import { picking, pickSelected } from "./cases.js";
import { first, make, strings } from "./elements.js";
import { components } from "./gradio.js";
import { closeSheet, panel, shelf } from "./panel.js";

const { element } = components.conversation;
const finder = make("button", { type: "button", class: "offer" }, strings.find);
const rightOne = make("button", { type: "button", class: "offer" }, strings.pick_selected);
const offers = make("div", { class: "offers", hidden: true }, rightOne, finder);
const SETTLED = 200; // milliseconds without a change: the selection is made
let pressed = false;
let settling = 0;

/** What is selected in an answer or in the panel, and where; null when nothing is. */
function selected() {
  const selection = document.getSelection();
  const question = selection?.toString().trim();
  if (!selection || !question || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const within = range.commonAncestorContainer;
  const around = within instanceof Element ? within : within.parentElement;
  const home = around?.closest(".turn, .sources-all, .reading");
  return home && { question, range, home };
}

function offerFinder() {
  const found = pressed ? null : selected();
  offers.hidden = !found;
  if (!found) return;
  rightOne.hidden = !picking?.isConnected || !stretchOf(found.range);
  // beside its text, so that Tab reaches it and a sheet over the page does not cover it
  (found.home.closest(".sources") ?? element).append(offers);
  const end = /** @type {DOMRect} */ ([...found.range.getClientRects()].at(-1));
  const edge = 8;
  const under = end.bottom + edge + offers.offsetHeight <= window.innerHeight;
  offers.style.top = `${under ? end.bottom + 6 : end.top - offers.offsetHeight - 6}px`;
  offers.style.left = `${Math.max(edge, Math.min(end.right - offers.offsetWidth / 2, document.documentElement.clientWidth - offers.offsetWidth - edge))}px`;
}

function offerSoon() {
  clearTimeout(settling);
  settling = setTimeout(offerFinder, SETTLED);
}

/**
 * Ask with the selection as it stands. It is asked at once, because an answer takes no longer than a look at the
 * question box and what the reader has begun to type there stays; and without quotation marks, because these ask
 * for the very words, which of a longer selection are in the article at hand alone.
 */
function findSelected() {
  const found = selected();
  offers.hidden = true;
  if (!found) return;
  document.getSelection()?.removeAllRanges();
  closeSheet();
  askInChat(found.question);
  first(element, ".conversation").focus({ preventScroll: true });
}

/** What is selected is right, says the reader. */
function sayRight() {
  const found = selected();
  const stretch = found && stretchOf(found.range);
  offers.hidden = true;
  document.getSelection()?.removeAllRanges();
  if (stretch) pickSelected(stretch);
}

/**
 * What of the open article is selected, in characters of its text as Python counts them; null when nothing is.
 * @param {Range} range
 */
function stretchOf(range) {
  /** @type {NodeListOf<HTMLElement>} */
  const paragraphs = shelf().querySelectorAll(".reading-text [data-start]");
  const touched = [...paragraphs].filter((each) => range.intersectsNode(each));
  if (touched.length === 0 || !panel.opened) return null;
  const [top, last] = [touched[0], touched[touched.length - 1]];
  return {
    article: panel.opened.source.article,
    start: top.contains(range.startContainer)
      ? placeIn(top, range.startContainer, range.startOffset)
      : placeIn(top, top, 0),
    end: last.contains(range.endContainer)
      ? placeIn(last, range.endContainer, range.endOffset)
      : placeIn(last, last, last.childNodes.length),
  };
}

/**
 * Where a point of a paragraph is in its article.
 * @param {HTMLElement} paragraph
 * @param {Node} node
 * @param {number} offset
 */
function placeIn(paragraph, node, offset) {
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  return Number(paragraph.dataset.start) + [...before.toString()].length;
}

export function watchSelection() {
  document.addEventListener("selectionchange", offerSoon);
  document.addEventListener(
    "pointerdown",
    () => {
      pressed = true;
    },
    true,
  );
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      pressed = false;
      offerSoon();
    });
  }
  document.addEventListener(
    "scroll",
    () => {
      offers.hidden = true;
      offerSoon();
    },
    true,
  );
  offers.addEventListener("pointerdown", (event) => event.preventDefault()); // which would drop the selection
  offers.addEventListener("mousedown", (event) => event.preventDefault());
  finder.addEventListener("click", findSelected);
  rightOne.addEventListener("click", sayRight);
}
