// Starts every part of the front end; each is a small module of its own.
import "htmx.org/dist/htmx.esm.js";
import { startAsking } from "./asking.js";
import { startClock } from "./clock.js";
import { startComboboxes } from "./combobox.js";
import { startCopying } from "./copying.js";
import { startDialogs } from "./dialog.js";
import { startForms } from "./forms.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { startLocating } from "./locating.js";
import { startNotices } from "./notices.js";
import { startPhrases } from "./phrases.js";
import { startPresence } from "./presence.js";
import { startSearch } from "./search.js";
import { startSound } from "./sound.js";
import { startTheme } from "./theme.js";

startClock();
startCopying();
startDialogs();
startForms();
startAsking();
startComboboxes();
startLocating();
startNotices();
startPhrases();
startPresence();
startTheme();
startKeys();
startLive();
startSound();
startSearch();

/** Drawings and the editor are large: they are loaded where they are used. */
function draw() {
  if (document.querySelector("[data-chart]:not([data-drawn])")) import("./chart.js").then(({ startCharts }) => startCharts());
  if (document.querySelector("[data-bars]:not([data-drawn])")) import("./bars.js").then(({ startBars }) => startBars());
  if (document.querySelector("[data-editor]:not([data-started])")) import("./editor.js").then(({ startEditor }) => startEditor());
  if (document.querySelector("[data-map]:not([data-drawn])")) import("./map.js").then(({ startMaps }) => startMaps());
}
draw();
document.addEventListener("htmx:after:swap", draw);
