// @ts-check
// How a turn is drawn: its question, what was heeded in it, and an answer whose citations lead to their passages, a
// refusal, a list of articles, or that it is underway.

import { openAlone } from "./article.js";
import { ask, edit } from "./asking.js";
import { judging } from "./cases.js";
import { dated, day, days, weekdates } from "./days.js";
import { counted, fill, inMarks, isolated, make, numbers, prose, strings, weighted } from "./elements.js";
import { takeAlong } from "./export.js";
import { checked, facts, original, passageOf } from "./facts.js";
import { isLimited, limitChips, removable, UNLIMITED } from "./filters.js";
import { chosen, fit, lacking, refusal } from "./fit.js";
import { components } from "./gradio.js";
import { offerPreview } from "./preview.js";
import { openSource, showTurn } from "./sources.js";
import { clip, underway } from "./turns.js";

/**
 * @import {
 *   Answer, Child, Cited, Drawn, Ended, Filter, Kind, Listing, Problem, Quote, Source, Statement, Unanswered, Underway
 * } from "./types.js"
 */

const { props } = components.conversation;

/** @type {Record<Kind, (turn: any) => Child[]>} */
const bodies = {
  answer: answerBody,
  listing: listingBody,
  unanswered: unansweredBody,
  waiting: waitingBody,
  searching: waitingBody,
  stopped: endedBody,
  lost: endedBody,
  problem: problemBody,
};

/**
 * Draw a turn.
 * @param {Drawn} turn
 */
export function article(turn) {
  const busy = underway.includes(turn.kind);
  const { question, filter } = turn.request;
  const made = make(
    "article",
    { class: `turn ${turn.kind}`, "data-turn": turn.key, tabindex: "-1", "aria-busy": busy ? "true" : null },
    make(
      "div",
      { class: "asked-head" },
      make("h2", { class: "asked", dir: "auto" }, clip(question)),
      !busy && editing(turn, question),
    ),
    turn.typed != null && understood(turn),
    ((turn.times ?? []).length > 0 || isLimited(filter)) && heeded(turn),
    ...bodies[turn.kind](turn),
    turn.record && foot(turn, turn.record),
    turn.next && suggestions(turn.next, turn.request.filter),
  );
  for (const attention of ["focusin", "click", "sight"]) made.addEventListener(attention, () => showTurn(turn));
  return made;
}

/**
 * @param {Drawn} turn
 * @param {object} record
 */
function foot(turn, record) {
  const judged = props.tests && (turn.kind === "answer" || turn.kind === "unanswered") && judging(turn);
  return make("div", { class: "turn-foot" }, takeAlong({ ...turn, record }), judged);
}

/**
 * A button that turns the question of a turn into a box, with `question` in it.
 * @param {Drawn} turn
 * @param {string} question
 */
function editing(turn, question) {
  const label = fill(strings.edit_question, { question: clip(question) });
  const made = make("button", { type: "button", class: "edit", "aria-label": label }, strings.edit);
  made.addEventListener("click", () => edit(/** @type {HTMLElement} */ (made.closest(".turn")), turn, question));
  return made;
}

/**
 * The question that was searched in place of the one typed, and a way to correct it.
 * @param {Drawn} turn
 */
function understood(turn) {
  return make(
    "p",
    { class: "understood" },
    strings.understood,
    isolated(turn.question),
    " ",
    editing(turn, turn.question),
  );
}

/**
 * What limited or ordered the articles: set by hand, or read from the question; each with a button that takes it back.
 * @param {Drawn} turn
 */
function heeded(turn) {
  const times = turn.times ?? [];
  const applied = times.filter((time) => time.applied);
  const dated = applied.filter((time) => time.since || time.until);
  const order = applied.filter((time) => !time.since && !time.until).map((time) => time.words);
  const given = times.filter((time) => !time.applied);
  const chips = limitChips(turn.request.filter, (filter) => ask({ ...turn.request, filter }, turn.key));
  chips.push(...dated.map((time) => timeChip(turn, time.words, days(time), [time.words])));
  if (order.length > 0) chips.push(timeChip(turn, strings.newer_first, null, order));
  return make(
    "div",
    { class: "heeded" },
    chips.length > 0 && make("ul", { class: "times", "aria-label": strings.reading }, ...chips),
    ...given.map((time) => make("p", { class: "given-up", dir: "auto" }, fill(strings.given_up, time))),
  );
}

/**
 * @param {Drawn} turn
 * @param {string} words
 * @param {string | null} when
 * @param {string[]} ignored
 */
function timeChip(turn, words, when, ignored) {
  const all = [...(turn.ignored ?? []), ...ignored];
  return removable(words, when, () => ask({ ...turn.request, ignored: all }, turn.key));
}

/** @param {Drawn<Answer>} turn */
function answerBody(turn) {
  const exact = turn.statements.every((statement) => statement.support === "exact");
  return [
    lacking(turn) && make("p", { class: turn.likely ? "refusal" : "uncovered", dir: "auto" }, lacking(turn)),
    chosen(turn) && make("p", { class: "chosen", dir: "auto" }, chosen(turn)),
    outside(turn),
    turn.short_answer && make("p", { class: "short", dir: "auto" }, make("strong", null, turn.short_answer)),
    ...(turn.sides.length > 0 ? sideBySide(turn) : statements(turn)),
    ...turn.uncovered_sides.map((side) =>
      make("p", { class: "uncovered", dir: "auto" }, fill(strings.uncovered_sides, { side })),
    ),
    exact && make("p", { class: "promise" }, make("span", { "aria-hidden": "true" }, "✓ "), strings.all_exact),
    fit(turn) && make("p", { class: "fit", dir: "auto" }, fit(turn)),
  ];
}

