// @ts-check
// The article beside the chat: whole, at the quote that a citation leads to, with the answer's other quotes
// from it marked lighter.

import { chipsOf } from "./address.js";
import { fill, make, strings, weighted } from "./elements.js";
import {
  alike,
  checked,
  copies,
  facts,
  onlyButton,
  original,
  passageOf,
  reason,
  segment,
  supportOf,
  where,
} from "./facts.js";
import { components } from "./gradio.js";
import { forget, inShelf, listSources, narrow, openSheet, panel, shelf } from "./panel.js";
import { isTyping, readAnew } from "./reading.js";

/** @import { Alone, Facts, Opened, Place, Segment } from "./types.js" */

const { server } = components.conversation;
let drawnText = /** @type {unknown[]} */ ([]); // what decides the text that is drawn, so that a step within one article keeps it

/**
 * Open an article for its own sake, not as the source of an answer; `entry` has its id and facts.
 * @param {Facts} entry
 * @param {HTMLElement} from
 */
export async function openAlone(entry, from) {
  /** @type {Alone} */
  const source = { ...entry, number: null, passage: [], duplicates: [], more: 0, why: null, section: [], page: null };
  await open({ turn: null, source, quote: null, from });
}

/** @param {Opened} mine */
export async function open(mine) {
  forget();
  panel.opened = mine;
  panel.opener = mine.from ?? panel.opener;
  mine.from?.classList.add("current");
  if (narrow.matches) openSheet();
  showArticle(mine);
  if (await drawText(mine)) settle(mine);
}

/**
 * Show the article in place of the list.
 * @param {Opened} mine
 */
function showArticle(mine) {
  for (const part of [".sources-all", ".sources-title"]) inShelf(part).hidden = true;
  inShelf(".reading").hidden = false;
  const isListed = mine.turn?.key !== undefined || mine.from?.closest(".sources-all");
  inShelf(".back").hidden = !isListed; // no list is beside another view, or for a list of articles
  inShelf(".reading-top").replaceChildren(...titled(mine));
  inShelf(".reading-head").replaceChildren(...head(mine));
  showPlace();
  inShelf("#reading-title").focus({ preventScroll: true });
}

/**
 * Its number and title, which stay in sight while the text is scrolled.
 * @param {Opened} mine
 */
function titled({ source, quote }) {
  const attributes = { class: "reading-title", id: "reading-title", dir: "auto", tabindex: "-1" };
  const title = make("h2", attributes, source.title);
  return quote === null ? [title] : [make("span", { class: "number" }, String(source.number)), title];
}

/** @param {Opened} mine */
function head({ turn, source, quote }) {
  const cited = turn && quote !== null;
  return [
    make("p", { class: "facts" }, ...facts(source, { age: true })),
    where(source),
    copies(source),
    source.why && make("p", { class: "why" }, ...reason(source.why)),
    make(
      "p",
      { class: "source-foot" },
      cited ? checked(supportOf(turn, source.number)) : turn && make("span", null, strings.not_cited),
      onlyButton(source),
      original(source, cited ? source.quotes[quote].original : source.url),
    ),
  ].filter((part) => part !== null && part !== false);
}

/**
 * What is marked: all that the answer quotes from this article and, of a passage without a quote, what fits best.
 * @param {Opened} mine
 * @returns {Place[]}
 */
function placesIn({ turn, source, quote }) {
  if (!turn) return [];
  const quotes = turn.sources
    .filter((each) => each.article === source.article)
    .flatMap(({ number, quotes }) =>
      quotes.map(({ start, text, highlights = [] }, at) => ({
        name: `${number}.${at}`,
        number,
        start,
        text,
        highlights,
      })),
    );
  if (quote !== null) return quotes;
  const { start, text } = source.best ?? passageOf(source);
  return [...quotes, { name: placeName({ source, quote }), number: null, start, text, highlights: [] }];
}

/** @param {{ source: { number: number | null }, quote: number | null }} mine */
const placeName = ({ source, quote }) => (quote === null ? `${source.number}` : `${source.number}.${quote}`);

/**
 * Draw the whole text; say whether it is still what the reader wants.
 * @param {Opened} mine
 */
async function drawText(mine) {
  const { turn, source, quote } = mine;
  const wanted = [turn, source.article, quote === null ? source.number : null];
  if (turn && wanted.every((part, at) => part === drawnText[at])) return true;
  drawnText = [];
  const text = inShelf(".reading-text");
  text.replaceChildren(make("p", { class: "wait", role: "status" }, strings.opening));
  const places = placesIn(mine);
  const found = await server.read_article(
    source.article,
    places.map(({ start, text, highlights }) => ({ start, text, highlights })),
  );
  if (panel.opened !== mine) return false;
  const note = !found ? (turn ? strings.gone : strings.gone_alone) : found.changed && strings.changed;
  const paragraphs = found
    ? found.paragraphs.map(({ segments, ...block }) => ({
        ...block,
        parts: alike(segments).map((parts) => stretch(parts, places)),
      }))
    : [{ kind: "paragraph", level: 0, page: null, start: null, parts: alike(source.passage).map(segment) }];
  text.replaceChildren(
    ...(note ? [make("p", { class: "reading-note" }, note)] : []),
    ...paragraphs.flatMap(({ kind, level, page, start, parts }) => [
      ...(page ? [make("p", { class: "page-begins" }, fill(strings.page, { page }))] : []),
      make(
        kind === "heading" ? "h4" : "p",
        {
          class: `passage ${kind}`,
          "data-level": level,
          dir: "auto",
          lang: found?.language ?? null,
          "data-start": start,
        },
        ...parts,
      ),
    ]),
  );
  readAnew();
  if (found) drawnText = wanted;
  return true;
}

