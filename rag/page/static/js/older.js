// @ts-check
// Whether the folder of articles changed since the index was built: a line above the question, and one above the
// table of the articles.

import { counted, fill, first, heard, strings } from "./elements.js";
import { components } from "./gradio.js";

/** @import { Older } from "./types.js" */

const EVERY = 60_000; // milliseconds between two looks; the server looks no more often either

/**
 * Say what changed, or nothing.
 * @param {HTMLElement} line
 * @param {Older} older
 */
export function drawOlder(line, { newer, removed }) {
  const parts = { newer: newer ? counted("newer", newer) : "", gone: removed ? counted("gone", removed) : "" };
  const what = newer && removed ? fill(strings.newer_and_gone, parts) : parts.newer || parts.gone;
  const words = what && fill(strings.older, { what });
  if (line.textContent !== words) line.textContent = words;
  line.hidden = !what;
}

export function watchOlder() {
  const { element, server } = components.conversation;
  const line = first(element, "#older");
  const look = async () => {
    const found = !document.hidden && (await heard(server.older()).catch(() => null));
    if (found) drawOlder(line, found);
    setTimeout(look, EVERY);
  };
  look();
}
