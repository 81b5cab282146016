// The conversation: draws the turns that Python sends and leads from a citation to its passage.

const scroller = element.querySelector(".conversation");
const welcome = element.querySelector(".welcome");
const list = element.querySelector(".turns");

/** Draw a conversation that was kept; a turn that turns out to be none is left out. */
function drawAll(kept) {
  for (const turn of kept) {
    try {
      draw(turns.length, turn);
    } catch {
      turns.length = list.children.length;
    }
  }
  if (turns.length > 0) nameNewest(turns.at(-1));
  frame();
}

/** Let a turn be this from now on. */
function change(at, turn) {
  draw(at, turn);
  if (at === turns.length - 1 && turn.record) nameNewest(turn);
  frame();
}

function draw(at, turn) {
  turns[at] = turn;
  place(article({ ...turn, key: at }), at);
}

/** Keep the first turns and drop those after them. */
function keepOnly(count) {
  turns.splice(count).forEach(halt);
  if (shown && shown.key >= count) clearSources();
  for (const dropped of [...list.children].slice(count)) dropped.remove();
}

/** What is around the turns. */
function frame() {
  welcome.hidden = turns.length > 0;
  takeAllAlong(turns);
  offerStop();
}

/** Let the page's address name the newest answer, and open the citation that it named. */
function nameNewest(turn) {
  showAddress(turn.question);
  followCitation(list.children[wanted.turn] ?? list.lastElementChild);
}

/** Put a turn in its place and, when it is the newest, in sight. */
function place(made, at) {
  const old = list.children[at];
  const held = old?.contains(document.activeElement);
  if (old) old.replaceWith(made);
  else list.append(made);
  if (held) made.focus({ preventScroll: true });
  if (at === list.children.length - 1) made.scrollIntoView({ block: "start" });
}

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
const underway = ["waiting", "searching"];

function article(turn) {
  const made = make(
    "article",
    { class: `turn ${turn.kind}`, "data-turn": turn.key, tabindex: "-1", "aria-busy": underway.includes(turn.kind) ? "true" : null },
    make(
      "div",
      { class: "asked-head" },
      make("h2", { class: "asked", dir: "auto" }, clip(turn.request.question)),
      !underway.includes(turn.kind) && editing(turn, turn.request.question),
    ),
    turn.typed != null && understood(turn),
    (turn.times?.length > 0 || isLimited(turn.request.filter)) && heeded(turn),
    ...bodies[turn.kind](turn),
    turn.record && make("div", { class: "turn-foot" }, takeAlong(turn), props.tests && turn.kind !== "listing" && judging(turn)),
    turn.next && suggestions(turn.next),
  );
  if (turn.sources) {
    showSources(turn);
    for (const attention of ["focusin", "click"]) made.addEventListener(attention, () => showSources(turn));
  }
  if (turn.kind === "listing") clearSources(); // those of the turn before are not its own
  return made;
}

/** A question that is too long to be asked is not shown whole. */
const clip = (question) => (question.length <= props.longest ? question : `${question.slice(0, 200)}…`);

/** A button that turns the question of a turn into a box, with `question` in it. */
function editing(turn, question) {
  const label = fill(strings.edit_question, { question: clip(question) });
  const made = make("button", { type: "button", class: "edit", "aria-label": label }, strings.edit);
  made.addEventListener("click", () => edit(made.closest(".turn"), turn, question));
  return made;
}

/** The question that was searched in place of the one typed, and a way to correct it. */
function understood(turn) {
  return make("p", { class: "understood" }, strings.understood, isolated(turn.question), " ", editing(turn, turn.question));
}

