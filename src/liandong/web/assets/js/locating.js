// <select data-locating>: beside where a place was read from stands a button that asks this device where it is. Browsers tell it
// over HTTPS only, and after the person has allowed it; elsewhere there is no button.

import { say } from "./words.js";

const LONGEST = 20_000;

function fill(form, { coords }) {
  const told = { lon: coords.longitude.toFixed(6), lat: coords.latitude.toFixed(6), read_from: "wgs84" };
  for (const [name, value] of Object.entries(told)) {
    const box = form.querySelector(`[name="${name}"]`);
    box.value = value;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function draw(select) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-small", textContent: say("here") });
  const told = Object.assign(document.createElement("span"), { className: "detail" });
  told.setAttribute("role", "status");
  button.addEventListener("click", () => {
    button.disabled = true;
    told.textContent = say("locating");
    navigator.geolocation.getCurrentPosition(
      (found) => {
        fill(select.form, found);
        told.textContent = say("here_within", { meters: Math.ceil(found.coords.accuracy) });
        button.disabled = false;
      },
      (fault) => {
        told.textContent = say(fault.code === fault.PERMISSION_DENIED ? "not_allowed_here" : "not_located");
        button.disabled = false;
      },
      { enableHighAccuracy: true, timeout: LONGEST, maximumAge: 30_000 },
    );
  });
  const row = Object.assign(document.createElement("div"), { className: "row row-tight locating" });
  row.append(button, told);
  select.after(row);
}

function all(root) {
  for (const select of root.querySelectorAll("select[data-locating]:not([data-drawn])")) {
    select.dataset.drawn = "";
    draw(select);
  }
}

/** Offer it in every form that asks for a place. */
export function startLocating() {
  if (!window.isSecureContext || !navigator.geolocation) return;
  all(document);
  document.addEventListener("forms", ({ detail }) => all(detail));
  document.addEventListener("htmx:after:swap", () => all(document));
}
