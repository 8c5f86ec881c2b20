// Who rings: of all pages of this browser one, and only what the bar [data-ring] shows. The word in the
// top bar says whether it can be heard; silence never hides the bar.

import { Bell } from "./bell.js";
import { realmNow } from "./clock.js";

const button = document.querySelector("[data-sound]");
const page = document.body.dataset;
const GESTURE = "sound-gesture";
const FRESH = 6000;
let bell = null;
let leads = false;
let heard = -1;
let silent = false;
let told = { state: "off", at: -Infinity };
const channel = new BroadcastChannel("liandong-bell");

const own = () => (!bell?.runs ? "off" : silent ? "silent" : "on");

/** What this page's own sound is like; of a page that does not lead, what the one that does has answered. */
function show() {
  const state = !leads && performance.now() - told.at < FRESH ? told.state : own();
  button.dataset.state = state;
  button.textContent = button.dataset[state];
  page.soundState = state;
}

/** Ring, or hush, as the bar says; only the page that leads. */
function follow() {
  // What is real goes before what is played, and sounds as it does outside.
  const bar = document.querySelector("[data-ring][data-sounds][data-real]") ?? document.querySelector("[data-ring][data-sounds]");
  const should = Boolean(bar && leads && bell?.runs);
  if (should) bell.ring(Math.max(0, (realmNow() - Number(bar.dataset.raised)) / 1000), "real" in bar.dataset);
  else bell?.hush();
  page.ringing = should ? "yes" : "";
  show();
}

// Asking wakes the page that leads even where the browser slows its timers down.
channel.onmessage = ({ data }) => {
  if (data.ask && leads) channel.postMessage({ state: own() });
  if (!data.state) return;
  told = { state: data.state, at: performance.now() };
  if (button) show();
};

/** A context that says it runs and whose clock stands still plays nothing. */
function watch() {
  if (!leads) channel.postMessage({ ask: true });
  if (!bell?.runs) return show();
  silent = bell.context.currentTime === heard;
  heard = bell.context.currentTime;
  show();
}

/** The page whose sound runs and that asks first leads until it is closed. Without locks the page in front does. */
function lead() {
  if (leads) return;
  if (!navigator.locks) {
    const front = () => {
      leads = document.visibilityState === "visible";
      follow();
    };
    document.addEventListener("visibilitychange", front);
    return front();
  }
  navigator.locks.request("liandong-bell", () => {
    leads = true;
    follow();
    return new Promise(() => {});
  });
}

async function unlock() {
  // Without a gesture, on this page or the one it was come from, browsers keep pages silent.
  if (!navigator.userActivation?.hasBeenActive && !sessionStorage.getItem(GESTURE)) return;
  bell ??= new Bell(follow);
  const runs = await Promise.race([bell.wake(), new Promise((resolve) => setTimeout(resolve, 500, false))]);
  if (runs) lead();
  follow();
}

function gesture() {
  sessionStorage.setItem(GESTURE, "yes");
  if (!bell?.runs) unlock();
}

/** Make the desk heard. Pages without the word in the top bar make no sound. */
export function startSound() {
  // A signing in that leads to the desk is the gesture that opens its sound.
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, button ? gesture : () => sessionStorage.setItem(GESTURE, "yes"), { capture: true });
  if (!button) return;
  watch();
  unlock();
  setInterval(watch, 2000);
  button.addEventListener("click", async () => {
    await unlock();
    bell?.once("ring");
  });
  document.addEventListener("htmx:after:swap", follow);
  document.addEventListener("overdue", () => leads && bell?.runs && bell.once("overdue"));
}
