// Taking an answer along, or the whole conversation: copied, or saved as a file that the browser makes.

const formats = {
  markdown: { name: "Markdown", ending: "md", type: "text/markdown" },
  html: { name: "HTML", ending: "html", type: "text/html" },
  json: { name: "JSON", ending: "json", type: "application/json" },
};

const NAMED = 60; // characters of a question in the name of a file

/** The row below an answer: copy it, or the menu of all there is to do with it. */
function takeAlong(turn) {
  const said = make("span", { class: "take-said", role: "status" });
  const work = { records: [turn.record], name: turn.question, said };
  const quick = action(strings.copy, strings.copy_answer, said, strings.copied, () => copyAs("markdown", work));
  const link = action(strings.copy_link, null, said, strings.copied, () => copy(addressOf(turn.question)));
  return make("div", { class: "take" }, quick, menu(strings.export, strings.export_answer, work, link), said);
}

/** The same in the header, for all answers; nothing while there is none. */
function takeAllAlong(turns) {
  const records = turns.map((turn) => turn.record).filter(Boolean);
  const said = make("span", { class: "take-said", role: "status" });
  const work = { records, name: records[0]?.question ?? "", said };
  const made = records.length > 0 ? [said, menu(strings.export, strings.export_all, work, null)] : [];
  document.querySelector("#top .take").replaceChildren(...made);
}

function menu(name, label, work, link) {
  const group = (lead, done, act) =>
    make(
      "div",
      { class: "take-group", role: "group", "aria-label": lead },
      make("span", { class: "take-lead" }, lead),
      ...Object.entries(formats).map(([format, { name: shown }]) =>
        action(shown, fill(strings.take_as, { action: lead, format: shown }), work.said, done, () => act(format, work)),
      ),
    );
  const summary = make("summary", { "aria-label": label }, name);
  const made = make(
    "details",
    { class: "take-menu" },
    summary,
    make("div", { class: "take-list" }, group(strings.copy, strings.copied, copyAs), group(strings.download, strings.downloaded, save), link),
  );
  const leave = () => {
    made.open = false;
    summary.focus();
  };
  made.addEventListener("click", ({ target }) => target.closest("button") && leave());
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !made.open) return;
    event.stopPropagation();
    leave();
  });
  made.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !made.contains(relatedTarget) && (made.open = false));
  return made;
}

/** A menu that is open closes when something else is pressed. */
function watchMenus() {
  document.addEventListener("pointerdown", ({ target }) => {
    for (const open of document.querySelectorAll(".take-menu[open]")) if (!open.contains(target)) open.open = false;
  });
}

/** A button that does something and says, beside it, that it was done. */
function action(name, label, said, done, act) {
  const made = make("button", { type: "button", class: "take-action", "aria-label": label }, name);
  made.addEventListener("click", async () => {
    const result = await act().then(() => done, () => strings.not_taken);
    said.textContent = result;
    setTimeout(() => said.textContent === result && (said.textContent = ""), 4000);
  });
  return made;
}

async function copyAs(format, { records }) {
  await copy(await heard(server.write_document(records, format)));
}

async function save(format, { records, name }) {
  saveFile(await heard(server.write_document(records, format)), { ...formats[format], name });
}

function saveFile(text, { type, name, ending }) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const words = name.replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").slice(0, NAMED).replace(/^-+|-+$/g, "");
  make("a", { href: url, download: `${words || "footnote"}.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the browser may still be reading
}

/** Put text on the clipboard; over plain HTTP browsers have only the old way. */
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const before = document.activeElement;
  const box = make("textarea", { class: "take-box", "aria-hidden": "true" });
  box.value = text;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  before?.focus();
  if (!done) throw new Error("not copied");
}
