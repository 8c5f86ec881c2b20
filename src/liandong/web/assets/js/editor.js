// The editor of plans: each change is sent at once, and what comes back is put in place part by part.
//
// Form and text are two faces of one text, which the server keeps. Whoever types keeps what they
// typed: a part that comes anew takes over the focus, and every box that was not sent yet.

import { merged } from "./merging.js";
import { say } from "./words.js";

const PAUSE = 700;
let editor = null;
let queue = Promise.resolve();
let pause = 0;
let base = ""; // the text as the server gave it last
let clash = null; // the form that was refused
let composing = false;
let placing = false;
const waiting = new Map();

const here = () => location.search || "?";
// What was chosen and not yet pressed is kept, too; the text is merged by itself.
const forms = (root) => [...root.querySelectorAll("form[data-edit]")];
const boxes = (form) => [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.type !== "submit" && one.tagName !== "BUTTON");
// A step's form has a box named "id", which hides the form's own.
const idOf = (form) => form?.getAttribute("id");
const area = () => editor.querySelector("[data-text]");

function valueOf(box) {
  if (["checkbox", "radio"].includes(box.type)) return box.checked;
  return box.value;
}

function cameAs(box) {
  if (["checkbox", "radio"].includes(box.type)) return box.defaultChecked;
  if (box.tagName !== "SELECT") return box.defaultValue;
  return ([...box.options].find((one) => one.defaultSelected) ?? box.options[0])?.value ?? "";
}

const nameOf = (box) => `${idOf(box.form)} ${box.name} ${box.type === "checkbox" ? box.value : ""}`;

/** What was typed and not sent yet, with what it was typed over. */
function unsent(root, sent) {
  const kept = new Map();
  for (const form of forms(root)) {
    for (const box of boxes(form)) {
      const value = valueOf(box);
      const was = sent?.has(nameOf(box)) ? sent.get(nameOf(box)) : cameAs(box);
      if (value === was) continue;
      // What it was first typed over counts, however often the part has come anew since.
      const { over = cameAs(box), seen = form.elements.expected_version.value } = box.dataset;
      kept.set(nameOf(box), { value, over, seen });
    }
  }
  return kept;
}

function putBack(root, kept) {
  for (const form of forms(root)) {
    for (const box of boxes(form)) {
      const mine = kept.get(nameOf(box));
      if (!mine) continue;
      if (typeof mine.value === "boolean") box.checked = mine.value;
      else box.value = mine.value;
      // Typed over what another has changed since: the server is told, and asks.
      if (String(cameAs(box)) === String(mine.over)) continue;
      form.elements.expected_version.value = mine.seen;
      Object.assign(box.dataset, { over: mine.over, seen: mine.seen });
    }
  }
}

/** Which box has the focus, so that its successor gets it. */
function focusIn(part) {
  const active = document.activeElement;
  if (!active || !part.contains(active)) return null;
  const select = active.closest(".combobox")?.nextElementSibling;
  const { selectionStart: start = null, selectionEnd: end = null } = active;
  return { id: select?.id || active.id, isPicked: Boolean(select), start, end, name: active.name, form: idOf(active.form), href: active.getAttribute("href") };
}

function focusAgain(part, had) {
  if (!had) return;
  const form = had.form && document.getElementById(had.form);
  let box = (had.id && document.getElementById(had.id)) || (had.name && form?.elements[had.name]) || form?.querySelector("button");
  if (box instanceof RadioNodeList) box = box[0];
  if (had.href) box = part.querySelector(`[href="${CSS.escape(had.href)}"]`);
  if (had.isPicked && box) box = box.previousElementSibling?.querySelector("input") ?? box;
  if (!box) return;
  box.focus({ preventScroll: true });
  if (had.start !== null && box.setSelectionRange && box.type !== "date") {
    try {
      box.setSelectionRange(had.start, had.end);
    } catch {
      /* a box without a caret */
    }
  }
}

const folds = (part) => new Set([...part.querySelectorAll("details[data-fold][open]")].map((one) => one.dataset.fold));

/** The text box stays the same element: only what changed in it is changed, and the caret stays. */
function putText(next) {
  const box = area();
  const fresh = next.querySelector("[data-text]");
  if (!box || !fresh) return false;
  const theirs = fresh.value;
  const now = merged(base, theirs, box.value);
  if (now === null) {
    // The server has both, says who changed what, and asks.
    wait();
    return true;
  }
  if (now !== box.value) {
    const { selectionStart: caret, scrollTop } = box;
    const before = box.value;
    let same = 0;
    while (same < Math.min(caret, now.length) && before[same] === now[same]) same += 1;
    box.value = now;
    const moved = same === caret ? caret : Math.max(0, Math.min(now.length, caret + now.length - before.length));
    box.setSelectionRange(moved, moved);
    box.scrollTop = scrollTop;
  }
  base = theirs;
  box.form.elements.expected_version.value = next.querySelector("[name=expected_version]").value;
  if (box.value !== base) wait();
  return true;
}

