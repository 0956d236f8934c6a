// SPDX-License-Identifier: Apache-2.0
// The charts of customers and of managers, from what stands in data- attributes. Drawn on canvas: nothing here writes styles or scripts into
// the page. Each chart has its numbers as a table beside it, so that nothing is lost without it.
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, LineChart, ScatterChart, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

const DAY = 86400000;
const lang = document.documentElement.lang || "en";
const dayText = new Intl.DateTimeFormat(lang, { timeZone: "UTC" });
const money = new Intl.NumberFormat(lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const short = new Intl.NumberFormat(lang, { notation: "compact" });
const still = matchMedia("(prefers-reduced-motion: reduce)");

// Styles know colours (oklch, light-dark) that the chart library does not: one pixel of it tells what the browser makes of it.
const probe = document.body.appendChild(document.createElement("span"));
probe.hidden = true;
const pixel = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
const colour = (name) => {
    probe.style.color = `var(--tblr-${name})`;
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = getComputedStyle(probe).color;
    pixel.fillRect(0, 0, 1, 1);
    const seen = pixel.getImageData(0, 0, 1, 1).data;
    return `rgba(${seen[0]},${seen[1]},${seen[2]},${seen[3] / 255})`;
};

function rhythm(data, width) {
    const text = colour("body-color"), line = colour("border-color"), quiet = colour("secondary");
    // As many of the last ones as can be told apart.
    const days = data.days.split(",").slice(-Math.max(8, Math.floor(width / 24))).map((day) => Date.parse(day));
    const at = (name) => (data[name] ? Date.parse(data[name]) : undefined);
    const today = at("today");
    // Due dates far in the future would press the purchases together: shown are those within the time of the marks, and half of it on.
    const first = days[0] ?? today, reach = Math.max(today + Math.max((today - first) / 2, 60 * DAY), at("to") ?? 0);
    const dates = [
        { word: data.wordToday, day: today, ink: text, type: "solid" },
        { word: data.wordAtRisk, day: at("atRisk"), ink: colour("warning"), type: "dashed" },
        { word: data.wordInactive, day: at("inactive"), ink: colour("danger"), type: "dashed" },
        { word: data.wordLost, day: at("lost"), ink: quiet, type: "dashed" },
    ].filter((date) => date.day !== undefined && date.day >= first && date.day <= reach).sort((a, b) => a.day - b.day);
    const from = at("from"), to = at("to");
    return {
        grid: { left: 16, right: 16, top: 64, bottom: 28 },
        tooltip: { renderMode: "richText", confine: true, formatter: (point) => `${data.wordPurchase}: ${dayText.format(point.value[0])}` },
        xAxis: {
            type: "time", min: first - 10 * DAY, max: Math.max(today, ...dates.map((date) => date.day), to ?? 0) + 10 * DAY,
            axisLine: { lineStyle: { color: line } }, splitLine: { show: false },
            axisLabel: { color: quiet, hideOverlap: true, formatter: (value) => dayText.format(value) },
        },
        yAxis: { type: "value", min: -1, max: 1, show: false },
        series: [{
            type: "scatter", symbolSize: 10, data: days.map((day) => [day, 0]), itemStyle: { color: colour("primary"), opacity: 0.85 },
            markArea: from === undefined ? undefined : {
                silent: true, itemStyle: { color: colour("primary"), opacity: 0.15 },
                label: { color: text, position: "insideBottomRight", align: "right" },
                data: [[{ name: data.wordExpected, xAxis: from }, { xAxis: to }]],
            },
            markLine: {
                silent: true, symbol: "none",
                data: dates.map((date, i) => ({
                    xAxis: date.day, lineStyle: { color: date.ink, type: date.type, width: 1.5 },
                    label: { formatter: date.word, color: text, distance: 4 + 15 * (i % 4), rotate: 0 },
                })),
            },
        }],
    };
}

function months(data) {
    const text = colour("body-color"), line = colour("border-color"), quiet = colour("secondary");
    const cents = (list) => list.split(",").map((value) => Number(value) / 100);
    return {
        grid: { left: 8, right: 8, top: 36, bottom: 8, containLabel: true },
        legend: { top: 0, left: 0, textStyle: { color: text } },
        tooltip: { renderMode: "richText", confine: true, trigger: "axis", valueFormatter: (value) => money.format(value) },
        xAxis: { type: "category", data: data.names.split(","), axisLabel: { color: quiet, hideOverlap: true }, axisLine: { lineStyle: { color: line } }, axisTick: { show: false } },
        yAxis: { type: "value", axisLabel: { color: quiet, formatter: (value) => short.format(value) }, splitLine: { lineStyle: { color: line } } },
        series: [
            { type: "bar", name: data.wordBefore, data: cents(data.before), itemStyle: { color: quiet, opacity: 0.45 }, barGap: "10%" },
            { type: "bar", name: data.wordValue, data: cents(data.values), itemStyle: { color: colour("primary") } },
        ],
    };
}

const whole = new Intl.NumberFormat(lang);
const numbers = (list) => list.split(",").map(Number);
const counted = (data, series) => {
    const text = colour("body-color"), line = colour("border-color"), quiet = colour("secondary");
    return {
        grid: { left: 8, right: 8, top: 56, bottom: 8, containLabel: true },
        legend: { top: 0, left: 0, textStyle: { color: text } },
        tooltip: { renderMode: "richText", confine: true, trigger: "axis", valueFormatter: (value) => whole.format(value) },
        xAxis: { type: "category", data: data.names.split(","), axisLabel: { color: quiet, hideOverlap: true }, axisLine: { lineStyle: { color: line }, onZero: false }, axisTick: { show: false } },
        yAxis: { type: "value", axisLabel: { color: quiet, formatter: (value) => short.format(value) }, splitLine: { lineStyle: { color: line } } },
        series,
    };
};

// How the customers stood at the end of each month.
function standing(data) {
    const bar = (name, list, ink) => ({ type: "bar", stack: "all", name, data: numbers(list), itemStyle: { color: ink } });
    return counted(data, [
        bar(data.wordBuying, data.buying, colour("success")), bar(data.wordInactive, data.inactive, colour("danger")), bar(data.wordClosed, data.closed, colour("secondary")),
    ]);
}

// What came into the account of inactive customers stands above the line, what left it below.
function flow(data) {
    const bar = (name, list, ink) => ({ type: "bar", stack: "moved", name, data: numbers(list), itemStyle: { color: ink } });
    return counted(data, [
        bar(data.wordInactive, data.inactive, colour("danger")), bar(data.wordRecovered, data.recovered, colour("success")), bar(data.wordOff, data.off, colour("secondary")),
        { type: "line", name: data.wordClosing, data: numbers(data.closing), itemStyle: { color: colour("primary") }, symbolSize: 6 },
    ]);
}

// Causes, the most frequent first, and the share that they have together.
function pareto(data, width) {
    const line = colour("border-color"), quiet = colour("secondary");
    const names = data.names.split("\n"), most = Math.max(3, Math.floor(width / 70));
    const percent = (value) => `${short.format(value)} %`;
    return {
        ...counted(data, [
            { type: "bar", name: data.wordContacts, data: numbers(data.contacts), itemStyle: { color: colour("primary") }, barMaxWidth: 60, tooltip: { valueFormatter: (value) => whole.format(value) } },
            { type: "line", name: data.wordUpto, yAxisIndex: 1, data: numbers(data.upto).map((value) => value / 100), itemStyle: { color: colour("warning") }, symbolSize: 6, tooltip: { valueFormatter: percent } },
        ]),
        xAxis: {
            type: "category", data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: line } },
            axisLabel: { color: quiet, interval: 0, width: Math.max(40, width / names.length - 12), overflow: "truncate", rotate: names.length > most ? 45 : 0 },
        },
        yAxis: [
            { type: "value", minInterval: 1, axisLabel: { color: quiet, formatter: (value) => short.format(value) }, splitLine: { lineStyle: { color: line } } },
            { type: "value", min: 0, max: 100, axisLabel: { color: quiet, formatter: percent }, splitLine: { show: false } },
        ],
    };
}

