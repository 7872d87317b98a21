// Blocks that show data: tables, charts, task cards. A chart is always drawn
// with its figures as a table too, so that nobody needs to see colours.

import { h } from "./dom.js";
import { link } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { t } from "./words.js";

export function table(block) {
  const rows = block.rows ?? [];
  const settings = block.column_settings ?? [];
  const cell = (tag) => (content, column) => h(tag, {
    class: [`align-${settings[column]?.align ?? "left"}`, settings[column]?.is_wrapped ? "wrapped" : ""].join(" ").trim(),
    scope: tag === "th" ? "col" : null,
  }, cellContent(content));
  return h("div", { class: "table-scroll", tabindex: 0 }, h("table", null,
    block.caption ? h("caption", null, typeof block.caption === "string" ? block.caption : block.caption.text) : null,
    h("thead", null, rows.slice(0, 1).map((row) => h("tr", null, row.map(cell("th"))))),
    h("tbody", null, rows.slice(1).map((row) => h("tr", null, row.map(cell("td")))))));
}

function cellContent(content) {
  if (content?.type === "rich_text") return richText(content);
  if (content?.type === "raw_number") return content.text ?? String(content.value);
  return content?.text ?? "";
}

const figure = (value) => new Intl.NumberFormat("ja-JP").format(value);

export function chart(block) {
  const data = block.chart ?? {};
  const pie = data.type === "pie";
  return h("figure", { class: "b-chart" },
    h("figcaption", null, block.title ?? ""),
    pie ? pieBars(data.segments ?? []) : seriesBars(data),
    h("details", null, h("summary", null, t("category")), pie ? pieTable(data.segments ?? []) : seriesTable(data)));
}

function bar(label, value, most, tone, note) {
  const line = h("div", { class: `bar tone-${tone}`, role: "presentation" });
  line.style.width = `${most > 0 ? Math.max(1, (Math.max(0, value) / most) * 100) : 0}%`;
  return h("div", { class: "bar-row" }, h("span", { class: "bar-label" }, label), h("span", { class: "bar-track" }, line), h("span", { class: "bar-value" }, note ?? figure(value)));
}

function pieBars(segments) {
  const sum = segments.reduce((total, one) => total + one.value, 0);
  return h("div", { class: "bars" }, segments.map((one, index) => bar(one.label, one.value, sum, index, `${figure(one.value)} (${sum ? Math.round((one.value / sum) * 100) : 0}%)`)));
}

function seriesBars(data) {
  const series = data.series ?? [];
  const most = Math.max(0, ...series.flatMap((one) => one.data.map((point) => point.value)));
  const valueOf = (one, category) => one.data.find((point) => point.label === category)?.value ?? 0;
  return h("div", { class: "bars" },
    series.length > 1 ? h("p", { class: "legend" }, series.map((one, index) => h("span", null, h("i", { class: `swatch tone-${index}` }), one.name))) : null,
    (data.axis_config?.categories ?? []).map((category) => series.map((one, index) => bar(index ? "" : category, valueOf(one, category), most, index))));
}

function pieTable(segments) {
  return h("table", null, h("tbody", null, segments.map((one) => h("tr", null, h("th", { scope: "row" }, one.label), h("td", { class: "align-right" }, figure(one.value))))));
}

function seriesTable(data) {
  const series = data.series ?? [];
  return h("table", null,
    h("thead", null, h("tr", null, h("th", { scope: "col" }, data.axis_config?.x_label ?? ""), series.map((one) => h("th", { scope: "col" }, one.name)))),
    h("tbody", null, (data.axis_config?.categories ?? []).map((category) => h("tr", null, h("th", { scope: "row" }, category),
      series.map((one) => h("td", { class: "align-right" }, figure(one.data.find((point) => point.label === category)?.value ?? 0)))))));
}

const MARKS = { pending: "○", in_progress: "◐", complete: "✓", error: "!" };

export function taskCard(block) {
  return h("div", { class: `b-task ${block.status ?? "pending"}` },
    block.hide_title ? null : h("p", { class: "card-title" }, h("span", { class: "task-mark", "aria-hidden": "true" }, MARKS[block.status] ?? MARKS.pending), block.title),
    block.details ? richText(block.details) : null,
    block.output ? richText(block.output) : null,
    block.sources?.length ? h("p", { class: "hint" }, `${t("sources")}: `, block.sources.map((source) => [link(source.url, source.text), " "])) : null);
}