/** Somebody has a list open or a character half written: nothing may come under their hands. */
const busy = (part) => composing || part.querySelector(".options:not([hidden])");

/** Put a part in place as soon as nobody is at work in it; of several that come, the last. */
function putWhenFree(id, next, sent, refused) {
  clearTimeout(waiting.get(id));
  const part = document.getElementById(id);
  if (!part) return;
  if (busy(part) && part.contains(document.activeElement)) waiting.set(id, setTimeout(() => putWhenFree(id, next, sent, refused), 150));
  else putPart(part, next, unsent(part, refused ? null : sent), refused);
}

function putPart(part, next, kept, refused) {
  if (part.id === "editor-text" && !next.hidden && !part.hidden && (refused || putText(next))) return;
  if (part.id === "editor-notice") {
    // Who else is here is asked by itself, and stays.
    // Why something was refused stays until its writer has decided, whatever comes meanwhile.
    const isOpen = clash && !next.querySelector("[data-problem]");
    for (const notice of part.querySelectorAll(`:scope > .notice${isOpen ? ":not([data-problem])" : ""}`)) notice.remove();
    for (const notice of next.querySelectorAll(":scope > .notice")) part.append(document.importNode(notice, true));
    return;
  }
  const same = part.dataset.html === next.innerHTML && part.hidden === next.hidden;
  const had = focusIn(part);
  if (same && !had) return;
  const open = folds(part);
  const scroll = [...part.querySelectorAll(".step-graph, .mends")].map((one) => [one.className, one.scrollLeft, one.scrollTop]);
  const fresh = document.importNode(next, true);
  fresh.dataset.html = next.innerHTML;
  placing = true; // taking a box away is not leaving it
  part.replaceWith(fresh);
  placing = false;
  for (const fold of fresh.querySelectorAll("details[data-fold]")) if (open.has(fold.dataset.fold)) fold.open = true;
  for (const [name, left, top] of scroll) fresh.getElementsByClassName(name)[0]?.scrollTo(left, top);
  putBack(fresh, kept);
  document.dispatchEvent(new CustomEvent("htmx:after:swap", { detail: {} }));
  focusAgain(fresh, had);
}

async function take(response, { sent, url, form } = {}) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const next = page.getElementById("editor");
  if (!next) return;
  const refused = response.status >= 400;
  if (form) clash = refused ? { id: form } : null;
  // What was typed over another's change stays as it is until its writer has decided.
  const disputed = response.status === 409 && form && document.getElementById(form)?.closest("[data-part]");
  editor.dataset.version = next.dataset.version;
  editor.className = next.className;
  for (const fresh of page.querySelectorAll("[data-part]")) {
    if (fresh.id !== disputed?.id) putWhenFree(fresh.id, fresh, sent, refused);
  }
  const query = response.headers.get("X-Editor-Query");
  if (url || query) history.replaceState(null, "", (url ?? `${location.pathname}${query}`) || location.href);
  if (area() && !base) base = area().defaultValue;
  offerMine();
}

function offerMine() {
  const mine = editor.querySelector("[data-mine]");
  const form = clash && document.getElementById(clash.id);
  if (mine) mine.hidden = !form?.matches("[data-form], [data-write]");
}

function trouble(words) {
  const box = Object.assign(document.createElement("div"), { className: "notice notice-bad" });
  box.setAttribute("role", "alert");
  box.append(Object.assign(document.createElement("p"), { className: "grow", textContent: words }));
  const place = document.getElementById("editor-notice");
  for (const old of place.querySelectorAll(":scope > .notice-bad")) old.remove();
  place.append(box);
}

async function ask(url, options = {}, more = {}, seen = {}) {
  const response = await fetch(url, { credentials: "same-origin", ...options, headers: { "X-Editor": "parts", ...seen } }).catch(() => null);
  if (response?.status === 204) return true;
  if (!response || response.redirected || response.status >= 500 || !response.headers.get("X-Editor-Query")) {
    trouble(say(response && !response.redirected ? "fault" : "unsent"));
    return false;
  }
  await take(response, more);
  return response.ok;
}

const after = (work) => (queue = queue.then(work).catch(() => trouble(say("fault"))));

/** Send a form as it is when its turn comes; a form that came anew meanwhile is found by its name. */
function send(id, submitter) {
  return after(async () => {
    const form = document.getElementById(id);
    if (!form) return;
    const data = new FormData(form);
    if (submitter?.name) data.set(submitter.name, submitter.value);
    const sent = new Map(boxes(form).map((box) => [nameOf(box), valueOf(box)]));
    await ask(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(data) }, { sent, form: id });
  });
}

