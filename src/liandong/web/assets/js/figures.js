// Charts on a page: each drawn once, drawn anew when the window or the theme changes, forgotten when it leaves.

import * as echarts from "echarts/core";

export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The data of a chart: a JSON block of the page, named by the attribute, or what its address tells. */
async function read(element, block) {
  const found = document.getElementById(block);
  if (found) return JSON.parse(found.textContent);
  if (!element.dataset.url) return null;
  const response = await fetch(element.dataset.url, { headers: { Accept: "application/json" } });
  return response.ok ? response.json() : null;
}

/** Look after all charts of a kind, `data-<name>`; returns what draws those not drawn yet. */
export function look(name, option, height = () => undefined) {
  const drawn = new Map();
  const paint = ({ chart, data }, element) => chart.setOption(option(data, element.clientWidth), { notMerge: true });
  const redraw = () => drawn.forEach(paint);

  async function draw(element) {
    element.dataset.drawn = "yes";
    const data = await read(element, element.dataset[name]);
    if (!data) return;
    const chart = echarts.init(element, null, { renderer: "svg", height: height(data) });
    drawn.set(element, { chart, data });
    paint({ chart, data }, element);
    element.dataset.ready = "yes";
  }

  addEventListener("resize", () => {
    drawn.forEach(({ chart }) => chart.resize());
    redraw();
  });
  document.addEventListener("theme", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

  return () => {
    for (const [element, { chart }] of drawn) {
      if (element.isConnected) continue;
      chart.dispose();
      drawn.delete(element);
    }
    document.querySelectorAll(`[data-${name}]:not([data-drawn])`).forEach(draw);
  };
}
