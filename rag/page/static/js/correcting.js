// @ts-check
// The facts of an article, corrected in a form below its row. What was corrected lasts, and its file stays as it is.

import { fill, first, focus, make, strings } from "./elements.js";

/** @import { Row } from "./types.js" */

const FIELDS = /** @type {const} */ ([
  ["title", "title", "text", strings.title],
  ["date", "published", "date", strings.date],
  ["author", "author", "text", strings.author],
  ["source", "source", "text", strings.source],
  ["url", "url", "url", strings.web_address],
]);

let open = /** @type {{ id: string, line: HTMLElement } | null} */ (null); // one form at a time

/**
 * A button that opens the form of an article below its row, or closes it.
 * @param {Row} article
 * @param {(id: string, wanted: Record<string, string>) => void} save
 */
export function factsButton(article, save) {
  const label = fill(strings.edit_facts_of, { title: article.title });
  const attributes = { type: "button", class: "articles-edit", "aria-label": label, title: label };
  const button = make("button", attributes, "✎");
  button.addEventListener("click", () => {
    const isOpen = open?.id === article.article;
    close();
    if (isOpen) return;
    const line = make("tr", { class: "articles-editing" }, make("td", { colspan: 6 }, form(article, save)));
    open = { id: article.article, line };
    button.closest("tr")?.after(line);
    first(line, "input").focus();
  });
  return button;
}

/**
 * Put an open form back below its row after the rows were drawn anew; it is closed where the row is gone.
 * @param {(id: string) => Element | undefined} rowOf
 * @param {Element | null} focused what had the focus before
 */
export function reopen(rowOf, focused) {
  if (!open) return;
  const row = rowOf(open.id);
  if (!row) return close();
  row.after(open.line);
  if (open.line.contains(focused)) focus(focused);
}

function close() {
  open?.line.remove();
  open = null;
}

/**
 * @param {Row} article
 * @param {(id: string, wanted: Record<string, string>) => void} save
 */
function form(article, save) {
  const boxes = FIELDS.map(([name, field, type, label]) => {
    const value = article[field] ?? "";
    return { name, label, before: value, box: make("input", { type, name, value, dir: "auto", autocomplete: "off" }) };
  });
  const cancel = make("button", { type: "button", class: "plain" }, strings.give_up);
  const label = fill(strings.edit_facts_of, { title: article.title });
  const made = make(
    "form",
    { class: "articles-facts", "aria-label": label, novalidate: true },
    ...boxes.map(({ label, box }) => make("label", null, make("span", null, label), box)),
    make("p", { class: "articles-hint" }, strings.facts_note),
    make("button", { class: "strong" }, strings.save_facts),
    cancel,
  );
  const leave = () => {
    const row = open?.line.previousElementSibling;
    close();
    focus(row?.querySelector(".articles-edit"));
  };
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    const changed = boxes.filter(({ box, before }) => box.value.trim() !== before);
    leave();
    if (changed.length > 0)
      save(article.article, Object.fromEntries(changed.map(({ name, box }) => [name, box.value])));
  });
  made.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  cancel.addEventListener("click", leave);
  return made;
}
