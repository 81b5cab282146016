// @ts-check
// The views of the page - the chat and what lies beside it - of which one is shown. Each is a column of the desk
// with a button here. Whoever shows one does so by an event, and who needs to know hears it:
// document.dispatchEvent(new CustomEvent("view", { detail: id })).

import { around, first } from "./elements.js";
import { components } from "./gradio.js";

const { element, props } = components.brand;
const buttons = new Map(props.views.map(({ id, name }) => [id, viewButton(id, name)]));

/**
 * @param {string} id
 * @param {string} name
 */
function viewButton(id, name) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "view";
  button.textContent = name;
  button.addEventListener("click", () => choose(id));
  return button;
}

/** @param {string} id */
const choose = (id) => document.dispatchEvent(new CustomEvent("view", { detail: id }));

/** @param {string} wanted */
function showView(wanted) {
  first(document, "#desk").dataset.view = wanted;
  for (const [id, button] of buttons) {
    /** @type {HTMLElement} */ (document.getElementById(id)).hidden = id !== wanted;
    if (id === wanted) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
}

/** The columns are other components and may arrive after this one. */
function whenThere() {
  if ([...buttons.keys()].every((id) => document.getElementById(id))) showView(props.views[0].id);
  else requestAnimationFrame(whenThere);
}

first(element, ".views").append(...buttons.values());
document.addEventListener("view", (event) => showView(/** @type {CustomEvent<string>} */ (event).detail));
document.addEventListener("click", (event) => around(event, "#new-chat") && choose(props.views[0].id));
whenThere();
