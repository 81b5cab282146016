// The articles: a table of what there is, asked for a page at a time, and what adds to it and takes from it.
// What is going on is asked for again and again while the view is in sight, since others may change things too.

const WAIT = { typing: 200, idle: 2000, busy: 500 }; // milliseconds: until a search is sent, and between two looks at the news
const part = (name) => element.querySelector(`.articles-${name}`);
const body = element.querySelector("tbody");
const columns = [["title", strings.title], ["source", strings.source], ["published", strings.date], ["length", strings.length], ["collection", strings.collection]];
const view = { search: "", order: "published", descending: true, page: 0 };
let asked = 0; // tables asked for: an older one that comes late is not drawn
let snapshot = null; // the one that the table is of
let rows = []; // those in sight
let doubtful = null; // the id of the article that its reader is asked about before it is removed
let gone = new Set(); // ids of articles that were removed and are in this snapshot still
let typing = 0;

async function show(change = {}) {
  Object.assign(view, { page: 0 }, change);
  const mine = ++asked;
  let table = null;
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
  part("page").textContent = fill(strings.page_of, { at: numbers.format(table.page + 1), count: numbers.format(table.pages) });
  part("previous").disabled = table.page === 0;
  part("next").disabled = table.page === table.pages - 1;
}

function countOf({ found, total }) {
  return found === total ? counted("articles", total) : fill(strings.found_of, { found: numbers.format(found), total: counted("articles", total) });
}

/** The names of the columns, each a button that sorts by it: names from A, dates and lengths from the largest. */
function drawHead() {
  const heads = columns.map(([order, name]) => {
    const sorted = view.order === order;
    const sign = sorted ? (view.descending ? " ↓" : " ↑") : "";
    const button = make("button", { type: "button", class: "articles-sort", "data-order": order }, name, make("span", { "aria-hidden": "true" }, sign));
    button.addEventListener("click", async () => {
      await show({ order, descending: sorted ? !view.descending : ["published", "length"].includes(order) });
      element.querySelector(`[data-order="${order}"]`).focus();
    });
    return make("th", { scope: "col", class: `articles-${order}`, "aria-sort": sorted ? (view.descending ? "descending" : "ascending") : null }, button);
  });
  if (props.may_change) heads.push(make("td", null));
  element.querySelector("thead tr").replaceChildren(...heads);
}

function drawRows() {
  const held = document.activeElement?.closest("[data-article]")?.dataset.article;
  body.replaceChildren(...rows.map(row));
  if (held !== undefined && document.activeElement === document.body) rowOf(held)?.querySelector("button").focus();
}

const rowOf = (id) => [...body.children].find((each) => each.dataset.article === id);

