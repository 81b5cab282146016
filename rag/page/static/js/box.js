// @ts-check
// The question box, and the box that a question becomes to be edited: Enter asks, Shift+Enter breaks the line.

import { first, strings } from "./elements.js";
import { components } from "./gradio.js";

const { element } = components.conversation;

export const box = /** @type {HTMLTextAreaElement} */ (first(element, "#question textarea"));

const send = first(element, "#send");
const hovers = window.matchMedia("(hover: hover)"); // there is likely a keyboard
const PATIENT = 300; // milliseconds until the button stops what it began: longer than a double click and most answers
let offering = 0;

/**
 * The button asks or, while something is being answered, stops that.
 * @param {boolean} busy
 */
export function offerStop(busy) {
  clearTimeout(offering);
  if (busy) offering = setTimeout(showStop, PATIENT, true);
  else showStop(false);
}

let fresh = /** @type {HTMLElement | null} */ (null); // the answer that came last, until the reader went anywhere

/**
 * An answer came: the next Tab from the empty box leads to its first citation, and the box says so.
 * @param {HTMLElement | null} answer Null when there is none, or it was left.
 */
export function offerCitation(answer) {
  fresh = answer?.querySelector(".chip") ? answer : null;
  box.placeholder = fresh && hovers.matches ? strings.question_hint_tab : strings.question_hint;
}

export function watchTab() {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.shiftKey || box.value || !fresh?.isConnected) return;
    event.preventDefault();
    first(fresh, ".chip").focus();
  });
  box.addEventListener("blur", () => offerCitation(null));
}

/** @param {boolean} stops */
function showStop(stops) {
  send.textContent = stops ? strings.stop : strings.send;
  send.classList.toggle("stops", stops);
}

export const stops = () => send.classList.contains("stops");

/**
 * An Enter that picks a word in an input method (Japanese, Chinese, Korean) is not one that asks.
 * @param {HTMLTextAreaElement} box
 * @param {() => void} act
 */
export function onEnter(box, act) {
  box.addEventListener("input", () => fit(box));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    act();
  });
}

/**
 * @param {HTMLTextAreaElement} box
 * @param {string} text
 */
export function write(box, text) {
  box.value = text;
  fit(box);
}

/**
 * A box is as high as its text; the style sheet says how high at most.
 * @param {HTMLTextAreaElement} box
 */
function fit(box) {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}
