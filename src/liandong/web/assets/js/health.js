// The stream's state in the top bar, and the red bar across the page when it is dead.

import { realmNow, span } from "./clock.js";
import { language, say } from "./words.js";

const PATIENCE = 3000;
const bar = document.querySelector("[data-deadbar]");
const word = document.querySelector("[data-stream]");
let since = 0;
let stopped = "";
let attempts = 0;
let timer = 0;
let ended = false;

function mark(state, text) {
  if (!word) return;
  word.dataset.state = state;
  word.textContent = text;
}

function clockFace() {
  return new Intl.DateTimeFormat(language, { timeZone: "Asia/Shanghai", timeStyle: "medium", hourCycle: "h23" }).format(realmNow());
}

function draw() {
  const gone = performance.now() - since;
  if (gone < PATIENCE) return;
  bar.hidden = false;
  bar.replaceChildren(
    Object.assign(document.createElement("span"), { textContent: say("stream_gone", { time: span(gone), stopped }) }),
    Object.assign(document.createElement("span"), { className: "detail", textContent: say("reconnecting", { n: attempts }) }),
  );
}

/** The stream runs. */
export function streamOpen() {
  if (ended) return;
  clearInterval(timer);
  since = timer = 0;
  bar.hidden = true;
  mark("open", say("stream"));
}

/** The stream is cut off; short gaps go by unmentioned. */
export function streamDead(tries) {
  if (ended) return;
  attempts = tries;
  mark("dead", say("stream_dead"));
  if (timer) return;
  since = performance.now();
  stopped = clockFace();
  timer = setInterval(draw, 1000);
}

/** The session is over: say so, keep the page and all that was typed in it. */
export function sessionOver() {
  if (ended) return;
  ended = true;
  clearInterval(timer);
  mark("dead", say("ended"));
  const next = encodeURIComponent(location.pathname + location.search);
  const link = Object.assign(document.createElement("a"), { href: `${document.body.dataset.login}?next=${next}`, textContent: say("again") });
  bar.replaceChildren(Object.assign(document.createElement("span"), { textContent: say("ended_long") }), link);
  bar.hidden = false;
}

// A request that was sent on to the sign-in page, or refused for want of a session.
document.addEventListener("htmx:before:response", (event) => {
  const { raw } = event.detail.ctx.response;
  const login = document.body.dataset.login;
  const sent = raw.redirected && login && new URL(raw.url).pathname === login;
  if (!sent && raw.status !== 401) return;
  event.preventDefault();
  sessionOver();
});
