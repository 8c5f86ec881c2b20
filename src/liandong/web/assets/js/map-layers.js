// The layers on a map: fetched, switched on and off, listed, and fetched again when the journal tells of a change.

const SOON = 250;
const CROWD = 1000; // more points than this stand together where they lie close, as one sign with their number
const LISTED = 200; // rows in words; the rest are listed as the map comes nearer

/** Keeps the layers of one map true. `shownAt` is told the moment that the last answer is of. */
export class Layers {
  constructor(map, config, { panel, told, note, pick }) {
    Object.assign(this, { map, config, panel, told, note, pick, data: new Map(), timers: new Map() });
    this.on = new Set(config.layers.filter((one) => one.shown).map((one) => one.key));
    panel?.addEventListener("change", (event) => event.target.dataset.layer && this.toggle(event.target.dataset.layer, event.target.checked));
    panel?.querySelector("[data-list]").closest("details").addEventListener("toggle", () => this.list());
    map.on("moveend", () => {
      this.list();
      for (const one of config.layers) if (one.byView && this.on.has(one.key)) this.soon(one);
    });
    document.addEventListener("journal", ({ detail }) => this.heard(detail.name));
  }

  async start() {
    await Promise.all(this.config.layers.filter((one) => !one.byView || this.on.has(one.key)).map((one) => this.fetch(one)));
  }

  heard(name) {
    for (const one of this.config.layers) {
      if (one.live.some((prefix) => name.startsWith(prefix)) && (!one.byView || this.on.has(one.key))) this.soon(one);
    }
  }

  soon(one) {
    if (this.timers.has(one.key)) return;
    this.timers.set(one.key, setTimeout(() => (this.timers.delete(one.key), this.fetch(one)), SOON));
  }

  /** Where a layer is asked for; one that keeps to what is looked at is told what that is. */
  address(one) {
    if (!one.byView) return one.url;
    const { _sw: low, _ne: high } = this.map.getBounds();
    const box = [low.lng, low.lat, high.lng, high.lat].map((figure) => figure.toFixed(4));
    return `${one.url}${one.url.includes("?") ? "&" : "?"}bbox=${box.join()}`;
  }

  async fetch(one) {
    const address = this.address(one);
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!response.ok || response.redirected) throw new Error(String(response.status));
      const told = await response.json();
      if (address !== this.address(one)) return; // the map has moved on, and what lies there is asked for
      this.data.set(one.key, told);
      this.told(told.shown_at, told.shown_short);
      this.note("");
    } catch {
      this.note(this.config.words.failed);
      return;
    }
    this.show(one.key);
    this.count(one.key);
    this.list();
  }

  /** Put what was fetched onto the map; after a change of style, all of it again. */
  show(key) {
    const placed = (this.data.get(key)?.features ?? []).filter((one) => one.geometry);
    // An area is said once, at a point of its own: left to the map it would be said in every tile.
    const said = placed.filter((one) => one.properties.spot).map((one) => ({ ...one, geometry: { type: "Point", coordinates: one.properties.spot }, properties: { ...one.properties, said: true } }));
    const source = this.map.getSource(`layer-${key}`);
    const crowded = placed.length > CROWD && placed.every((one) => one.geometry.type === "Point");
    source?.setClusterOptions({ cluster: crowded });
    source?.setData({ type: "FeatureCollection", features: this.on.has(key) ? [...placed, ...said] : [] });
  }

  again() {
    for (const { key } of this.config.layers) this.show(key);
  }

  toggle(key, wanted) {
    const one = this.config.layers.find((each) => each.key === key);
    if (wanted && one.byView) this.fetch(one);
    if (wanted) this.on.add(key);
    else this.on.delete(key);
    this.show(key);
    this.list();
  }

  count(key) {
    const cell = this.panel?.querySelector(`[data-layer="${CSS.escape(key)}"]`)?.closest("label")?.querySelector("[data-count]");
    if (!cell) return;
    const all = this.data.get(key).features;
    const number = (some) => some.reduce((sum, one) => sum + (one.properties.weight ?? 1), 0);
    const placed = number(all.filter((one) => one.geometry));
    cell.textContent = placed === number(all) ? String(placed) : `${placed}/${number(all)}`;
  }

  /** The same in words, for whoever does not see or point: each leads to its place. */
  list() {
    const list = this.panel?.querySelector("[data-list]");
    if (!list?.closest("details").open) return;
    const all = this.config.layers.filter((one) => this.on.has(one.key)).flatMap((one) => this.data.get(one.key)?.features ?? []);
    const near = all.length > LISTED ? all.filter((one) => this.sees(one)) : all;
    const rows = near.slice(0, LISTED).map((one) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: [one.properties.label, one.properties.note].filter(Boolean).join(" · ") });
      button.disabled = !one.geometry;
      button.addEventListener("click", () => this.pick(one));
      return button;
    });
    if (rows.length < all.length) rows.push(this.config.words.more.replace("{}", all.length - rows.length));
    list.replaceChildren(...rows.map((one) => {
      const row = document.createElement("li");
      row.append(one);
      return row;
    }));
  }

  /** Whether a feature lies where the map shows; an area is where its name stands. */
  sees({ geometry, properties }) {
    if (!geometry) return false;
    return this.map.getBounds().contains(properties.spot ?? (geometry.type === "Point" ? geometry.coordinates : geometry.coordinates.flat(Infinity).slice(0, 2)));
  }
}
