// The stream's state in the top bar, and the red bar across the page when it is dead.

import { realmNow, span } from "./clock.js";

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
  return new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", timeStyle: "medium", hourCycle: "h23" }).format(realmNow());
}

function draw() {
  const gone = performance.now() - since;
  if (gone < PATIENCE) return;
  bar.hidden = false;
  bar.replaceChildren(
    Object.assign(document.createElement("span"), { textContent: `数据流断开 ${span(gone)}，页面停在 ${stopped}` }),
    Object.assign(document.createElement("span"), { className: "detail", textContent: `正在重连，第 ${attempts} 次` }),
  );
}

/** The stream runs. */
export function streamOpen() {
  if (ended) return;
  clearInterval(timer);
  since = timer = 0;
  bar.hidden = true;
  mark("open", "数据流");
}

/** The stream is cut off; short gaps go by unmentioned. */
export function streamDead(tries) {
  if (ended) return;
  attempts = tries;
  mark("dead", "数据流断开");
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
  mark("dead", "会话已结束");
  const next = encodeURIComponent(location.pathname + location.search);
  const link = Object.assign(document.createElement("a"), { href: `${document.body.dataset.login}?next=${next}`, textContent: "重新登录" });
  bar.replaceChildren(Object.assign(document.createElement("span"), { textContent: "会话已结束，页面不再更新。填过的内容还在，登录后自动取回。" }), link);
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
