// @ts-check
// Files that are dropped on the view of the articles.

/**
 * Files that are dropped anywhere on the view are added; the browser would open them in its place.
 * @param {HTMLElement} column
 * @param {(files: File[]) => void} take
 */
export function takeDrops(column, take) {
  /** @param {DragEvent} event */
  const holds = (event) => event.dataTransfer?.types.includes("Files");
  column.addEventListener("dragover", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    column.classList.add("dropping");
  });
  column.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!column.contains(/** @type {Node | null} */ (relatedTarget))) column.classList.remove("dropping");
  });
  column.addEventListener("drop", (event) => {
    column.classList.remove("dropping");
    if (!holds(event)) return;
    event.preventDefault();
    take([...(event.dataTransfer?.files ?? [])]);
  });
}
