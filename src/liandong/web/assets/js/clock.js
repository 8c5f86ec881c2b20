// The realm's clock: told by the server when the page was made, kept going here.

import { language, say } from "./words.js";

const { now: told, rate } = document.body.dataset;
const base = Number(told) || Date.now();
const speed = told ? Number(rate ?? 1) : 1;
const since = performance.now();
const zone = "Asia/Shanghai";
const face = new Intl.DateTimeFormat(language, { timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const date = new Intl.DateTimeFormat(language, { timeZone: zone, month: "short", day: "numeric" });
const weekday = new Intl.DateTimeFormat(language, { timeZone: zone, weekday: "short" });

/** What the realm's clock says, in milliseconds. */
export function realmNow() {
  return base + (performance.now() - since) * speed;
}

/** mm:ss, h:mm:ss over an hour, days over a day; as the server writes it. */
export function span(milliseconds) {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const two = (n) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  if (hours >= 24) return say("days", { days: Math.floor(hours / 24), time: `${two(hours % 24)}:${two(minutes)}` });
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

function countdown(element, now) {
  const [due, start] = [Number(element.dataset.due), Number(element.dataset.start)];
  const [left, whole] = [due - now, start && start < due ? due - start : 3_600_000];
  const soon = left <= Math.max(120_000, start ? whole / 4 : 0);
  const state = left < 0 ? "over" : soon ? "soon" : "calm";
  // Said once, when the time runs out before somebody's eyes.
  if (state === "over" && element.dataset.state !== "over") document.dispatchEvent(new CustomEvent("overdue"));
  element.dataset.state = state;
  element.querySelector("[data-left]").textContent = say(state === "over" ? "over" : "left", { time: span(left) });
  const share = Math.max(0, Math.min(100, Math.round((100 * left) / whole)));
  element.querySelector(".left")?.setAttribute("stroke-dasharray", `${share} 100`);
  const row = element.closest("[data-due-row]");
  row?.classList.toggle("overdue", state === "over");
  row?.classList.toggle("soon", state === "soon");
}

function tick() {
  const now = realmNow();
  const at = new Date(now);
  for (const clock of document.querySelectorAll("[data-clock]")) clock.textContent = face.format(at);
  for (const day of document.querySelectorAll("[data-date]")) {
    day.textContent = `${date.format(at)} ${weekday.format(at)}`;
  }
  for (const element of document.querySelectorAll(".countdown[data-due]")) countdown(element, now);
  // <span data-since="ms">: time that has passed; <span data-until="ms">: the bare time left.
  for (const element of document.querySelectorAll("[data-since]")) element.textContent = span(now - Number(element.dataset.since));
  for (const element of document.querySelectorAll("[data-until]")) element.textContent = span(Number(element.dataset.until) - now);
}

/** Tick every second, on the second. */
export function startClock() {
  tick();
  setInterval(tick, 1000);
  document.addEventListener("htmx:after:swap", tick);
}
