// @ts-check
// The card over a citation: what is quoted, in its context, without leaving the answer. It shows on hover and
// on focus by keyboard, stays while the pointer is on it, and goes with Escape. A finger opens the article instead.

import { first } from "./elements.js";
import { components } from "./gradio.js";

const preview = first(components.conversation.element, ".preview");
const PATIENCE = { show: 150, hide: 250 }; // milliseconds: a pointer on its way elsewhere opens nothing, and may reach the card
let previewed = /** @type {HTMLElement | null} */ (null); // the chip whose card is shown
let turning = 0; // the timer of what happens next

/**
 * @param {() => void} what
 * @param {number} wait
 */
function later(what, wait) {
  clearTimeout(turning);
  turning = setTimeout(what, wait);
}

/**
 * Show the card that `draw` makes when a reader points at the chip.
 * @param {HTMLElement} chip
 * @param {() => Node[]} draw
 */
export function offerPreview(chip, draw) {
  const show = () => showPreview(chip, draw());
  chip.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && later(show, PATIENCE.show));
  chip.addEventListener("pointerleave", () => later(hidePreview, PATIENCE.hide));
  chip.addEventListener("focus", () => chip.matches(":focus-visible") && show());
  for (const end of ["blur", "click"]) chip.addEventListener(end, hidePreview);
}

/**
 * @param {HTMLElement} chip
 * @param {Node[]} parts
 */
function showPreview(chip, parts) {
  hidePreview();
  previewed = chip;
  preview.replaceChildren(...parts);
  preview.hidden = false;
  chip.setAttribute("aria-describedby", preview.id);
  placePreview();
}

export function hidePreview() {
  clearTimeout(turning);
  previewed?.removeAttribute("aria-describedby");
  previewed = null;
  preview.hidden = true;
}

/** Put the card under its chip, or over it where there is more room, and never on it. */
function placePreview() {
  if (!previewed) return;
  const [gap, edge] = [6, 8];
  const chip = previewed.getBoundingClientRect();
  const room = { under: window.innerHeight - chip.bottom - gap - edge, over: chip.top - gap - edge };
  preview.style.maxHeight = "none";
  const under = preview.offsetHeight <= room.under || room.under >= room.over;
  preview.style.maxHeight = `${under ? room.under : room.over}px`;
  const left = chip.left + chip.width / 2 - preview.offsetWidth / 2;
  preview.style.left = `${Math.max(edge, Math.min(left, document.documentElement.clientWidth - preview.offsetWidth - edge))}px`;
  preview.style.top = `${under ? chip.bottom + gap : chip.top - gap - preview.offsetHeight}px`;
}

export function watchPreview() {
  preview.addEventListener("pointerenter", () => clearTimeout(turning));
  preview.addEventListener("pointerleave", () => later(hidePreview, PATIENCE.hide));
  document.addEventListener("scroll", placePreview, true);
  window.addEventListener("resize", placePreview);
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !previewed) return;
      hidePreview();
      event.stopPropagation(); // this Escape has done its work
    },
    true,
  );
}
