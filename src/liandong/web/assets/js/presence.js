// Two people at one form see each other, and whoever still types learns at once that the other has saved.
//
// The page asks every few seconds who else is at its forms, all in one request; nothing of it is kept.
// That a row changed is told by the journal; the form is then fetched again and compared, field by field.

import { realmNow } from "./clock.js";
import { language, say } from "./words.js";

const OFTEN = 4000;
const SELDOM = 15_000;
const IDLE = 60_000;
const hourOf = new Intl.DateTimeFormat(language, { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
let acted = performance.now();
let asked = 0;

const forms = () => [...document.querySelectorAll("form[data-ticket]")].filter((form) => form.offsetParent || form.dataset.presenceFor);
// The forms of an editor are one sheet, which one of them speaks for.
const sheet = (form) => (form.dataset.presenceFor && document.getElementById(form.dataset.presenceFor)) || form;
const writing = (form) => document.visibilityState === "visible" && sheet(form).contains(document.activeElement) && document.activeElement.matches("input, textarea, select");

function show(form, others) {
  const box = form.querySelector("[data-presence]");
  if (!box) return;
  const words = others.map(({ who, since }) => say("at_form", { who, since })).join("\n");
  box.hidden = !words;
  const place = box.querySelector("[data-words]");
  if (place.textContent !== words) place.textContent = words;
}

async function ask(leaving = false) {
  const mine = forms();
  if (!mine.length) return;
  asked = performance.now();
  const response = await fetch(document.body.dataset.presenceUrl, {
    method: "POST",
    keepalive: leaving,
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": mine[0].elements.csrfmiddlewaretoken.value },
    body: JSON.stringify({ forms: mine.map((form) => ({ ticket: form.dataset.ticket, writing: !leaving && writing(form) })) }),
  }).catch(() => null);
  if (leaving || !response?.ok || response.redirected) return;
  const told = await response.json();
  mine.forEach((form, at) => show(form, told.forms[at] ?? []));
}

function due() {
  const now = performance.now();
  const often = forms().some(writing) || now - acted < IDLE;
  return document.visibilityState === "visible" && now - asked >= (often ? OFTEN : SELDOM) - 500;
}

// What was there when the form came, so that it can be told what another has changed since.
const known = new WeakMap();
const fields = (form) => [...form.elements].filter((field) => field.name && field.type !== "hidden" && !["file", "password", "submit"].includes(field.type) && field.tagName !== "BUTTON");
const shown = (field) => (field.type === "checkbox" ? (field.checked ? "✓" : "") : field.tagName === "SELECT" ? [...field.selectedOptions].map((one) => one.label).join("、") : field.value);
const came = (field) => (field.type === "checkbox" ? (field.defaultChecked ? "✓" : "") : field.tagName === "SELECT" ? [...field.options].filter((one) => one.defaultSelected).map((one) => one.label).join("、") : field.defaultValue);
const label = (field) => (field.labels?.[0]?.textContent ?? field.name).replace("*", "").trim();

function learn(root) {
  for (const form of root.querySelectorAll?.("form[data-ticket]") ?? []) {
    if (!known.has(form)) known.set(form, new Map(fields(form).map((field) => [field.name, came(field)])));
  }
}

/** The same form as the server would give it now; null where it is no longer given. */
async function present(form) {
  const response = await fetch(form.action, { headers: { "HX-Request": "true" }, credentials: "same-origin" }).catch(() => null);
  if (!response?.ok || response.redirected) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.getElementById(form.id);
}

async function check(form) {
  const version = form.elements.expected_version;
  if (form.dataset.presenceFor || !version?.value || form.querySelector("button[data-busy], button:disabled")) return;
  const now = await present(form);
  if (!form.isConnected || !now || now.elements.expected_version?.value === version.value) return;
  const box = form.querySelector("[data-changed]");
  box.hidden = false;
  box.querySelector("[data-words]").textContent = say("changed_meanwhile", { time: hourOf.format(new Date(realmNow())) });
  box.querySelector("button").onclick = () => compare(form, now);
}

function cell(row, text, head) {
  const one = Object.assign(document.createElement(head ? "th" : "td"), { textContent: text || "—" });
  if (head) one.scope = "row";
  row.append(one);
  return one;
}

/** A dialog: each field as it came, as it is now, as it was typed; and whose shall stand. */
function compare(form, now) {
  const dialog = document.getElementById("differences").content.firstElementChild.cloneNode(true);
  const body = dialog.querySelector("tbody");
  const before = known.get(form) ?? new Map();
  let changed = 0;
  for (const field of fields(form)) {
    const theirs = now.elements[field.name];
    if (!theirs || theirs instanceof RadioNodeList) continue;
    const [old, other, mine] = [before.get(field.name) ?? "", came(theirs), shown(field)];
    if (old === other && mine === other) continue;
    const row = document.createElement("tr");
    cell(row, label(field), true);
    cell(row, old);
    cell(row, other).className = old === other ? "" : "theirs";
    cell(row, mine);
    body.append(row);
    changed += old === other ? 0 : 1;
  }
  dialog.querySelector("[data-none]").hidden = changed > 0;
  dialog.querySelector("table").hidden = !body.children.length;
  const settle = (take) => () => {
    form.elements.expected_version.value = now.elements.expected_version.value;
    for (const field of take ? fields(form) : []) {
      const theirs = now.elements[field.name];
      if (!theirs || theirs instanceof RadioNodeList) continue;
      if (field.type === "checkbox") field.checked = theirs.defaultChecked;
      else field.value = theirs.value;
    }
    known.set(form, new Map(fields(now).map((field) => [field.name, came(field)])));
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.querySelector("[data-changed]").hidden = true;
    dialog.close();
  };
  dialog.querySelector("[data-theirs]").onclick = settle(true);
  dialog.querySelector("[data-mine]").onclick = settle(false);
  dialog.addEventListener("close", () => dialog.remove());
  document.getElementById("main").append(dialog);
  dialog.showModal();
}

/** Ask, listen and tell. */
export function startPresence() {
  if (!document.body.dataset.presenceUrl) return;
  learn(document);
  document.addEventListener("forms", ({ detail }) => (learn(detail), ask()));
  document.addEventListener("htmx:after:swap", () => learn(document));
  for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => (acted = performance.now()), { passive: true });
  document.addEventListener("focusin", (event) => event.target.closest?.("form[data-ticket]") && performance.now() - asked > 1000 && ask());
  document.addEventListener("journal", ({ detail }) => {
    for (const form of forms()) if (new URL(form.action).pathname.includes(detail.subject_id)) check(form);
  });
  addEventListener("pagehide", () => ask(true));
  setInterval(() => due() && ask(), 1000);
  ask();
}
