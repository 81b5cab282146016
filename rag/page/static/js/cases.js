// @ts-check
// The cases in the file of questions, which the tests ask, and what readers say of an answer: that it is right, or
// that it is wrong and what is right instead. Either is kept as a case.

import { ask } from "./asking.js";
import { counted, fill, first, heard, isolated, make, remover, strings } from "./elements.js";
import { passageOf } from "./facts.js";
import { components } from "./gradio.js";
import { closeSheet } from "./panel.js";
import { openSource } from "./sources.js";

/** @import { Answer, Candidate, Case, CasesView, Cited, Stretch, Unanswered, Words } from "./types.js" */

/** @typedef {Answer | Unanswered} Judged A turn of which a reader can say whether it is right */

const { server } = components.conversation;

/** @type {Map<string, Case>} */
let cases = new Map(); // by question

/** @type {Map<HTMLElement, Judged>} */
const judged = new Map(); // by the element below a turn, that turn

/** The open form in which a reader says what is right. */
export let picking = /** @type {HTMLFormElement | null} */ (null);

/** @param {string} selector */
export const inTrial = (selector) => first(document, `#tests ${selector}`);

/**
 * Python says what is in the file of questions.
 * @param {CasesView} told
 */
export function knowCases(told) {
  cases = new Map(told.cases.map((each) => [each.question, each]));
  listCases(told);
  for (const [verdict, turn] of judged) {
    if (verdict.isConnected) showVerdict(verdict, turn);
    else judged.delete(verdict);
  }
}

/**
 * Have the file changed; say whether that was done. What went wrong is said at `verdict`.
 * @param {Promise<CasesView | undefined>} call
 * @param {HTMLElement} verdict
 */
async function changeCases(call, verdict) {
  const told = await heard(call).catch(() => null);
  if (told) knowCases(told);
  const trouble = told ? told.trouble : strings.not_taken;
  const said = trouble ? [make("p", { class: "trouble", role: "alert", dir: "auto" }, trouble)] : [];
  first(verdict, ".verdict-trouble").replaceChildren(...said);
  return !trouble;
}

/**
 * The thumbs below a turn, what was kept of it, and the place for a form that asks what is right.
 * @param {Judged} turn
 * @returns {HTMLElement}
 */
export function judging(turn) {
  const right = thumb("right", () => (verdictOn(turn) === "right" ? undo(turn, verdict) : agree(turn, verdict)));
  const wrong = thumb("wrong", () => (verdictOn(turn) === "wrong" ? undo(turn, verdict) : disagree(turn, verdict)));
  const verdict = make(
    "div",
    { class: "verdict" },
    make("div", { class: "thumbs", role: "group", "aria-label": strings.judge }, right, wrong),
    make("p", { class: "kept" }),
    make("div", { class: "verdict-form" }),
    make("div", { class: "verdict-trouble" }),
  );
  judged.set(verdict, turn);
  showVerdict(verdict, turn);
  return verdict;
}

/**
 * @param {string} name
 * @param {() => void} act
 */
function thumb(name, act) {
  const made = make("button", {
    type: "button",
    class: `thumb ${name}`,
    "aria-label": strings[name],
    title: strings[name],
  });
  made.addEventListener("click", act);
  return made;
}

/**
 * @param {HTMLElement} verdict
 * @param {Judged} turn
 */
function showVerdict(verdict, turn) {
  const found = verdictOn(turn);
  for (const name of ["right", "wrong"])
    first(verdict, `.${name}`).setAttribute("aria-pressed", String(found === name));
  const take = make("button", { type: "button", class: "undo" }, strings.undo);
  take.addEventListener("click", () => undo(turn, verdict));
  first(verdict, ".kept").replaceChildren(...(cases.has(turn.question) ? [strings.case_kept, " ", take] : []));
}

/**
 * Whether the case for a question says that what is shown here is "right" or "wrong"; null when it does not tell.
 * @param {Judged} turn
 */
