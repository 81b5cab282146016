// @ts-check
// Conversations are kept in this browser, and nowhere else: a list of them, and each under a name of its own. What is
// read back may be of an older page or of anything else that was served at this address: what does not fit is dropped.
// A browser that keeps nothing, or has no room, is no trouble.

import { showAddress, wanted } from "./address.js";
import { box } from "./box.js";
import { moments } from "./days.js";
import { around, fill, focus, make, strings } from "./elements.js";
import { limitTo, UNLIMITED } from "./filters.js";
import { clip, drawAll, frame, keepOnly, newId, turns, underway } from "./turns.js";

/** @import { Kept, Kind, Turn } from "./types.js" */

const KEPT = "footnote.1."; // with the version of what is kept
const MOST_KEPT = 50; // conversations; about as many fit

/** @type {Kind[]} */
const KINDS = ["answer", "listing", "unanswered"]; // with an outcome
let conversation = newId(); // the name of the one on the page

/**
 * Read what is kept under a name; null when there is nothing, or nothing that can be read.
 * @param {string} name
 * @param {"localStorage" | "sessionStorage"} storage
 * @returns {unknown}
 */
function keptAs(name, storage = "localStorage") {
  try {
    return JSON.parse(window[storage].getItem(KEPT + name) ?? "null");
  } catch {
    return null;
  }
}

/**
 * Keep something under a name, or with null nothing; say whether that was possible.
 * @param {string} name
 * @param {unknown} value
 * @param {"localStorage" | "sessionStorage"} storage
 */
