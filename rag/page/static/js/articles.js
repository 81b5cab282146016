// @ts-check
// The articles: a table of what there is, asked for a page at a time, and what adds to it and takes from it.
// What is going on is asked for again and again while the view is in sight, since others may change things too.

import { factsButton, reopen } from "./correcting.js";
import { day, shortDates } from "./days.js";
import { takeDrops } from "./drops.js";
import { counted, fill, first, focus, heard, isolated, make, numbers, strings } from "./elements.js";
import { onlyButton } from "./facts.js";
import { components } from "./gradio.js";
import { drawLacking, drawOdd } from "./health.js";
import { drawOlder } from "./older.js";

/** @import { Done, Health, Row, Status, Table, View } from "./types.js" */

const { element, props, server, upload } = components.articles;
const WAIT = { typing: 200, idle: 2000, busy: 500 }; // milliseconds: until a search is sent, and between two looks at the news

/** @param {string} name */
const part = (name) => first(element, `.articles-${name}`);
const body = first(element, "tbody");
const progress = /** @type {HTMLProgressElement} */ (part("progress"));
const previous = /** @type {HTMLButtonElement} */ (part("previous"));
const next = /** @type {HTMLButtonElement} */ (part("next"));
const columns = [
  ["title", strings.title],
  ["source", strings.source],
  ["published", strings.date],
  ["length", strings.length],
  ["collection", strings.collection],
];

/** @type {View} */
const view = { search: "", order: "published", descending: true, page: 0, lacking: null };
let health = /** @type {Health | null} */ (null);
let asked = 0; // tables asked for: an older one that comes late is not drawn
let snapshot = /** @type {string | null} */ (null); // the one that the table is of
let rows = /** @type {Row[]} */ ([]); // those in sight
let doubtful = /** @type {string | null} */ (null); // the id of the article that its reader is asked about before it is removed
let gone = new Set(); // ids of articles that were removed and are in this snapshot still
let typing = 0;

/** @param {Partial<View>} change */
async function show(change = {}) {
  Object.assign(view, { page: 0 }, change);
  const mine = ++asked;
  let table = /** @type {Table | null} */ (null);
  try {
    table = await heard(server.find_articles({ ...view }));
  } catch {
    snapshot = null; // told below, and asked for again with the next news
  }
  if (mine !== asked) return;
  part("table").hidden = !table || table.found === 0;
  part("none").hidden = !table || table.found > 0 || table.total === 0;
  part("count").textContent = table ? countOf(table) : strings.not_taken;
  if (!table) return;
  view.page = table.page;
  rows = table.rows;
  drawHead();
  drawRows();
  part("pages").hidden = table.pages < 2;
  part("page").textContent = fill(strings.page_of, {
    at: numbers.format(table.page + 1),
    count: numbers.format(table.pages),
  });
  previous.disabled = table.page === 0;
  next.disabled = table.page === table.pages - 1;
}

/** @param {Table} table */
function countOf({ found, total }) {
  return found === total
    ? counted("articles", total)
    : fill(strings.found_of, { found: numbers.format(found), total: counted("articles", total) });
}

/** The names of the columns, each a button that sorts by it: names from A, dates and lengths from the largest. */
function drawHead() {
  const heads = columns.map(([order, name]) => {
    const sorted = view.order === order;
    const sign = sorted ? (view.descending ? " ↓" : " ↑") : "";
    const button = make(
      "button",
      { type: "button", class: "articles-sort", "data-order": order },
      name,
      make("span", { "aria-hidden": "true" }, sign),
    );
    button.addEventListener("click", async () => {
      await show({ order, descending: sorted ? !view.descending : ["published", "length"].includes(order) });
      first(element, `[data-order="${order}"]`).focus();
    });
    const direction = view.descending ? "descending" : "ascending";
    return make("th", { scope: "col", class: `articles-${order}`, "aria-sort": sorted ? direction : null }, button);
  });
  first(element, "thead tr").replaceChildren(...heads, ...(props.may_change ? [make("td", null)] : []));
}

function drawRows() {
  const { activeElement } = document;
  const held = activeElement?.closest("[data-article]")?.getAttribute("data-article");
  body.replaceChildren(...rows.map(row));
  reopen(rowOf, activeElement);
  if (held && document.activeElement === document.body) focus(rowOf(held)?.querySelector("button"));
}

/** @param {string | null} id */
const rowOf = (id) => [...body.children].find((each) => each.getAttribute("data-article") === id);

