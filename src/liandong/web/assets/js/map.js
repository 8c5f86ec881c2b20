// Maps: a live one where the browser has WebGL 2, the server's sheet where it has not.

import * as maplibre from "maplibre-gl";
import { Layers } from "./map-layers.js";
import { images, token } from "./map-marks.js";
import { styleOf } from "./map-style.js";
import { tilesOf } from "./map-tiles.js";
import { Tools } from "./map-tools.js";

const LONGEST_BAR = 90;
const STEPS = [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000];

function hasWebGl(options) {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2", options));
  } catch {
    return false;
  }
}

/** A picture will do in a card where the machine would draw every point by itself; not where one works on the map. */
function isFlat(root, config) {
  const works = config.picks || config.traces || root.closest("[data-map-page]");
  return !hasWebGl() || (!works && !hasWebGl({ failIfMajorPerformanceCaveat: true }));
}

function bar(map, element, words) {
  const y = map.getContainer().clientHeight / 2;
  const per = map.unproject([0, y]).distanceTo(map.unproject([LONGEST_BAR, y]));
  const meters = STEPS.findLast((step) => step <= per) ?? STEPS[0];
  const line = document.createElement("i");
  line.style.width = `${Math.round((LONGEST_BAR * meters) / per)}px`;
  element.replaceChildren(line, meters < 1000 ? `${meters} ${words.meters}` : `${meters / 1000} ${words.kilometers}`);
  element.hidden = false;
}

/** A drawing by the server in the map's place, drawn anew when something has happened. */
function plain(root, config) {
  if (root.closest("[data-map-page]")) return location.replace("?plain=1");
  root.classList.add("map-flat");
  const theme = getComputedStyle(document.documentElement).colorScheme === "dark" ? "dark" : "light";
  const { clientWidth: width, clientHeight: height } = root;
  const query = new URLSearchParams({ bbox: config.bounds.join(), theme, width, height });
  if (config.incident) query.set("incident", config.incident);
  const picture = Object.assign(document.createElement("img"), { alt: root.dataset.label, src: `${config.sheet}?${query}` });
  root.querySelector("[data-ground]").append(picture);
  let timer = 0;
  const prefixes = config.layers.flatMap((one) => one.live);
  document.addEventListener("journal", ({ detail }) => {
    if (timer || !prefixes.some((prefix) => detail.name.startsWith(prefix))) return;
    timer = setTimeout(() => ((timer = 0), (picture.src = `${config.sheet}?${query}&after=${encodeURIComponent(detail.place)}`)), 1000);
  });
  picture.decode().then(() => (root.dataset.state = "idle"), () => {});
}

/** What panels cover is no room for the county. */
function room(root) {
  const panel = root.closest("[data-map-page]")?.querySelector("[data-layers][open]");
  const wide = root.clientWidth > 1000 && panel;
  return { top: 14, bottom: 30, right: 14, left: wide ? panel.clientWidth + 30 : 14 };
}

function built(root, config, style) {
  return new maplibre.Map({
    container: root.querySelector("[data-ground]"),
    style,
    bounds: config.bounds,
    fitBoundsOptions: { padding: room(root) },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    minZoom: 5,
    maxZoom: 19,
    fadeDuration: 0,
    renderWorldCopies: false,
    localIdeographFontFamily: token("--font"),
    locale: { "Map.Title": root.dataset.label },
  });
}

async function draw(root) {
  const block = document.getElementById(root.dataset.map);
  root.dataset.drawn = "";
  const config = JSON.parse(block.textContent);
  if (isFlat(root, config)) return plain(root, config);
  const page = root.closest("[data-map-page]");
  // On a telephone the panel would cover the map.
  if (page && innerWidth < 900) page.querySelector("[data-layers]").open = false;
  maplibre.setWorkerUrl(new URL(config.worker, location.href).href);
  const tiles = () => tilesOf(config.base.pmtiles, maplibre);
  const map = built(root, config, styleOf(config, await tiles()));
  map.touchZoomRotate.disableRotation();
  map.on("style.load", () => {
    for (const [id, made] of images()) if (!map.hasImage(id)) map.addImage(id, made.data, made.options);
  });
  const note = (text) => Object.assign(root.querySelector("[data-note]"), { textContent: text, hidden: !text });
  const told = (at, short) => (root.querySelector("[data-as-of]").textContent = `${config.words.asOf} ${page ? at : short}`);
  const pick = (one) => goTo(map, one, tools);
  const layers = new Layers(map, config, { panel: page?.querySelector("[data-layers]"), told, note, pick });
  const tools = new Tools(map, config, layers, { root, page, room: () => room(root) });
  const scale = () => bar(map, root.querySelector("[data-bar]"), config.words);
  map.on("move", scale);
  const asked = layers.start();
  map.once("style.load", async () => {
    scale();
    layers.again();
    if (config.spot && config.picks) tools.spot(config.spot);
    tools.draw();
    await asked;
    map.once("idle", () => (root.dataset.state = "idle"));
    map.triggerRepaint();
  });
  const again = async () => {
    map.setStyle(styleOf(config, await tiles()), { diff: false });
    map.once("style.load", () => (layers.again(), tools.draw()));
  };
  document.addEventListener("theme", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
}

function goTo(map, one, tools) {
  const points = one.geometry.type === "Point" ? [one.geometry.coordinates] : one.geometry.coordinates.flat(Infinity).reduce((all, figure, n, figures) => (n % 2 ? [...all, [figures[n - 1], figure]] : all), []);
  const box = points.reduce((whole, point) => whole.extend(point), new maplibre.LngLatBounds(points[0], points[0]));
  if (points.length > 1) map.fitBounds(box, { padding: 60 });
  else map.easeTo({ center: points[0], zoom: Math.max(map.getZoom(), 12) });
  tools.tell(one.properties);
}

/** Draw every map that is not drawn yet, once it comes into view. */
export function startMaps() {
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      draw(target);
    }
  });
  for (const root of document.querySelectorAll("[data-map]:not([data-drawn])")) seen.observe(root);
}
