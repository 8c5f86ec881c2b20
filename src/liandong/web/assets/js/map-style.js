// The map's style: the county's base map below, the layers above, everything in the page's own colors.

import { token, tones } from "./map-marks.js";

// The first name says how bold, the others are the page's own type: digits and letters are drawn by them too.
const FAMILIES = token("--font").split(",").map((name) => name.trim().replaceAll('"', "")).filter((name) => !/^(system-ui|sans-serif)$/.test(name));
export const TEXT = ["Liandong Regular", ...FAMILIES];
const BOLD = ["Liandong Bold", ...FAMILIES];
const is = (...layers) => ["in", ["get", "layer"], ["literal", layers]];
/** Type grows with the page's: on a telephone a little, on the wall a lot. */
const grown = () => Math.max(1, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 14);
const size = (points) => points * grown();
const wider = (...stops) => ["interpolate", ["exponential", 1.4], ["zoom"], ...stops];
const byTone = (part) => ["match", ["get", "tone"], ...Object.entries(tones()).flatMap(([name, look]) => (name === "calm" ? [] : [name, look[part]])), tones().calm[part]];
const GRAVITY = ["calm", "accent", "blue", "yellow", "orange", "red"];
const tone = ["case", ["==", ["get", "tone"], ""], "calm", ["get", "tone"]];

