// @ts-check
// Whether the folder of articles changed since the index was built, and how far it can be searched by meaning: a line
// above the question, and one above the table of the articles.

import { counted, fill, first, heard, strings } from "./elements.js";
import { components } from "./gradio.js";

/** @import { Meaning, Older } from "./types.js" */

const EVERY = 60_000; // milliseconds between two looks; the server looks no more often either
const WHILE_BUILT = 5_000; // while a build is at work: it tells how far it is after each batch
const percents = new Intl.NumberFormat(strings.language, { style: "percent" });

/**
 * Say what changed, or nothing.
 * @param {HTMLElement} line
 * @param {Older} older
 */
export function drawOlder(line, { newer, removed, meaning }) {
  const parts = { newer: newer ? counted("newer", newer) : "", gone: removed ? counted("gone", removed) : "" };
  const what = newer && removed ? fill(strings.newer_and_gone, parts) : parts.newer || parts.gone;
  const words = [what && fill(strings.older, { what }), meaning && meaningTold(meaning)].filter(Boolean).join(" ");
  if (line.textContent !== words) line.textContent = words;
  line.hidden = !words;
}

/** @param {Meaning} meaning */
function meaningTold({ percent, at_work, minutes }) {
  let rest = strings.meaning_stopped;
  if (at_work && minutes === null) rest = strings.meaning_begun;
  else if (at_work) rest = minutes ? counted("meaning_left", minutes) : strings.meaning_soon;
  return fill(strings.meaning, { percent: percents.format(percent / 100), rest });
}

export function watchOlder() {
  const { element, server } = components.conversation;
  const line = first(element, "#older");
  const look = async () => {
    const found = document.hidden ? null : await heard(server.older()).catch(() => null);
    if (found) drawOlder(line, found);
    setTimeout(look, found?.meaning ? WHILE_BUILT : EVERY);
  };
  look();
}