function row(article) {
  const open = make("button", { type: "button", class: "articles-open", dir: "auto", title: article.article, "aria-label": fill(strings.read, { title: article.title }) }, article.title);
  open.addEventListener("click", () => document.dispatchEvent(new CustomEvent("article", { detail: { source: article, from: open } })));
  return make(
    "tr",
    { "data-article": article.article, class: gone.has(article.article) ? "articles-gone" : null },
    make("th", { scope: "row", class: "articles-title" }, open, " ", originalLink(article)),
    make("td", { class: "articles-source" }, article.source && isolated(article.source)),
    make("td", { class: "articles-published" }, article.published ? make("time", { datetime: article.published }, shortDates.format(day(article.published))) : strings.no_date),
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

function originalLink({ title, url }) {
  const label = fill(strings.original_of, { title });
  return url && make("a", { class: "original articles-original", href: url, target: "_blank", rel: "noopener noreferrer", "aria-label": label, title: label }, "↗");
}

/** A button that removes the article, after its reader was asked; a row of a table cannot be removed alone. */
function removing(article) {
  const id = article.article;
  if (article.is_row || gone.has(id)) return [];
  const label = fill(strings.remove_article, { title: article.title });
  if (doubtful !== id) {
    const remove = make("button", { type: "button", class: "articles-away", "aria-label": label, title: label }, "×");
    remove.addEventListener("click", () => doubt(id));
    return [remove];
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

/** Ask whether the article with this id is to be removed; with null, ask no more. */
function doubt(id) {
  const at = id ?? doubtful;
  doubtful = id;
  drawRows();
  rowOf(at)?.querySelector(id ? ".articles-no" : ".articles-away").focus();
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
  if (found.snapshot === snapshot) return;
  snapshot = found.snapshot;
  await show({ page: view.page });
}

function drawUnread(unread, more) {
  const lines = unread.map(([path, reason]) => make("li", { dir: "auto" }, isolated(path), ": ", reason));
  if (more > 0) lines.push(make("li", null, fill(strings.more, { count: more })));
  part("unread").hidden = lines.length === 0;
  part("unread").querySelector("summary").textContent = counted("unread", unread.length + more);
  part("unread").querySelector("ul").replaceChildren(...lines);
}

/** Have Python change the article or address of this name, and look at what came of it; return whether it was heard. */
async function change(call, name, failed) {
  unsent.length = 0;
  const taken = await heard(call).then(() => true, () => false);
  if (!taken) unsent.push({ name, what: failed, detail: strings.not_sent });
  await news();
  return taken;
}

let work = { doing: null, trouble: null, told: [], total: 0 }; // as Python told of it last
let drawnWork = "";
const sending = []; // names of files on their way to the server
const unsent = []; // those that did not get there, as they would be told of

function drawWork(status = work) {
  work = status;
  const { doing, trouble, total } = status;
  const told = [...status.told, ...unsent];
  const json = JSON.stringify([status, sending, unsent]);
  if (json === drawnWork) return;
  drawnWork = json;
  const last = new Map(told.filter(({ what }) => what === "removed" || what === "restored").map(({ name, what }) => [name, what]));
  const removed = [...last.keys()].filter((name) => last.get(name) === "removed");
  const busy = Boolean(doing) || sending.length > 0;
  part("work").hidden = !busy && told.length === 0 && !trouble;
  part("doing").textContent = doing ? doingWords(status) : busy ? fill(strings.sending, { name: sending[0] }) : trouble || strings.up_to_date;
  part("doing").classList.toggle("articles-trouble", !busy && Boolean(trouble));
  part("progress").hidden = !busy;
  if (doing && total > 0) Object.assign(part("progress"), { max: total, value: status.done });
  else part("progress").removeAttribute("value");
  const focused = part("work").contains(document.activeElement) ? document.activeElement : null;
  part("told").replaceChildren(...told.toReversed().map((each) => toldLine(each, removed.includes(each.name))));
  if (focused && !focused.isConnected) (undoOf(focused.dataset.name) ?? part("work")).focus();
  if (removed.length === gone.size && removed.every((id) => gone.has(id))) return;
  gone = new Set(removed);
  drawRows();
}

const undoOf = (id) => [...part("told").querySelectorAll(".articles-undo")].find((each) => each.dataset.name === id);

function doingWords({ doing, name, done, total, waiting }) {
  const words = fill(strings[total > 0 ? `${doing}_of` : doing], { name, done: numbers.format(done), total: numbers.format(total) });
  return waiting > 0 ? `${words} ${counted("things_wait", waiting)}` : words;
}

function toldLine({ name, what, detail }, may_return) {
  const words = make("span", { class: "articles-what" }, strings[`was_${what}`]);
  const line = make("li", { class: `articles-was-${what}`, dir: "auto" }, words, " ", isolated(name), ["refused", "failed"].includes(what) && `: ${detail}`);
  if (what !== "removed" || !may_return) return line;
  const undo = make("button", { type: "button", class: "articles-undo", "data-name": name, "aria-label": fill(strings.undo_removal, { name }) }, strings.undo);
  undo.addEventListener("click", () => change(server.restore_article(name), name, "failed"));
  line.append(" ", undo);
  return line;
}

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
      unsent.push({ name: file.name, what: "refused", detail: error.message || strings.not_sent });
    }
    sending.shift();
  }
  await news();
}

async function addAddress(event) {
  event.preventDefault();
  const box = part("address");
  const address = box.value.trim();
  box.value = "";
  box.focus();
  if (!address) return;
  const whole = address.includes("://") ? address : `https://${address}`;
  const taken = await change(server.add_address(whole), whole, "refused");
  if (!taken && !box.value) box.value = address;
}

/** Files that are dropped anywhere on the view are added; the browser would open them in its place. */
function takeDrops(column) {
  const holds = (event) => [...event.dataTransfer.types].includes("Files");
  column.addEventListener("dragover", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    column.classList.add("dropping");
  });
  column.addEventListener("dragleave", (event) => column.contains(event.relatedTarget) || column.classList.remove("dropping"));
  column.addEventListener("drop", (event) => {
    column.classList.remove("dropping");
    if (!holds(event)) return;
    event.preventDefault();
    addFiles([...event.dataTransfer.files]);
  });
}

async function look() {
  if (element.offsetParent && !document.hidden) await news();
  setTimeout(look, part("progress").hidden ? WAIT.idle : WAIT.busy);
}

part("search").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => show({ search: part("search").value }), WAIT.typing);
});
part("previous").addEventListener("click", () => show({ page: view.page - 1 }));
part("next").addEventListener("click", () => show({ page: view.page + 1 }));
if (props.may_change) {
  part("add").hidden = false;
  part("add").addEventListener("submit", addAddress);
  part("files").accept = props.formats;
  part("choose").addEventListener("click", () => part("files").click());
  part("files").addEventListener("change", async (event) => {
    await addFiles([...event.target.files]);
    event.target.value = "";
  });
  takeDrops(element.closest("#articles") ?? element);
}
element.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && doubtful) doubt(null);
});
look();
