// Bars by name: several series, stacked or side by side, lying down so that names of units are whole.
//
// Reads {unit, names, stacked, series: [{name, tone, values}]} from a JSON data block.

import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { look, token } from "./figures.js";

echarts.use([BarChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const TONES = { green: "--green", accent: "--accent", grey: "--line2", red: "--red", blue: "--blue", orange: "--orange" };

function option(data, width) {
  const [ink, ink2, line] = ["--ink", "--ink2", "--line"].map(token);
  return {
    animation: false,
    aria: { enabled: true },
    textStyle: { fontFamily: token("--font") || "sans-serif" },
    grid: { left: 8, right: 44, top: 34, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: { color: ink2, fontSize: 13 } },
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" }, backgroundColor: token("--surface"), borderColor: token("--line2"), textStyle: { color: ink, fontSize: 13 }, valueFormatter: (value) => `${value || 0} ${data.unit}` },
    xAxis: { type: "value", minInterval: data.stacked ? 1 : 0, axisLabel: { color: ink2, fontSize: 12 }, splitLine: { lineStyle: { color: line } }, name: data.unit, nameTextStyle: { color: ink2 } },
    yAxis: { type: "category", inverse: true, data: data.names, axisTick: { show: false }, axisLine: { lineStyle: { color: line } }, axisLabel: { color: ink, fontSize: 13, width: width < 560 ? 96 : 200, overflow: "break" } },
    series: data.series.map(({ name, tone, values }) => ({
      name,
      type: "bar",
      stack: data.stacked ? "all" : undefined,
      barMaxWidth: 18,
      data: values.map((value) => (value === "" ? null : Number(value))),
      itemStyle: { color: token(TONES[tone] ?? "--accent"), ...(tone === "red" ? { decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, color: token("--surface") } } : {}) },
    })),
  };
}

const tall = (data) => 76 + Math.max(1, data.names.length) * (data.stacked ? 30 : 40);

export const startBars = look("bars", option, tall);
