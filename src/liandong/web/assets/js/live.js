// Live pages: whatever an entry may have changed is asked for again; nothing needs a reload.

import { Hub } from "./hub.js";
import { refresh } from "./sections.js";
import { sessionOver, streamDead, streamOpen } from "./health.js";

const page = document.body.dataset;
let position = page.position;

function receive({ data }) {
  if (data.entry) {
    position = data.entry.place;
    // In a drill some of what is real is told too: it concerns the bar that says so, nothing else.
    if (data.entry.realm === page.realm) document.dispatchEvent(new CustomEvent("journal", { detail: data.entry }));
    refresh(data.entry);
  } else if (data.state === "open") streamOpen();
  else if (data.state === "dead") streamDead(data.attempts);
  else if (data.state === "over") sessionOver();
}

/** A port to the shared worker, or to a hub of this page's own where there is none. */
function connect() {
  if (window.SharedWorker && page.liveWorker) {
    const worker = new SharedWorker(page.liveWorker, { type: "module", name: "live" });
    worker.port.onmessage = receive;
    return worker.port;
  }
  const hub = new Hub();
  const mine = { postMessage: (data) => receive({ data }) };
  return {
    postMessage(data) {
      if (data.join) hub.join(mine, data.join);
      else if (data.leave) hub.leave(mine);
      else hub.hurry();
    },
  };
}

/** Join the browser's stream from the position this page was rendered at. */
export function startLive() {
  if (!page.liveUrl || !position) return;
  const url = new URL(page.liveUrl, location.href).href;
  const port = connect();
  const join = () => port.postMessage({ join: { url, position, who: page.reader } });
  join();
  addEventListener("pagehide", () => port.postMessage({ leave: true }));
  addEventListener("pageshow", (event) => event.persisted && join());
  addEventListener("online", () => port.postMessage({ hurry: true }));
}
