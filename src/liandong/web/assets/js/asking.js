// Questions that only some answers raise: <select data-asks>, <div data-when="11G 11D">. And the
// moment a sheet was begun: <input data-stamp> takes the realm's time with the first stroke.

import { realmNow } from "./clock.js";

const format = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "medium" });

function ask(select) {
  for (const part of select.form.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(select.value);
}

function stamp(form) {
  const field = form?.querySelector("[data-stamp]");
  if (field && !field.value) field.value = format.format(new Date(realmNow())).replace(" ", "T");
}

const askAll = () => document.querySelectorAll("[data-asks]").forEach(ask);

/** Ask now, as answers change, and after a sheet was fetched or taken up again. */
export function startAsking() {
  askAll();
  document.addEventListener("change", (event) => event.target.matches("[data-asks]") && ask(event.target));
  document.addEventListener("input", (event) => !event.target.matches("[data-stamp]") && stamp(event.target.form), { capture: true });
  document.addEventListener("htmx:after:swap", askAll);
}
