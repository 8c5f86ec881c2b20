// Deeds in a dialog: a link with data-dialog opens its form over the page, which stays as it is.
//
// Without scripts, or when the form cannot be fetched, the link leads to the deed's own page.

import htmx from "htmx.org/dist/htmx.esm.js";
import { show, toast } from "./notices.js";

const HERE = () => location.pathname;

function box(title) {
  const dialog = document.createElement("dialog");
  dialog.dataset.deed = "";
  const head = Object.assign(document.createElement("header"), { className: "card-head" });
  const words = Object.assign(document.createElement("h2"), { textContent: title, id: "dialog-title" });
  const close = Object.assign(document.createElement("button"), { type: "button", className: "button button-small push", textContent: document.body.dataset.closeWord });
  close.dataset.shuts = "";
  head.append(words, close);
  dialog.setAttribute("aria-labelledby", words.id);
  const body = Object.assign(document.createElement("div"), { className: "card-body scroll-y" });
  dialog.append(head, body);
  dialog.addEventListener("close", () => dialog.remove());
  return { dialog, body };
}

async function open(link) {
  const response = await fetch(link.href, { headers: { "HX-Request": "true", "X-Dialog": HERE() }, credentials: "same-origin" }).catch(() => null);
  if (!response?.ok || response.redirected) return location.assign(link.href);
  const { dialog, body } = box(link.dataset.dialog || link.dataset.title || link.textContent.replace(/\s+[A-Z]\s*$/, "").trim());
  body.innerHTML = await response.text();
  // On the box, not on the form: a refused form is swapped for another.
  body.setAttribute("hx-headers:inherited", JSON.stringify({ "X-Dialog": HERE() }));
  document.getElementById("main").append(dialog);
  htmx.process(body);
  dialog.showModal();
  body.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  document.dispatchEvent(new CustomEvent("forms", { detail: body }));
}

/** Wire links that open dialogs, buttons that open or shut one, and print. */
export function startDialogs() {
  document.addEventListener("click", (event) => {
    const { target } = event;
    const link = target.closest("a[data-dialog]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      open(link);
    }
    const opener = target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    const shuts = target.closest("[data-shuts], dialog[data-deed] .form-actions a.button");
    if (shuts) {
      event.preventDefault();
      shuts.closest("dialog")?.close();
    }
    if (target.closest("[data-print]")) print();
  });
  // Answered so, the deed is done and leads back to this very page: it only has to be shut.
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    const dialog = ctx.sourceElement?.closest?.("dialog[data-deed]");
    const said = ctx.response.raw.headers.get("X-Done");
    if (!dialog || said === null) return;
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("deed-done", { detail: ctx.sourceElement }));
    dialog.close();
    // With a toast of its own where what was done can be taken back.
    if (ctx.response.raw.status === 200) ctx.response.raw.text().then(show);
    else if (said) toast(decodeURIComponent(said));
  });
}
