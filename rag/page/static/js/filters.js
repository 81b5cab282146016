// @ts-check
// What answers are limited to: set by hand beside the question box, held for the questions to come until it is
// removed, and shown above each answer that it limited.

import { box } from "./box.js";
import { dated, days } from "./days.js";
import { counted, fill, first, focus, isolated, make, numbers, remover, strings } from "./elements.js";
import { components } from "./gradio.js";

/** @import { Choices, Facts, Filter, NameKind, Offered } from "./types.js" */

const { element, server } = components.conversation;

/** @type {Filter} */
export const UNLIMITED = { since: null, until: null, sources: [], authors: [], collections: [], articles: [] };

/** @type {NameKind[]} */
const NAME_KINDS = ["sources", "authors", "collections"]; // kinds of names, each with a list of its own
const OFFERED = 6; // names that are offered at once
const TYPING = 200; // milliseconds after which what is typed is looked up

/** Those of the next question. */
export let limits = UNLIMITED;

const panel = first(element, "#limits");
const limitButton = first(element, "#limit");
const set = first(element, "#limits-set");

/** @param {Filter | undefined} filter */
export const isLimited = (filter) =>
  Boolean(
    filter &&
      (filter.since ||
        filter.until ||
        filter.articles.length > 0 ||
        NAME_KINDS.some((kind) => filter[kind].length > 0)),
  );

/**
 * A filter as Python reads it: articles by their ids.
 * @param {Filter} filter
 */
export const sentLimits = (filter) => ({ ...filter, articles: filter.articles.map(({ article }) => article) });

/**
 * A chip for each part of a filter, with a button that calls `change` with the filter without it.
 * @param {Filter} filter
 * @param {(filter: Filter) => void} change
 */
export function limitChips(filter, change) {
  /** @type {(words: string, less: Partial<Filter>) => HTMLElement} */
  const chip = (words, less) => removable(words, null, () => change({ ...filter, ...less }));
  const chips = [];
  if (filter.since || filter.until)
    chips.push(chip(fill(strings.limit_days, { days: days(filter) }), { since: null, until: null }));
  for (const kind of NAME_KINDS) {
    const words = strings[`limit_${kind}`];
    chips.push(
      ...filter[kind].map((name) =>
        chip(fill(words, { name }), { [kind]: filter[kind].filter((each) => each !== name) }),
      ),
    );
  }
  for (const article of filter.articles) {
    const others = filter.articles.filter((each) => each.article !== article.article);
    chips.push(chip(fill(strings.limit_articles, { name: article.title }), { articles: others }));
  }
  return chips;
}

/**
 * Something that was asked for or understood, with a button that takes it back.
 * @param {string} words
 * @param {string | null} more
 * @param {() => void} takeBack
 */
export function removable(words, more, takeBack) {
  return make(
    "li",
    { class: "time" },
    isolated(words),
    more && make("span", { class: "days" }, more),
    remover(words, takeBack),
  );
}

/**
 * Limit the questions to come; the panel, where it is open, keeps what the reader has in hand.
 * @param {Filter} filter
 */
export function limitTo(filter) {
  limits = filter;
  const held = set.contains(document.activeElement);
  set.replaceChildren(...limitChips(filter, limitTo));
  set.hidden = !isLimited(filter);
  if (held) focus(set.querySelector(".remove") ?? limitButton);
  if (!panel.hidden) drawPressed();
  countPassing();
}

let counting = 0;

/** Say in the panel how many articles pass. */
async function countPassing() {
  if (panel.hidden) return;
  counting += 1;
  const mine = counting;
  const { count, undated, message } = await server.passing(sentLimits(limits));
  if (mine !== counting) return;
  const said = first(panel, ".limits-passing");
  const passing = count === null ? message : count === 0 ? strings.passing_none : counted("passing", count);
  said.textContent = undated > 0 ? `${passing} ${counted("undated", undated)}` : passing;
  said.classList.toggle("none", !count);
}

async function openLimits() {
  const choices = await server.choices();
  panel.replaceChildren(...panelOf(choices));
  panel.hidden = false;
  limitButton.setAttribute("aria-expanded", "true");
  drawPressed();
  countPassing();
  first(panel, "input, button").focus();
}

function closeLimits() {
  panel.hidden = true;
  limitButton.setAttribute("aria-expanded", "false");
  limitButton.focus();
}

