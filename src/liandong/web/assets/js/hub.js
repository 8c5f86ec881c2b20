// One stream for many pages: each page gets every entry after its own position, once, in order.

import { compare, Stream } from "./stream.js";

const RING = 2000;

/** Shares a stream. `make` opens one; tests and the page without SharedWorker pass their own. */
export class Hub {
  constructor(make = (url, after, tell) => new Stream(url, after, tell)) {
    Object.assign(this, { make, pages: new Map(), ring: [], floor: "", stream: null, who: "", last: { state: "wait" } });
  }

  /** A page says who reads it, where the stream is and up to where it was rendered. */
  join(port, { url, position, who }) {
    this.pages.set(port, { position });
    const behind = this.floor === "" || compare(position, this.floor) < 0;
    if (!this.stream || this.stream.closed || this.who !== who || behind) {
      this.who = who;
      this.open(url, this.who === who ? this.earliest(position) : position);
    } else {
      port.postMessage(this.last);
      for (const entry of this.ring) this.give(port, entry);
    }
  }

  leave(port) {
    this.pages.delete(port);
    if (!this.pages.size) {
      this.stream?.close();
      this.stream = null;
      this.floor = "";
      this.ring = [];
    }
  }

  hurry() {
    this.stream?.hurry();
  }

  earliest(position) {
    return [...this.pages.values()].map((page) => page.position).reduce((a, b) => (compare(a, b) < 0 ? a : b), position);
  }

  open(url, after) {
    this.stream?.close();
    this.floor = after;
    this.ring = [];
    this.last = { state: "wait" };
    const stream = this.make(url, after, {
      onEntry: (entry) => this.stream === stream && this.take(entry),
      onState: (state) => this.stream === stream && this.tell(state),
    });
    this.stream = stream;
  }

  take(entry) {
    this.ring.push(entry);
    if (this.ring.length > RING) this.floor = this.ring.shift().place;
    for (const port of this.pages.keys()) this.give(port, entry);
  }

  give(port, entry) {
    const page = this.pages.get(port);
    if (compare(entry.place, page.position) <= 0) return;
    page.position = entry.place;
    port.postMessage({ entry });
  }

  tell(state) {
    this.last = state;
    for (const port of this.pages.keys()) port.postMessage(state);
  }
}
