// The article beside the chat: whole, at the quote that a citation leads to, with the answer's other quotes
// from it marked lighter.

let opened = null; // the article that is open, as { turn, source, quote, from }; `from` is what the reader pressed in the chat
let drawnText = []; // what decides the text that is drawn, so that a step within one article keeps it

/**
 * Open the article of a source, at its quote or, without one, at the passage.
 * `from` is the chip or button in the chat that leads here; null for a passage that only the panel names.
 */
async function openSource(turn, number, quote, from) {
  showSources(turn);
  const source = [...turn.sources, ...turn.found].find((each) => each.number === number);
  showCitation(turn, from);
  await open({ turn, source, quote, from });
}

/** Open an article for its own sake, not as the source of an answer; `entry` has its id and facts. */
async function openAlone(entry, from) {
  await open({ turn: null, source: { ...entry, number: null, passage: [], duplicates: [], more: 0, why: null }, quote: null, from });
}

async function open(mine) {
  forget();
  opened = mine;
  opener = mine.from ?? opener;
  mine.from?.classList.add("current");
  if (narrow.matches) openSheet();
  showArticle();
  if (await drawText(mine)) settle(mine);
}

/** Show the article in place of the list. */
function showArticle() {
  inShelf(".sources-all").hidden = inShelf(".sources-title").hidden = true;
  inShelf(".reading").hidden = false;
  inShelf(".back").hidden = !shown;
  inShelf(".reading-top").replaceChildren(...titled(opened));
  inShelf(".reading-head").replaceChildren(...head(opened));
  showPlace();
  inShelf("#reading-title").focus({ preventScroll: true });
}

/** Its number and title, which stay in sight while the text is scrolled. */
function titled({ source, quote }) {
  const title = make("h2", { class: "reading-title", id: "reading-title", dir: "auto", tabindex: "-1" }, source.title);
  return quote === null ? [title] : [make("span", { class: "number" }, String(source.number)), title];
}

function head({ turn, source, quote }) {
  const cited = quote !== null;
  return [
    make("p", { class: "facts" }, ...facts(source, { age: true })),
    copies(source),
    source.why && make("p", { class: "why" }, ...reason(source.why)),
    make(
      "p",
      { class: "source-foot" },
      cited ? checked(supportOf(turn, source.number)) : turn && make("span", null, strings.not_cited),
      original(source, cited ? source.quotes[quote].original : source.url),
    ),
  ].filter(Boolean);
}

/** What is marked: all that the answer quotes from this article and, for a passage without a quote, the passage. */
function placesIn({ turn, source, quote }) {
  if (!turn) return [];
  const quotes = turn.sources
    .filter((each) => each.article === source.article)
    .flatMap((each) => each.quotes.map(({ start, text }, at) => ({ name: `${each.number}.${at}`, number: each.number, start, text })));
  if (quote !== null) return quotes;
  const text = source.passage.map((part) => part.text).join("");
  return [...quotes, { name: placeName({ source, quote }), number: null, start: source.start, text }];
}

const placeName = ({ source, quote }) => (quote === null ? `${source.number}` : `${source.number}.${quote}`);

/** Draw the whole text; say whether it is still what the reader wants. */
async function drawText(mine) {
  const { turn, source, quote } = mine;
  const wanted = [turn, source.article, quote === null ? source.number : null];
  if (turn && wanted.every((part, at) => part === drawnText[at])) return true;
  drawnText = [];
  const text = inShelf(".reading-text");
  text.replaceChildren(make("p", { class: "wait", role: "status" }, strings.opening));
  const places = placesIn(mine);
  const found = await server.read_article(source.article, places.map(({ start, text }) => ({ start, text })));
  if (opened !== mine) return false;
  const note = !found ? (turn ? strings.gone : strings.gone_alone) : found.changed && strings.changed;
  const paragraphs = found
    ? found.paragraphs.map(({ start, segments }) => ({ start, parts: segments.map((part) => stretch(part, places)) }))
    : [{ start: null, parts: source.passage.map(segment) }];
  text.replaceChildren(
    ...(note ? [make("p", { class: "reading-note" }, note)] : []),
    ...paragraphs.map(({ start, parts }) => make("p", { class: "passage", dir: "auto", lang: found?.language, "data-start": start }, ...parts)),
  );
  if (found) drawnText = wanted;
  return true;
}

