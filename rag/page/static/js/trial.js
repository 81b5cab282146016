// @ts-check
// The tests: a run of the cases in the file of questions, and what it found.

import { askInChat } from "./asking.js";
import { inTrial, knowCases, rightButton, rightFor, sayTrouble } from "./cases.js";
import { moments } from "./days.js";
import { counted, fill, heard, isolated, make, numbers, strings } from "./elements.js";
import { action, saveFile } from "./export.js";
import { components } from "./gradio.js";

/** @import { Miss, Moved, Report, TrialState } from "./types.js" */

const { server } = components.conversation;
const POLLED = 400; // milliseconds between two looks at how far a run is
const two = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
const scores = new Intl.NumberFormat(strings.language, two);
const signed = new Intl.NumberFormat(strings.language, { ...two, signDisplay: "exceptZero" });
let plotted = /** @type {Report["plots"] | null} */ (null); // the plots of the report that is shown
let reported = 0; // which report is shown
let looking = 0; // the timer of the next look

/**
 * Look how far the run is, until there is none.
 * @param {Promise<TrialState | undefined>} call
 */
async function follow(call) {
  clearTimeout(looking);
  /** @type {TrialState} */
  let state;
  try {
    state = await heard(call);
    if (state.report !== reported) {
      showReport(await heard(server.trial_report()));
      reported = state.report;
    }
  } catch {
    return sayTrouble(strings.not_taken);
  }
  showState(state);
  if (state.running) looking = setTimeout(() => follow(server.trial_state()), POLLED);
}

/** @param {TrialState} state */
function showState({ running, done, total, trouble }) {
  const bar = /** @type {HTMLProgressElement} */ (inTrial(".trial-progress"));
  if (total > 0) Object.assign(bar, { max: total, value: done });
  else bar.removeAttribute("value");
  const start = /** @type {HTMLButtonElement} */ (inTrial(".trial-start"));
  const stop = inTrial(".trial-stop");
  const pressed = document.activeElement === start || document.activeElement === stop;
  bar.hidden = stop.hidden = !running;
  start.disabled = running;
  if (pressed) (running ? stop : start).focus();
  inTrial(".trial-count").textContent = running && total > 0 ? fill(strings.place, { at: done, count: total }) : "";
  if (!running) sayTrouble(trouble);
}

/** @param {Report} report */
function showReport(report) {
  plotted = report.plots;
  const said = make("span", { class: "take-said", role: "status" });
  const name = "footnote-tests";
  const save = async () => saveFile(await heard(server.trial_page()), { type: "text/html", name, ending: "html" });
  inTrial(".trial-report").replaceChildren(
    make("h3", { class: "report-title" }, verdict(report)),
    make(
      "p",
      { class: "report-about" },
      make("time", { datetime: report.at }, moments.format(new Date(report.at))),
      report.before > 0 && ` · ${counted("report_compared", report.before)}`,
    ),
    ...misses(report),
    ...mended(report),
    make(
      "details",
      { class: "report-details" },
      make("summary", null, strings.report_details),
      measures(report),
      make("div", { class: "plots" }),
      make("div", { class: "take" }, action(strings.report_download, null, said, strings.downloaded, save), said),
    ),
  );
  inTrial(".trial-report").hidden = false;
  inTrial(".trial-said").textContent = verdict(report);
  drawPlots();
}

/**
 * "18 of 20 right, 2 got worse".
 * @param {Report} report
 */
function verdict({ right, total, worse, mended, before }) {
  const parts = [fill(strings.report_right, { right: numbers.format(right), total: numbers.format(total) })];
  if (worse > 0) parts.push(counted("report_worse", worse));
  if (mended.length > 0) parts.push(counted("report_better", mended.length));
  if (before > 0 && parts.length === 1) parts.push(strings.report_as_before);
  return parts.join(", ");
}