/** @param {Row} article */
function row(article) {
  const label = fill(strings.read, { title: article.title });
  const attributes = {
    type: "button",
    class: "articles-open",
    dir: "auto",
    title: article.article,
    "aria-label": label,
  };
  const open = make("button", attributes, article.title);
  open.addEventListener("click", () => {
    document.dispatchEvent(new CustomEvent("article", { detail: { source: article, from: open } }));
  });
  return make(
    "tr",
    { "data-article": article.article, class: gone.has(article.article) ? "articles-gone" : null },
    make("th", { scope: "row", class: "articles-title" }, open, " ", originalLink(article), " ", onlyButton(article)),
    make("td", { class: "articles-source" }, article.source && isolated(article.source)),
    make("td", { class: "articles-published" }, published(article)),
    make(
      "td",
      { class: "articles-length" },
      make("span", { class: "articles-wide" }, numbers.format(article.length)),
      make("span", { class: "articles-narrow" }, counted("characters", article.length)),
    ),
    make("td", { class: "articles-collection" }, article.collection ? isolated(article.collection) : null),
    props.may_change && make("td", { class: "articles-remove" }, ...removing(article)),
  );
}

/** @param {Row} article */
function published({ published }) {
  if (!published) return strings.no_date;
  return make("time", { datetime: published }, shortDates.format(day(published)));
}

/** @param {Row} article */
function originalLink({ title, url }) {
  const label = fill(strings.original_of, { title });
  const attributes = {
    class: "original articles-original",
    target: "_blank",
    rel: "noopener noreferrer",
    title: label,
  };
  return url && make("a", { ...attributes, href: url, "aria-label": label }, "↗");
}

/**
 * Buttons that correct the article and, after its reader was asked, remove it; a row of a table is not removed alone.
 * @param {Row} article
 */
function removing(article) {
  const id = article.article;
  if (gone.has(id)) return [];
  const edit = factsButton(article, (id, wanted) => change(server.correct_article(id, wanted), id, "failed"));
  if (article.is_row) return [edit];
  const label = fill(strings.remove_article, { title: article.title });
  if (doubtful !== id) {
    const remove = make("button", { type: "button", class: "articles-away", "aria-label": label, title: label }, "×");
    remove.addEventListener("click", () => doubt(id));
    return [edit, remove];
  }
  const yes = make("button", { type: "button", class: "articles-yes", "aria-label": label }, strings.remove_it);
  const no = make("button", { type: "button", class: "articles-no" }, strings.keep_it);
  yes.addEventListener("click", async () => {
    doubtful = null;
    if (await change(server.remove_article(id), id, "failed")) undoOf(id)?.focus();
    else drawRows();
  });
  no.addEventListener("click", () => doubt(null));
  return [make("span", { class: "articles-sure", role: "group", "aria-label": label }, yes, no)];
}

/**
 * Ask whether the article with this id is to be removed; with null, ask no more.
 * @param {string | null} id
 */
function doubt(id) {
  const at = id ?? doubtful;
  doubtful = id;
  drawRows();
  focus(rowOf(at)?.querySelector(id ? ".articles-no" : ".articles-away"));
}

/** Look at what is going on, and at the table again when it is of an older snapshot. */
async function news() {
  let found;
  try {
    found = await heard(server.news(snapshot));
  } catch {
    return drawWork(); // the server may be back at the next look
  }
  if (found.unread) drawUnread(found.unread, found.more_unread);
  if (found.status) drawWork(found.status);
  drawOlder(part("older"), found.older);
  if (found.snapshot === snapshot) return;
  snapshot = found.snapshot;
  await show({ page: view.page });
  health = await heard(server.health()).catch(() => null); // only then: for many articles it takes a second
  if (view.lacking && !health?.lacking[view.lacking]) await show({ lacking: null }); // it was the last one
  drawHealth();
}

function drawHealth() {
  if (!health) return;
  drawLacking(part("lacking"), health, view.lacking, (lacking) => {
    show({ lacking });
    drawHealth();
  });
  drawOdd(part("odd"), health, (words) => {
    search.value = words;
    show({ search: words });
  });
}

/**
 * @param {[path: string, reason: string][]} unread
 * @param {number} more
 */
function drawUnread(unread, more) {
  const lines = unread.map(([path, reason]) => make("li", { dir: "auto" }, isolated(path), ": ", reason));
  if (more > 0) lines.push(make("li", null, fill(strings.more, { count: more })));
  part("unread").hidden = lines.length === 0;
  first(part("unread"), "summary").textContent = counted("unread", unread.length + more);
  first(part("unread"), "ul").replaceChildren(...lines);
}

/**
 * Have Python change the article or address of this name, and look at what came of it; return whether it was heard.
 * @param {Promise<unknown>} call
 * @param {string} name
 * @param {"failed" | "refused"} failed
 */
async function change(call, name, failed) {
  unsent.length = 0;
  const taken = await heard(call).then(
    () => true,
    () => false,
  );
  if (!taken) unsent.push({ name, what: failed, detail: strings.not_sent });
  await news();
  return taken;
}

/** @type {Status} */
let work = { doing: null, name: "", done: 0, waiting: 0, trouble: "", told: [], total: 0 }; // as Python told of it last
let drawnWork = "";
const sending = /** @type {string[]} */ ([]); // names of files on their way to the server
const unsent = /** @type {Done[]} */ ([]); // those that did not get there, as they would be told of

