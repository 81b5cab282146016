// @ts-check
// The page's address names the question of the newest answer and the citation that is open: `?q=...&c=2`; or, in place
// of the question, an answer that was shared: `?s=...`. Who opens such an address here is shown the same.

import { components } from "./gradio.js";

/** @import { Cited, Shown } from "./types.js" */

const { props } = components.conversation;

export const wanted = asked(new URLSearchParams(location.search));

/**
 * What an address asks for: it may be anything, and is text that may be too long.
 * @param {URLSearchParams} parameters
 */
function asked(parameters) {
  const question = (parameters.get("q") ?? "").trim();
  const citation = parameters.get("c") ?? "";
  const shared = parameters.get("s") ?? "";
  return {
    shared: /^[\w-]{22}$/.test(shared) ? shared : "",
    question: question.length <= props.longest ? question : "",
    citation: /^\d{1,3}$/.test(citation) ? Number(citation) : null,
    turn: /** @type {number | null} */ (null), // whose citation it is: of the newest, unless a conversation is taken up
  };
}

/**
 * The address of this page with nothing in it but these parameters of ours.
 * @param {{ q?: string, s?: string, c?: string }} parameters
 */
function addressWith(parameters) {
  const address = new URL(location.href);
  for (const name of ["q", "s", "c"]) address.searchParams.delete(name);
  for (const [name, value] of Object.entries(parameters)) if (value) address.searchParams.set(name, value);
  return address.href;
}

/**
 * The address at which an answer that was shared is opened.
 * @param {string} key
 */
export const sharedAt = (key) => addressWith({ s: key });

/**
 * Let the address name a turn, or nothing.
 * @param {Shown | null} turn
 * @param {number | null} citation
 */
export function showAddress(turn, citation = null) {
  const c = citation === null ? "" : String(citation);
  const shared = turn && "shared" in turn ? turn.shared : null;
  const address = shared ? addressWith({ s: shared.key, c }) : addressWith({ q: turn?.question ?? "", c });
  history.replaceState(history.state, "", address);
}

/**
 * Name the citation that is open by its place in the answer: a passage that is cited twice has one number.
 * @param {Cited} turn
 * @param {HTMLElement | null} chip
 */
export function showCitation(turn, chip) {
  if (turn.key === undefined) return; // of no answer in the chat
  const at = chip ? chipsOf(chip.closest(".turn")).indexOf(chip) : -1;
  showAddress(turn, at < 0 ? null : at + 1);
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
