// What was typed is kept until the deed is done: over reloads, lost networks, new sign-ins, and a browser that was closed.
//
// A draft belongs to the window it is typed in (sessionStorage). A copy lies in localStorage under the name of the page that typed
// it; that page holds a lock of this name as long as it lives, so that another window takes over only what was left behind. Where
// there are no locks (a page that did not come over HTTPS) a draft ends with its window.

import { say } from "./words.js";

const SKIP = new Set(["csrfmiddlewaretoken", "expected_version", "page_realm"]);
const WEEK = 7 * 24 * 3600 * 1000;
const LEFT = "draft-left:";
const page = `${LEFT}${Math.random().toString(36).slice(2)}`;

// Where it is sent says what it is about: on a room's page stand forms of one kind over several things.
const place = (form) => `${form.getAttribute("action") || location.pathname + location.search}:${form.id}`;
const key = (form) => `draft:${place(form)}`;
const mine = () => `${LEFT}${document.body.dataset.reader}:`;
const leftKey = (form) => mine() + place(form);

function fields(form) {
  return [...form.elements].filter(
    (field) => field.name && !SKIP.has(field.name) && !["file", "password", "submit"].includes(field.type) && !field.closest("[data-no-draft]"),
  );
}

function state(form, text) {
  const words = form.querySelector("[data-draft-state]");
  if (words) words.textContent = text;
}

/** Keep what a form says now. */
export function keep(form) {
  const kept = fields(form).map((field) =>
    ["checkbox", "radio"].includes(field.type) ? [field.name, field.value, field.checked] : [field.name, field.value],
  );
  sessionStorage.setItem(key(form), JSON.stringify(kept));
  if (navigator.locks && document.body.dataset.reader) localStorage.setItem(leftKey(form), JSON.stringify({ page, kept, at: Date.now() }));
  state(form, say("saved"));
}

/** Fill a field again; a part of the form that is folded over it opens. */
function put(form, field, value) {
  field.value = value;
  if (field.type === "hidden" || !value || field.value === field.defaultValue || field.matches("select")) return;
  const folded = field.closest("details");
  if (folded && form.contains(folded)) folded.open = true;
}

function fill(form, kept) {
  for (const [name, value, checked] of kept) {
    for (const field of fields(form).filter((one) => one.name === name)) {
      if (!["checkbox", "radio"].includes(field.type)) put(form, field, value);
      else if (field.value === value) field.checked = checked;
    }
  }
  state(form, say("restored"));
}

/** What a window that is gone left in this form; nothing while the window still stands. */
async function leftBehind(form) {
  const text = localStorage.getItem(leftKey(form));
  if (!text || !navigator.locks) return null;
  const left = JSON.parse(text);
  const { held } = await navigator.locks.query();
  return held.some((one) => one.name === left.page) ? null : left.kept;
}

/** Put back what was typed; the key too, so that a deed that did go through is not done twice. */
export async function restore(form) {
  if (form.querySelector(".field-bad")) return;
  const text = sessionStorage.getItem(key(form));
  if (text) return fill(form, JSON.parse(text));
  const kept = await leftBehind(form);
  if (kept && !sessionStorage.getItem(key(form))) fill(form, kept);
}

/** The deed is done, and nothing is left to be kept. */
export function forget(form) {
  sessionStorage.removeItem(key(form));
  localStorage.removeItem(leftKey(form));
}

function sweep(storage, start, gone = () => true) {
  for (const name of Object.keys(storage)) if (name.startsWith(start) && gone(storage.getItem(name))) storage.removeItem(name);
}

/** Hold this page's name; throw away what is old, and at signing out what is the reader's. */
export function startDrafts() {
  navigator.locks?.request(page, () => new Promise(() => {}));
  sweep(localStorage, LEFT, (text) => JSON.parse(text).at < Date.now() - WEEK);
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => {
    sweep(localStorage, mine());
    sweep(sessionStorage, "draft:");
  });
}