function drawWork(status = work) {
  work = status;
  const { doing, trouble, total } = status;
  const told = [...status.told, ...unsent];
  const json = JSON.stringify([status, sending, unsent]);
  if (json === drawnWork) return;
  drawnWork = json;
  const removed = removedOf(told);
  const busy = Boolean(doing) || sending.length > 0;
  part("work").hidden = !busy && told.length === 0 && !trouble;
  const idle = busy ? fill(strings.sending, { name: sending[0] }) : trouble || strings.up_to_date;
  part("doing").textContent = doing ? doingWords(status) : idle;
  part("doing").classList.toggle("articles-trouble", !busy && Boolean(trouble));
  progress.hidden = !busy;
  if (doing && total > 0) Object.assign(progress, { max: total, value: status.done });
  else progress.removeAttribute("value");
  const { activeElement } = document;
  const focused = part("work").contains(activeElement) ? activeElement : null;
  part("told").replaceChildren(...told.toReversed().map((each) => toldLine(each, removed.includes(each.name))));
  if (focused && !focused.isConnected) (undoOf(focused.getAttribute("data-name")) ?? part("work")).focus();
  if (removed.length === gone.size && removed.every((id) => gone.has(id))) return;
  gone = new Set(removed);
  drawRows();
}

/**
 * The names of what was removed and not restored since.
 * @param {Done[]} told
 */
function removedOf(told) {
  const moved = told.filter(({ what }) => what === "removed" || what === "restored");
  const last = new Map(moved.map(({ name, what }) => [name, what]));
  return [...last.keys()].filter((name) => last.get(name) === "removed");
}

/** @param {string | null} id */
function undoOf(id) {
  /** @type {NodeListOf<HTMLElement>} */
  const buttons = part("told").querySelectorAll(".articles-undo");
  return [...buttons].find((each) => each.dataset.name === id);
}

/** @param {Status} status */
function doingWords({ doing, name, done, total, waiting }) {
  const words = fill(strings[total > 0 ? `${doing}_of` : `${doing}`], {
    name,
    done: numbers.format(done),
    total: numbers.format(total),
  });
  return waiting > 0 ? `${words} ${counted("things_wait", waiting)}` : words;
}

/**
 * @param {Done} done
 * @param {boolean} mayReturn
 */
function toldLine({ name, what, detail }, mayReturn) {
  const words = make("span", { class: "articles-what" }, strings[`was_${what}`]);
  const why = ["refused", "failed"].includes(what) && `: ${detail}`;
  const line = make("li", { class: `articles-was-${what}`, dir: "auto" }, words, " ", isolated(name), why);
  if (what !== "removed" || !mayReturn) return line;
  const label = fill(strings.undo_removal, { name });
  const attributes = { type: "button", class: "articles-undo", "data-name": name, "aria-label": label };
  const undo = make("button", attributes, strings.undo);
  undo.addEventListener("click", () => change(server.restore_article(name), name, "failed"));
  line.append(" ", undo);
  return line;
}

/** @param {File[]} files */
async function addFiles(files) {
  sending.push(...files.map((file) => file.name));
  unsent.length = 0;
  for (const file of files) {
    await news();
    try {
      if (file.size > props.largest) throw new Error(fill(strings.too_large, { limit: numbers.format(props.largest) }));
      const { path } = await upload(file);
      await heard(server.add_file(file.name, path));
    } catch (error) {
      const detail = (error instanceof Error && error.message) || strings.not_sent;
      unsent.push({ name: file.name, what: "refused", detail });
    }
    sending.shift();
  }
  await news();
}

/** @param {Event} event */
async function addAddress(event) {
  event.preventDefault();
  const box = /** @type {HTMLInputElement} */ (part("address"));
  const address = box.value.trim();
  box.value = "";
  box.focus();
  if (!address) return;
  const whole = address.includes("://") ? address : `https://${address}`;
  const taken = await change(server.add_address(whole), whole, "refused");
  if (!taken && !box.value) box.value = address;
}

async function look() {
  if (element.offsetParent && !document.hidden) await news();
  setTimeout(look, progress.hidden ? WAIT.idle : WAIT.busy);
}

const search = /** @type {HTMLInputElement} */ (part("search"));
search.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => show({ search: search.value }), WAIT.typing);
});
previous.addEventListener("click", () => show({ page: view.page - 1 }));
next.addEventListener("click", () => show({ page: view.page + 1 }));
if (props.may_change) {
  part("add").hidden = false;
  part("add").addEventListener("submit", addAddress);
  const files = /** @type {HTMLInputElement} */ (part("files"));
  files.accept = props.formats;
  part("choose").addEventListener("click", () => files.click());
  files.addEventListener("change", async () => {
    await addFiles([...(files.files ?? [])]);
    files.value = "";
  });
  takeDrops(/** @type {HTMLElement | null} */ (element.closest("#articles")) ?? element, addFiles);
}
element.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && doubtful) doubt(null);
});
look();
