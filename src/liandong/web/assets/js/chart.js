// Hydrograph: level on the left, rain hanging from the top, marks of the plan, forecast apart from fact.
//
// Reads {quantity, unit, now, observed: [[ms, value]], forecast, band: [[ms, low, high]], rain: [[ms, mm]],
// lines: [{kind: alert|guarantee|record|limit|defense, label, value}], unit_rain} from a JSON data block or data-url.

import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { look, token } from "./figures.js";
import { language, say } from "./words.js";

echarts.use([BarChart, LineChart, AriaComponent, GridComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, TooltipComponent, SVGRenderer]);

const numbers = (points = []) => points.map(([at, ...values]) => [new Date(at).getTime(), ...values.map((v) => (v === null ? null : Number(v)))]);
const LOOKS = {
  alert: () => ({ color: token("--yellow-edge"), ink: token("--yellow"), type: "dashed", width: 2 }),
  limit: () => ({ color: token("--orange"), ink: token("--orange"), type: "dashed", width: 2 }),
  guarantee: () => ({ color: token("--warning-red"), ink: token("--red"), type: "solid", width: 2 }),
  record: () => ({ color: token("--ink3"), ink: token("--ink3"), type: "dotted", width: 1.5 }),
  defense: () => ({ color: token("--line2"), ink: token("--ink3"), type: "solid", width: 1 }),
};

/** Levels to the centimeter, as they are read; all else as it is. */
const figure = (value, unit) => (unit === "m" ? Number(value).toFixed(2) : String(Number(value)));

function two(n) {
  return String(n).padStart(2, "0");
}

const date = new Intl.DateTimeFormat(language, { timeZone: "Asia/Shanghai", month: "short", day: "numeric" });

/** The county's hour of a moment, whatever the browser's zone. */
function parts(at) {
  const moved = new Date(at + 8 * 3_600_000);
  return { day: moved.getUTCDate(), hour: moved.getUTCHours(), minute: moved.getUTCMinutes() };
}

function hour(at) {
  const { day, hour: h, minute } = parts(at);
  return h === 0 && minute === 0 ? say("hour_of_day", { day, hour: "00" }) : minute ? `${two(h)}:${two(minute)}` : `${two(h)}`;
}

function marks({ lines = [], unit }, narrow) {
  return lines.map(({ kind, label, value }) => {
    const look = (LOOKS[kind] ?? LOOKS.defense)();
    return {
      yAxis: Number(value),
      lineStyle: { color: look.color, type: look.type, width: look.width },
      label: { formatter: `${label} ${figure(value, unit)}`, color: look.ink, position: narrow ? "insideStartTop" : "end", fontWeight: kind === "record" ? 400 : 700, fontSize: 13 },
    };
  });
}

function range(data, observed, forecast, band) {
  const seen = [...observed, ...forecast].map((p) => p[1]).concat(band.flatMap((p) => [p[1], p[2]])).filter((v) => v !== null);
  if (!seen.length) return {};
  const [low, high] = [Math.min(...seen), Math.max(...seen)];
  const near = (data.lines ?? []).map((l) => Number(l.value)).filter((v) => v <= high + Math.max(1.2 * (high - low), 1) && v >= low - 0.5 * (high - low));
  const [bottom, top] = [Math.min(low, ...near), Math.max(high, ...near)];
  const pad = Math.max((top - bottom) * 0.08, 0.05);
  return { min: Math.floor((bottom - pad) * 10) / 10, max: Math.ceil((top + pad) * 10) / 10 };
}