/**
 * What the articles state differently, side by side: the value, the quote it is from, its article and date.
 * @param {Drawn<Answer>} turn
 */
function sideBySide(turn) {
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
function statements(turn) {
  const labels = turn.statements.map(({ label }, at, all) => (label === all[at - 1]?.label ? null : label));
  const areHeads = turn.statements.filter(({ label }) => label).length > labels.filter(Boolean).length;
  return turn.statements.flatMap((statement, at) => {
    const chips = statement.citations.map((reference) => chip(turn, statement, reference));
    const shown = labels[at];
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

const NEAR = 160; // characters of a passage that tell it from others of its article: more than a line

/** @param {Drawn<Unanswered>} turn */
function unansweredBody(turn) {
  const closest = turn.sources.map((source) => {
    const made = make(
      "button",
      { type: "button", class: "near", "data-source": source.number },
      make("bdi", { class: "near-title" }, source.title),
      " ",
      make("span", { class: "near-date" }, dated(source)),
      " ",
      make("span", { class: "near-words", dir: "auto" }, (source.best ?? passageOf(source)).text.slice(0, NEAR)),
    );
    made.addEventListener("click", () => openSource(turn, source.number, null, made));
    return make("li", null, made);
  });
  return [
    make("p", { class: "refusal", dir: "auto" }, refusal(turn)),
    outside(turn),
    closest.length > 0 && make("p", { class: "near-lead" }, strings.closest),
    closest.length > 0 && make("ul", { class: "nearest" }, ...closest),
  ];
}

/**
 * An article that the filter shut out and that answers, with a button that asks all of them in this turn's place.
 * @param {Drawn<Answer | Unanswered>} turn
 */
function outside({ outside: title, question, request, key }) {
  if (!title) return null;
  const anywhere = make("button", { type: "button", class: "plain" }, strings.anywhere);
  anywhere.addEventListener("click", () => ask({ ...request, question, filter: UNLIMITED }, key));
  return make("p", { class: "outside", dir: "auto" }, fill(strings.outside, { title }), " ", anywhere);
}

/**
 * What articles there are: how many, and a card for each of the first.
 * @param {Listing} turn
 */
function listingBody({ lead, asked, total, articles }) {
  const shown = articles.length;
  const words =
    total === 0
      ? strings.none_listed
      : total === 1
        ? strings.one_listed
        : shown < total
          ? strings.first_listed
          : strings.listed;
  const number = numbers.format(total);
  const said = fill(words, { total: number, asked, shown }).replace(/\s+(?=[.,:]|$)/g, "");
  const cards = articles.map((each) => {
    const open = make(
      "button",
      { type: "button", class: "source-open", "aria-label": fill(strings.read, { title: each.title }) },
      each.title,
    );
    open.addEventListener("click", () => openAlone(each, open));
    return make(
      "li",
      { class: "entry" },
      make("h3", { class: "entry-title", dir: "auto" }, open),
      make("p", { class: "facts" }, ...facts(each)),
      make("p", { class: "source-foot" }, original(each, each.url)),
    );
  });
  return [
    lead && make("p", { class: "short", dir: "auto" }, make("strong", null, lead)),
    make("p", { class: total ? "counted" : "refusal", dir: "auto" }, said),
    shown > 0 && make("ol", { class: "entries" }, ...cards),
  ];
}

/** @param {Drawn<Underway>} turn */
function waitingBody(turn) {
  const pulse = make("span", { class: "pulse", "aria-hidden": "true" });
  const said = make("span", { class: "doing", role: "status", dir: "auto" }, doing(turn));
  return [make("p", { class: "wait" }, pulse, said)];
}

/**
 * What is being done for a turn: for which question where that is not the one that is read above it.
 * @param {Underway} turn
 */
export function doing(turn) {
  if (turn.kind === "waiting") return strings.waiting;
  if (!turn.doing) return strings.searching;
  const lead = turn.question === turn.request.question ? "" : fill(strings.done_for, { question: turn.question });
  return lead + counted(turn.doing, turn.passages ?? 0);
}

/**
 * A turn without an outcome: why, and a way to ask again.
 * @param {Drawn<Ended>} turn
 */
function endedBody(turn) {
  const again = make("button", { type: "button", class: "plain" }, strings.ask_again);
  again.addEventListener("click", () => ask(turn.request, turn.key));
  return [make("p", { class: "refusal", role: "status" }, strings[turn.kind]), make("p", { class: "again" }, again)];
}

/**
 * What can be asked after an answer.
 * @param {string[]} questions
 * @param {Filter} filter That of the answer which they follow.
 */
export function suggestions(questions, filter) {
  const buttons = questions.map((question) => make("li", null, asker("next-question", question, filter)));
  const lead = make("p", { class: "next-lead" }, strings.next_questions);
  return make("div", { class: "next" }, lead, make("ul", { class: "next-list" }, ...buttons));
}

/**
 * A button that asks a question, which follows nothing up.
 * @param {string} kind
 * @param {string} question
 * @param {Filter} filter Which articles are asked.
 */
export function asker(kind, question, filter) {
  const made = make("button", { type: "button", class: kind, dir: "auto" }, question);
  made.addEventListener("click", () => ask({ question, alone: true, filter }));
  return made;
}

/** @param {Problem} turn */
function problemBody(turn) {
  return [make("p", { class: "trouble", dir: "auto" }, turn.message)];
}
