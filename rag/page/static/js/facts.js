// @ts-check
// What is said of an article and of a passage from it.

import { age, dated } from "./days.js";
import { counted, fill, inMarks, isolated, make, prose, strings, weighted } from "./elements.js";

/** @import { Cited, Facts, Segment, Source, Why } from "./types.js" */

/**
 * Date, with its age where that is asked for, source and author, as far as they are known.
 * @param {Pick<Facts, "published" | "source" | "author">} source
 */
export function facts(source, { age: aged = false } = {}) {
  const date =
    aged && source.published ? fill(strings.aged, { date: dated(source), age: age(source.published) }) : dated(source);
  const parts = /** @type {HTMLElement[]} */ ([make("time", { datetime: source.published }, date)]);
  for (const name of [source.source, source.author]) if (name) parts.push(isolated(name));
  return joined(parts, " · ");
}

/**
 * Where in its article a passage stands, as a person looks for it: "p. 14 · Wages and hours".
 * @param {Pick<Source, "section" | "page">} source
 */
export function where({ section, page }) {
  const names = section?.map(isolated) ?? [];
  const parts = page ? [fill(strings.page, { page }), ...names] : names;
  return parts.length > 0 && make("p", { class: "where" }, ...joined(parts, " · "));
}

/**
 * @param {(Node | string)[]} parts
 * @param {string} between
 */
const joined = (parts, between) => parts.flatMap((part, at) => (at ? [between, part] : [part]));

/**
 * How the sentences that cite a source were checked.
 * @param {Cited} turn
 * @param {number} number
 */
export function supportOf(turn, number) {
  const citing = turn.statements.find(({ citations }) => citations.some(({ source }) => source === number));
  return /** @type {NonNullable<typeof citing>} */ (citing).support;
}

/** @param {string} support */
export function checked(support) {
  const [sign, words] = strings.checked[support];
  return make("span", { class: "checked" }, make("span", { "aria-hidden": "true" }, `${sign} `), words);
}

/**
 * Whether an address is safe to follow: Python sends no other, but a browser may have kept some.
 * @param {string | null} url
 */
const isOnTheWeb = (url) => /^https?:\/\//i.test(url ?? "");

/**
 * A link to where the article was published; false without an address.
 * @param {{ title: string }} source
 * @param {string | null} url
 */
export function original(source, url) {
  const label = fill(strings.original_of, { title: source.title });
  return (
    isOnTheWeb(url) &&
    make(
      "a",
      { class: "original", href: url, target: "_blank", rel: "noopener noreferrer", "aria-label": label },
      strings.original,
      make("span", { "aria-hidden": "true" }, " ↗"),
    )
  );
}

/**
 * A button that limits the questions to come to this article; whoever needs to know hears the event.
 * @param {Pick<Facts, "article" | "title">} source
 */
export function onlyButton({ article, title }) {
  const label = fill(strings.only_of, { title });
  const made = make("button", { type: "button", class: "only", "aria-label": label }, strings.only);
  made.addEventListener("click", () => document.dispatchEvent(new CustomEvent("only", { detail: { article, title } })));
  return made;
}

const ordinals = new Intl.PluralRules(strings.language, { type: "ordinal" });

/** @param {number} number */
const ordinal = (number) => fill(strings[`place_${ordinals.select(number)}`], { number });

/**
 * Why a passage was found: "matches “soldiers”; close in meaning; 1st by words, 3rd by meaning".
 * @param {Why} why
 */
export function reason({ words, closeness, by_words, by_meaning }) {
  const places = [
    by_words && fill(strings.by_words, { place: ordinal(by_words) }),
    by_meaning && fill(strings.by_meaning, { place: ordinal(by_meaning) }),
  ];
  const parts = [match({ words, closeness }), places.filter(Boolean).join(", ")];
  return [strings.why, make("span", { dir: "auto" }, parts.filter(Boolean).join("; "))];
}

/**
 * What matches of a passage: "matches “soldiers”; close in meaning".
 * @param {Pick<Why, "words" | "closeness">} why
 */
export function match({ words, closeness }) {
  const named = words.length > 0 ? fill(strings.matches, { words: inMarks(words) }) : strings.no_word;
  return [named, strings[`meaning_${closeness}`]].filter(Boolean).join("; ");
}

/**
 * The articles that nearly duplicate this one, folded: "+4 copies"; null without any.
 * @param {Pick<Source, "duplicates" | "more">} source
 */
export function copies({ duplicates, more }) {
  if (duplicates.length === 0) return null;
  const named = duplicates.map((copy) => {
    const parts = [isolated(copy.title), copy.source ? isolated(copy.source) : "", dated(copy)];
    return make("li", null, ...joined(parts.filter(Boolean), ", "));
  });
  if (more > 0) named.push(make("li", null, fill(strings.more, { count: more })));
  const summary = make("summary", null, counted("copies", duplicates.length + more));
  return make("details", { class: "facts copies" }, summary, make("ul", null, ...named));
}

/**
 * The segments that follow each other with the same marks, together: a quote is one mark, bold words and all.
 * @param {Segment[]} segments
 */
export function alike(segments) {
  /** @type {Segment[][]} */
  const runs = [];
  for (const each of segments) {
    const run = runs.at(-1);
    if (run && String(run[0].marks) === String(each.marks)) run.push(each);
    else runs.push([each]);
  }
  return runs;
}

/** @param {Segment[]} segments With the same marks. */
export function segment(segments) {
  const parts = segments.flatMap(({ text, bold }) => weighted(text, bold));
  return make(segments[0].marks.length === 0 ? "span" : "mark", null, ...parts);
}

/**
 * What a card shows of a passage: all of it or, where it is not cited, from the sentence on that fits best.
 * @param {Source} source
 */
export function excerpt({ passage, best }) {
  if (!best) return alike(passage).map(segment);
  return [best.before && "… ", make("span", null, ...prose(best.text)), make("span", null, ...prose(best.after))];
}

/** @param {Source} source */
export const passageOf = (source) => ({ ...source, text: source.passage.map(({ text }) => text).join("") });
