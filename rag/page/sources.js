// The panel: the passages behind the answer in focus. On a narrow screen it is a sheet over the page.

const narrow = window.matchMedia("(max-width: 799px)");
let opener = null; // what the reader pressed to get here, and where Escape leads back to

const shelf = () => document.getElementById("shelf");
const inShelf = (selector) => shelf().querySelector(selector);

/** Show the sources of a turn; the same turn again costs nothing and keeps the reader's place. */
function showSources(turn) {
  if (shelf().dataset.turn === String(turn.key)) return;
  shelf().dataset.turn = turn.key;
  forget();
  const cited = (turn.statements ?? []).length > 0;
  inShelf(".sources-title").textContent = cited ? strings.sources : strings.closest_title;
  const about = inShelf(".sources-of");
  about.textContent = cited ? turn.question : strings.closest_note;
  about.hidden = false;
  inShelf(".sources-list").replaceChildren(...turn.sources.map((source) => card(source, cited)));
  inShelf(".sources-none").hidden = turn.sources.length > 0;
  inShelf(".sources").scrollTop = 0;
}

/** The sources of a turn that is searched for again are no longer its own. */
function forgetSources(turn) {
  if (shelf().dataset.turn === String(turn.key)) clearSources();
}

function clearSources() {
  closeSheet();
  delete shelf().dataset.turn;
  inShelf(".sources-title").textContent = strings.sources;
  inShelf(".sources-of").hidden = true;
  inShelf(".sources-list").replaceChildren();
  inShelf(".sources-none").hidden = false;
}

function card(source, cited) {
  const facts = [make("time", { datetime: source.published }, dated(source))];
  for (const fact of [source.source, source.author]) if (fact) facts.push(isolated(fact));
  const link =
    source.url &&
    make(
      "a",
      {
        class: "original",
        href: source.url,
        target: "_blank",
        rel: "noopener noreferrer",
        "aria-label": fill(strings.original_of, { title: source.title }),
      },
      strings.original,
      make("span", { "aria-hidden": "true" }, " ↗"),
    );
  return make(
    "li",
    { class: cited ? "source" : "source loose", tabindex: "-1", "data-number": source.number },
    make(
      "div",
      { class: "source-head" },
      cited && make("span", { class: "number" }, String(source.number)),
      make("h3", { class: "source-title", dir: "auto" }, source.title),
    ),
    make("p", { class: "facts" }, ...facts.flatMap((fact, at) => (at ? [" · ", fact] : [fact]))),
    source.also.length > 0 && make("p", { class: "facts also" }, strings.also, ...copies(source)),
    make("blockquote", { class: "passage", dir: "auto" }, ...source.passage.map(segment)),
    source.why && make("p", { class: "why" }, ...reason(source.why)),
    make(
      "p",
      { class: "source-foot" },
      cited
        ? make("span", { class: "checked" }, make("span", { "aria-hidden": "true" }, "✓ "), strings.checked_exact)
        : make("span", { class: "unchecked" }, strings.not_cited),
      link,
    ),
  );
}

const ordinals = new Intl.PluralRules(strings.language, { type: "ordinal" });

const ordinal = (number) => fill(strings[`place_${ordinals.select(number)}`], { number });

/** Why a passage was found: "matches “soldiers”; close in meaning; 1st by words, 3rd by meaning". */
function reason({ words, closeness, by_words, by_meaning }) {
  const places = [
    by_words && fill(strings.by_words, { place: ordinal(by_words) }),
    by_meaning && fill(strings.by_meaning, { place: ordinal(by_meaning) }),
  ];
  const matched = words.map((phrase) => fill(strings.quoted, { phrase })).join(", ");
  const parts = [
    words.length > 0 ? fill(strings.matches, { words: matched }) : strings.no_word,
    strings[`meaning_${closeness}`],
    places.filter(Boolean).join(", "),
  ];
  return [strings.why, make("span", { dir: "auto" }, parts.filter(Boolean).join("; "))];
}

/** The articles that nearly duplicate this one: "Title, Source, date; Title, date; and 2 more". */
function copies({ also, more }) {
  const named = also.map((copy) => {
    const facts = [isolated(copy.title), copy.source && isolated(copy.source), dated(copy)].filter(Boolean);
    return facts.flatMap((fact, at) => (at ? [", ", fact] : [fact]));
  });
  if (more > 0) named.push([fill(strings.more, { count: more })]);
  return named.flatMap((parts, at) => (at ? ["; ", ...parts] : parts));
}

function segment({ text, quote }) {
  return quote === null
    ? make("span", null, ...prose(text))
    : make("mark", { "data-quote": quote }, ...prose(text));
}

/** No source is singled out any more. */
function forget() {
  for (const current of shelf().querySelectorAll("[aria-current]")) current.removeAttribute("aria-current");
  for (const current of document.querySelectorAll("#desk .current")) current.classList.remove("current");
}

/** Bring the reader to a source and, when one is named, to its quote. */
function openSource(turn, number, quote, from) {
  showSources(turn);
  forget();
  opener = from;
  opener.classList.add("current");
  const source = inShelf(`[data-number="${number}"]`);
  const mark = quote === null ? null : source.querySelector(`mark[data-quote="${quote}"]`);
  source.setAttribute("aria-current", "true");
  mark?.classList.add("current");
  if (narrow.matches) openSheet();
  source.focus({ preventScroll: true });
  reveal(source, mark);
}

/** Scroll the panel, and nothing around it, so that the source and its quote can be read. */
function reveal(source, mark) {
  const panel = inShelf(".sources");
  const top = inShelf(".sources-top").offsetHeight + 12;
  const offset = (part) => part.getBoundingClientRect().top - panel.getBoundingClientRect().top + panel.scrollTop;
  let to = source.previousElementSibling ? offset(source) - top : 0;
  if (mark && offset(mark) + mark.offsetHeight > to + panel.clientHeight) to = offset(mark) - panel.clientHeight / 3;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches || shelf().classList.contains("open");
  panel.scrollTo({ top: to, behavior: still ? "auto" : "smooth" });
}

function openSheet() {
  shelf().classList.add("open");
  const panel = inShelf(".sources");
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-modal", "true");
  for (const id of ["top", "talk"]) document.getElementById(id).inert = true;
}

function closeSheet() {
  shelf().classList.remove("open");
  const panel = inShelf(".sources");
  panel.removeAttribute("role");
  panel.removeAttribute("aria-modal");
  for (const id of ["top", "talk"]) document.getElementById(id).inert = false;
}

function leaveSources() {
  closeSheet();
  (opener?.isConnected ? opener : document.querySelector("#question textarea"))?.focus();
}

function watchShelf() {
  shelf().addEventListener("keydown", (event) => event.key === "Escape" && leaveSources());
  inShelf(".sources-close").addEventListener("click", leaveSources);
  inShelf(".backdrop").addEventListener("click", leaveSources);
  narrow.addEventListener("change", closeSheet);
}
