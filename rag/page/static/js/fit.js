// @ts-check
// How well an answer answers, or that none does, in words.

import { fill, inMarks, strings } from "./elements.js";

/** @import { Answer, Unanswered } from "./types.js" */

const STRONG = 0.8; // probability from which the quotes match strongly, as for a short answer

/**
 * How well the quotes answer, that they are exact says nothing of it; null where no sentence was weighed for it.
 * @param {Answer} turn
 */
export function fit({ likely, confidence }) {
  if (likely || confidence === 1) return null;
  return confidence >= STRONG ? strings.strong : strings.fair;
}

/**
 * What is said before quotes that may lack something; null where they do not.
 * @param {Answer} turn
 */
export function lacking({ likely, missing = [] }) {
  if (missing.length === 0) return likely ? strings.likely : null;
  return fill(likely ? strings.unsaid : strings.unnamed, { words: inMarks(missing, strings.either) });
}

/**
 * That a reader chose what is quoted; null where nobody did.
 * @param {Answer} turn
 */
export function chosen({ chosen: asked, question }) {
  if (!asked) return null;
  return asked === question ? strings.chosen : fill(strings.chosen_like, { question: asked });
}

/** @param {Unanswered} turn */
export function refusal({ missing_phrases, missing = [] }) {
  if (missing_phrases.length > 0)
    return fill(strings.missing_phrases, { phrases: inMarks(missing_phrases, strings.together) });
  if (missing.length > 0) return fill(strings.refused_for, { words: inMarks(missing, strings.either) });
  return strings.refusal;
}
