// What answers are limited to: set by hand beside the question box, held for the questions to come until it is
// removed, and shown above each answer that it limited.

const UNLIMITED = { since: null, until: null, sources: [], authors: [], collections: [], articles: [] };
const NAME_KINDS = ["sources", "authors", "collections"]; // kinds of names, each with a list of its own
const OFFERED = 6; // names that are offered at once
const TYPING = 200; // milliseconds after which what is typed is looked up
let limits = UNLIMITED; // those of the next question; articles are { article, title }

const panel = element.querySelector("#limits");
const limitButton = element.querySelector("#limit");

const isLimited = (filter) => Boolean(filter && (filter.since || filter.until || [...NAME_KINDS, "articles"].some((kind) => filter[kind].length > 0)));

/** A filter as Python reads it: articles by their ids. */
const sentLimits = (filter) => ({ ...filter, articles: filter.articles.map(({ article }) => article) });

/** A chip for each part of a filter, with a button that calls `change` with the filter without it. */
function limitChips(filter, change) {
  const chip = (words, less) => removable(words, null, () => change({ ...filter, ...less }));
  const chips = [];
  if (filter.since || filter.until) chips.push(chip(fill(strings.limit_days, { days: days(filter) }), { since: null, until: null }));
  for (const kind of NAME_KINDS) {
    const words = (name) => fill(strings[`limit_${kind}`], { name });
    chips.push(...filter[kind].map((name) => chip(words(name), { [kind]: filter[kind].filter((each) => each !== name) })));
  }
  const without = (article) => filter.articles.filter((each) => each.article !== article);
  chips.push(...filter.articles.map(({ article, title }) => chip(fill(strings.limit_articles, { name: title }), { articles: without(article) })));
  return chips;
}

/** Something that was asked for or understood, with a button that takes it back. */
function removable(words, more, takeBack) {
  return make("li", { class: "time" }, isolated(words), more && make("span", { class: "days" }, more), remover(words, takeBack));
}

/** Limit the questions to come; the panel, where it is open, keeps what the reader has in hand. */
function limitTo(filter) {
  limits = filter;
  const set = element.querySelector("#limits-set");
  const held = set.contains(document.activeElement);
  set.replaceChildren(...limitChips(filter, limitTo));
  set.hidden = !isLimited(filter);
  if (held) (set.querySelector(".remove") ?? limitButton).focus();
  if (!panel.hidden) drawPressed();
  countPassing();
}

/** Say in the panel how many articles pass. */
let counting = 0;
async function countPassing() {
  if (panel.hidden) return;
  const mine = (counting += 1);
  const { count, message } = await server.passing(sentLimits(limits));
  if (mine !== counting) return;
  const said = panel.querySelector(".limits-passing");
  said.textContent = message ?? (count === 0 ? strings.passing_none : counted("passing", count));
  said.classList.toggle("none", message !== null || count === 0);
}

async function openLimits() {
  const choices = await server.choices();
  panel.replaceChildren(...panelOf(choices));
  panel.hidden = false;
  limitButton.setAttribute("aria-expanded", "true");
  drawPressed();
  countPassing();
  panel.querySelector("input, button").focus();
}

function closeLimits() {
  panel.hidden = true;
  limitButton.setAttribute("aria-expanded", "false");
  limitButton.focus();
}

function panelOf(choices) {
  const done = make("button", { type: "button", class: "strong" }, strings.filter_done);
  done.addEventListener("click", closeLimits);
  const clear = make("button", { type: "button", class: "plain" }, strings.filter_clear);
  clear.addEventListener("click", () => {
    limitTo(UNLIMITED);
    for (const day of panel.querySelectorAll("input[type=date]")) day.value = "";
  });
  const near = (kind) => async (part) => choices[kind].filter(({ name }) => name.toLowerCase().includes(part)).slice(0, OFFERED).map(({ name, count }) => ({ key: name, name, more: numbers.format(count) }));
  const titled = async (part) => (part ? (await server.titled(part)).map((each) => ({ key: each.article, name: each.title, more: dated(each) })) : []);
  return [
    make("div", { class: "limits-days" }, dayBox("since", choices), dayBox("until", choices)),
    ...NAME_KINDS.filter((kind) => choices[kind].length > 1).map((kind) => namesOf(kind, near(kind), choices[kind].length > OFFERED)),
    namesOf("articles", titled, true),
    make("div", { class: "limits-foot" }, make("p", { class: "limits-passing", role: "status" }), clear, done),
  ];
}

function dayBox(bound, choices) {
  const day = make("input", { type: "date", min: choices.since, max: choices.until });
  day.value = limits[bound] ?? "";
  day.addEventListener("change", () => limitTo({ ...limits, [bound]: day.value || null }));
  return make("label", { class: "limits-day" }, make("span", null, strings[`filter_${bound}`]), day);
}

/** Names to choose from, those that are chosen first; a box finds the others where there are many. */
function namesOf(kind, find, many) {
  const offered = make("div", { class: "limits-offered", "data-kind": kind });
  const typed = make("input", { type: "search", class: "limits-box", "aria-label": strings[`find_${kind}`], placeholder: strings[`find_${kind}`], autocomplete: "off" });
  let looking = 0;
  const offer = async () => {
    const mine = (looking += 1);
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
  return make("fieldset", { class: "limits-kind" }, make("legend", null, strings[`filter_${kind}`]), many && typed, offered);
}

const chosenOf = (kind) => (kind === "articles" ? limits.articles.map(({ article, title }) => ({ key: article, name: title })) : limits[kind].map((name) => ({ key: name, name })));

function offeredButton(kind, { key, name, more }) {
  const made = make("button", { type: "button", class: "limits-name", "data-key": key }, make("bdi", null, name), more && make("span", { class: "days" }, more));
  made.addEventListener("click", () => {
    const others = limits[kind].filter((each) => (each.article ?? each) !== key);
    const added = kind === "articles" ? { article: key, title: name } : key;
    limitTo({ ...limits, [kind]: others.length < limits[kind].length ? others : [...others, added] });
  });
  return made;
}

/** Mark what is chosen. */
function drawPressed() {
  for (const button of panel.querySelectorAll(".limits-name")) {
    const kind = button.parentElement.dataset.kind;
    button.setAttribute("aria-pressed", String(chosenOf(kind).some(({ key }) => key === button.dataset.key)));
  }
}

function watchLimits() {
  limitButton.addEventListener("click", () => (panel.hidden ? openLimits() : closeLimits()));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeLimits();
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault(); // which would ask
  });
}
