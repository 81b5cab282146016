// @ts-check
// The sources of the answer in focus, in the panel: a card each, which opens the article.

import { showCitation } from "./address.js";
import { open, showList } from "./article.js";
import { fill, make, strings } from "./elements.js";
import { checked, copies, excerpt, facts, original, reason, supportOf, where } from "./facts.js";
import { closeSheet, forget, inShelf, isCited, leaveSources, listSources, narrow, panel, shelf } from "./panel.js";

/** @import { Cited, Shown, Source } from "./types.js" */

/** @type {Record<string, string>} */
const nothing = {
  waiting: strings.sources_soon,
  searching: strings.sources_soon,
  stopped: strings.sources_never,
  lost: strings.sources_never,
  problem: strings.sources_never,
  listing: strings.sources_listing,
}; // what is said in place of sources, by the kind of a turn

/**
 * Open the article of a source, at its quote or, without one, at the passage.
 * @param {Cited} turn
 * @param {number} number
 * @param {number | null} quote
 * @param {HTMLElement | null} from What the reader pressed in the chat; null for a passage that only the panel names.
 */
export async function openSource(turn, number, quote, from) {
  showTurn(turn);
  const source = [...turn.sources, ...turn.found].find((each) => each.number === number);
  if (!source) throw new Error(`no source ${number}`);
  showCitation(turn, from);
  await open({ turn, source, quote, from });
}

/**
 * Let the panel belong to a turn; the same turn again costs nothing and keeps what the reader has open.
 * @param {Shown} turn
 */
export function showTurn(turn) {
  if (panel.turn !== turn) showAnew(turn);
}

/** Let the panel belong to the turn of the chat that was in sight last, whatever was opened from elsewhere. */
export const showChat = () => showAnew(panel.inChat);

/** Let the panel belong to no turn, as before the first. */
export function clearSources() {
  panel.inChat = null;
  showAnew(null);
}

/** @param {Shown | null} turn */
function showAnew(turn) {
  forget();
  closeSheet();
  panel.turn = turn;
  panel.opened = null;
  if (turn?.key !== undefined) panel.inChat = turn;
  const [sources, found] = isCited(turn) ? [turn.sources, turn.found] : [[], []];
  const loose = isCited(turn) && turn.statements.length === 0;
  inShelf(".sources-title").textContent = loose ? strings.closest_title : strings.sources;
  inShelf(".sources-of").textContent = turn ? askedOf(turn) : "";
  inShelf(".sources-of").hidden = !turn;
  inShelf(".sources-note").hidden = !loose || sources.length === 0;
  inShelf(".sources-list").replaceChildren(...cards(turn, sources, !loose));
  inShelf(".found-list").replaceChildren(...cards(turn, found, false));
  inShelf(".found").hidden = found.length === 0;
  inShelf(".sources-none").hidden = sources.length > 0;
  inShelf(".sources-none").classList.toggle("idle", !turn); // then holdings.js may have something to show
  inShelf(".sources-none p").textContent = (turn && "kind" in turn && nothing[turn.kind]) || strings.no_sources;
  listSources();
  inShelf(".sources").scrollTop = 0;
}

/**
 * The question of a turn, as it was searched or, without an outcome, as it was typed.
 * @param {Shown} turn
 */
const askedOf = (turn) => turn.question ?? ("request" in turn ? turn.request.question : "");

/**
 * A card for each article, with its passages in the order of their numbers.
 * @param {Shown | null} turn
 * @param {Source[]} sources
 * @param {boolean} cited
 */
function cards(turn, sources, cited) {
  const articles = new Set(sources.map(({ article }) => article));
  return [...articles].map((article) => {
    const parts = sources.filter((source) => source.article === article);
    return card(/** @type {Cited} */ (turn), parts, cited);
  });
}

/**
 * @param {Cited} turn
 * @param {Source[]} parts
 * @param {boolean} cited
 */
function card(turn, parts, cited) {
  const [source, ...others] = parts;
  return make(
    "li",
    { class: cited ? "source" : "source loose" },
    make(
      "div",
      { class: "part", "data-number": source.number },
      partHead(
        source,
        cited,
        make("h3", { class: "source-title", dir: "auto" }, opener(turn, source, cited, source.title)),
      ),
      make("p", { class: "facts" }, ...facts(source)),
      copies(source),
      ...quoted(turn, source, cited),
    ),
    ...others.map((other) =>
      make(
        "div",
        { class: "part", "data-number": other.number },
        partHead(other, cited, opener(turn, other, cited, strings.same_article)),
        ...quoted(turn, other, cited),
      ),
    ),
  );
}

/**
 * @param {Source} source
 * @param {boolean} cited
 * @param {HTMLElement} name
 */
function partHead({ number }, cited, name) {
  return make("div", { class: "source-head" }, cited && make("span", { class: "number" }, String(number)), name);
}

/**
 * A button that opens the article at a passage.
 * @param {Cited} turn
 * @param {Source} source
 * @param {boolean} cited
 * @param {string} name
 */
function opener(turn, source, cited, name) {
  const label = fill(strings.read, { title: source.title });
  const made = make("button", { type: "button", class: "source-open", "aria-label": label }, name);
  made.addEventListener("click", () => {
    /** @type {HTMLElement | null} */
    const chip = document.querySelector(`.turn[data-turn="${turn.key}"] [data-source="${source.number}"]`);
    if (chip) chip.click();
    else openSource(turn, source.number, cited ? 0 : null, null);
  });
  return made;
}

/**
 * The passage of a card, where it stands, why it was found and how it was checked.
 * @param {Cited} turn
 * @param {Source} source
 * @param {boolean} cited
 */
function quoted(turn, source, cited) {
  return [
    make("blockquote", { class: "passage", dir: "auto" }, ...excerpt(source)),
    where(source),
    source.why && make("p", { class: "why" }, ...reason(source.why)),
    make("p", { class: "source-foot" }, cited && checked(supportOf(turn, source.number)), original(source, source.url)),
  ];
}

export function watchShelf() {
  shelf().addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (panel.opened && !panel.opened.from) showList();
    else leaveSources();
  });
  inShelf(".sources-close").addEventListener("click", () => {
    leaveSources();
    if (panel.opened && panel.opened.turn?.key === undefined) showChat();
  });
  document.addEventListener("view", showChat);
  inShelf(".backdrop").addEventListener("click", leaveSources);
  narrow.addEventListener("change", closeSheet);
  document.addEventListener("only", closeSheet);
}
