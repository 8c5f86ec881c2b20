// Builds the front end into static/web/build: CSS, scripts, the icon sprite.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../../../..");
const outdir = path.resolve(here, "../static/web/build");

/** One `<symbol>` for each name in icons.txt, taken from the icon package. */
async function sprite() {
  const names = (await readFile(path.join(here, "../icons.txt"), "utf8")).split(/\s+/).filter(Boolean);
  const symbols = await Promise.all(
    names.map(async (name) => {
      const file = path.join(root, "node_modules/@tabler/icons/icons/outline", `${name}.svg`);
      const svg = (await readFile(file, "utf8")).replace(/<!--[\s\S]*?-->/g, "");
      const body = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
      return `<symbol id="${name}" viewBox="0 0 24 24">${body.replace(/\s+/g, " ").trim()}</symbol>`;
    }),
  );
  await writeFile(
    path.join(outdir, "icons.svg"),
    `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`,
  );
}

const options = {
  entryPoints: [
    path.join(here, "js/app.js"),
    path.join(here, "js/live-worker.js"),
    path.join(here, "css/app.css"),
    // The map library asks for its worker as a module file of its own, which the policy allows.
    { in: path.join(root, "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs"), out: "map-worker" },
  ],
  bundle: true,
  format: "esm",
  splitting: true,
  minify: true,
  target: "chrome109",
  entryNames: "[name]",
  chunkNames: "chunk-[hash]",
  legalComments: "linked",
  logLevel: "info",
  absWorkingDir: root,
  outdir,
};

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });
await sprite();
if (process.argv.includes("--watch")) {
  await (await esbuild.context(options)).watch();
} else {
  await esbuild.build(options);
}
