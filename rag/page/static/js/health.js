// @ts-check
// What is missing or odd in the articles: a quiet line of what they lack, each part of which limits the table to
// those articles, and a list of the rest.

import { counted, fill, first, make, numbers, strings } from "./elements.js";

/** @import { Health, RepeatedLine } from "./types.js" */

/**
 * @param {HTMLElement} line
 * @param {Health} health
 * @param {string | null} lacking the fact that the table is limited by
 * @param {(fact: string | null) => void} limit
 */
export function drawLacking(line, { lacking: counts, total }, lacking, limit) {
  const held = line.contains(document.activeElement) ? document.activeElement?.getAttribute("data-fact") : null;
  const buttons = Object.entries(counts).map(([fact, count]) => {
    const pressed = fact === lacking;
    const words = fill(counted(`lacking_${fact}`, count), { total: numbers.format(total) });
    const attributes = { type: "button", class: "articles-lack", "data-fact": fact, "aria-pressed": String(pressed) };
    const button = make("button", attributes, words);
    button.addEventListener("click", () => limit(pressed ? null : fact));
    return button;
  });
  line.replaceChildren(...buttons.flatMap((button, at) => (at ? [" · ", button] : [button])));
  line.hidden = buttons.length === 0;
  buttons.find((button) => button.dataset.fact === held)?.focus();
}

/**
 * @param {HTMLElement} list
 * @param {Health} health
 * @param {(words: string) => void} search
 */
export function drawOdd(list, { titles, templates, left_out, lines, idle }, search) {
  const found = [
    ...titles.map(({ title, count }) =>
      finder(fill(strings.odd_title, { title, count: numbers.format(count) }), title, search),
    ),
    ...templates.map((each) => finder(fill(strings.odd_template, each), each.article, search)),
    ...left_out.map((each) => repeated(strings.odd_left_out, each)),
    ...lines.map((each) => repeated(strings.odd_line, each)),
    ...idle.map((name) => fill(strings.odd_idle, { name })),
  ];
  list.hidden = found.length === 0;
  first(list, "summary").textContent = counted("odd", found.length);
  first(list, "ul").replaceChildren(...found.map((each) => make("li", { dir: "auto" }, each)));
}

/**
 * @param {string} words
 * @param {RepeatedLine} each
 */
function repeated(words, { line, count, of, within }) {
  const counts = { count: numbers.format(count), of: numbers.format(of) };
  return fill(words, { line, within: within || strings.top_folder, ...counts });
}

/**
 * Words that show the articles they speak of.
 * @param {string} words
 * @param {string} sought
 * @param {(words: string) => void} search
 */
function finder(words, sought, search) {
  const button = make("button", { type: "button", class: "articles-lack" }, words);
  button.addEventListener("click", () => search(sought));
  return button;
}
