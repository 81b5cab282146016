// The panel: the sources of the answer in focus, or one of them as a whole article (article.js). On a narrow
// screen it is a sheet over the page.

const narrow = window.matchMedia("(max-width: 799px)");
let shown = null; // the turn whose sources are shown
let opener = null; // what the reader pressed to get here, and where Escape leads back to

const shelf = () => document.getElementById("shelf");
const inShelf = (selector) => shelf().querySelector(selector);

/** Show the sources of a turn; the same turn again costs nothing and keeps what the reader has open. */
function showSources(turn) {
  if (shown === turn) return;
  shown = turn;
  opened = null;
  forget();
  const cited = turn.statements.length > 0;
  inShelf(".sources-title").textContent = cited ? strings.sources : strings.closest_title;
  const about = inShelf(".sources-of");
  about.textContent = cited ? turn.question : strings.closest_note;
  about.hidden = false;
  inShelf(".sources-list").replaceChildren(...turn.sources.map((source) => card(turn, source, cited)));
  inShelf(".found-list").replaceChildren(...turn.found.map((source) => card(turn, source, false)));
  inShelf(".found").hidden = turn.found.length === 0;
  inShelf(".sources-none").hidden = turn.sources.length > 0;
  listSources();
  inShelf(".sources").scrollTop = 0;
}

/** The sources of a turn that is searched for again are no longer its own. */
function forgetSources(turn) {
  if (shown?.key === turn.key) clearSources();
}

function clearSources() {
  forget();
  closeSheet();
  shown = opened = null;
  inShelf(".sources-title").textContent = strings.sources;
  inShelf(".sources-of").hidden = inShelf(".found").hidden = true;
  inShelf(".sources-list").replaceChildren();
  inShelf(".found-list").replaceChildren();
  inShelf(".sources-none").hidden = false;
  listSources();
}

/** Show the list in place of an article. */
function listSources() {
  inShelf(".sources-all").hidden = inShelf(".sources-title").hidden = false;
  inShelf(".reading").hidden = inShelf(".back").hidden = inShelf(".walk").hidden = true;
}

function card(turn, source, cited) {
  const label = fill(strings.read, { title: source.title });
  const open = make("button", { type: "button", class: "source-open", "aria-label": label }, source.title);
  open.addEventListener("click", () => {
    const chip = document.querySelector(`.turn[data-turn="${turn.key}"] [data-source="${source.number}"]`);
    if (chip) chip.click();
    else openSource(turn, source.number, cited ? 0 : null, null);
  });
  return make(
    "li",
    { class: cited ? "source" : "source loose", "data-number": source.number },
    make(
      "div",
      { class: "source-head" },
      cited && make("span", { class: "number" }, String(source.number)),
      make("h3", { class: "source-title", dir: "auto" }, open),
    ),
    make("p", { class: "facts" }, ...facts(source)),
    copies(source),
    make("blockquote", { class: "passage", dir: "auto" }, ...source.passage.map(segment)),
    source.why && make("p", { class: "why" }, ...reason(source.why)),
    make(
      "p",
      { class: "source-foot" },
      cited && checked(supportOf(turn, source.number)),
      original(source, source.url),
    ),
  );
}

/** How the sentences that cite a source were checked. */
function supportOf(turn, number) {
  return turn.statements.find((statement) => statement.citations.some((citation) => citation.source === number)).support;
}

function checked(support) {
  const [sign, words] = strings.checked[support];
  return make("span", { class: "checked" }, make("span", { "aria-hidden": "true" }, `${sign} `), words);
}

/** A link to where the article was published; null without an address. */
function original(source, url) {
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

const ordinals = new Intl.PluralRules(strings.language, { type: "ordinal" });

const ordinal = (number) => fill(strings[`place_${ordinals.select(number)}`], { number });

/** Why a passage was found: "matches “soldiers”; close in meaning; 1st by words, 3rd by meaning". */
function reason({ words, closeness, by_words, by_meaning }) {
  const places = [
    by_words && fill(strings.by_words, { place: ordinal(by_words) }),
    by_meaning && fill(strings.by_meaning, { place: ordinal(by_meaning) }),
  ];
  const parts = [
    words.length > 0 ? fill(strings.matches, { words: inMarks(words) }) : strings.no_word,
    strings[`meaning_${closeness}`],
    places.filter(Boolean).join(", "),
  ];
  return [strings.why, make("span", { dir: "auto" }, parts.filter(Boolean).join("; "))];
}

/** The articles that nearly duplicate this one, folded: "+4 copies"; null without any. */
function copies({ duplicates, more }) {
  if (duplicates.length === 0) return null;
  const named = duplicates.map((copy) => {
    const parts = [isolated(copy.title), copy.source && isolated(copy.source), dated(copy)].filter(Boolean);
    return make("li", null, ...parts.flatMap((part, at) => (at ? [", ", part] : [part])));
  });
  if (more > 0) named.push(make("li", null, fill(strings.more, { count: more })));
  return make("details", { class: "facts copies" }, make("summary", null, counted("copies", duplicates.length + more)), make("ul", null, ...named));
}

function segment({ text, marks }) {
  return marks.length === 0 ? make("span", null, ...prose(text)) : make("mark", null, ...prose(text));
}

/** Nothing is singled out any more. */
function forget() {
  for (const current of shelf().querySelectorAll("[aria-current]")) current.removeAttribute("aria-current");
  for (const current of document.querySelectorAll("#desk .current")) current.classList.remove("current");
}

function openSheet() {
  shelf().classList.add("open");
  const panel = inShelf(".sources");
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-modal", "true");
  for (const beside of document.querySelectorAll("#top, #desk > :not(#shelf)")) beside.inert = true;
}

function closeSheet() {
  shelf().classList.remove("open");
  const panel = inShelf(".sources");
  panel.setAttribute("role", "complementary");
  panel.removeAttribute("aria-modal");
  for (const beside of document.querySelectorAll("#top, #desk > :not(#shelf)")) beside.inert = false;
}

/** Lead back to what the reader pressed in the chat. */
function leaveSources() {
  closeSheet();
  (opener?.isConnected ? opener : document.querySelector("#question textarea"))?.focus();
  hidePreview(); // the card has nothing to add to the article just read
}

function watchShelf() {
  shelf().addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (opened && !opened.from) showList();
    else leaveSources();
  });
  inShelf(".sources-close").addEventListener("click", () => {
    leaveSources();
    if (opened && !shown) clearSources();
  });
  inShelf(".backdrop").addEventListener("click", leaveSources);
  narrow.addEventListener("change", closeSheet);
}