/** @param {Choices} choices */
function panelOf(choices) {
  const done = make("button", { type: "button", class: "strong" }, strings.filter_done);
  done.addEventListener("click", closeLimits);
  const clear = make("button", { type: "button", class: "plain" }, strings.filter_clear);
  clear.addEventListener("click", () => {
    limitTo(UNLIMITED);
    /** @type {NodeListOf<HTMLInputElement>} */
    const boxes = panel.querySelectorAll("input[type=date]");
    for (const box of boxes) box.value = "";
  });
  /** @type {(kind: NameKind) => (part: string) => Promise<Offered[]>} */
  const near = (kind) => async (part) =>
    choices[kind]
      .filter(({ name }) => name.toLowerCase().includes(part))
      .slice(0, OFFERED)
      .map(({ name, count }) => ({ key: name, name, more: numbers.format(count) }));
  /** @type {(part: string) => Promise<Offered[]>} */
  const titled = async (part) => {
    const found = part ? await server.titled(part) : [];
    return found.map((each) => ({ key: each.article, name: each.title, more: dated(each) }));
  };
  return [
    make("div", { class: "limits-days" }, dayBox("since", choices), dayBox("until", choices)),
    ...NAME_KINDS.filter((kind) => choices[kind].length > 1).map((kind) =>
      namesOf(kind, near(kind), choices[kind].length > OFFERED),
    ),
    namesOf("articles", titled, true),
    make("div", { class: "limits-foot" }, make("p", { class: "limits-passing", role: "status" }), clear, done),
  ];
}

/**
 * @param {"since" | "until"} bound
 * @param {Choices} choices
 */
function dayBox(bound, choices) {
  const day = make("input", { type: "date", min: choices.since, max: choices.until });
  day.value = limits[bound] ?? "";
  day.addEventListener("change", () => limitTo({ ...limits, [bound]: day.value || null }));
  return make("label", { class: "limits-day" }, make("span", null, strings[`filter_${bound}`]), day);
}

/**
 * Names to choose from, those that are chosen first; a box finds the others where there are many.
 * @param {NameKind | "articles"} kind
 * @param {(part: string) => Promise<Offered[]>} find
 * @param {boolean} many
 */
function namesOf(kind, find, many) {
  const offered = make("div", { class: "limits-offered", "data-kind": kind });
  const label = strings[`find_${kind}`];
  const attributes = {
    type: "search",
    class: "limits-box",
    "aria-label": label,
    placeholder: label,
    autocomplete: "off",
  };
  const typed = make("input", attributes);
  let looking = 0;
  const offer = async () => {
    looking += 1;
    const mine = looking;
    const found = await find(typed.value.trim().toLowerCase());
    if (mine !== looking) return;
    const chosen = chosenOf(kind).filter(({ key }) => !found.some((each) => each.key === key));
    offered.replaceChildren(...[...chosen, ...found].map((each) => offeredButton(kind, each)));
    drawPressed();
  };
  let typing = 0;
  typed.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(offer, TYPING);
  });
  offer();
  return make(
    "fieldset",
    { class: "limits-kind" },
    make("legend", null, strings[`filter_${kind}`]),
    many && typed,
    offered,
  );
}

/**
 * @param {NameKind | "articles"} kind
 * @returns {Offered[]}
 */
function chosenOf(kind) {
  if (kind === "articles") return limits.articles.map(({ article, title }) => ({ key: article, name: title }));
  return limits[kind].map((name) => ({ key: name, name }));
}

/**
 * @param {NameKind | "articles"} kind
 * @param {Offered} offered
 */
function offeredButton(kind, { key, name, more }) {
  const made = make(
    "button",
    { type: "button", class: "limits-name", "data-key": key },
    make("bdi", null, name),
    more && make("span", { class: "days" }, more),
  );
  made.addEventListener("click", () => {
    if (kind === "articles") limitTo({ ...limits, articles: toggled(limits.articles, { article: key, title: name }) });
    else limitTo({ ...limits, [kind]: toggled(limits[kind], key) });
  });
  return made;
}

/**
 * The things chosen, with one more or without it.
 * @template {string | { article: string }} Thing
 * @param {Thing[]} chosen
 * @param {Thing} thing
 */
function toggled(chosen, thing) {
  /** @param {Thing} each */
  const keyOf = (each) => (typeof each === "string" ? each : each.article);
  const others = chosen.filter((each) => keyOf(each) !== keyOf(thing));
  return others.length < chosen.length ? others : [...others, thing];
}

/** Mark what is chosen. */
function drawPressed() {
  for (const kind of /** @type {const} */ ([...NAME_KINDS, "articles"])) {
    const keys = chosenOf(kind).map(({ key }) => key);
    /** @type {NodeListOf<HTMLElement>} */
    const buttons = panel.querySelectorAll(`[data-kind=${kind}] > .limits-name`);
    for (const button of buttons) button.setAttribute("aria-pressed", String(keys.includes(button.dataset.key ?? "")));
  }
}

export function watchLimits() {
  document.addEventListener("only", (event) => {
    const { article, title } = /** @type {CustomEvent<Facts>} */ (event).detail;
    document.dispatchEvent(new CustomEvent("view", { detail: "talk" }));
    limitTo({ ...UNLIMITED, articles: [{ article, title }] });
    box.focus();
  });
  limitButton.addEventListener("click", () => (panel.hidden ? openLimits() : closeLimits()));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeLimits();
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault(); // which would ask
  });
}