function stretch({ text, marks }, places) {
  if (marks.length === 0) return make("span", null, text);
  const held = marks.map((at) => places[at]);
  const { number } = held.find((place) => place.number !== null) ?? { number: null };
  return make("mark", { "data-places": held.map((place) => place.name).join(" "), "data-number": number, tabindex: "-1" }, text);
}

/** Mark the quote that is read, and bring it into sight and under the keyboard. */
function settle(mine) {
  const marks = [...shelf().querySelectorAll(`.reading-text mark[data-places~="${placeName(mine)}"]`)];
  for (const mark of marks) mark.classList.add("current");
  if (marks.length === 0) return void (inShelf(".sources").scrollTop = 0);
  if (shelf().contains(document.activeElement)) marks[0].focus({ preventScroll: true });
  reveal(marks[0]);
}

/**
 * Scroll the panel, and nothing around it, so that the quote can be read below the title that stays in sight,
 * with the article's head if there is room.
 */
function reveal(mark) {
  const panel = inShelf(".sources");
  const title = inShelf(".reading-top");
  const covered = parseFloat(getComputedStyle(title).top) + title.offsetHeight + 16;
  const place = mark.getBoundingClientRect();
  const top = place.top - panel.getBoundingClientRect().top + panel.scrollTop;
  const to = top + place.height < 0.8 * panel.clientHeight ? 0 : top - Math.max(panel.clientHeight / 3, covered);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches || shelf().classList.contains("open");
  panel.scrollTo({ top: to, behavior: still ? "auto" : "smooth" });
}

/** The citations of the answer in order, and where the one that is read stands among them. */
function walked() {
  const chips = [...(opened?.from?.closest(".turn")?.querySelectorAll(".chip") ?? [])];
  return { chips, at: chips.indexOf(opened?.from) };
}

function showPlace() {
  const { chips, at } = walked();
  inShelf(".walk").hidden = at < 0 || chips.length < 2;
  inShelf(".walk-place").textContent = fill(strings.place, { at: at + 1, count: chips.length });
  inShelf(".walk-previous").setAttribute("aria-disabled", String(at <= 0));
  inShelf(".walk-next").setAttribute("aria-disabled", String(at === chips.length - 1));
}

/** Open the citation `by` places further on in the answer. */
function walk(by) {
  const { chips, at } = walked();
  if (at >= 0) chips[at + by]?.click();
}

/** Go back to the list, at what was read. */
function showList() {
  const { source } = opened;
  opened = null;
  listSources();
  const entry = source.number === null ? inShelf(".sources-list > *") : inShelf(`[data-number="${source.number}"]`);
  if (!entry) return inShelf(".sources").focus();
  if (source.number !== null) entry.setAttribute("aria-current", "true");
  entry.querySelector(".source-open").focus({ preventScroll: true });
  entry.scrollIntoView({ block: "nearest" });
}

function watchArticle() {
  document.addEventListener("article", ({ detail }) => openAlone(detail.source, detail.from)); // from another view
  inShelf(".back").addEventListener("click", showList);
  inShelf(".walk-previous").addEventListener("click", () => walk(-1));
  inShelf(".walk-next").addEventListener("click", () => walk(1));
  shelf().addEventListener("keydown", (event) => {
    const steps = { n: 1, p: -1 };
    if (event.key in steps && !event.ctrlKey && !event.metaKey && !event.altKey) walk(steps[event.key]);
  });
}
