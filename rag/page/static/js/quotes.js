// @ts-check
// The quotes of an answer, each with the citations that lead to its passages.

import { dated, day, weekdates } from "./days.js";
import { fill, inMarks, isolated, make, prose, strings, weighted } from "./elements.js";
import { checked, facts } from "./facts.js";
import { offerPreview } from "./preview.js";
import { openSource } from "./sources.js";

/** @import { Answer, Cited, Drawn, Quote, Source, Statement } from "./types.js" */

/**
 * What the articles state differently, side by side: the value, the quote it is from, its article and date.
 * @param {Drawn<Answer>} turn
 */
export function sideBySide(turn) {
  const quotes = statements(turn);
  const columns = turn.sides.map((value, at) => {
    const source = turn.sources[turn.statements[at].citations[0].source - 1];
    return make(
      "li",
      { class: "side" },
      make("p", { class: "side-value", dir: "auto" }, make("strong", null, value)),
      quotes[at],
      make(
        "p",
        { class: "facts" },
        isolated(source.title),
        " · ",
        make("time", { datetime: source.published }, dated(source)),
      ),
    );
  });
  return [make("p", { class: "sides-lead" }, strings.sides), make("ul", { class: "sides" }, ...columns)];
}

/** @param {Cited} turn */
export function statements(turn) {
  const labels = turn.statements.map(({ label }, at, all) => (label === all[at - 1]?.label ? null : label));
  const isOverview = turn.statements.every(({ label }) => label && label in strings.heads); // else a title may read so
  const areHeads = turn.statements.filter(({ label }) => label).length > labels.filter(Boolean).length;
  return turn.statements.flatMap((statement, at) => {
    const chips = statement.citations.map((reference) => chip(turn, statement, reference));
    const shown = isOverview ? labels[at] && strings.heads[labels[at]] : labels[at];
    const head = areHeads && shown && make("h3", { class: "label-head", dir: "auto" }, shown);
    const label = !areHeads && shown && make("span", { class: "label" }, isolated(shown), " ");
    const note = statement.dated && placing(statement.dated);
    const lead = statement.lead && make("span", { class: "lead" }, ...prose(statement.lead), " … ");
    const said = make("p", { class: "statement", dir: "auto" }, label, lead, ...withChips(statement, chips), note);
    return head ? [head, said] : [said];
  });
}

/**
 * What "Wednesday" in a quote counts from: "“Wednesday”: the article is from Friday, March 4, 2022."
 * @param {NonNullable<Statement["dated"]>} dated
 */
function placing({ words, published }) {
  return make(
    "span",
    { class: "dated", dir: "auto" },
    fill(strings.dated, { words: inMarks(words), date: weekdates.format(day(published)) }),
  );
}

/**
 * The text with its chips; the last word and the chips stay on one line, whichever way the text is written.
 * @param {Statement} statement A browser may have kept one from before there were stretches.
 * @param {Node[]} chips
 */
function withChips({ text, stretches = [[text, false]] }, chips) {
  const last = text.match(/\S{1,24}$/)?.[0] ?? "";
  const whole = last && /\s$/.test(text.slice(0, -last.length)) ? last.length : 0;
  const [before, tied] = [words(stretches, 0, text.length - whole), words(stretches, text.length - whole, text.length)];
  return [before, make("span", { class: "tied" }, tied, ...chips)];
}

/**
 * The words between two places of a text in stretches.
 * @param {[text: string, bold: boolean][]} stretches
 * @param {number} from
 * @param {number} to
 */
function words(stretches, from, to) {
  let at = 0;
  const parts = stretches.flatMap(([text, bold]) => {
    const part = text.slice(Math.max(from - at, 0), Math.max(to - at, 0));
    at += text.length;
    return part ? weighted(part, bold) : [];
  });
  return make("span", { class: "words" }, ...parts);
}

/**
 * @param {Cited} turn
 * @param {Statement} statement
 * @param {Statement["citations"][number]} reference
 */
function chip(turn, statement, { source: number, quote }) {
  const source = turn.sources[number - 1];
  const label = fill(strings.citation, { number, title: source.title, date: dated(source) });
  const made = make(
    "button",
    { type: "button", class: "chip", "aria-label": label, "data-source": number },
    String(number),
  );
  made.addEventListener("click", () => openSource(turn, number, quote, made));
  offerPreview(made, () => quoted(source, source.quotes[quote], statement.support));
  return made;
}

/**
 * What the card over a chip says.
 * @param {Source} source
 * @param {Quote} quote
 * @param {string} support
 */
function quoted(source, { before, text, after }, support) {
  return [
    make("p", { class: "preview-title", dir: "auto" }, source.title),
    make("p", { class: "facts" }, ...facts({ ...source, author: null }, { age: true })),
    make(
      "p",
      { class: "passage", dir: "auto" },
      make("span", { class: "beside" }, ...prose(before)),
      make("mark", null, ...prose(text)),
      make("span", { class: "beside" }, ...prose(after)),
    ),
    make("p", { class: "source-foot" }, checked(support)),
  ];
}
