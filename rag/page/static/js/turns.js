// @ts-check
// The turns of the conversation, which are here and nowhere else, and their places on the page.

import { followCitation, showAddress, wanted } from "./address.js";
import { offerStop } from "./box.js";
import { first } from "./elements.js";
import { takeAllAlong } from "./export.js";
import { components } from "./gradio.js";
import { panel } from "./panel.js";
import { clearSources } from "./sources.js";

/** @import { Drawn, Kind, Turn } from "./types.js" */

const { element, props, server } = components.conversation;

export const welcome = first(element, ".welcome");
export const list = first(element, ".turns");
const scrolled = first(element, ".conversation");

/** Oldest first; each keeps the `request` it answers, and the `id` by which Python names it. */
export const turns = /** @type {Turn[]} */ ([]);

/** @type {Kind[]} */
export const underway = ["waiting", "searching"];

export const newId = () => crypto.getRandomValues(new Uint32Array(2)).join("-");

/**
 * A question that is too long to be asked is not shown whole.
 * @param {string} question
 */
export const clip = (question) => (question.length <= props.longest ? question : `${question.slice(0, 200)}…`);

/** @type {(turn: Drawn) => HTMLElement} */
let drawn;

/**
 * Have turns drawn by `draw`. Its buttons ask, and so it cannot be imported here.
 * @param {typeof drawn} draw
 */
export function drawWith(draw) {
  drawn = draw;
}

/**
 * Draw a conversation that was kept; a turn that turns out to be none is left out.
 * @param {Turn[]} kept
 */
export function drawAll(kept) {
  for (const turn of kept) {
    try {
      draw(turns.length, turn);
    } catch {
      turns.length = list.children.length;
    }
  }
  const newest = turns.at(-1);
  if (newest) nameNewest(newest);
  frame();
}

/**
 * Let a turn be this from now on.
 * @param {number} at
 * @param {Turn} turn
 */
export function change(at, turn) {
  draw(at, turn);
  if (at === turns.length - 1 && turn.record) nameNewest(turn);
  frame();
}

/**
 * @param {number} at
 * @param {Turn} turn
 */
function draw(at, turn) {
  turns[at] = turn;
  place(drawn({ ...turn, key: at }), at);
}

/**
 * Keep the first turns and drop those after them.
 * @param {number} count
 */
export function keepOnly(count) {
  turns.splice(count).forEach(halt);
  if (panel.inChat?.key !== undefined && panel.inChat.key >= count) clearSources();
  for (const dropped of [...list.children].slice(count)) dropped.remove();
}

/**
 * Let Python know that nobody waits for a turn.
 * @param {Turn} turn
 */
export function halt({ kind, id }) {
  if (kind === "searching") server.stop(id);
}

/** What is around the turns. */
export function frame() {
  welcome.hidden = turns.length > 0;
  takeAllAlong(turns);
  offerStop(turns.some(({ kind }) => kind === "searching"));
}

/**
 * Let the page's address name the newest answer, and open the citation that it named.
 * @param {Turn} turn
 */
function nameNewest(turn) {
  showAddress({ ...turn, key: turns.length - 1 });
  followCitation(list.children[wanted.turn ?? -1] ?? list.lastElementChild);
}

/**
 * Put a turn in its place and, when it is the newest, in sight.
 * @param {HTMLElement} made
 * @param {number} at
 */
function place(made, at) {
  const old = list.children[at];
  const held = old?.contains(document.activeElement);
  if (old) old.replaceWith(made);
  else list.append(made);
  if (held) made.focus({ preventScroll: true });
  const isNewest = at === list.children.length - 1;
  if (isNewest) made.scrollIntoView({ block: "start" });
  if (isNewest || panel.inChat?.key === at) made.dispatchEvent(new Event("sight"));
}

/**
 * The panel belongs to the turn that is scrolled to: its own while that or the citation that is open is well in sight,
 * else what takes most room.
 */
function look() {
  const view = scrolled.getBoundingClientRect();
  /** @param {Element} element */
  const seenOf = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return Math.min(bottom, view.bottom) - Math.max(top, view.top);
  };
  const seen = [...list.children].map(seenOf);
  const open = panel.opened?.from;
  if (open && list.contains(open) && seenOf(open) > 0) return;
  if (seen[panel.inChat?.key ?? -1] >= view.height / 3) return;
  list.children[seen.indexOf(Math.max(...seen))]?.dispatchEvent(new Event("sight"));
}

export function watchTurns() {
  scrolled.addEventListener("scroll", look, { passive: true });
}