// How many days passed between two purchases.
function histogram(data) {
    const text = colour("body-color"), line = colour("border-color"), quiet = colour("secondary");
    return {
        grid: { left: 8, right: 8, top: 24, bottom: 24, containLabel: true },
        tooltip: { renderMode: "richText", confine: true, trigger: "axis", valueFormatter: (value) => whole.format(value) },
        xAxis: { type: "category", name: data.days, nameLocation: "middle", nameGap: 28, nameTextStyle: { color: text }, data: data.names.split(","), axisLabel: { color: quiet, hideOverlap: true }, axisLine: { lineStyle: { color: line } }, axisTick: { show: false } },
        yAxis: { type: "value", axisLabel: { color: quiet, formatter: (value) => short.format(value) }, splitLine: { lineStyle: { color: line } } },
        series: [{ type: "bar", name: data.word, data: numbers(data.values), barCategoryGap: "12%", itemStyle: { color: colour("primary") } }],
    };
}

// What was said against what happened: on the straight line chances can be taken at their word.
function reliability(data) {
    const text = colour("body-color"), line = colour("border-color"), quiet = colour("secondary");
    const percent = (list) => numbers(list).map((value) => value / 10000);
    const said = percent(data.said), share = percent(data.share);
    const axis = (name, gap) => ({ type: "value", min: 0, max: 100, name, nameLocation: "middle", nameGap: gap, nameTextStyle: { color: text }, axisLabel: { color: quiet, formatter: "{value} %" }, axisLine: { lineStyle: { color: line } }, splitLine: { lineStyle: { color: line } } });
    return {
        grid: { left: 24, right: 16, top: 36, bottom: 24, containLabel: true },
        legend: { top: 0, left: 0, textStyle: { color: text } },
        tooltip: { renderMode: "richText", confine: true, formatter: (point) => `${data.wordSaid} ${whole.format(point.value[0])} %, ${data.wordShare} ${whole.format(point.value[1])} %` },
        xAxis: axis(data.wordSaid, 28), yAxis: axis(data.wordShare, 42),
        series: [
            { type: "line", name: data.wordRight, data: [[0, 0], [100, 100]], symbol: "none", silent: true, lineStyle: { color: quiet, type: "dashed" }, itemStyle: { color: quiet } },
            { type: "line", name: data.wordShare, data: said.map((value, i) => [value, share[i]]), symbolSize: 8, itemStyle: { color: colour("primary") } },
        ],
    };
}

const made = { rhythm, months, standing, flow, pareto, histogram, reliability };
for (const place of document.querySelectorAll("[data-chart]")) {
    const option = made[place.dataset.chart];
    place.classList.add("drawn");
    const chart = init(place, null, { renderer: "canvas" });
    const draw = () => chart.setOption({ animation: !still.matches, textStyle: { fontFamily: "inherit" }, ...option(place.dataset, place.clientWidth) }, true);
    draw();
    new ResizeObserver(() => {
        chart.resize();
        draw();
    }).observe(place);
    new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
}
