// Elements made of text. Nothing on this page is ever parsed as markup: strings become text nodes here,
// and innerHTML is not used anywhere.

const strings = props.strings;

/** Make an element; a child that is a string becomes a text node, undefined, null and false are left out. */
function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}

/** What Python says to a call; raises an error where the server fails or is away, of which Gradio says nothing. */
async function heard(call) {
  const said = await call;
  if (said === undefined) throw new Error();
  return said;
}

/** Fill the names in braces; a value is never looked into for further names. */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Phrases, each between the language's quotation marks. */
function inMarks(phrases, between = ", ") {
  return phrases.map((phrase) => fill(strings.quoted, { phrase })).join(between);
}

/** A button that takes away what `words` name. */
function remover(words, takeAway) {
  const label = fill(strings.remove, { words });
  const remove = make("button", { type: "button", class: "remove", "aria-label": label, title: label }, "×");
  remove.addEventListener("click", takeAway);
  return remove;
}

const dates = new Intl.DateTimeFormat(strings.language, { dateStyle: "long", timeZone: "UTC" });

function dated(source) {
  return source.published ? dates.format(day(source.published)) : strings.no_date;
}

const weekdates = new Intl.DateTimeFormat(strings.language, { dateStyle: "full", timeZone: "UTC" });
const moments = new Intl.DateTimeFormat(strings.language, { dateStyle: "medium", timeStyle: "short" });
const shortDates = new Intl.DateTimeFormat(strings.language, { dateStyle: "medium", timeZone: "UTC" });

/** An ISO date as the browser counts time. */
function day(iso) {
  return new Date(iso + "T00:00:00Z");
}

const ages = new Intl.RelativeTimeFormat(strings.language, { numeric: "auto" });

/** How long ago a day was, in the largest unit of which at least two have passed: "3 months ago". */
function age(day) {
  const now = new Date();
  const today = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
  const then = new Date(day + "T00:00:00Z");
  const [from, to] = then < today ? [then, today] : [today, then];
  const months =
    12 * (to.getUTCFullYear() - from.getUTCFullYear()) + to.getUTCMonth() - from.getUTCMonth() - (to.getUTCDate() < from.getUTCDate() ? 1 : 0);
  const days = (to - from) / 86_400_000;
  const units = [["year", months / 12], ["month", months], ["week", days / 7]];
  const [unit, count] = units.find(([, count]) => count >= 2) ?? ["day", days];
  return ages.format(Math.floor(count) * (then < today ? -1 : 1), unit);
}

/** Date, with its age where that is asked for, source and author, as far as they are known. */
function facts(source, { age: aged = false } = {}) {
  const date = aged && source.published ? fill(strings.aged, { date: dated(source), age: age(source.published) }) : dated(source);
  const parts = [make("time", { datetime: source.published }, date)];
  for (const name of [source.source, source.author]) if (name) parts.push(isolated(name));
  return parts.flatMap((part, at) => (at ? [" · ", part] : [part]));
}

const plurals = new Intl.PluralRules(strings.language);

const numbers = new Intl.NumberFormat(strings.language);

/** The words for a count, by the language's own kinds: strings.copies_one, strings.copies_other. */
function counted(name, count) {
  return fill(strings[`${name}_${plurals.select(count)}`], { count: numbers.format(count) });
}

/** The words of a text; an empty line in it becomes a gap, with its characters kept for copying. */
function prose(text) {
  return text
    .split(/(\n[^\S\n]*\n\s*)/)
    .map((part, at) => (at % 2 ? make("span", { class: "gap" }, part) : part))
    .filter((part) => part !== "");
}

/** Whether an address is safe to follow: Python sends no other, but a browser may have kept some. */
const isOnTheWeb = (url) => /^https?:\/\//i.test(url ?? "");

/** A name among other words: its direction of writing does not reach its neighbours. */
function isolated(text) {
  return make("bdi", null, text);
}
