// Asking. The turns of the conversation are here and nowhere else: Python is sent with each question what it may
// lean on, and sends back the turn that answers it.

let thinking = null; // the id of the answer for which Python still looks for questions to suggest
let turns = []; // oldest first; each keeps the `request` it answers, and the `id` by which Python names it

/** Ask a question as the newest turn, or in the place of one; `alone` it follows nothing up. */
function ask({ question, ignored = [], alone = false, filter = limits }, at = turns.length) {
  change(at, { kind: "waiting", question, request: { question, ignored, alone, filter }, id: newId() });
  askNext();
}

/** Have the first question that waits answered: one at a time, because the next may lean on it. */
function askNext() {
  const at = turns.findIndex(({ kind }) => kind === "waiting");
  if (at < 0 || turns.some(({ kind }) => kind === "searching")) return;
  const { request, id } = turns[at];
  const { question, ignored, alone, filter } = request;
  const past = turns.map((turn) => turn.request.question);
  if (thinking) server.stop(thinking);
  thinking = null;
  change(at, { ...turns[at], kind: "searching" });
  trigger("asked", { asked: { id, question, ignored, past, limits: sentLimits(filter), turns: alone ? [] : leantOn(at) } });
  seeThrough(id);
}

const PULSE = 3000; // milliseconds

/** See that a question is still being answered: a server that was stopped, or begun anew, says no word of it. */
async function seeThrough(id) {
  const searched = () => turns.findIndex((turn) => turn.id === id && turn.kind === "searching");
  for (let missed = 0; missed < 2; ) {
    await new Promise((resolve) => setTimeout(resolve, PULSE));
    if (searched() < 0) return;
    missed = (await heard(server.is_running(id)).catch(() => false)) ? 0 : missed + 1; // its outcome may be on the way
  }
  if (searched() < 0) return;
  end(searched(), "lost");
  askNext();
}

/** What a question at a place may follow up, as rag.types.Turn: the turns before it that looked for an answer. */
function leantOn(at) {
  return turns
    .slice(0, at)
    .filter(({ kind }) => kind === "answer" || kind === "unanswered")
    .slice(-props.leant_on)
    .map(({ kind, question, statements }) => ({
      question,
      answer: kind === "answer" ? statements.map(({ text }) => text).join(" ") : "",
    }));
}

/** Python has something to say about a turn, unless the reader has left that behind. */
function told() {
  const { id, turn } = props.value ?? {};
  const at = turns.findIndex((each) => each.id === id);
  if (at < 0) return;
  if (turn.kind !== "searching") thinking = turn.kind === "answer" ? id : null; // about what to ask next
  if (turn.kind === "next") return void (turns[at].kind === "answer" && suggest(at, turn.questions));
  if (turns[at].kind !== "searching") return;
  const { request } = turns[at];
  if (turn.kind === "searching") {
    turns[at] = { ...turn, id, request };
    list.children[at].querySelector(".doing").textContent = doing(turns[at]);
    return;
  }
  change(at, { ...turn, id, request });
  keepConversation();
  askNext();
}

const newId = () => crypto.getRandomValues(new Uint32Array(2)).join("-");

/** Give up what is being answered, and what waits for it; each can be asked again where it stands. */
function stop() {
  turns.forEach((turn, at) => {
    if (!underway.includes(turn.kind)) return;
    halt(turn);
    end(at, "stopped");
  });
}

/** A turn ends without an outcome. */
function end(at, kind) {
  const { request, id } = turns[at];
  change(at, { kind, request, id });
}

/** Let Python know that nobody waits for a turn. */
function halt({ kind, id }) {
  if (kind === "searching") server.stop(id);
}

/** Leave the conversation behind and begin another. */
function beginAnew() {
  keepOnly(0);
  nameAnew();
  frame();
  showAddress("");
  box.focus();
}

// The question box, and the box that a question becomes to be edited: Enter asks, Shift+Enter breaks the line.

const box = element.querySelector("#question textarea");

const send = element.querySelector("#send");
const PATIENT = 300; // milliseconds until the button stops what it began: longer than a double click and most answers
let offering = 0;

/** The button asks, or stops what is being answered. */
function offerStop() {
  const busy = turns.some(({ kind }) => kind === "searching");
  clearTimeout(offering);
  if (busy) offering = setTimeout(showStop, PATIENT, true);
  else showStop(false);
}

function showStop(stops) {
  send.textContent = stops ? strings.stop : strings.send;
  send.classList.toggle("stops", stops);
}

function askTyped() {
  const question = box.value.trim();
  if (!question) return;
  if ([...question].length <= props.longest) write(box, "");
  ask({ question });
}

/** An Enter that picks a word in an input method (Japanese, Chinese, Korean) is not one that asks. */
function onEnter(box, act) {
  box.addEventListener("input", () => fit(box));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    act();
  });
}

function write(box, text) {
  box.value = text;
  fit(box);
}

/** A box is as high as its text; the style sheet says how high at most. */
function fit(box) {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}

function watchBox() {
  onEnter(box, askTyped);
  element.querySelector("#compose").addEventListener("submit", (event) => {
    event.preventDefault();
    if (send.classList.contains("stops")) stop();
    else askTyped();
  });
  box.addEventListener("keydown", (event) => event.key === "Escape" && stop());
  document.addEventListener("click", ({ target }) => target.closest?.("#new-chat") && beginAnew());
  box.focus();
}

/**
 * Turn a question into a box. It is answered anew in its place, and what came after it goes: that was asked in
 * the light of the old answer, and the box says so.
 */
function edit(made, turn, question) {
  const head = made.querySelector(".asked-head");
  const later = turns.length - turn.key - 1;
  const editor = make("textarea", { class: "editor", rows: 1, dir: "auto", "aria-label": strings.edit_asked });
  const cancel = make("button", { type: "button", class: "plain" }, strings.give_up);
  const form = make(
    "form",
    { class: "editing" },
    editor,
    make(
      "div",
      { class: "editing-foot" },
      later > 0 && make("p", { class: "editing-note" }, counted("dropped", later)),
      cancel,
      make("button", { class: "strong" }, strings.ask_again),
    ),
  );
  const giveUp = () => {
    form.replaceWith(head);
    head.querySelector(".edit").focus();
  };
  const askAgain = () => {
    const wanted = editor.value.trim();
    if (!wanted) return;
    keepOnly(turn.key + 1);
    ask({ question: wanted, filter: turn.request.filter }, turn.key);
  };
  head.replaceWith(form);
  write(editor, question);
  onEnter(editor, askAgain);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    askAgain();
  });
  form.addEventListener("keydown", (event) => event.key === "Escape" && giveUp());
  cancel.addEventListener("click", giveUp);
  editor.focus();
  editor.setSelectionRange(question.length, question.length);
}
