// Keyboard: what every page has, and what this one offers by data-key. Off inside fields.

import { say } from "./words.js";

const ALWAYS = [
  ["J K", say("key_move")],
  [say("press_enter"), say("key_open")],
  [say("press_ctrl_enter"), say("key_submit")],
  ["Ctrl K", say("key_search")],
  ["Esc", say("close")],
  ["?", say("key_list")],
];
const ROWS = "[data-row], .work-row, .order-row, a.plain-row";
let going = false;

function move(step) {
  const rows = [...document.querySelectorAll(ROWS)].filter((row) => row.offsetParent);
  if (!rows.length) return;
  const at = rows.findIndex((row) => "selected" in row.dataset);
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))] ?? rows[0];
  if (rows[at]) delete rows[at].dataset.selected;
  next.dataset.selected = "";
  next.scrollIntoView({ block: "nearest" });
  (next.matches("a") ? next : next.querySelector("[data-open], a, button"))?.focus({ preventScroll: true });
}

/** The keys of this page, by the words of what they press. */
function offered() {
  return [...document.querySelectorAll("[data-key]")].filter((one) => one.offsetParent).map((one) => {
    const own = [...one.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? node.textContent.trim() : "")).join("");
    const words = one.labels?.[0]?.textContent ?? (own || one.title);
    return [one.dataset.key.toUpperCase().replace(/^G/, "G "), words];
  });
}

function help() {
  document.querySelector("dialog[data-keys]")?.remove();
  const dialog = document.createElement("dialog");
  dialog.dataset.keys = "";
  dialog.setAttribute("aria-label", say("keyboard"));
  const list = document.createElement("dl");
  list.className = "facts card-body";
  for (const [key, what] of [...offered(), ...ALWAYS]) {
    list.append(Object.assign(document.createElement("dt"), { textContent: key }));
    list.append(Object.assign(document.createElement("dd"), { textContent: what }));
  }
  const close = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: say("close") });
  close.addEventListener("click", () => dialog.remove());
  const foot = Object.assign(document.createElement("div"), { className: "card-foot" });
  foot.append(close);
  dialog.append(list, foot);
  document.body.append(dialog);
  dialog.showModal();
}

/** The page's own key before that of the search box, which stands above it on every page. */
function press(key) {
  const bound = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  const target = bound.find((one) => !one.matches("[data-search-open]")) ?? bound[0];
  if (!target) return false;
  if (target.matches("input")) target.focus();
  else target.click();
  return true;
}

function closeMenus(inside) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(inside)) menu.open = false;
}

const SINGLE = { j: () => move(1), k: () => move(-1), "?": help, "/": () => press("/") };

function single(event) {
  const key = event.key.toLowerCase();
  if (going) {
    going = false;
    return press(`g${key}`);
  }
  if (key === "g") return (going = true);
  if (SINGLE[key]) return SINGLE[key]() !== false;
  return /^[a-z]$/.test(key) && press(key);
}

/** Listen; single letters can be turned off with localStorage "keys" = "off". */
export function startKeys() {
  document.addEventListener("click", (event) => event.target.closest("[data-keys-toggle]") && help());
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") closeMenus(null);
    if (event.key === "Enter" && event.ctrlKey) {
      event.target.closest("form")?.requestSubmit();
    } else if (event.key === "F2") {
      if (press("f2")) event.preventDefault();
    } else if (!event.ctrlKey && !event.altKey && !event.metaKey) {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      if (typing || localStorage.getItem("keys") === "off") return;
      if (single(event)) event.preventDefault();
    }
  });
}
