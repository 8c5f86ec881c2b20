// What one does on a map: ask what lies around a place, measure, read a feature, pick a place for a form.

const EARTH_M = 6_371_008.8;
const rad = (degrees) => (degrees * Math.PI) / 180;

/** A circle on the ground as a ring; only drawn by: what lies in it the server reckons. */
function ring([lon, lat], meters) {
  const arc = meters / EARTH_M;
  const points = [];
  for (let step = 0; step <= 72; step += 1) {
    const turn = (2 * Math.PI * step) / 72;
    const y = Math.asin(Math.sin(rad(lat)) * Math.cos(arc) + Math.cos(rad(lat)) * Math.sin(arc) * Math.cos(turn));
    const x = rad(lon) + Math.atan2(Math.sin(turn) * Math.sin(arc) * Math.cos(rad(lat)), Math.cos(arc) - Math.sin(rad(lat)) * Math.sin(y));
    points.push([(x * 180) / Math.PI, (y * 180) / Math.PI]);
  }
  return points;
}

const feature = (type, coordinates) => ({ type: "Feature", properties: {}, geometry: { type, coordinates } });
const written = (figure) => figure.toFixed(6);

/** The tools of one map; `page` is what lies around it on the whole page, if anything does. */
export class Tools {
  constructor(map, config, layers, { root, page, room }) {
    Object.assign(this, { map, config, layers, root, page, room, mode: "", points: [], center: null, km: "3" });
    this.found = page?.querySelector("[data-found]");
    root.addEventListener("click", (event) => this.press(event));
    page?.addEventListener("click", (event) => this.choose(event));
    page?.querySelector("[data-own]")?.addEventListener("change", (event) => event.target.value && this.radius(event.target.value));
    map.on("click", (event) => this.point(event));
    document.addEventListener("keydown", (event) => this.key(event));
    if (config.traces) document.querySelector(config.traces).addEventListener("input", () => this.draw());
  }

  press(event) {
    const tool = event.target.closest("[data-tool]")?.dataset.tool;
    if (tool === "in") this.map.zoomIn();
    else if (tool === "out") this.map.zoomOut();
    else if (tool === "fit") this.map.fitBounds(this.config.bounds, { padding: this.room() });
    else if (tool === "print") event.target.closest("a").href = this.printed();
    else if (tool) this.begin(this.mode === tool ? "" : tool);
  }

  choose(event) {
    if (event.target.closest("[data-found-close]")) this.begin("");
    const km = event.target.closest("[data-km]")?.dataset.km;
    if (km) this.radius(km);
  }

  radius(km) {
    this.km = km;
    for (const one of this.page.querySelectorAll("[data-km]")) one.setAttribute("aria-pressed", String(one.dataset.km === km));
    this.ask();
  }

  begin(mode) {
    this.mode = mode;
    this.points = [];
    this.center = null;
    for (const one of this.root.querySelectorAll("[aria-pressed]")) one.setAttribute("aria-pressed", String(one.dataset.tool === mode));
    this.map.getCanvas().classList.toggle("map-pointing", Boolean(mode));
    this.open(mode);
    // From the middle of the map at once: so it works without a pointer too.
    if (mode === "circle") this.center = this.map.getCenter().toArray();
    if (mode === "circle") this.ask();
    else this.draw();
  }

  open(mode) {
    if (!this.found) return;
    this.found.hidden = !mode;
    if (!mode) return;
    const words = (name) => this.page.querySelector(`template[data-words="${name}"]`)?.content.textContent ?? "";
    this.found.querySelector("[data-found-title]").textContent = words(mode);
    this.found.querySelector("[data-radius]").hidden = mode !== "circle";
    this.say(mode === "measure" ? words("measure-hint") : "");
  }

  say(text) {
    const line = Object.assign(document.createElement("p"), { className: "detail map-touch", textContent: text });
    this.found.querySelector("[data-found-body]").replaceChildren(...(text ? [line] : []));
  }

  point({ lngLat, point }) {
    const place = [lngLat.lng, lngLat.lat];
    if (this.config.picks) return this.fill(place);
    if (this.config.traces) return this.trace(place);
    if (this.mode === "circle") {
      this.center = place;
      return this.ask();
    }
    if (this.mode === "measure") {
      this.points.push(place);
      return this.measure();
    }
    const hit = this.map.queryRenderedFeatures(point).find((one) => one.source.startsWith("layer-"));
    if (hit?.properties.point_count) this.enter(hit);
    else if (hit) this.tell(hit.properties);
  }

  /** Come near enough to tell apart what stands together. */
  async enter({ source, properties, geometry }) {
    const zoom = await this.map.getSource(source).getClusterExpansionZoom(properties.cluster_id);
    this.map.easeTo({ center: geometry.coordinates, zoom });
  }

