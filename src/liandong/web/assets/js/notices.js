// Toasts: success leaves after five seconds, failure stays until it is closed.

import { say } from "./words.js";

const STAY = 5;

const region = () => document.querySelector("[data-toasts]");

/** Let a toast leave when its seconds are over; they stand still while somebody is on it. */
function fade(toast) {
  let left = Number(toast.dataset.fades) || STAY;
  const shown = toast.querySelector("[data-left]");
  const timer = setInterval(() => {
    if (!toast.isConnected) return clearInterval(timer);
    if (toast.matches(":hover, :focus-within, :has([data-busy])")) return;
    left -= 1;
    if (shown) shown.textContent = left;
    if (left <= 0) toast.remove();
  }, 1000);
}

/** A toast as the server has drawn it. */
export function show(html) {
  region()?.insertAdjacentHTML("beforeend", html);
  const box = region()?.lastElementChild;
  if (box) fade(box);
}

/** Say something at the bottom of the page. */
export function toast(text, { bad = false } = {}) {
  const box = document.createElement("div");
  box.className = bad ? "toast toast-bad" : "toast";
  const words = Object.assign(document.createElement("span"), { className: "grow", textContent: text });
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: say("close") });
  close.dataset.close = "";
  box.append(words, close);
  region()?.append(box);
  if (!bad) fade(box);
}

/** What stood on the page when it came is told by no screen reader: only what changes is. */
function tell(words) {
  words.replaceChildren(...words.childNodes);
}

/** Take back what was just done and stay on the page; where more is asked, its page asks. */
async function undo(form) {
  if ("busy" in form.dataset) return;
  form.dataset.busy = "";
  const body = new URLSearchParams(new FormData(form));
  const headers = { "X-Dialog": location.pathname };
  const response = await fetch(form.action, { method: "POST", body, headers, credentials: "same-origin", redirect: "manual" }).catch(() => null);
  delete form.dataset.busy;
  if (!response) return toast(say("unsent"), { bad: true });
  if (response.status !== 204) return form.submit();
  const box = form.closest(".toast");
  if (box.contains(document.activeElement)) document.getElementById("main").focus({ preventScroll: true });
  box.remove();
  toast(decodeURIComponent(response.headers.get("X-Done")));
}

/** Let toasts leave and be closed; say when a request could not be made. */
export function startNotices() {
  document.querySelectorAll("[data-fades]").forEach(fade);
  setTimeout(() => document.querySelectorAll("[data-toasts] [data-words]").forEach(tell), 300);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-undo]")) return;
    event.preventDefault();
    undo(event.target);
  });
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