function go(url) {
  const target = new URL(url, location.href);
  return after(async () => {
    await flush();
    await ask(target.href, {}, { url: target.href });
    const name = decodeURIComponent(target.hash.slice(1));
    if (!name) return;
    if (/^L\d+$/.test(name)) return toLine(Number(name.slice(1)));
    const boxes = ["step", "level", "head"].flatMap((kind) => [name, `${name}-0`].map((box) => `form[data-form=${kind}] [name="${CSS.escape(box)}"]`));
    const found = editor.querySelector(boxes.join()) ?? document.getElementById(`step-${name}`) ?? document.getElementById(name);
    if (!found) return;
    const fold = found.closest("details");
    if (fold) fold.open = true;
    const box = found.hidden ? found.previousElementSibling?.querySelector("input") ?? found : found;
    box.scrollIntoView({ block: "center" });
    box.focus({ preventScroll: true });
  });
}

function toLine(number) {
  const box = area();
  if (!box) return;
  const lines = box.value.split("\n");
  const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
  box.focus();
  box.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
  box.scrollTop = Math.max(0, ((number - 4) * box.scrollHeight) / lines.length);
}

/** Send the text; `settled` is the version whose clashes with it were shown, and decided. */
async function writeText(settled = "") {
  const box = area();
  if (!box || (box.value === base && !settled)) return;
  const form = box.form;
  const text = box.value;
  const state = editor.querySelector("[data-text-state]");
  const data = new URLSearchParams(new FormData(form));
  data.set("settled", settled);
  const before = base;
  base = text; // what comes back is held against what was sent
  const isDone = await ask(form.getAttribute("action"), { method: "POST", body: data }, { form: idOf(form) });
  if (!isDone) base = before;
  if (state) state.textContent = isDone ? say("saved") : "";
}

const wait = () => {
  clearTimeout(pause);
  pause = setTimeout(() => after(() => writeText()), PAUSE);
};

function flush() {
  clearTimeout(pause);
  return writeText();
}

function keys(event) {
  if (!event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.toLowerCase();
  const typing = event.target.closest?.("input:not([type=checkbox]), textarea");
  const wanted = key === "s" ? "[data-save]" : key === "z" && !event.shiftKey ? "[data-undo]" : key === "y" || (key === "z" && event.shiftKey) ? "[data-redo]" : "";
  if (!wanted || (typing && key !== "s")) return;
  event.preventDefault();
  if (typing) typing.blur();
  after(flush);
  after(() => document.querySelector(wanted)?.click());
}

function settle(event) {
  if (event.target.closest("[data-theirs]")) {
    const form = clash && document.getElementById(clash.id);
    clash = null;
    form?.reset();
    if (area()) area().value = base;
    go(location.href);
    return;
  }
  const version = event.target.closest("[data-mine]")?.value; // over which one's own is to hold
  const form = version && clash && document.getElementById(clash.id);
  if (!form) return;
  if (form.matches("[data-write]")) after(() => writeText(version));
  else {
    form.elements.expected_version.value = version;
    send(idOf(form));
  }
}

/** Take over the page of a manuscript. */
export function startEditor() {
  editor = document.getElementById("editor");
  if (!editor || editor.dataset.started) return;
  editor.dataset.started = "yes";
  document.documentElement.classList.add("with-script");
  if (area()) base = area().value;
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-edit]");
    if (placing || !form?.dataset.form || event.target.matches("[data-quiet]")) return;
    event.target.dataset.sent = String(valueOf(event.target));
    send(idOf(form));
  });
  // A box that came anew under somebody's hands tells of no change when they leave it.
  document.addEventListener("focusout", ({ target }) => {
    const form = target.closest?.("form[data-form]");
    if (placing || !form || !target.name || valueOf(target) === cameAs(target)) return;
    if (target.dataset.sent === String(valueOf(target))) return;
    target.dataset.sent = String(valueOf(target));
    send(idOf(form));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-edit], form[data-write]");
    if (!form) return;
    event.preventDefault();
    if (form.matches("[data-write]")) after(flush);
    else {
      after(flush);
      send(idOf(form), event.submitter);
    }
  });
  document.addEventListener("input", (event) => event.target.matches("[data-text]") && !event.isComposing && wait());
  document.addEventListener("compositionstart", () => (composing = true));
  document.addEventListener("compositionend", (event) => {
    composing = false;
    if (event.target.matches("[data-text]")) wait();
  });
  document.addEventListener("click", (event) => {
    settle(event);
    const link = event.target.closest?.("a[data-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.href?.baseVal ?? link.getAttribute("href"));
  });
  document.addEventListener("keydown", keys);
  document.addEventListener("journal", ({ detail }) => {
    if (detail.subject_id !== editor.dataset.subject) return;
    // One's own change is shown by the answer to it: anything newer is asked for.
    after(() => ask(`${editor.dataset.editor}${here()}`, {}, {}, { "X-Editor-Version": editor.dataset.version }));
  });
  addEventListener("pagehide", () => area() && area().value !== base && navigator.sendBeacon?.(area().form.action, new URLSearchParams(new FormData(area().form))));
  if (location.hash) go(location.href);
}
