// The shared worker: one live stream for all pages of this browser.

import { Hub } from "./hub.js";

const hub = new Hub();

self.addEventListener("connect", (event) => {
  const [port] = event.ports;
  port.onmessage = ({ data }) => {
    if (data.join) hub.join(port, data.join);
    else if (data.leave) hub.leave(port);
    else if (data.hurry) hub.hurry();
  };
});
