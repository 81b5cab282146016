// What readers say of an answer: that it is right, or that it is wrong and what is right instead. Either is kept
// as a case in the file of questions, which the tests ask.

let cases = new Map(); // by question, as rag.page.cases.CaseView
const judged = new Map(); // by the element below a turn, that turn
let picking = null; // the open form in which a reader says what is right

/** Python says what is in the file of questions. */
function knowCases(told) {
  cases = new Map(told.cases.map((each) => [each.question, each]));
  listCases(told);
  for (const [verdict, turn] of judged) {
    if (verdict.isConnected) showVerdict(verdict, turn);
    else judged.delete(verdict);
  }
}

/** Have the file changed; say whether that was done. What went wrong is said at `verdict`. */
async function changeCases(call, verdict) {
  const told = await heard(call).catch(() => ({ trouble: strings.not_taken }));
  if (told.cases) knowCases(told);
  const trouble = told.trouble && make("p", { class: "trouble", role: "alert", dir: "auto" }, told.trouble);
  verdict.querySelector(".verdict-trouble").replaceChildren(...[trouble].filter(Boolean));
  return !told.trouble;
}

/** The thumbs below a turn, what was kept of it, and the place for a form that asks what is right. */
function judging(turn) {
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

function thumb(name, act) {
  const made = make("button", { type: "button", class: `thumb ${name}`, "aria-label": strings[name], title: strings[name] });
  made.addEventListener("click", act);
  return made;
}

function showVerdict(verdict, turn) {
  const found = verdictOn(turn);
  for (const name of ["right", "wrong"]) verdict.querySelector(`.${name}`).setAttribute("aria-pressed", String(found === name));
  const take = make("button", { type: "button", class: "undo" }, strings.undo);
  take.addEventListener("click", () => undo(turn, verdict));
  verdict.querySelector(".kept").replaceChildren(...(cases.has(turn.question) ? [strings.case_kept, " ", take] : []));
}

/** Whether the case for a question says that what is shown here is "right" or "wrong"; null when it does not tell. */
function verdictOn({ kind, question, statements }) {
  const known = cases.get(question);
  if (!known) return null;
  if (kind === "unanswered") return known.unanswerable ? "right" : "wrong";
  if (known.unanswerable) return "wrong";
  if (known.quotes.length === 0) return null;
  const first = statements[0].text.split(/\s+/).join(" "); // as a case has it
  return known.quotes.some((quote) => quote.includes(first) || first.includes(quote)) ? "right" : "wrong";
}

/** Keep what an answer quotes as right or, of a refusal, that the articles don't answer. */
function agree(turn, verdict) {
  closePicker();
  const right = turn.kind === "answer" ? quotesOf(turn).map(placed) : [];
  return changeCases(server.keep_case({ question: turn.question, right }), verdict);
}

async function undo(turn, verdict) {
  await changeCases(server.undo_case(turn.question), verdict);
  if (!verdict.contains(document.activeElement)) verdict.querySelector(".wrong").focus();
}

/** Open the form that asks which passage is right, or close it. */
function disagree(turn, verdict) {
  const form = verdict.querySelector(".verdict-form");
  if (form.hasChildNodes()) return closePicker();
  closePicker();
  picking = picker(turn, verdict);
  form.append(picking);
  picking.querySelector("input").focus();
  picking.scrollIntoView({ block: "nearest" });
}

function closePicker() {
  picking?.remove();
  picking = null;
}

const placed = ({ article, start, text }) => ({ article, start, text });

/** What an answer quotes. */
function quotesOf({ sources }) {
  return sources.flatMap((source) => source.quotes.map(({ start, text }) => ({ ...source, start, text })));
}

const passageOf = (source) => ({ ...source, text: source.passage.map(({ text }) => text).join("") });

/** What was found for a question, of which something may be right: quotes, then other passages. */
function candidates(turn) {
  const cited = turn.statements.length > 0 ? quotesOf(turn) : turn.sources.map(passageOf);
  return [...cited, ...turn.found.map(passageOf)];
}

function picker(turn, verdict) {
  const none = make("label", { class: "pick" }, make("input", { type: "radio", name: "right", value: "none" }), strings.pick_none);
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
    verdict.querySelector(".wrong").focus();
  };
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = made.querySelector("input:checked");
    trouble.textContent = chosen ? "" : strings.pick_first;
    if (!chosen) return;
    const right = chosen.value === "none" ? [] : [JSON.parse(chosen.value)];
    if (await changeCases(server.keep_case({ question: turn.question, right }), verdict)) leave();
  });
  made.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  cancel.addEventListener("click", leave);
  return made;
}

/** Something that may be right, to be chosen. */
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

/** Offer what a reader selected in an article as what is right, in the form that asks for it. */
async function pickSelected({ article, start, end }) {
  const form = picking;
  const found = await heard(server.pick_sentences({ article, start, end })).catch(() => null);
  if (!found || form !== picking) return;
  const made = choice(found);
  const same = [...form.querySelectorAll("input")].find(({ value }) => value === made.firstChild.value);
  if (!same) form.querySelector("legend").after(made);
  const input = same ?? made.firstChild;
  input.checked = true;
  closeSheet();
  input.focus();
}
