// A PMTiles base map: pictures as they are, vector tiles in our colors by what their layers are called.

import { PMTiles, Protocol } from "pmtiles";
import { token } from "./map-marks.js";
import { TEXT } from "./map-style.js";

const LOOKS = [
  [/water|river|lake/i, "--map-water", "--map-river"],
  [/wood|forest|park|landuse|landcover|natural|green/i, "--map-forest", ""],
  [/build/i, "--map-built", ""],
  [/road|street|transport|highway/i, "", "--map-road-edge"],
  [/bound|admin/i, "", "--map-border"],
  [/contour/i, "", "--map-contour"],
  [/earth|land|county/i, "--map-land", ""],
];

function drawn(layer) {
  const [, area, edge] = LOOKS.find(([words]) => words.test(layer)) ?? [null, "", "--map-border"];
  const base = { source: "tiles", "source-layer": layer };
  return [
    ...(area ? [{ ...base, id: `tiles-${layer}-area`, type: "fill", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": token(area) } }] : []),
    ...(edge ? [{ ...base, id: `tiles-${layer}-line`, type: "line", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": token(edge), "line-width": 1.2 } }] : []),
  ];
}

function named(layer) {
  return {
    id: `tiles-${layer}-name`, type: "symbol", source: "tiles", "source-layer": layer, filter: ["all", ["==", ["geometry-type"], "Point"], ["has", "name"]],
    layout: { "text-field": ["coalesce", ["get", "name:zh"], ["get", "name"]], "text-font": TEXT, "text-size": 13 },
    paint: { "text-color": token("--ink2"), "text-halo-color": token("--map-land"), "text-halo-width": 1.5 },
  };
}

const order = (layer) => {
  const at = [/earth|land$/i, /landcover|landuse|wood|forest|park|natural/i, /water/i, /contour/i, /build/i, /road|transport/i, /bound|admin/i].findIndex((words) => words.test(layer));
  return at < 0 ? 9 : at;
};

/** Sources and layers of the archive; nothing where the county has loaded none. */
export async function tilesOf(base, maplibre) {
  if (!base) return { sources: {}, layers: [] };
  const url = new URL(base.url, location.href).href;
  const archive = new PMTiles(url);
  const protocol = new Protocol();
  protocol.add(archive);
  maplibre.addProtocol("pmtiles", protocol.tile);
  const where = { url: `pmtiles://${url}` };
  if (base.tiles !== "mvt") return { sources: { tiles: { type: "raster", tileSize: 256, ...where } }, layers: [{ id: "tiles", type: "raster", source: "tiles" }] };
  const ids = ((await archive.getMetadata()).vector_layers ?? []).map((one) => one.id).toSorted((a, b) => order(a) - order(b));
  return { sources: { tiles: { type: "vector", ...where } }, layers: [...ids.flatMap(drawn), ...ids.map(named)] };
}