function line(id, filter, color, width, more = {}) {
  return { id, type: "line", source: "base", filter, layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": token(color), "line-width": width, ...more } };
}

const fill = (id, layer, color) => ({ id, type: "fill", source: "base", filter: is(layer), paint: { "fill-color": token(color) } });

const ROADS = ["match", ["get", "rank"], "trunk", 1.7, "main", 1, 0.6];
const road = (low, high) => wider(8, ["*", ROADS, low], 14, ["*", ROADS, high]);

function ground() {
  const main = ["<=", ["coalesce", ["get", "rank"], 2], 1];
  return [
    line("county-shade", is("county"), "--map-edge", 9, { "line-opacity": 0.18, "line-blur": 5 }),
    fill("county", "county", "--map-land"),
    fill("forest", "forest", "--map-forest"),
    fill("builtup", "builtup", "--map-built"),
    line("contour", is("contour", "other"), "--map-contour", 1),
    line("township", is("township"), "--map-border", 1.1, { "line-dasharray": [6, 3, 1.5, 3] }),
    line("county-edge", is("county"), "--map-edge", 1.8),
    line("river-edge", is("river"), "--map-river", wider(8, ["case", main, 2.4, 1.2], 14, ["case", main, 14, 4])),
    fill("water", "water", "--map-water"),
    line("water-edge", is("water"), "--map-river", 1),
    line("river", ["all", is("river"), main], "--map-water", wider(8, 1, 14, 10)),
    line("road-edge", is("road"), "--map-road-edge", road(2, 9)),
    line("road", is("road"), "--map-road", road(1.1, 6.4), { "line-color": ["match", ["get", "rank"], "trunk", token("--map-trunk"), token("--map-road")] }),
  ];
}

function name(id, filter, points, ink, layout = {}, halo = "--map-land") {
  return {
    id, type: "symbol", source: "base", filter: ["all", filter, ["has", "name"]],
    layout: { "text-field": ["get", "name"], "text-font": TEXT, "text-size": typeof points === "number" ? size(points) : points, "text-padding": 4, ...layout },
    paint: { "text-color": token(ink), "text-halo-color": token(halo), "text-halo-width": 1.6 },
  };
}

const beside = { "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 0.6, "text-justify": "auto" };

function names() {
  return [
    name("outside", is("outside"), 15, "--ink2", { "text-letter-spacing": 0.3 }, "--map-out"),
    name("forest-name", is("forest"), 13, "--ink2", { "text-letter-spacing": 0.15 }),
    name("river-name", is("river"), 13, "--blue", { "symbol-placement": "line", "text-letter-spacing": 0.2, "symbol-spacing": 420 }),
    name("water-name", is("water"), 13, "--blue"),
    name("place-small", ["all", is("place"), ["==", ["get", "rank"], "small"]], 12, "--ink2", { ...beside, "icon-image": "seat-small", "icon-size": 0.8 }),
    name("place", ["all", is("place"), ["!=", ["get", "rank"], "small"]], ["match", ["get", "rank"], "seat", size(16), size(14)], "--ink", { ...beside, "icon-image": ["match", ["get", "rank"], "seat", "seat-main", "seat-small"], "icon-allow-overlap": true, "symbol-sort-key": ["match", ["get", "rank"], "seat", 0, 1] }),
  ];
}

/** Layers over a source of areas, marks and labels; `sign` says how they look. */
// Width, dashes and ends of each stroke, one over the other; as the server's sheet draws them.
const STROKES = {
  dashed: [[4, [3, 1.5]]],
  dotted: [[5, [0, 1.8], "round"]],
  barred: [[4], [14, [0.21, 1]]],
  hatched: [[3, [3.3, 1.3]], [11, [0.18, 0.45]]],
};

/** Lines of a source, on a casing that parts them from the ground. */
function lines(key, source) {
  const casing = { id: `${key}-casing`, type: "line", source, filter: ["has", "stroke"], paint: { "line-color": token("--surface"), "line-width": 7, "line-opacity": 0.85 } };
  const drawn = Object.entries(STROKES).flatMap(([stroke, strokes]) =>
    strokes.map(([width, dashes, ends = "butt"], n) => ({
      id: `${key}-${stroke}-${n}`, type: "line", source, filter: ["all", ["==", ["get", "stroke"], stroke], ["!", ["has", "said"]]],
      layout: { "line-cap": ends, "line-join": "round" },
      paint: { "line-color": byTone("edge"), "line-width": width, ...(dashes ? { "line-dasharray": dashes } : {}) },
    })),
  );
  return [casing, ...drawn];
}

function over({ key, sign }) {
  const source = `layer-${key}`;
  const crowd = ["has", "point_count"];
  const place = ["all", ["==", ["geometry-type"], "Point"], ["!", ["has", "said"]], ["!", crowd]];
  const area = ["all", ["!=", ["geometry-type"], "Point"], ["!", ["has", "stroke"]]];
  return {
    areas: [
      { id: `${key}-hatch`, type: "fill", source, filter: area, paint: { "fill-pattern": ["concat", "hatch-", tone] } },
      { id: `${key}-edge`, type: "line", source, filter: area, layout: { "line-join": "round" }, paint: { "line-color": byTone("fill"), "line-width": 2.4, "line-dasharray": [4, 2.2] } },
      ...(sign === "line" ? lines(key, source) : []),
    ],
    marks: [
      {
        id: `${key}-crowd`, type: "symbol", source, filter: crowd,
        layout: {
          "icon-image": ["concat", "crowd-", ["at", ["get", "worst"], ["literal", GRAVITY]]], "icon-size": ["*", grown(), ["step", ["get", "point_count"], 1, 100, 1.25, 1000, 1.5]], "icon-allow-overlap": true,
          "text-field": ["to-string", ["get", "point_count"]], "text-font": BOLD, "text-size": size(12.5), "text-allow-overlap": true,
        },
        paint: { "text-color": token("--ink") },
      },
      { id: `${key}-mark`, type: "symbol", source, filter: place, layout: { "icon-image": ["concat", `mark-${sign}-`, tone], "icon-size": grown(), "icon-allow-overlap": true, "icon-ignore-placement": false } },
    ],
    labels: [
      {
        id: `${key}-said`, type: "symbol", source, filter: ["has", "said"],
        layout: { "text-field": ["get", "label"], "text-font": BOLD, "text-size": size(14), "text-variable-anchor": ["center", "top", "bottom"], "text-padding": 6 },
        paint: { "text-color": byTone("ink"), "text-halo-color": token("--map-land"), "text-halo-width": 2 },
      },
      {
        id: `${key}-label`, type: "symbol", source, filter: place,
        layout: {
          "text-field": ["format", ["get", "label"], { "font-scale": ["case", ["==", ["get", "note"], ""], 1, 0.9], "text-font": ["case", ["==", ["get", "note"], ""], ["literal", BOLD], ["literal", TEXT]] }, ["case", ["==", ["get", "note"], ""], "", "\n"], {}, ["get", "note"], { "text-font": ["literal", BOLD] }],
          "text-font": BOLD, "text-size": size(13.5), "text-line-height": 1.25, "text-variable-anchor": ["left", "right", "bottom", "top", "top-left", "bottom-left", "top-right", "bottom-right"], "text-radial-offset": 1.45, "text-justify": "left",
          "icon-image": ["concat", "box-", tone], "icon-text-fit": "both", "text-padding": 3, "text-max-width": 16, "symbol-sort-key": ["case", ["==", ["get", "tone"], ""], 1, 0],
        },
        paint: { "text-color": token("--ink") },
      },
    ],
  };
}

function drawing() {
  const source = "drawing";
  return [
    { id: "drawing-fill", type: "fill", source, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": token("--accent"), "fill-opacity": 0.1 } },
    { id: "drawing-line", type: "line", source, filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": token("--accent"), "line-width": 2.2 } },
    { id: "drawing-point", type: "circle", source, filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 5, "circle-color": token("--surface"), "circle-stroke-color": token("--accent"), "circle-stroke-width": 3 } },
  ];
}

const none = () => ({ type: "FeatureCollection", features: [] });
/** What stands together wears the gravest of its tones. */
const CROWDED = { clusterRadius: 56, clusterMaxZoom: 14, clusterProperties: { worst: ["max", ["max", 0, ["index-of", ["get", "tone"], ["literal", GRAVITY]]]] } };

/** The whole style. `tiles` are layers of a PMTiles base map, made by map-tiles.js. */
export function styleOf(config, tiles) {
  const base = config.base.geojson;
  const parts = config.layers.map(over);
  const sources = { drawing: { type: "geojson", data: none() }, ...tiles.sources };
  if (base) sources.base = { type: "geojson", data: new URL(base.url, location.href).href, tolerance: 0.2 };
  for (const { key } of config.layers) sources[`layer-${key}`] = { type: "geojson", data: none(), ...CROWDED };
  return {
    version: 8,
    sources,
    layers: [
      { id: "out", type: "background", paint: { "background-color": token("--map-out") } },
      ...tiles.layers,
      ...(base ? ground() : []),
      ...parts.flatMap((one) => one.areas),
      ...drawing(),
      ...(base ? names() : []),
      // The topmost is placed first: marks keep labels off themselves, labels keep names off.
      ...parts.toReversed().flatMap((one) => one.labels),
      ...parts.toReversed().flatMap((one) => one.marks),
    ],
  };
}