/**
 * @param {Segment[]} segments With the same marks.
 * @param {Place[]} places
 */
function stretch(segments, places) {
  const parts = segments.flatMap(({ text, bold }) => weighted(text, bold));
  if (segments[0].marks.length === 0) return make("span", null, ...parts);
  const held = segments[0].marks.map((at) => places[at]);
  const { number } = held.find((place) => place.number !== null) ?? { number: null };
  const names = held.map((place) => place.name).join(" ");
  return make("mark", { "data-places": names, "data-number": number, tabindex: "-1" }, ...parts);
}

/**
 * Mark the quote that is read, and bring it into sight and under the keyboard.
 * @param {Opened} mine
 */
function settle(mine) {
  /** @type {NodeListOf<HTMLElement>} */
  const marks = shelf().querySelectorAll(`.reading-text mark[data-places~="${placeName(mine)}"]`);
  for (const mark of marks) mark.classList.add("current");
  if (marks.length === 0) {
    inShelf(".sources").scrollTop = 0;
    return;
  }
  if (shelf().contains(document.activeElement)) marks[0].focus({ preventScroll: true });
  reveal(marks[0]);
}

/**
 * Scroll the panel, and nothing around it, so that the quote can be read below the title that stays in sight,
 * with the article's head if there is room.
 * @param {HTMLElement} mark
 */
function reveal(mark) {
  const scrolled = inShelf(".sources");
  const title = inShelf(".reading-stays");
  const covered = parseFloat(getComputedStyle(title).top) + title.offsetHeight + 16;
  const place = mark.getBoundingClientRect();
  const top = place.top - scrolled.getBoundingClientRect().top + scrolled.scrollTop;
  const to = top + place.height < 0.8 * scrolled.clientHeight ? 0 : top - Math.max(scrolled.clientHeight / 3, covered);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches || shelf().classList.contains("open");
  scrolled.scrollTo({ top: to, behavior: still ? "auto" : "smooth" });
}

/** The citations of the answer in order, and where the one that is read stands among them. */
function walked() {
  const from = panel.opened?.from;
  const chips = chipsOf(from?.closest(".turn"));
  return { chips, at: from ? chips.indexOf(from) : -1 };
}

function showPlace() {
  const { chips, at } = walked();
  inShelf(".walk").hidden = at < 0 || chips.length < 2;
  const keys = [at >= 0 && chips.length > 1 && strings.keys_walk, strings.keys_find, strings.keys_leave];
  inShelf(".keys").replaceChildren(...keys.filter(Boolean).map((each) => make("span", null, each || "")));
  inShelf(".walk-place").textContent = fill(strings.place, { at: at + 1, count: chips.length });
  inShelf(".walk-previous").setAttribute("aria-disabled", String(at <= 0));
  inShelf(".walk-next").setAttribute("aria-disabled", String(at === chips.length - 1));
}

/**
 * Open the citation `by` places further on in the answer.
 * @param {number} by
 */
function walk(by) {
  const { chips, at } = walked();
  if (at >= 0) chips[at + by]?.click();
}

/** Go back to the list, at what was read. */
export function showList() {
  const number = panel.opened?.source.number ?? null;
  const from = panel.opened?.from;
  panel.opened = null;
  listSources();
  if (from?.closest(".sources-all")) return from.focus();
  const entry = shelf().querySelector(number === null ? ".sources-list > *" : `[data-number="${number}"]`);
  if (!entry) return inShelf(".sources").focus();
  if (number !== null) entry.setAttribute("aria-current", "true");
  /** @type {HTMLElement} */ (entry.querySelector(".source-open")).focus({ preventScroll: true });
  entry.scrollIntoView({ block: "nearest" });
}

export function watchArticle() {
  document.addEventListener("article", (event) => {
    const { source, from } = /** @type {CustomEvent<{ source: Facts, from: HTMLElement }>} */ (event).detail;
    openAlone(source, from); // from another view
  });
  inShelf(".back").addEventListener("click", showList);
  inShelf(".walk-previous").addEventListener("click", () => walk(-1));
  inShelf(".walk-next").addEventListener("click", () => walk(1));
  shelf().addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    if (event.key === "n") walk(1);
    if (event.key === "p") walk(-1);
  });
}