/** @param {Report} report */
function measures({ measures, before }) {
  const heads = [strings.measure, strings.measure_value, before > 0 ? strings.measure_change : ""];
  return make(
    "div",
    { class: "report-wide", tabindex: "0", role: "group", "aria-label": strings.measures },
    make(
      "table",
      { class: "report-table" },
      make("thead", null, make("tr", null, ...heads.filter(Boolean).map((head) => make("th", { scope: "col" }, head)))),
      make(
        "tbody",
        null,
        ...measures.map(({ name, value, low, high, moved }) =>
          make(
            "tr",
            null,
            make("th", { scope: "row" }, strings.measure_names[name]),
            make(
              "td",
              null,
              scores.format(value),
              " ",
              make("span", { class: "interval" }, `${scores.format(low)}–${scores.format(high)}`),
            ),
            before > 0 &&
              make(
                "td",
                { class: moved ? `moved ${moved.verdict}` : "moved" },
                moved ? movement(moved) : strings.unchanged,
              ),
          ),
        ),
      ),
    ),
  );
}

/** @param {Moved} moved */
const movement = ({ by, verdict }) => `${signed.format(by)} ${strings.verdicts[verdict]}`;

/** @param {Report} report */
function misses({ misses, more }) {
  if (misses.length === 0) return [];
  return [
    make("h4", { class: "report-lead" }, counted("misses", misses.length + more)),
    make("ul", { class: "misses" }, ...misses.map(miss)),
    ...(more > 0 ? [make("p", { class: "trial-more" }, fill(strings.more, { count: more }))] : []),
  ];
}

/**
 * A question that went wrong: what was expected and what was found instead.
 * @param {Miss} each
 */
function miss(each) {
  const label = fill(strings.ask_in_chat_label, { question: each.question });
  const again = make("button", { type: "button", class: "plain", "aria-label": label }, strings.ask_in_chat);
  again.addEventListener("click", () => askInChat(each.question));
  return make(
    "li",
    { class: "miss" },
    make("h5", { class: "case-question", dir: "auto" }, each.question),
    make(
      "p",
      { class: "miss-problem" },
      strings.problems[each.problem],
      each.is_new && make("strong", { class: "miss-new" }, strings.miss_new),
    ),
    make(
      "div",
      { class: "miss-sides" },
      make(
        "div",
        null,
        make("h6", { class: "miss-lead" }, strings.miss_expected),
        ...(each.unanswerable
          ? [make("p", { class: "case-none" }, strings.tests_unanswerable)]
          : rightFor({ ...each, articles: [], quotes: each.expected })),
        expectedIn(each),
      ),
      make(
        "div",
        null,
        make("h6", { class: "miss-lead" }, each.problem === "refused" ? strings.miss_closest : strings.miss_found),
        each.found && make("blockquote", { class: "case-quote", dir: "auto" }, each.found),
        each.found_title && make("p", { class: "case-article" }, isolated(each.found_title)),
      ),
    ),
    again,
  );
}

/** @param {Miss} miss */
function expectedIn({ question, article, title, expected }) {
  if (article === null || title === null) return null;
  return make("p", { class: "case-article" }, rightButton(question, { article, title, quotes: expected }));
}

/** @param {Report} report */
function mended({ mended }) {
  if (mended.length === 0) return [];
  return [
    make("h4", { class: "report-lead" }, counted("mended", mended.length)),
    make("ul", { class: "mended" }, ...mended.map((question) => make("li", { dir: "auto" }, question))),
  ];
}

/** The plots as images, in which no text is ever markup, in the colours of the page as it is now. */
function drawPlots() {
  if (!plotted) return;
  const page = getComputedStyle(document.body);
  const colour = (/** @type {string} */ name) => page.getPropertyValue(`--${name}`).trim();
  const style = `color:${colour("ink")};--fused:${colour("accent")};--dense:${colour("mark-line")};--bm25:${colour("warn")}`;
  const drawings = Object.entries(plotted).map(([name, svg]) => {
    const source = `data:image/svg+xml,${encodeURIComponent(svg.replace("<svg ", `<svg style="${style}" `))}`;
    return make(
      "figure",
      { class: "plot" },
      make("figcaption", null, strings.plots[name]),
      make("img", { src: source, alt: strings.plots[name] }),
    );
  });
  inTrial(".plots").replaceChildren(...drawings);
}

export async function watchTrial() {
  inTrial(".trial-none").textContent = strings.tests_none;
  inTrial(".trial-start").addEventListener("click", () => follow(server.start_trial()));
  inTrial(".trial-stop").addEventListener("click", () => follow(server.stop_trial()));
  new MutationObserver(drawPlots).observe(document.body, { attributes: true, attributeFilter: ["class"] }); // light or dark
  knowCases(await server.all_cases());
  follow(server.trial_state());
}
