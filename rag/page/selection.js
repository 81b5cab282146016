// A button beside what a reader selects in an answer or in the panel: it asks for it.

const finder = make("button", { type: "button", class: "finder", hidden: true }, strings.find);
const SETTLED = 200; // milliseconds without a change: the selection is made
let pressed = false;
let settling = 0;

/** What is selected in an answer or in the panel, and where; null when nothing is. */
function selected() {
  const selection = document.getSelection();
  const question = selection.toString().trim();
  if (!question || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const within = range.commonAncestorContainer;
  const home = (within.closest ? within : within.parentElement)?.closest(".turn, .sources-all, .reading");
  return home && { question, range, home };
}

function offerFinder() {
  const found = pressed ? null : selected();
  finder.hidden = !found;
  if (!found) return;
  // beside its text, so that Tab reaches it and a sheet over the page does not cover it
  (found.home.closest(".sources") ?? element).append(finder);
  const end = [...found.range.getClientRects()].at(-1);
  const edge = 8;
  const under = end.bottom + edge + finder.offsetHeight <= window.innerHeight;
  finder.style.top = `${under ? end.bottom + 6 : end.top - finder.offsetHeight - 6}px`;
  finder.style.left = `${Math.max(edge, Math.min(end.right - finder.offsetWidth / 2, document.documentElement.clientWidth - finder.offsetWidth - edge))}px`;
}

function offerSoon() {
  clearTimeout(settling);
  settling = setTimeout(offerFinder, SETTLED);
}

/**
 * Ask with the selection as it stands. It is asked at once, because an answer takes no longer than a look at the
 * question box and what the reader has begun to type there stays; and without quotation marks, because these ask
 * for the very words, which of a longer selection are in the article at hand alone.
 */
function findSelected() {
  const found = selected();
  finder.hidden = true;
  if (!found) return;
  document.getSelection().removeAllRanges();
  closeSheet();
  scroller.focus({ preventScroll: true });
  ask({ question: found.question, alone: true });
}

function watchSelection() {
  document.addEventListener("selectionchange", offerSoon);
  document.addEventListener("pointerdown", () => (pressed = true), true);
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      pressed = false;
      offerSoon();
    });
  }
  document.addEventListener(
    "scroll",
    () => {
      finder.hidden = true;
      offerSoon();
    },
    true,
  );
  finder.addEventListener("pointerdown", (event) => event.preventDefault()); // which would drop the selection
  finder.addEventListener("mousedown", (event) => event.preventDefault());
  finder.addEventListener("click", findSelected);
}