  key(event) {
    if (this.config.traces && event.key === "Backspace" && !event.target.closest?.("input, textarea, select")) return this.untrace();
    if (!this.mode || event.target.closest?.("input, textarea")) return;
    if (event.key === "Escape") this.begin("");
    if (event.key === "Backspace" && this.mode === "measure" && this.points.pop()) this.measure();
  }

  /** The two boxes of a form get the place, as if it had been typed. */
  fill(place) {
    const form = document.querySelector(this.config.picks);
    if (!form) return;
    for (const [name, value] of [["lon", place[0]], ["lat", place[1]]]) {
      const box = form.querySelector(`[name="${name}"]`);
      box.value = written(value);
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const source = form.querySelector('[name="read_from"]');
    if (source) source.value = "wgs84";
    this.spot(place);
  }

  /** The box of a line's points; what it says is what is drawn. */
  get lineBox() {
    return document.querySelector(`${this.config.traces} [name="points"]`);
  }

  get isShifted() {
    const source = document.querySelector(`${this.config.traces} [name="read_from"]`)?.value;
    return Boolean(source) && source !== "wgs84";
  }

  /** One more point at the end of the line. Points of two systems do not make one line. */
  trace(place) {
    const lines = this.lineBox.value.split("\n").filter((one) => one.trim());
    if (this.isShifted && lines.length) return this.layers.note(this.config.words.mixed);
    document.querySelector(`${this.config.traces} [name="read_from"]`).value = "wgs84";
    this.write([...lines, place.map(written).join()]);
  }

  untrace() {
    this.write(this.lineBox.value.split("\n").filter((one) => one.trim()).slice(0, -1));
  }

  write(lines) {
    this.layers.note("");
    this.lineBox.value = lines.join("\n");
    this.lineBox.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** The points as typed; none where they are not true places of this map. */
  traced() {
    if (!this.config.traces || this.isShifted) return [];
    const places = this.lineBox.value.replaceAll("，", ",").split("\n").filter((one) => one.trim()).map((one) => one.split(",").map(Number));
    return places.filter((one) => one.length === 2 && Math.abs(one[0]) <= 180 && Math.abs(one[1]) <= 90);
  }

  spot(place) {
    this.center = place;
    this.draw();
  }

  draw() {
    const traced = this.traced();
    const given = this.config.shape ? [{ type: "Feature", properties: {}, geometry: this.config.shape }] : [];
    const shapes = [...given, ...traced.map((place) => feature("Point", place))];
    if (traced.length > 1) shapes.push(feature("LineString", traced));
    if (this.center) shapes.push(feature("Point", this.center));
    if (this.mode === "circle" && this.center) shapes.push(feature("Polygon", [ring(this.center, Number(this.km) * 1000)]));
    if (this.mode === "measure") {
      shapes.push(...this.points.map((place) => feature("Point", place)));
      if (this.points.length > 2) shapes.push(feature("Polygon", [[...this.points, this.points[0]]]));
      else if (this.points.length > 1) shapes.push(feature("LineString", this.points));
    }
    this.map.getSource("drawing")?.setData({ type: "FeatureCollection", features: shapes });
  }

  ask() {
    this.draw();
    if (!this.center) return;
    const query = new URLSearchParams({ lon: written(this.center[0]), lat: written(this.center[1]), km: this.km, layers: [...this.layers.on].join() });
    this.fetch(`${this.config.around}?${query}`);
  }

  measure() {
    this.draw();
    if (!this.points.length) return;
    const points = this.points.map((place) => place.map(written).join()).join(";");
    this.fetch(`${this.config.measure}?${new URLSearchParams({ points })}`);
  }

  async fetch(url) {
    const mine = (this.asked = Symbol(url));
    const response = await fetch(url, { credentials: "same-origin" }).catch(() => null);
    if (this.asked !== mine || !this.found) return;
    if (!response || response.redirected) return this.say(this.config.words.failed);
    const body = this.found.querySelector("[data-found-body]");
    body.innerHTML = await response.text();
  }

  /** What a feature says, and the way to its page. */
  tell({ label, note, at, url }) {
    if (!this.found) return url && location.assign(url);
    this.found.hidden = false;
    this.found.querySelector("[data-found-title]").textContent = label;
    this.found.querySelector("[data-radius]").hidden = true;
    this.say([note, at].filter(Boolean).join(" · "));
    if (!url) return;
    const link = Object.assign(document.createElement("a"), { className: "button", href: url, textContent: this.config.words.moreAbout });
    const foot = Object.assign(document.createElement("p"), { className: "map-touch" });
    foot.append(link);
    this.found.querySelector("[data-found-body]").append(foot);
  }

  printed() {
    const { _sw: low, _ne: high } = this.map.getBounds();
    const bbox = [low.lng, low.lat, high.lng, high.lat].map(written).join();
    return `${this.config.print}?${new URLSearchParams({ bbox, layers: [...this.layers.on].join() })}`;
  }
}
