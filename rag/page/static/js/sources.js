// @ts-check
// The sources of the answer in focus, in the panel: a card each, which opens the article.

import { showCitation } from "./address.js";
import { open, showList } from "./article.js";
import { fill, make, strings } from "./elements.js";
import { checked, copies, facts, original, reason, segment, supportOf } from "./facts.js";
import { closeSheet, forget, inShelf, leaveSources, listSources, narrow, panel, shelf } from "./panel.js";

/** @import { Cited, Source } from "./types.js" */

/**
 * Open the article of a source, at its quote or, without one, at the passage.
 * @param {Cited} turn
 * @param {number} number
 * @param {number | null} quote
 * @param {HTMLElement | null} from What the reader pressed in the chat; null for a passage that only the panel names.
 */
export async function openSource(turn, number, quote, from) {
  showSources(turn);
  const source = [...turn.sources, ...turn.found].find((each) => each.number === number);
  if (!source) throw new Error(`no source ${number}`);
  showCitation(turn, from);
  await open({ turn, source, quote, from });
}

/**
 * Show the sources of a turn; the same turn again costs nothing and keeps what the reader has open.
 * @param {Cited} turn
 */
export function showSources(turn) {
  if (panel.shown === turn) return;
  panel.shown = turn;
  panel.opened = null;
  forget();
  const cited = turn.statements.length > 0;
  inShelf(".sources-title").textContent = cited ? strings.sources : strings.closest_title;
  const about = inShelf(".sources-of");
  about.textContent = cited ? turn.question : strings.closest_note;
  about.hidden = false;
  inShelf(".sources-list").replaceChildren(...turn.sources.map((source) => card(turn, source, cited)));
  inShelf(".found-list").replaceChildren(...turn.found.map((source) => card(turn, source, false)));
  inShelf(".found").hidden = turn.found.length === 0;
  inShelf(".sources-none").hidden = turn.sources.length > 0;
  listSources();
  inShelf(".sources").scrollTop = 0;
}

/**
 * The sources of a turn that is searched for again are no longer its own.
 * @param {{ key: number }} turn
 */
export function forgetSources(turn) {
  if (panel.shown?.key === turn.key) clearSources();
}

export function clearSources() {
  forget();
  closeSheet();
  panel.shown = panel.opened = null;
  inShelf(".sources-title").textContent = strings.sources;
  for (const part of [".sources-of", ".found"]) inShelf(part).hidden = true;
  inShelf(".sources-list").replaceChildren();
  inShelf(".found-list").replaceChildren();
  inShelf(".sources-none").hidden = false;
  listSources();
}

/**
 * @param {Cited} turn
 * @param {Source} source
 * @param {boolean} cited
 */
function card(turn, source, cited) {
  const label = fill(strings.read, { title: source.title });
  const opener = make("button", { type: "button", class: "source-open", "aria-label": label }, source.title);
  opener.addEventListener("click", () => {
    /** @type {HTMLElement | null} */
    const chip = document.querySelector(`.turn[data-turn="${turn.key}"] [data-source="${source.number}"]`);
    if (chip) chip.click();
    else openSource(turn, source.number, cited ? 0 : null, null);
  });
  return make(
    "li",
    { class: cited ? "source" : "source loose", "data-number": source.number },
    make(
      "div",
      { class: "source-head" },
      cited && make("span", { class: "number" }, String(source.number)),
      make("h3", { class: "source-title", dir: "auto" }, opener),
    ),
    make("p", { class: "facts" }, ...facts(source)),
    copies(source),
    make("blockquote", { class: "passage", dir: "auto" }, ...source.passage.map(segment)),
    source.why && make("p", { class: "why" }, ...reason(source.why)),
    make("p", { class: "source-foot" }, cited && checked(supportOf(turn, source.number)), original(source, source.url)),
  );
}

export function watchShelf() {
  shelf().addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (panel.opened && !panel.opened.from) showList();
    else leaveSources();
  });
  inShelf(".sources-close").addEventListener("click", () => {
    leaveSources();
    if (panel.opened && !panel.shown) clearSources();
  });
  inShelf(".backdrop").addEventListener("click", leaveSources);
  narrow.addEventListener("change", closeSheet);
}
