// Sections with data-live are fetched again after entries that concern them.

import { say } from "./words.js";

const SOON = 120;
const STILL = 2000;
const state = new WeakMap();
let moved = 0;
let over = null;

addEventListener("pointermove", (event) => {
  moved = performance.now();
  over = event.target;
}, { passive: true });

/** What was merged into an incident belongs to its room, whose page names it. */
const within = (home, incident) =>
  home === incident || document.querySelector(`[data-into="${home}"][data-merged="${CSS.escape(incident ?? "")}"]`) !== null;

function concerns(section, entry) {
  const { live, incident, subject, real } = section.dataset;
  if (real === undefined && entry.realm !== document.body.dataset.realm) return false;
  const prefixes = live.split(/\s+/).filter(Boolean);
  return (
    prefixes.some((prefix) => prefix === "*" || entry.name.startsWith(prefix)) &&
    (!incident || within(incident, entry.incident)) &&
    (!subject || subject === entry.subject_id)
  );
}

/** Somebody is writing in it, has unfolded a form, or moves a pointer over it: nothing may jump just now. */
function held(section) {
  const active = document.activeElement;
  const form = active?.closest?.("form");
  if (form && section.contains(form) && active.matches("input, textarea, select")) return "writing";
  if (section.querySelector("dialog[open], details.menu[open], details[open] form")) return "writing";
  const pointing = section.matches("[data-rows]") && section.contains(over);
  return pointing && performance.now() - moved < STILL ? "pointing" : "";
}

function note(section, waiting) {
  let chip = section.querySelector(":scope > [data-changes]");
  if (!chip) {
    chip = Object.assign(document.createElement("button"), { type: "button", className: "tag tag-accent changes" });
    chip.dataset.changes = "";
    chip.addEventListener("click", () => {
      state.get(section).wanted = true;
      ask(section);
    });
    section.prepend(chip);
  }
  chip.textContent = say("changes", { n: waiting });
}

function ask(section) {
  const mine = state.get(section);
  mine.waiting = 0;
  mine.timer = 0;
  section.dispatchEvent(new CustomEvent("live", { bubbles: false }));
}

/** What came while the answer to an earlier question was on its way concerns the section that took the place. */
function hand(section, mine) {
  const heir = section.id && document.getElementById(section.id);
  if (!heir || !mine.waiting) return;
  const theirs = state.get(heir) ?? { waiting: 0, timer: 0 };
  state.set(heir, theirs);
  theirs.waiting += mine.waiting;
  mine.waiting = 0;
  theirs.timer ||= setTimeout(() => attempt(heir), SOON);
}

function attempt(section) {
  const mine = state.get(section);
  if (!section.isConnected) return hand(section, mine);
  const hold = held(section);
  if (!hold) return ask(section);
  if (hold === "writing") note(section, mine.waiting);
  mine.timer = setTimeout(() => attempt(section), 500);
}

/** Plan to fetch every section that an entry concerns; many entries make one request. */
export function refresh(entry) {
  for (const section of document.querySelectorAll("[data-live]")) {
    if (!concerns(section, entry)) continue;
    const mine = state.get(section) ?? { waiting: 0, timer: 0 };
    state.set(section, mine);
    mine.waiting += 1;
    if (!mine.timer) mine.timer = setTimeout(() => attempt(section), mine.asking ? 1000 : SOON);
  }
}

const KEYED = "[id], [data-key-row]";
const words = (row) => [...row.childNodes].map((node) => (node.querySelector?.(".countdown") || node.matches?.(".countdown, .time, .when") ? "" : node.textContent.trim())).join("|");

/** What has changed flashes once; the focus stays where it was, and what was folded stays folded. */
function remember(section) {
  const rows = new Map([...section.querySelectorAll(KEYED)].map((row) => [row.id || row.dataset.keyRow, words(row)]));
  const active = section.contains(document.activeElement) ? document.activeElement : null;
  const scrolled = section.querySelector(".scroll")?.scrollTop ?? 0;
  const folds = new Map([...section.querySelectorAll("details[data-fold]")].map((one) => [one.dataset.fold, one.open]));
  return { rows, scrolled, folds, focus: active && (active.id ? `#${CSS.escape(active.id)}` : active.getAttribute("href") && `a[href="${CSS.escape(active.getAttribute("href"))}"]`) };
}

function compare(before, section) {
  for (const row of section.querySelectorAll(KEYED)) {
    const old = before.rows.get(row.id || row.dataset.keyRow);
    if (old !== words(row) && row.matches("[data-row], .work-row, .order-row, .plain-row, .entry, tr")) row.classList.add("changed");
  }
  for (const one of section.querySelectorAll("details[data-fold]")) one.open = before.folds.get(one.dataset.fold) ?? one.open;
  if (before.scrolled) section.querySelector(".scroll")?.scrollTo({ top: before.scrolled });
  if (before.focus) section.querySelector(before.focus)?.focus({ preventScroll: true });
}

const remembered = new Map();

document.addEventListener("htmx:before:request", (event) => {
  const section = event.detail.ctx.sourceElement;
  if (!section.matches?.("[data-live]")) return;
  const mine = state.get(section) ?? { waiting: 0, timer: 0 };
  mine.asking = true;
  state.set(section, mine);
  if (section.id) remembered.set(section.id, remember(section));
});

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  if (!ctx.sourceElement.matches?.("[data-live]")) return;
  // An error page is no section: keep what is there; the stream's bar says that something is wrong.
  if (!ctx.response.raw.ok || ctx.response.raw.redirected) return event.preventDefault();
  const mine = state.get(ctx.sourceElement);
  if (!mine || mine.wanted || !held(ctx.sourceElement)) return;
  // Somebody began to write while the answer was on its way.
  event.preventDefault();
  mine.waiting ||= 1;
  mine.timer ||= setTimeout(() => attempt(ctx.sourceElement), 500);
});

document.addEventListener("htmx:after:swap", () => {
  for (const [id, before] of remembered) {
    const section = document.getElementById(id);
    if (section) compare(before, section);
    remembered.delete(id);
  }
});

document.addEventListener("htmx:finally:request", (event) => {
  const mine = state.get(event.detail.ctx.sourceElement);
  if (mine) mine.asking = mine.wanted = false;
});
