// Everything on the desk works without this file; it only makes some of it more comfortable.
import { initAll } from "./vendor/govuk-frontend/govuk-frontend.min.js";
import { SortableTable } from "./vendor/moj-frontend/sortable-table.js";

initAll();
for (const table of document.querySelectorAll("[data-module='moj-sortable-table']")) {
  new SortableTable(table);
}

// A closed table would be missing on paper.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const details of opened) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});

for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const said = document.querySelector(`[data-copied-from='${field.id}']`);
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    said.textContent = "The address is copied.";
  });
}
