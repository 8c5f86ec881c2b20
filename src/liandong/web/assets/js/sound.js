// Who rings: of all pages of this browser one, and only what the bar [data-ring] shows. The word in the
// top bar says whether it can be heard; silence never hides the bar.

import { Bell } from "./bell.js";
import { realmNow } from "./clock.js";

const button = document.querySelector("[data-sound]");
const page = document.body.dataset;
const GESTURE = "sound-gesture";
let bell = null;
let leads = false;
let heard = -1;
let silent = false;

function show() {
  const state = !bell?.runs ? "off" : silent ? "silent" : "on";
  button.dataset.state = state;
  button.textContent = button.dataset[state];
  page.soundState = state;
}

/** Ring, or hush, as the bar says; only the page that leads. */
function follow() {
  const bar = document.querySelector("[data-ring][data-sounds]");
  const should = Boolean(bar && leads && bell?.runs);
  if (should) bell.ring(Math.max(0, (realmNow() - Number(bar.dataset.raised)) / 1000));
  else bell?.hush();
  page.ringing = should ? "yes" : "";
  show();
}

/** A context that says it runs and whose clock stands still plays nothing. */
function watch() {
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
  show();
  unlock();
  setInterval(watch, 2000);
  button.addEventListener("click", async () => {
    await unlock();
    bell?.once("ring");
  });
  document.addEventListener("htmx:after:swap", follow);
  document.addEventListener("overdue", () => leads && bell?.runs && bell.once("overdue"));
}
