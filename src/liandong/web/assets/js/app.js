// Starts every part of the front end; each is a small module of its own.
import "htmx.org/dist/htmx.esm.js";
import { startClock } from "./clock.js";
import { startCopying } from "./copying.js";
import { startForms } from "./forms.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { startNotices } from "./notices.js";
import { startTheme } from "./theme.js";

startClock();
startCopying();
startForms();
startNotices();
startTheme();
startKeys();
startLive();

if (document.querySelector("[data-chart]")) import("./chart.js").then(({ startCharts }) => startCharts());
document.addEventListener("htmx:after:swap", () => {
  if (document.querySelector("[data-chart]:not([data-drawn])")) {
    import("./chart.js").then(({ startCharts }) => startCharts());
  }
});
