// Elements made of text. Nothing on this page is ever parsed as markup: strings become text nodes here,
// and innerHTML is not used anywhere.

const strings = props.strings;

/** Make an element; a child that is a string becomes a text node, null and false are left out. */
function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== false));
  return made;
}

/** Fill the names in braces; a value is never looked into for further names. */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

const dates = new Intl.DateTimeFormat(strings.language, { dateStyle: "long", timeZone: "UTC" });

function dated(source) {
  return source.published ? dates.format(day(source.published)) : strings.no_date;
}

const weekdates = new Intl.DateTimeFormat(strings.language, { dateStyle: "full", timeZone: "UTC" });
const shortDates = new Intl.DateTimeFormat(strings.language, { dateStyle: "medium", timeZone: "UTC" });

/** An ISO date as the browser counts time. */
function day(iso) {
  return new Date(iso + "T00:00:00Z");
}

/** The words of a text; an empty line in it becomes a gap, with its characters kept for copying. */
function prose(text) {
  return text
    .split(/(\n[^\S\n]*\n\s*)/)
    .map((part, at) => (at % 2 ? make("span", { class: "gap" }, part) : part))
    .filter((part) => part !== "");
}

/** A name among other words: its direction of writing does not reach its neighbours. */
function isolated(text) {
  return make("bdi", null, text);
}