function option(data, width) {
  const [observed, forecast, band, rain] = [data.observed, data.forecast, data.band, data.rain].map((x) => numbers(x));
  const rainOnly = !observed.length && !forecast.length;
  const narrow = width < 560;
  const right = narrow ? 12 : 96;
  const [ink, ink3, line, level] = ["--ink", "--ink3", "--line", "--chart-level"].map(token);
  const now = data.now ? new Date(data.now).getTime() : null;
  const last = observed.filter((p) => p[1] !== null).at(-1);
  const peak = forecast.reduce((best, p) => (!best || p[1] > best[1] ? p : best), null);
  const end = Math.max(...[...observed, ...forecast, ...rain].map((p) => p[0]));
  const begin = Math.min(...[...observed, ...forecast, ...(observed.length ? [] : rain)].map((p) => p[0]));
  const most = Math.max(5, ...rain.map((p) => p[1] ?? 0));
  const axis = { type: "time", min: Number.isFinite(begin) ? begin : undefined, max: Number.isFinite(end) ? end : undefined, axisLine: { lineStyle: { color: line } }, axisTick: { show: false } };
  return {
    animation: false,
    aria: { enabled: true, label: { description: describe(data, last, peak) } },
    textStyle: { fontFamily: token("--font") || "sans-serif" },
    grid: [{ left: 56, right, top: rain.length ? "28%" : 24, bottom: 30 }, { left: 56, right, top: 8, height: rainOnly ? "82%" : "24%" }],
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      backgroundColor: token("--surface"),
      borderColor: token("--line2"),
      textStyle: { color: ink, fontSize: 13 },
      axisPointer: { type: "line", lineStyle: { color: token("--line2") } },
      formatter: (items) => tip(items, data),
    },
    xAxis: [
      { ...axis, gridIndex: 0, show: !rainOnly, axisLabel: { color: ink3, fontSize: 13, formatter: hour, hideOverlap: true }, splitLine: { show: false } },
      { ...axis, gridIndex: 1, axisLabel: { show: rainOnly, color: ink3, fontSize: 13, formatter: hour, hideOverlap: true }, axisLine: { show: false } },
    ],
    yAxis: [
      { type: "value", gridIndex: 0, show: !rainOnly, scale: true, ...range(data, observed, forecast, band), axisLabel: { color: ink3, fontSize: 13, showMaxLabel: false, showMinLabel: false }, splitLine: { lineStyle: { color: line } } },
      { type: "value", gridIndex: 1, show: rain.length > 0, inverse: true, min: 0, max: Math.ceil(most * 1.1), splitNumber: 2, axisLabel: { color: ink3, fontSize: 12, formatter: (v) => (v ? `${v} mm` : "") }, splitLine: { show: false } },
    ],
    series: [
      { name: say("rain"), type: "bar", xAxisIndex: 1, yAxisIndex: 1, data: rain, barMaxWidth: 40, barMinWidth: 2, barCategoryGap: "8%", itemStyle: { color: token("--chart-rain") } },
      ...bandSeries(band),
      { name: say("forecast"), type: "line", data: forecast, symbol: "none", lineStyle: { color: level, width: 2.5, type: "dotted" }, z: 4, ...peakMark(peak, last, ink, data) },
      {
        name: say("observed"),
        type: "line",
        data: observed,
        symbol: "none",
        connectNulls: false,
        lineStyle: { color: level, width: 2.5 },
        z: 5,
        markLine: { silent: true, symbol: "none", data: [...marks(data, narrow), ...nowLine(now, ink)] },
        markArea: now && end > now ? { silent: true, itemStyle: { color: token("--sunken"), opacity: 0.55 }, data: [[{ xAxis: now }, { xAxis: end }]] } : undefined,
        markPoint: last
          ? { silent: true, symbol: "circle", symbolSize: 9, itemStyle: { color: level, borderColor: token("--surface"), borderWidth: 2 }, data: [{ coord: last, label: { formatter: figure(last[1], data.unit), position: [-44, -10], color: ink, fontSize: 15, fontWeight: 700 } }] }
          : undefined,
      },
    ],
  };
}

function nowLine(now, ink) {
  if (!now) return [];
  return [{ xAxis: now, lineStyle: { color: ink, type: "solid", width: 1.5 }, label: { formatter: say("now"), position: "end", color: ink, fontWeight: 700, fontSize: 13 } }];
}

const BAND = "band";

function bandSeries(band) {
  if (!band.length) return [];
  const quiet = { type: "line", stack: "band", symbol: "none", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } };
  return [
    { ...quiet, name: `${BAND} low`, data: band.map(([at, low]) => [at, low]) },
    { ...quiet, name: BAND, data: band.map(([at, low, high]) => [at, Number((high - low).toFixed(3))]), areaStyle: { color: token("--chart-band"), opacity: 0.8 } },
  ];
}

function peakMark(peak, last, ink, data) {
  if (!peak || (last && peak[1] <= last[1])) return {};
  const words = say("peak", { value: figure(peak[1], data.unit), time: `${hour(peak[0])}${parts(peak[0]).minute ? "" : ":00"}` });
  return { markPoint: { silent: true, symbol: "circle", symbolSize: 9, itemStyle: { color: token("--surface"), borderColor: token("--chart-level"), borderWidth: 2 }, data: [{ coord: peak, label: { formatter: words, position: "bottom", distance: 10, color: ink, fontSize: 13, fontWeight: 700 } }] } };
}

function tip(items, data) {
  if (!items.length) return "";
  const at = parts(items[0].value[0]);
  const rows = items.filter((one) => !one.seriesName.startsWith(BAND) && one.value[1] != null);
  const unit = (name) => (name === say("rain") ? "mm" : data.unit);
  return [`${date.format(items[0].value[0])} ${two(at.hour)}:${two(at.minute)}`, ...rows.map((one) => `${one.seriesName} ${one.value[1]} ${unit(one.seriesName)}`)].join("\n");
}

function describe(data, last, peak) {
  const said = [say("curve", { quantity: data.quantity ?? say("level") })];
  if (last) said.push(say("latest", { value: `${last[1]} ${data.unit}` }));
  if (peak) said.push(say("highest", { value: `${peak[1]} ${data.unit}` }));
  for (const { label, value } of data.lines ?? []) said.push(`${label} ${value}`);
  return said.join(say("comma"));
}

export const startCharts = look("chart", option);