function verdictOn({ kind, question, statements }) {
  const known = cases.get(question);
  if (!known) return null;
  if (kind === "unanswered") return known.unanswerable ? "right" : "wrong";
  if (known.unanswerable) return "wrong";
  if (known.quotes.length === 0) return null;
  const first = statements[0].text.split(/\s+/).join(" "); // as a case has it
  return known.quotes.some((quote) => quote.includes(first) || first.includes(quote)) ? "right" : "wrong";
}

/**
 * Keep what an answer quotes as right or, of a refusal, that the articles don't answer.
 * @param {Judged} turn
 * @param {HTMLElement} verdict
 */
function agree(turn, verdict) {
  closePicker();
  const right = turn.kind === "answer" ? quotesOf(turn).map(placed) : [];
  return changeCases(server.keep_case({ question: turn.question, right }), verdict);
}

/**
 * @param {Judged} turn
 * @param {HTMLElement} verdict
 */
async function undo(turn, verdict) {
  const undone = await changeCases(server.undo_case(turn.question), verdict);
  if (undone && turn.kind === "answer" && turn.chosen && turn.key !== undefined) return ask(turn.request, turn.key);
  if (!verdict.contains(document.activeElement)) first(verdict, ".wrong").focus();
}

/**
 * Open the form that asks which passage is right, or close it.
 * @param {Judged} turn
 * @param {HTMLElement} verdict
 */
function disagree(turn, verdict) {
  const form = first(verdict, ".verdict-form");
  if (form.hasChildNodes()) return closePicker();
  closePicker();
  picking = picker(turn, verdict);
  form.append(picking);
  first(picking, "input").focus();
  picking.scrollIntoView({ block: "nearest" });
}

function closePicker() {
  picking?.remove();
  picking = null;
}

/** @param {Words} words */
const placed = ({ article, start, text }) => ({ article, start, text });

/**
 * What an answer quotes.
 * @param {Cited} turn
 */
function quotesOf({ sources }) {
  return sources.flatMap((source) => source.quotes.map(({ start, text }) => ({ ...source, start, text })));
}

/**
 * What was found for a question, of which something may be right: quotes, then other passages.
 * @param {Cited} turn
 */
function candidates(turn) {
  const cited = turn.statements.length > 0 ? quotesOf(turn) : turn.sources.map(passageOf);
  return [...cited, ...turn.found.map(passageOf)];
}

/**
 * @param {Judged} turn
 * @param {HTMLElement} verdict
 */
function picker(turn, verdict) {
  const none = make(
    "label",
    { class: "pick" },
    make("input", { type: "radio", name: "right", value: "none" }),
    strings.pick_none,
  );
  const trouble = make("p", { class: "pick-trouble", role: "alert" });
  const cancel = make("button", { type: "button", class: "plain" }, strings.give_up);
  const made = make(
    "form",
    { class: "picker" },
    make(
      "fieldset",
      null,
      make("legend", null, strings.pick),
      ...candidates(turn).map(choice),
      turn.kind === "answer" && none,
    ),
    make("p", { class: "pick-note" }, strings.pick_note),
    trouble,
    make("div", { class: "picker-foot" }, cancel, make("button", { class: "strong" }, strings.pick_save)),
  );
  const leave = () => {
    closePicker();
    first(verdict, ".wrong").focus();
  };
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = /** @type {HTMLInputElement | null} */ (made.querySelector("input:checked"));
    trouble.textContent = chosen ? "" : strings.pick_first;
    if (!chosen) return;
    const right = chosen.value === "none" ? [] : [JSON.parse(chosen.value)];
    if (!(await changeCases(server.keep_case({ question: turn.question, right }), verdict))) return;
    leave();
    if (right.length > 0 && turn.key !== undefined) ask(turn.request, turn.key); // what is right is used at once
  });
  made.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  cancel.addEventListener("click", leave);
  return made;
}

/**
 * Something that may be right, to be chosen.
 * @param {Candidate} source
 */
