// @ts-check
// What Gradio gives each component of the page. A component is here before the scripts that read it are loaded:
// start.js sees to that.

/** @import { Components } from "./types.js" */

export const components = /** @type {Components} */ ({});
