// @ts-check
// Elements made of text. Nothing on this page is ever parsed as markup: strings become text nodes here,
// and innerHTML is not used anywhere.

import { components } from "./gradio.js";

/** @import { Child } from "./types.js" */

/** Everything a person reads: the same for all components of the page. */
export const { strings } = Object.values(components)[0].props;

/**
 * Make an element; a child that is a string becomes a text node, undefined, null and false are left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | null> | null} attributes
 * @param {...Child} children
 */
export function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}

/**
 * The first element below another that a selector finds; there must be one.
 * @template {HTMLElement} [Found=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 */
export const first = (root, selector) => /** @type {Found} */ (root.querySelector(selector));

/**
 * What a selector finds at or around the place of an event.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export const around = ({ target }, selector) => (target instanceof Element ? target.closest(selector) : null);

/** @param {Element | null | undefined} element */
export const focus = (element) => /** @type {HTMLElement | null | undefined} */ (element)?.focus();

/**
 * What Python says to a call; raises an error where the server fails or is away, of which Gradio says nothing.
 * @template Said
 * @param {Promise<Said | undefined>} call
 */
export async function heard(call) {
  const said = await call;
  if (said === undefined) throw new Error();
  return said;
}

/**
 * Fill the names in braces; a value is never looked into for further names.
 * @param {string} text
 * @param {object} values
 */
export function fill(text, values) {
  const named = /** @type {Record<string, unknown>} */ (values);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in named ? String(named[name]) : whole));
}

/**
 * Phrases, each between the language's quotation marks.
 * @param {string[]} phrases
 */
export function inMarks(phrases, between = ", ") {
  return phrases.map((phrase) => fill(strings.quoted, { phrase })).join(between);
}

/**
 * A button that takes away what `words` name.
 * @param {string} words
 * @param {() => void} takeAway
 */
export function remover(words, takeAway) {
  const label = fill(strings.remove, { words });
  const remove = make("button", { type: "button", class: "remove", "aria-label": label, title: label }, "×");
  remove.addEventListener("click", takeAway);
  return remove;
}

const plurals = new Intl.PluralRules(strings.language);

export const numbers = new Intl.NumberFormat(strings.language);

/**
 * The words for a count, by the language's own kinds: strings.copies_one, strings.copies_other.
 * @param {string} name
 * @param {number} count
 */
export function counted(name, count) {
  return fill(strings[`${name}_${plurals.select(count)}`], { count: numbers.format(count) });
}

/**
 * The words of a text; an empty line in it becomes a gap, with its characters kept for copying.
 * @param {string} text
 */
export function prose(text) {
  return text
    .split(/(\n[^\S\n]*\n\s*)/)
    .map((part, at) => (at % 2 ? make("span", { class: "gap" }, part) : part))
    .filter((part) => part !== "");
}

/**
 * The same, bold where it is of the words that answer.
 * @param {string} text
 * @param {boolean} bold
 */
export function weighted(text, bold) {
  return bold ? [make("b", null, ...prose(text))] : prose(text);
}

/**
 * A name among other words: its direction of writing does not reach its neighbours.
 * @param {string} text
 */
export function isolated(text) {
  return make("bdi", null, text);
}
