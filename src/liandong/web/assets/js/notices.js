// Toasts: success leaves after five seconds, failure stays until it is closed.

import { say } from "./words.js";

const STAY = 5000;

function fade(toast) {
  setTimeout(() => toast.remove(), STAY);
}

/** Say something at the bottom of the page. */
export function toast(text, { bad = false } = {}) {
  const box = document.createElement("div");
  box.className = bad ? "toast toast-bad" : "toast";
  const words = Object.assign(document.createElement("span"), { className: "grow", textContent: text });
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: say("close") });
  close.dataset.close = "";
  box.append(words, close);
  document.querySelector("[data-toasts]")?.append(box);
  if (!bad) fade(box);
}

/** Let toasts leave and be closed; say when a request could not be made. */
export function startNotices() {
  document.querySelectorAll("[data-fades]").forEach(fade);
  document.addEventListener("click", (event) => {
    event.target.closest("[data-close]")?.closest(".toast, dialog")?.remove();
  });
  document.addEventListener("htmx:response:error", (event) => {
    const { ctx } = event.detail;
    if (ctx.response.status >= 500 && !ctx.sourceElement.matches("[data-live]")) toast(say("fault"), { bad: true });
  });
  document.addEventListener("htmx:error", (event) => {
    const source = event.detail?.ctx?.sourceElement;
    if (source?.closest("[data-live]") && !source.matches("form")) return;
    if (event.detail?.error?.name === "AbortError") return;
    toast(say("unsent"), { bad: true });
  });
}