function choice(source) {
  return make(
    "label",
    { class: "pick" },
    make("input", { type: "radio", name: "right", value: JSON.stringify(placed(source)) }),
    make(
      "span",
      { class: "pick-text" },
      make("span", { class: "pick-words", dir: "auto" }, source.text),
      make("span", { class: "pick-title" }, isolated(source.title)),
    ),
  );
}

/**
 * Offer what a reader selected in an article as what is right, in the form that asks for it.
 * @param {Stretch} stretch
 */
export async function pickSelected({ article, start, end }) {
  const form = picking;
  const found = await heard(server.pick_sentences({ article, start, end })).catch(() => null);
  if (!found || !form || form !== picking) return;
  const made = choice(found);
  const offered = /** @type {HTMLInputElement} */ (first(made, "input"));
  const same = [...form.querySelectorAll("input")].find(({ value }) => value === offered.value);
  if (!same) first(form, "legend").after(made);
  const input = same ?? offered;
  input.checked = true;
  closeSheet();
  input.focus();
}

// The list of them, in the view of the tests.

/**
 * The cases of the file, each with a way to take it out.
 * @param {CasesView} told
 */
function listCases({ cases, total, trouble }) {
  sayTrouble(trouble);
  inTrial(".trial-cases-title").textContent = counted("tests", total);
  inTrial(".trial-cases-title").hidden = total === 0;
  inTrial(".trial-none").hidden = total > 0 || Boolean(trouble);
  inTrial(".trial-run").hidden = total === 0;
  inTrial(".trial-cases").replaceChildren(
    ...cases.map(caseEntry),
    ...(total > cases.length
      ? [make("li", { class: "trial-more" }, fill(strings.more, { count: total - cases.length }))]
      : []),
  );
}

/** @param {Case} each */
function caseEntry(each) {
  return make(
    "li",
    { class: "case" },
    make("p", { class: "case-question", dir: "auto" }, each.question),
    remover(each.question, () => removeCase(each.question)),
    ...(each.unanswerable ? [make("p", { class: "case-none" }, strings.tests_unanswerable)] : rightFor(each)),
  );
}

/**
 * What is right: quotes or short answers, and where they stand.
 * @param {Pick<Case, "question" | "articles" | "quotes" | "answers">} right
 */
export function rightFor({ question, articles, quotes, answers }) {
  return [
    ...quotes.map((quote) => make("blockquote", { class: "case-quote", dir: "auto" }, quote)),
    ...answers.map((answer) => make("p", { class: "case-answer", dir: "auto" }, answer)),
    ...articles.map(({ id, title }) => {
      if (title === null) return make("p", { class: "case-article" }, fill(strings.tests_absent, { what: id }));
      const named = quotes.length > 0 ? rightButton(question, { article: id, title, quotes }) : isolated(title);
      return make("p", { class: "case-article" }, named);
    }),
  ];
}

/**
 * A button that opens what is right in its article.
 * @param {string} question
 * @param {{ article: string, title: string, quotes: string[] }} right
 */
export function rightButton(question, { article, title, quotes }) {
  const made = make(
    "button",
    { type: "button", class: "case-open", "aria-label": fill(strings.read, { title }) },
    title,
  );
  made.addEventListener("click", async () => {
    const right = await heard(server.right_answer(question, article, quotes)).catch(() => null);
    if (right) openSource(right, 1, 0, made);
    else sayTrouble(fill(strings.tests_absent, { what: title }));
  });
  return make("bdi", null, made);
}

/** @param {string} question */
async function removeCase(question) {
  await heard(server.remove_case(question)).then(knowCases, () => sayTrouble(strings.not_taken));
  inTrial(".trial").focus({ preventScroll: true });
}

/** @param {string | null | undefined} words */
export function sayTrouble(words) {
  inTrial(".trial-trouble").textContent = words ?? "";
  inTrial(".trial-trouble").hidden = !words;
}
