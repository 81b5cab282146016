// @ts-check
// Starts a component of the page: keeps what Gradio gives it, then loads the scripts that read that.

import { components } from "./gradio.js";
import "./token.js";

/** @import { Components } from "./types.js" */

const scripts = {
  articles: () => import("./articles.js"),
  brand: () => import("./views.js"),
  conversation: () => import("./conversation.js"),
};

/**
 * @template {keyof Components} Name
 * @param {Name} name
 * @param {Components[Name]} component
 */
export async function start(name, component) {
  components[name] = component;
  await scripts[name]();
}
