// @ts-check
// The page's address names the question of the newest answer and the citation that is open: `?q=...&c=2`. Who
// opens such an address here is shown the same.

import { components } from "./gradio.js";

/** @import { Cited } from "./types.js" */

const { props } = components.conversation;

export const wanted = asked(new URLSearchParams(location.search));

/**
 * What an address asks for: it may be anything, and is text that may be too long.
 * @param {URLSearchParams} parameters
 */
function asked(parameters) {
  const question = (parameters.get("q") ?? "").trim();
  const citation = parameters.get("c") ?? "";
  return {
    question: question.length <= props.longest ? question : "",
    citation: /^\d{1,3}$/.test(citation) ? Number(citation) : null,
    turn: /** @type {number | null} */ (null), // whose citation it is: of the newest, unless a conversation is taken up
  };
}

/**
 * The address at which a question is asked, and a citation of its answer opened.
 * @param {string} question
 * @param {number | null} citation
 */
export function addressOf(question, citation = null) {
  const address = new URL(location.href);
  address.searchParams.delete("q");
  address.searchParams.delete("c");
  if (question) address.searchParams.set("q", question);
  if (citation !== null) address.searchParams.set("c", String(citation));
  return address.href;
}

/**
 * @param {string} question
 * @param {number | null} citation
 */
export function showAddress(question, citation = null) {
  history.replaceState(history.state, "", addressOf(question, citation));
}

/**
 * Name the citation that is open by its place in the answer: a passage that is cited twice has one number.
 * @param {Cited} turn
 * @param {HTMLElement | null} chip
 */
export function showCitation(turn, chip) {
  if (turn.key === undefined) return; // of no answer in the chat
  const at = chip ? chipsOf(chip.closest(".turn")).indexOf(chip) : -1;
  showAddress(turn.question, at < 0 ? null : at + 1);
}

/**
 * @param {Element | null | undefined} answer
 * @returns {HTMLElement[]}
 */
export const chipsOf = (answer) =>
  [...(answer?.querySelectorAll(".chip") ?? [])].filter((chip) => chip instanceof HTMLElement);

/**
 * Open the citation that the address names, once.
 * @param {Element | null} answer
 */
export function followCitation(answer) {
  const { citation } = wanted;
  wanted.citation = null;
  const chip = citation === null ? null : chipsOf(answer)[citation - 1];
  chip?.scrollIntoView({ block: "nearest" });
  chip?.click();
}
