// @ts-check
// Asking. Python is sent with each question what it may lean on, and sends back the turn that answers it.

import { box, onEnter, stops, write } from "./box.js";
import { around, counted, first, focus, heard, make, strings } from "./elements.js";
import { limits, sentLimits } from "./filters.js";
import { components } from "./gradio.js";
import { beginAnew, keepConversation } from "./history.js";
import { change, halt, keepOnly, newId, turns, underway } from "./turns.js";

/** @import { Drawn, Request, Underway } from "./types.js" */

const { element, props, server, trigger } = components.conversation;
let thinking = /** @type {string | null} */ (null);

/**
 * Ask a question as the newest turn, or in the place of one; `alone` it follows nothing up.
 * @param {Partial<Request> & { question: string }} request
 * @param {number} at
 */
export function ask({ question, ignored = [], alone = false, filter = limits }, at = turns.length) {
  change(at, { kind: "waiting", question, request: { question, ignored, alone, filter }, id: newId() });
  askNext();
}

/** Have the first question that waits answered: one at a time, because the next may lean on it. */
export function askNext() {
  const at = turns.findIndex(({ kind }) => kind === "waiting");
  if (at < 0 || turns.some(({ kind }) => kind === "searching")) return;
  const turn = /** @type {Underway} */ (turns[at]);
  const { id } = turn;
  const { question, ignored, alone, filter } = turn.request;
  const past = turns.map((turn) => turn.request.question);
  if (thinking) server.stop(thinking);
  thinking = null;
  change(at, { ...turn, kind: "searching" });
  keepConversation();
  const sent = { id, question, ignored, past, limits: sentLimits(filter), turns: alone ? [] : leantOn(at) };
  trigger("asked", { asked: sent });
  seeThrough(id);
}

/**
 * Python still looks for questions to suggest after the answer of this id; with null it doesn't.
 * @param {string | null} id
 */
export function thinkAbout(id) {
  thinking = id;
}

const PULSE = 3000; // milliseconds

/**
 * See that a question is still being answered: a server that was stopped, or begun anew, says no word of it.
 * @param {string} id
 */
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

/**
 * What a question at a place may follow up, as rag.types.Turn: the turns before it that looked for an answer.
 * @param {number} at
 */
function leantOn(at) {
  return turns
    .slice(0, at)
    .filter((turn) => turn.kind === "answer" || turn.kind === "unanswered")
    .slice(-props.leant_on)
    .map(({ kind, question, statements }) => ({
      question,
      answer: kind === "answer" ? statements.map(({ text }) => text).join(" ") : "",
    }));
}

/** Give up what is being answered, and what waits for it; each can be asked again where it stands. */
function stop() {
  turns.forEach((turn, at) => {
    if (!underway.includes(turn.kind)) return;
    halt(turn);
    end(at, "stopped");
  });
}

/**
 * A turn ends without an outcome.
 * @param {number} at
 * @param {"stopped" | "lost"} kind
 */
function end(at, kind) {
  const { question, request, id } = turns[at];
  change(at, { kind, question, request, id });
  keepConversation();
}

function askTyped() {
  const question = box.value.trim();
  if (!question) return;
  if ([...question].length <= props.longest) write(box, "");
  ask({ question });
}

/**
 * Ask from another view.
 * @param {string} question
 */
export function askInChat(question) {
  document.dispatchEvent(new CustomEvent("view", { detail: "talk" }));
  ask({ question, alone: true });
}

export function watchBox() {
  onEnter(box, askTyped);
  first(element, "#compose").addEventListener("submit", (event) => {
    event.preventDefault();
    if (stops()) stop();
    else askTyped();
  });
  box.addEventListener("keydown", (event) => event.key === "Escape" && stop());
  document.addEventListener("click", (event) => around(event, "#new-chat") && beginAnew());
  box.focus();
}

/**
 * Turn a question into a box. It is answered anew in its place, and what came after it goes: that was asked in
 * the light of the old answer, and the box says so.
 * @param {HTMLElement} made
 * @param {Drawn} turn
 * @param {string} question
 */
export function edit(made, turn, question) {
  const head = first(made, ".asked-head");
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
    focus(head.querySelector(".edit"));
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
