// @ts-check
// How a turn is drawn: its question, what was heeded in it, and an answer whose citations lead to their passages, a
// refusal, a list of articles, or that it is underway.

import { openAlone } from "./article.js";
import { ask, edit } from "./asking.js";
import { judging } from "./cases.js";
import { dated, days, moments } from "./days.js";
import { counted, fill, inMarks, isolated, make, numbers, strings } from "./elements.js";
import { takeAlong } from "./export.js";
import { facts, match, original, passageOf } from "./facts.js";
import { isLimited, limitChips, removable, UNLIMITED } from "./filters.js";
import { chosen, fit, lacking, refusal } from "./fit.js";
import { components } from "./gradio.js";
import { sideBySide, statements } from "./quotes.js";
import { openSource, showTurn } from "./sources.js";
import { clip, underway } from "./turns.js";

/** @import { Answer, Child, Drawn, Ended, Filter, Kind, Listing, Problem, Source, Turn, Unanswered, Underway } from "./types.js" */

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
    turn.shared && sharing(turn, turn.shared),
    turn.typed != null && understood(turn),
    ((turn.times ?? []).length > 0 || isLimited(filter)) && heeded(turn),
    ...bodies[turn.kind](turn),
    turn.record && foot(turn, turn.record),
    turn.next && suggestions(turn, turn.next),
  );
  for (const attention of ["focusin", "click", "sight"]) made.addEventListener(attention, () => showTurn(turn));
  return made;
}

/**
 * @param {Drawn} turn
 * @param {{ question: string }} record
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
 * When an answer was shared that a link opened, and whether the articles changed since; a way to ask its question now.
 * @param {Drawn} turn
 * @param {NonNullable<Drawn["shared"]>} shared
 */
function sharing({ question, request, key }, { at, changed, rebuilt }) {
  const now = make("button", { type: "button", class: "plain" }, strings.shared_ask);
  now.addEventListener("click", () => ask({ ...request, question }, key));
  const since = changed.length > 0 ? fill(strings.shared_changed, { titles: inMarks(changed) }) : "";
  const when = fill(strings.shared_at, { when: moments.format(new Date(at)) });
  const said = [when, since || (rebuilt && strings.shared_rebuilt), now].filter(Boolean);
  return make("p", { class: "shared", dir: "auto" }, ...said.flatMap((part) => [part, " "]));
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

/** @param {Drawn<Unanswered>} turn */
function unansweredBody(turn) {
  const closest = turn.sources.map((source, at) => make("li", null, nearest(turn, source, at === 0)));
  return [
    make("p", { class: "refusal", dir: "auto" }, refusal(turn)),
    outside(turn),
    closest.length > 0 && make("p", { class: "near-lead" }, strings.closest),
    closest.length > 0 && make("ul", { class: "nearest" }, ...closest),
  ];
}

/**
 * The sentence of a passage that comes closest; of the closest of all, the whole of it and what matches.
 * @param {Drawn<Unanswered>} turn
 * @param {Source} source
 * @param {boolean} whole
 */
function nearest(turn, source, whole) {
  const made = make(
    "button",
    { type: "button", class: whole ? "near whole" : "near", "data-source": source.number },
    make("bdi", { class: "near-title" }, source.title),
    " ",
    make("span", { class: "near-date" }, dated(source)),
    " ",
    make("span", { class: "near-words", dir: "auto" }, (source.best ?? passageOf(source)).text),
    whole && source.why && make("span", { class: "near-why" }, match(source.why)),
  );
  made.addEventListener("click", () => openSource(turn, source.number, null, made));
  return made;
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
 * What can be asked after an answer or, after a refusal, is answered.
 * @param {Turn} turn
 * @param {string[]} questions
 */
export function suggestions({ kind, request }, questions) {
  const buttons = questions.map((question) => make("li", null, asker("next-question", question, request.filter)));
  const words = kind === "unanswered" ? strings.nearest_question : strings.next_questions;
  const lead = make("p", { class: "next-lead" }, words);
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