/** What limited or ordered the articles: set by hand, or read from the question; each with a button that takes it back. */
function heeded({ times = [], ...turn }) {
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

function timeChip(turn, words, when, ignored) {
  return removable(words, when, () => ask({ ...turn.request, ignored: [...turn.ignored, ...ignored] }, turn.key));
}

function days({ since, until }) {
  if (since && until) return shortDates.formatRange(day(since), day(until));
  if (since) return fill(strings.days_since, { day: shortDates.format(day(since)) });
  return fill(strings.days_until, { day: shortDates.format(day(until)) });
}

function answerBody(turn) {
  const exact = turn.statements.every((statement) => statement.support === "exact");
  return [
    turn.short_answer && make("p", { class: "short", dir: "auto" }, make("strong", null, turn.short_answer)),
    ...(turn.sides.length > 0 ? sideBySide(turn) : statements(turn)),
    ...turn.uncovered_sides.map((side) => make("p", { class: "uncovered", dir: "auto" }, fill(strings.uncovered_sides, { side }))),
    exact && make("p", { class: "promise" }, make("span", { "aria-hidden": "true" }, "✓ "), strings.all_exact),
  ];
}

/** What the articles state differently, side by side: the value, the quote it is from, its article and date. */
function sideBySide(turn) {
  const quotes = statements(turn);
  const columns = turn.sides.map((value, at) => {
    const source = turn.sources[turn.statements[at].citations[0].source - 1];
    return make(
      "li",
      { class: "side" },
      make("p", { class: "side-value", dir: "auto" }, make("strong", null, value)),
      quotes[at],
      make("p", { class: "facts" }, isolated(source.title), " · ", make("time", { datetime: source.published }, dated(source))),
    );
  });
  return [make("p", { class: "sides-lead" }, strings.sides), make("ul", { class: "sides" }, ...columns)];
}

function statements(turn) {
  return turn.statements.map((statement) => {
    const chips = statement.citations.map((reference) => chip(turn, statement, reference));
    const label = statement.label && make("span", { class: "label" }, isolated(statement.label), " ");
    const note = statement.dated && placing(statement.dated);
    return make("p", { class: "statement", dir: "auto" }, label, ...withChips(statement.text, chips), note);
  });
}

/** What "Wednesday" in a quote counts from: "“Wednesday”: the article is from Friday, March 4, 2022." */
function placing({ words, published }) {
  return make("span", { class: "dated", dir: "auto" }, fill(strings.dated, { words: inMarks(words), date: weekdates.format(day(published)) }));
}

/** The text with its chips; the last word and the chips stay on one line, whichever way the text is written. */
function withChips(text, chips) {
  const last = text.match(/\S{1,24}$/)?.[0] ?? "";
  const whole = last && /\s$/.test(text.slice(0, -last.length)) ? last : "";
  const before = text.slice(0, text.length - whole.length);
  const words = (...parts) => make("span", { class: "words" }, ...parts);
  return [words(...prose(before)), make("span", { class: "tied" }, words(whole), ...chips)];
}

function chip(turn, statement, { source: number, quote }) {
  const source = turn.sources[number - 1];
  const label = fill(strings.citation, { number, title: source.title, date: dated(source) });
  const made = make("button", { type: "button", class: "chip", "aria-label": label, "data-source": number }, String(number));
  made.addEventListener("click", () => openSource(turn, number, quote, made));
  offerPreview(made, () => quoted(source, source.quotes[quote], statement.support));
  return made;
}

/** What the card over a chip says. */
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

function unansweredBody(turn) {
  if (turn.statements.length > 0) return relatedBody(turn);
  const closest = turn.sources.map((source) => {
    const made = make(
      "button",
      { type: "button", class: "near", "data-source": source.number },
      make("bdi", { class: "near-title" }, source.title),
      " ",
      make("span", { class: "near-date" }, dated(source)),
      " ",
      make("span", { class: "near-words", dir: "auto" }, passageOf(source).text.slice(0, NEAR)),
    );
    made.addEventListener("click", () => openSource(turn, source.number, null, made));
    return make("li", null, made);
  });
  return [
    make("p", { class: "refusal", dir: "auto" }, refusal(turn)),
    closest.length > 0 && make("p", { class: "near-lead" }, strings.closest),
    closest.length > 0 && make("ul", { class: "nearest" }, ...closest),
  ];
}

function relatedBody(turn) {
  const names = inMarks(turn.missing_names, strings.together);
  return [
    make("p", { class: "refusal", dir: "auto" }, strings.related),
    make("p", { class: "near-lead", dir: "auto" }, names ? fill(strings.missing_names, { names }) : strings.related_lead),
    ...statements(turn),
  ];
}

function refusal({ missing_phrases }) {
  if (missing_phrases.length === 0) return strings.refusal;
  return fill(strings.missing_phrases, { phrases: inMarks(missing_phrases, strings.together) });
}

/** What articles there are: how many, and a card for each of the first. */
function listingBody({ asked, total, articles }) {
  const shown = articles.length;
  const words = total === 0 ? strings.none_listed : total === 1 ? strings.one_listed : shown < total ? strings.first_listed : strings.listed;
  const cards = articles.map((each) => {
    const open = make("button", { type: "button", class: "source-open", "aria-label": fill(strings.read, { title: each.title }) }, each.title);
    open.addEventListener("click", () => openAlone(each, open));
    return make(
      "li",
      { class: "entry" },
      make("h3", { class: "entry-title", dir: "auto" }, open),
      make("p", { class: "facts" }, ...facts(each)),
      make("p", { class: "source-foot" }, original(each, each.url)),
    );
  });
  const number = numbers.format(total);
  return [
    make("p", { class: total ? "counted" : "refusal", dir: "auto" }, fill(words, { total: number, asked, shown }).replace(/\s+(?=[.,:]|$)/g, "")),
    shown > 0 && make("ol", { class: "entries" }, ...cards),
  ];
}

function waitingBody(turn) {
  forgetSources(turn);
  return [
    make("p", { class: "wait" }, make("span", { class: "pulse", "aria-hidden": "true" }), make("span", { class: "doing", role: "status", dir: "auto" }, doing(turn))),
  ];
}

/** What is being done for a turn: for which question where that is not the one that is read above it. */
function doing(turn) {
  if (turn.kind === "waiting") return strings.waiting;
  if (!turn.doing) return strings.searching;
  const lead = turn.question === turn.request.question ? "" : fill(strings.done_for, { question: turn.question });
  return lead + counted(turn.doing, turn.passages);
}

/** A turn without an outcome: why, and a way to ask again. */
function endedBody(turn) {
  forgetSources(turn);
  const again = make("button", { type: "button", class: "plain" }, strings.ask_again);
  again.addEventListener("click", () => ask(turn.request, turn.key));
  return [make("p", { class: "refusal", role: "status" }, strings[turn.kind]), make("p", { class: "again" }, again)];
}

/** Offer what can be asked after an answer; what a reader does in that meanwhile is left alone. */
function suggest(at, questions) {
  if (questions.length === 0) return;
  turns[at].next = questions;
  list.children[at].append(suggestions(questions));
  keepConversation();
}

function suggestions(questions) {
  const buttons = questions.map((question) => make("li", null, asker("next-question", question)));
  return make("div", { class: "next" }, make("p", { class: "next-lead" }, strings.next_questions), make("ul", { class: "next-list" }, ...buttons));
}

/** A button that asks a question, which follows nothing up. */
function asker(kind, question) {
  const made = make("button", { type: "button", class: kind, dir: "auto" }, question);
  made.addEventListener("click", () => ask({ question, alone: true }));
  return made;
}

function problemBody(turn) {
  return [make("p", { class: "trouble", dir: "auto" }, turn.message)];
}

function greet({ articles, passages, examples }) {
  const buttons = examples.map((question) => asker("example", question));
  welcome.replaceChildren(
    make("h2", { class: "welcome-title" }, strings.welcome_title),
    make("p", { class: "welcome-about" }, strings.welcome),
    ...(articles === null ? [] : [make("p", { class: "welcome-summary" }, articles > 0 ? `${counted("articles", articles)}, ${counted("passages", passages)}` : strings.no_articles)]),
    ...(examples.length > 0 ? [make("p", { class: "examples-lead" }, strings.examples), make("div", { class: "examples" }, ...buttons)] : []),
  );
}

/** Greet whenever the greeting comes in sight: articles may have been added since. */
function watchWelcome() {
  const come = async ([{ isIntersecting }]) => {
    const found = isIntersecting && (await server.greeting());
    if (found) greet(found);
  };
  new IntersectionObserver(come).observe(welcome);
}

document.documentElement.lang = strings.language;
watch("value", told);
whenReady();

/** The panel is another component and may arrive after this one. */
function whenReady() {
  if (!shelf() || !inShelf(".sources") || (props.tests && !inTrial(".trial"))) return void requestAnimationFrame(whenReady);
  watchPreview();
  watchShelf();
  watchArticle();
  watchSelection();
  watchMenus();
  watchBox();
  watchLimits();
  if (props.tests) watchTrial();
  watchPast();
  watchWelcome();
  if (!takeUpAfterReload()) followAddress();
}
