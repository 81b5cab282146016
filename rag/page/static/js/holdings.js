// @ts-check
// What the articles hold, before the first question: beside it, or below it on a narrow screen.

import { openAlone } from "./article.js";
import { ask } from "./asking.js";
import { dated } from "./days.js";
import { fill, isolated, make, strings } from "./elements.js";
import { inShelf, narrow } from "./panel.js";
import { welcome } from "./turns.js";

/** @import { Held, Holdings, Name } from "./types.js" */

let drawn = /** @type {HTMLElement | null} */ (null);

/**
 * Show what the articles hold; null where that cannot be told or where there are none.
 * @param {Holdings | null} holdings
 */
export function showHoldings(holdings) {
  drawn?.remove();
  drawn = holdings && drawing(holdings);
  place();
}

export function watchHoldings() {
  narrow.addEventListener("change", place);
}

/** Put it where there is room: into the panel, of which nothing else is shown before an answer. */
function place() {
  const none = inShelf(".sources-none");
  none.classList.toggle("held", Boolean(drawn) && !narrow.matches);
  if (drawn) (narrow.matches ? welcome : none).append(drawn);
}

/** @param {Holdings} holdings */
function drawing({ newest, people, places, timeline }) {
  const add = make("button", { type: "button", class: "plain" }, strings.holds_add);
  add.addEventListener("click", () => document.dispatchEvent(new CustomEvent("view", { detail: "articles" })));
  return make(
    "section",
    { class: "holds", "aria-label": strings.holds },
    make("div", { class: "holds-head" }, make("h2", { class: "holds-title" }, strings.holds), add),
    ...part(strings.holds_newest, "holds-list", newest.map(brief)),
    ...part(
      strings.holds_people,
      "holds-names",
      people.map((each) => named(each, strings.ask_person)),
    ),
    ...part(
      strings.holds_places,
      "holds-names",
      places.map((each) => named(each, strings.ask_place)),
    ),
    ...part(strings.holds_timeline, "holds-list", timeline.map(event)),
  );
}

/**
 * @param {string} title
 * @param {string} kind
 * @param {HTMLElement[]} entries
 */
function part(title, kind, entries) {
  if (entries.length === 0) return [];
  return [make("h3", { class: "holds-part" }, title), make("ul", { class: kind }, ...entries)];
}

/** @param {Held} held */
function brief({ article, text }) {
  const open = opener(article, article.title);
  const day = article.published && make("span", { class: "holds-day" }, dated(article));
  return make("li", null, make("p", { class: "holds-of" }, open, day), make("p", { dir: "auto" }, text));
}

/** @param {Held} held */
function event({ article, text, label }) {
  return make(
    "li",
    null,
    make("p", { class: "holds-of" }, make("strong", null, isolated(label ?? "")), opener(article, article.title)),
    make("p", { dir: "auto" }, text),
  );
}

/**
 * @param {Held["article"]} article
 * @param {string} name
 */
function opener(article, name) {
  const label = fill(strings.read, { title: article.title });
  const open = make("button", { type: "button", class: "source-open", "aria-label": label, dir: "auto" }, name);
  open.addEventListener("click", () => openAlone(article, open));
  return open;
}

/**
 * A name that asks about it.
 * @param {Name} named
 * @param {string} question
 */
function named({ name, role }, question) {
  const asked = fill(question, { name });
  const shown = make("button", { type: "button", class: "holds-name", title: asked }, isolated(name));
  if (role) shown.append(make("span", { class: "holds-role" }, " ", isolated(role)));
  shown.addEventListener("click", () => ask({ question: asked, alone: true }));
  return make("li", null, shown);
}
