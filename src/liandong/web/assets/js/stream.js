// One live stream, read by fetch: EventSource could not tell a session's end from a lost network.

const SILENCE = 40_000;
const LONGEST_WAIT = 30_000;

/** Compare two positions `epoch:position`; negative when the first is earlier. */
export function compare(a, b) {
  const [x, y] = [a, b].map((place) => place.split(":").map(Number));
  return x[0] - y[0] || x[1] - y[1];
}

/** Cut server-sent events out of text that comes in pieces. */
export function parser(tell) {
  let rest = "";
  let event = { id: "", name: "message", data: [] };
  const line = (text) => {
    if (text === "") {
      tell({ ...event, data: event.data.join("\n") });
      event = { id: "", name: "message", data: [] };
    } else if (!text.startsWith(":")) {
      const at = text.indexOf(":");
      const [field, value] = at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1).replace(/^ /, "")];
      if (field === "id") event.id = value;
      else if (field === "event") event.name = value;
      else if (field === "data") event.data.push(value);
    }
  };
  return (piece) => {
    const lines = (rest + piece).split(/\r?\n/);
    rest = lines.pop();
    lines.forEach(line);
  };
}

/** A stream that goes on from its last position until it is closed or the session is over. */
export class Stream {
  constructor(url, after, { onEntry, onState }) {
    Object.assign(this, { url, after, onEntry, onState, attempts: 0, closed: false });
    this.run();
  }

  close() {
    this.closed = true;
    this.controller?.abort();
    this.wake?.();
  }

  /** Try now rather than after the wait; asked when the network comes back. */
  hurry() {
    this.wake?.();
  }

  async run() {
    while (!this.closed) {
      const ended = await this.connect();
      if (this.closed) return;
      if (ended === "over") {
        this.closed = true;
        this.onState({ state: "over" });
        return;
      }
      this.attempts += 1;
      this.onState({ state: "dead", attempts: this.attempts });
      await this.wait(Math.min(LONGEST_WAIT, 500 * 2 ** Math.min(this.attempts - 1, 6)) * (0.75 + Math.random() / 2));
    }
  }

  wait(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => (clearTimeout(timer), resolve());
    });
  }

  async connect() {
    this.controller = new AbortController();
    const silence = () => {
      clearTimeout(this.silent);
      this.silent = setTimeout(() => this.controller.abort(), SILENCE);
    };
    silence();
    try {
      const address = `${this.url}?after=${encodeURIComponent(this.after)}`;
      const response = await fetch(address, { credentials: "include", cache: "no-store", signal: this.controller.signal });
      if (response.status === 401 || response.status === 403) return "over";
      if (!response.ok || !response.headers.get("content-type")?.startsWith("text/event-stream")) return "dead";
      this.attempts = 0;
      this.onState({ state: "open" });
      await this.read(response.body.getReader(), silence);
    } catch {
      // Lost network, silence or close: the caller decides.
    } finally {
      clearTimeout(this.silent);
      this.controller.abort();
    }
    return "dead";
  }

  async read(reader, silence) {
    const decoder = new TextDecoder();
    let cut = false;
    const parse = parser((event) => {
      if (cut) return;
      if (event.name === "cut") cut = true;
      if (event.name === "entry" && compare(event.id, this.after) > 0) {
        this.onEntry({ place: event.id, ...JSON.parse(event.data) });
      }
      if (event.id && compare(event.id, this.after) > 0) this.after = event.id;
    });
    while (!cut) {
      const { done, value } = await reader.read();
      if (done) return;
      silence();
      parse(decoder.decode(value, { stream: true }));
    }
  }
}
