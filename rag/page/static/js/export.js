// @ts-check
// Taking an answer along, or the whole conversation: copied, or saved as a file that the browser makes.

import { sharedAt } from "./address.js";
import { around, fill, first, focus, heard, make, strings } from "./elements.js";
import { sentLimits } from "./filters.js";
import { components } from "./gradio.js";

/** @import { Turn } from "./types.js" */

/**
 * @typedef {object} Work What is taken along
 * @property {object[]} records
 * @property {string} name Of the file
 * @property {HTMLElement} said Where it is said that it was done
 *
 * @typedef {keyof typeof formats} Format
 */

const { server } = components.conversation;
const formats = {
  markdown: { name: "Markdown", ending: "md", type: "text/markdown" },
  html: { name: "HTML", ending: "html", type: "text/html" },
  json: { name: "JSON", ending: "json", type: "application/json" },
};

const FADING = 28; // pixels at the end of the conversation in which it fades
const NAMED = 60; // characters of a question in the name of a file

/**
 * The row below an answer: copy it, or the menu of all there is to do with it.
 * @param {Turn & { record: object }} turn
 */
export function takeAlong(turn) {
  const said = make("span", { class: "take-said", role: "status" });
  const work = { records: [turn.record], name: turn.question, said };
  const quick = action(strings.copy, strings.copy_answer, said, strings.copied, () => copyAs("markdown", work));
  const link = action(strings.copy_link, null, said, strings.copied, () => copyLink(turn));
  return make("div", { class: "take" }, quick, menu(strings.export, strings.export_answer, work, link), said);
}

/**
 * The same in the header, for all answers; nothing while there is none.
 * @param {Turn[]} turns
 */
export function takeAllAlong(turns) {
  const records = turns.flatMap(({ record }) => record ?? []);
  const said = make("span", { class: "take-said", role: "status" });
  const work = { records, name: records[0]?.question ?? "", said };
  const made = records.length > 0 ? [said, menu(strings.export, strings.export_all, work, null)] : [];
  first(document, "#top .take").replaceChildren(...made);
}

/**
 * @param {string} name
 * @param {string} label
 * @param {Work} work
 * @param {HTMLElement | null} link
 */
function menu(name, label, work, link) {
  /** @type {(lead: string, done: string, act: (format: Format, work: Work) => Promise<void>) => HTMLElement} */
  const group = (lead, done, act) =>
    make(
      "div",
      { class: "take-group", role: "group", "aria-label": lead },
      make("span", { class: "take-lead" }, lead),
      .../** @type {Format[]} */ (Object.keys(formats)).map((format) => {
        const label = fill(strings.take_as, { action: lead, format: formats[format].name });
        return action(formats[format].name, label, work.said, done, () => act(format, work));
      }),
    );
  const summary = make("summary", { "aria-label": label }, name);
  const made = make(
    "details",
    { class: "take-menu" },
    summary,
    make(
      "div",
      { class: "take-list" },
      group(strings.copy, strings.copied, copyAs),
      group(strings.download, strings.downloaded, save),
      link,
    ),
  );
  const leave = () => {
    made.open = false;
    summary.focus();
  };
  made.addEventListener("toggle", () => made.open && openInSight(first(made, ".take-list")));
  made.addEventListener("click", (event) => around(event, "button") && leave());
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !made.open) return;
    event.stopPropagation();
    leave();
  });
  made.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !made.contains(relatedTarget)) made.open = false;
  });
  return made;
}

/**
 * A menu opens upwards where what it stands in ends below it.
 * @param {HTMLElement} list
 */
function openInSight(list) {
  list.classList.remove("up");
  const around = list.closest(".conversation");
  const end = around ? around.getBoundingClientRect().bottom - FADING : window.innerHeight;
  list.classList.toggle("up", list.getBoundingClientRect().bottom > end);
}

/** A menu that is open closes when something else is pressed. */
export function watchMenus() {
  document.addEventListener("pointerdown", ({ target }) => {
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const menus = document.querySelectorAll(".take-menu[open]");
    for (const open of menus) if (!open.contains(/** @type {Node} */ (target))) open.open = false;
  });
}

/**
 * A button that does something and says, beside it, that it was done.
 * @param {string} name
 * @param {string | null} label
 * @param {HTMLElement} said
 * @param {string} done
 * @param {() => Promise<void>} act
 */
export function action(name, label, said, done, act) {
  const made = make("button", { type: "button", class: "take-action", "aria-label": label }, name);
  made.addEventListener("click", async () => {
    const result = await act().then(
      () => done,
      () => strings.not_taken,
    );
    said.textContent = result;
    setTimeout(() => {
      if (said.textContent === result) said.textContent = "";
    }, 4000);
  });
  return made;
}

/**
 * Have the answer kept as it is, and copy the address that opens it.
 * @param {Turn} turn
 */
async function copyLink({ id, question, ignored = [], request, shared }) {
  const asked = { id, question, ignored, past: [], limits: sentLimits(request.filter), turns: [] };
  const key = shared?.key ?? (await heard(server.share_answer(asked)));
  if (!key) throw new Error("not shared");
  await copy(sharedAt(key));
}

/** @type {(format: Format, work: Work) => Promise<void>} */
async function copyAs(format, { records }) {
  await copy(await heard(server.write_document(records, format)));
}

/** @type {(format: Format, work: Work) => Promise<void>} */
async function save(format, { records, name }) {
  saveFile(await heard(server.write_document(records, format)), { ...formats[format], name });
}

/**
 * @param {string} text
 * @param {{ type: string, name: string, ending: string }} file
 */
export function saveFile(text, { type, name, ending }) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const words = name
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .slice(0, NAMED)
    .replace(/^-+|-+$/g, "");
  make("a", { href: url, download: `${words || "footnote"}.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the browser may still be reading
}

/**
 * Put text on the clipboard; over plain HTTP browsers have only the old way.
 * @param {string} text
 */
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const before = document.activeElement;
  const box = make("textarea", { class: "take-box", "aria-hidden": "true" });
  box.value = text;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  focus(before);
  if (!done) throw new Error("not copied");
}
