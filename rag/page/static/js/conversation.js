// @ts-check
// Starts the conversation and the panel, and takes up what Python says.

import { showAddress, wanted } from "./address.js";
import { watchArticle } from "./article.js";
import { ask, askNext, thinkAbout, watchBox } from "./asking.js";
import { box, offerCitation, watchTab } from "./box.js";
import { article, asker, doing, suggestions } from "./drawing.js";
import { counted, first, heard, make, strings } from "./elements.js";
import { watchMenus } from "./export.js";
import { UNLIMITED, watchLimits } from "./filters.js";
import { components } from "./gradio.js";
import { keepConversation, takeUpAfterReload, watchPast } from "./history.js";
import { showHoldings, watchHoldings } from "./holdings.js";
import { watchOlder } from "./older.js";
import { shelf } from "./panel.js";
import { watchPreview } from "./preview.js";
import { watchReading } from "./reading.js";
import { watchSelection } from "./selection.js";
import { watchShelf } from "./sources.js";
import { watchTrial } from "./trial.js";
import { change, drawWith, list, newId, turns, watchTurns, welcome } from "./turns.js";

/** @import { Greeting } from "./types.js" */

const { props, server, watch } = components.conversation;

const leads = new Set(["answer", "unanswered"]); // kinds of turns after which Python looks for questions

/** Python has something to say about a turn, unless the reader has left that behind. */
function told() {
  if (!props.value) return;
  const { id, turn } = props.value;
  const at = turns.findIndex((each) => each.id === id);
  if (at < 0) return;
  if (turn.kind !== "searching") thinkAbout(leads.has(turn.kind) ? id : null); // about what to ask next
  if (turn.kind === "next") {
    if (leads.has(turns[at].kind)) suggest(at, turn.questions);
    return;
  }
  if (turns[at].kind !== "searching") return;
  const { request } = turns[at];
  if (turn.kind === "searching") {
    const now = { ...turn, id, request };
    turns[at] = now;
    first(list.children[at], ".doing").textContent = doing(now);
    return;
  }
  change(at, { ...turn, id, request });
  if (document.activeElement === box) offerCitation(/** @type {HTMLElement} */ (list.children[at]));
  keepConversation();
  askNext();
}

/**
 * Offer what can be asked after an answer; what a reader does in that meanwhile is left alone.
 * @param {number} at
 * @param {string[]} questions
 */
function suggest(at, questions) {
  if (questions.length === 0) return;
  turns[at].next = questions;
  list.children[at].append(suggestions(turns[at], questions));
  keepConversation();
}

/** Say what this page is while its articles are summed up, which takes seconds once. */
function welcomeFirst() {
  greet({ articles: null, passages: 0, examples: [], holdings: null });
  welcome.append(make("p", { class: "welcome-wait", role: "status" }, strings.summing_up));
}

/** @param {Greeting} greeting */
function greet({ articles, passages, examples, holdings }) {
  const buttons = examples.map((question) => asker("example", question, UNLIMITED));
  const held = articles ? `${counted("articles", articles)}, ${counted("passages", passages)}` : strings.no_articles;
  const summary = articles === null ? [] : [make("p", { class: "welcome-summary" }, held)];
  welcome.replaceChildren(
    make("h2", { class: "welcome-title" }, strings.welcome_title),
    make("p", { class: "welcome-about" }, strings.welcome),
    ...summary,
    ...(examples.length > 0
      ? [make("p", { class: "examples-lead" }, strings.examples), make("div", { class: "examples" }, ...buttons)]
      : []),
  );
  showHoldings(holdings);
}

/** Greet whenever the greeting comes in sight: articles may have been added since. */
function watchWelcome() {
  welcomeFirst();
  new IntersectionObserver(async ([{ isIntersecting }]) => {
    if (!isIntersecting) return;
    const found = await server.greeting();
    welcome.querySelector(".welcome-wait")?.remove();
    if (found) greet(found);
  }).observe(welcome);
}

/** Ask what the address asks, or open what it shares, once; a conversation that begins anew has none. */
async function followAddress() {
  const { question, shared } = wanted;
  Object.assign(wanted, { question: "", shared: "" });
  if (shared) await openShared(shared);
  else if (question) ask({ question, alone: true });
  else showAddress(null);
}

/** @param {string} key */
async function openShared(key) {
  const found = await heard(server.shared_answer(key)).catch(() => null);
  if (turns.length > 0) return; // the reader was quicker
  if (!found) {
    showAddress(null);
    const request = { question: strings.shared_link, ignored: [], alone: true, filter: UNLIMITED };
    return change(0, {
      kind: "problem",
      id: newId(),
      question: strings.shared_link,
      message: strings.shared_gone,
      request,
    });
  }
  const { request, turn, ...shared } = found;
  change(0, { ...turn, id: newId(), request, shared: { ...shared, key } });
  keepConversation();
}

document.documentElement.lang = strings.language;
drawWith(article);
watch("value", told);
whenReady();

/** The panel is another component and may arrive after this one. */
function whenReady() {
  const there = shelf()?.querySelector(".sources") && (!props.tests || document.querySelector("#tests .trial"));
  if (!there) return void requestAnimationFrame(whenReady);
  watchPreview();
  watchShelf();
  watchTurns();
  watchArticle();
  watchReading();
  watchSelection();
  watchMenus();
  watchBox();
  watchTab();
  watchLimits();
  watchHoldings();
  if (props.tests) watchTrial();
  watchPast();
  watchWelcome();
  watchOlder();
  if (!takeUpAfterReload()) followAddress();
}