function keepAs(name, value, storage = "localStorage") {
  try {
    if (value === null) window[storage].removeItem(KEPT + name);
    else window[storage].setItem(KEPT + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/**
 * The conversations that are kept, the latest first.
 * @returns {Kept[]}
 */
function keptConversations() {
  const found = keptAs("list");
  return Array.isArray(found)
    ? found.filter(
        (each) => typeof each?.name === "string" && typeof each.title === "string" && Number.isFinite(each.when),
      )
    : [];
}

/** Keep the conversation on the page, its questions without an outcome too; the oldest ones make room. */
export function keepConversation() {
  if (turns.length === 0) return;
  const kept = turns.map(ended);
  const mine = { name: conversation, title: clip(kept[0].request.question), when: Date.now() };
  let others = keptConversations().filter(({ name }) => name !== conversation);
  while (others.length >= MOST_KEPT) others = withoutOldest(others);
  while (!keepAs(conversation, kept) || !keepAs("list", [mine, ...others])) {
    if (others.length === 0) return dropKept(conversation);
    others = withoutOldest(others);
  }
  keepAs("open", conversation, "sessionStorage");
}

/**
 * A turn as it is found later: who leaves the page while it is underway has stopped it.
 * @param {Turn} turn
 * @returns {Turn}
 */
function ended(turn) {
  if (!underway.includes(turn.kind)) return turn;
  const { id, question, request } = turn;
  return { kind: "stopped", id, question, request };
}

/** @param {Kept[]} kept */
function withoutOldest(kept) {
  keepAs(kept[kept.length - 1].name, null);
  return kept.slice(0, -1);
}

/** @param {string} name */
function dropKept(name) {
  keepAs(
    "list",
    keptConversations().filter((each) => each.name !== name),
  );
  keepAs(name, null);
}

/**
 * Whether a turn is of a kind that this page draws, with its outcome where it has one.
 * @param {any} turn
 */
const isWhole = (turn) =>
  (KINDS.includes(turn?.kind) && turn.record) ||
  ["stopped", "lost"].includes(turn?.kind) ||
  (turn?.kind === "problem" && typeof turn.message === "string");

/**
 * The turns of a conversation that is kept: those of a kind that this page draws.
 * @param {string} name
 * @returns {Turn[]}
 */
function keptTurns(name) {
  const found = keptAs(name);
  return Array.isArray(found)
    ? found.filter((turn) => isWhole(turn) && typeof turn.request?.question === "string")
    : [];
}

/**
 * Take up a conversation where it was left; say whether it is still there.
 * @param {string} name
 */
function takeUp(name) {
  keepOnly(0);
  conversation = name;
  drawAll(keptTurns(name));
  if (turns.length === 0) nameAnew();
  else keepAs("open", name, "sessionStorage");
  return turns.length > 0;
}

/** After a reload, take up what this tab had open, unless the address asks for something else. */
export function takeUpAfterReload() {
  const name = keptAs("open", "sessionStorage");
  if (typeof name !== "string") return false;
  const isWanted = (/** @type {Turn} */ { question, shared }) =>
    wanted.shared ? shared?.key === wanted.shared : !wanted.question || wanted.question === question;
  const at = keptTurns(name).findLastIndex(isWanted);
  if (at < 0) return false;
  Object.assign(wanted, { question: "", shared: "", turn: at });
  return takeUp(name);
}

/** The conversation on the page has no name yet. */
function nameAnew() {
  conversation = newId();
  keepAs("open", null, "sessionStorage");
}

/** Leave the conversation behind and begin another. */
export function beginAnew() {
  keepOnly(0);
  limitTo(UNLIMITED);
  nameAnew();
  frame();
  showAddress(null);
  box.focus();
}

// The list of them, over the page.

const drawer = make("dialog", { class: "past", "aria-labelledby": "past-title" });

function showPast() {
  drawPast();
  drawer.showModal();
}

const cross = () => make("span", { "aria-hidden": "true" }, "×");

function drawPast() {
  const kept = keptConversations();
  const close = make("button", { type: "button", class: "past-close", "aria-label": strings.close }, cross());
  close.addEventListener("click", () => drawer.close());
  const all = make("button", { type: "button", class: "past-all" }, strings.delete_all);
  all.addEventListener("click", () => deletePast(kept, all));
  drawer.replaceChildren(
    make("div", { class: "past-top" }, make("h2", { class: "past-title", id: "past-title" }, strings.history), close),
    make("p", { class: "past-note" }, kept.length > 0 ? strings.history_note : strings.history_none),
    make("ul", { class: "past-list" }, ...kept.map(entryOf)),
    ...(kept.length > 0 ? [all] : []),
  );
}

/** @param {Kept} kept */
function entryOf({ name, title, when }) {
  const open = make(
    "button",
    { type: "button", class: "past-open", "aria-current": name === conversation ? "true" : null },
    make("span", { class: "past-question", dir: "auto" }, title),
    make("time", { class: "past-when", datetime: new Date(when).toISOString() }, moments.format(when)),
  );
  open.addEventListener("click", () => openPast(name));
  const label = fill(strings.delete_one, { title });
  const remove = make("button", { type: "button", class: "past-delete", "aria-label": label, title: label }, cross());
  remove.addEventListener("click", () => deletePast([{ name }], remove));
  return make("li", { class: "past-entry" }, open, remove);
}

/** @param {string} name */
function openPast(name) {
  if (!takeUp(name)) dropKept(name);
  drawer.close();
  document.dispatchEvent(new CustomEvent("view", { detail: "talk" }));
  box.focus();
}

/**
 * Delete conversations for good; the one on the page is left behind with them.
 * @param {{ name: string }[]} doomed
 * @param {HTMLElement} pressed
 */
function deletePast(doomed, pressed) {
  const at = [...drawer.querySelectorAll(".past-delete")].indexOf(pressed);
  for (const { name } of doomed) dropKept(name);
  if (doomed.some(({ name }) => name === conversation)) beginAnew();
  drawPast();
  const left = drawer.querySelectorAll(".past-delete");
  focus(left[Math.min(Math.max(at, 0), left.length - 1)] ?? drawer.querySelector(".past-close"));
}

export function watchPast() {
  document.body.append(drawer);
  document.addEventListener("click", (event) => around(event, "#past") && showPast());
  drawer.addEventListener("click", ({ target }) => target === drawer && drawer.close()); // beside it
}
