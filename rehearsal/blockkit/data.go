package blockkit

import (
	"encoding/json"
	"fmt"
)

// Blocks that show data: tables, charts, cards, tasks. They are
// younger than the rest; each table follows its page in
// docs.slack.dev/reference/block-kit/blocks.

// Cells of tables.
var (
	rawText   = fields(must("text", str(1, -1)))
	rawNumber = fields(must("value", number), may("text", str(1, -1)))
	cell      = oneOf(map[string]object{"raw_text": rawText, "raw_number": rawNumber, "rich_text": richTextBody.and(blockID)})
	dataCell  = oneOf(map[string]object{"raw_text": rawText, "raw_number": rawNumber, "rich_text": richTextBody.and(blockID),
		"action_cell": fields(must("element", buttonOnly),
			may("fallback", oneOf(map[string]object{"raw_text": rawText, "raw_number": rawNumber})))})
)

const maxColumns = 20

// tableFields: up to 100 rows of 20 cells, one table a message.
var tableFields = fields(
	must("rows", list(1, 100, list(1, maxColumns, cell))),
	may("column_settings", list(0, maxColumns, orNull(fields(
		may("align", enum("left", "center", "right")),
		may("is_wrapped", boolean),
	).check))),
).with(func(w *walk, at string, _ map[string]any) {
	if w.tables++; w.tables == 2 {
		w.report(at, "only one table is allowed in a message")
	}
})

// dataTableFields: a header and up to 100 rows, all of the same length.
var dataTableFields = fields(
	must("caption", str(1, 3000)),
	must("rows", list(2, maxDataRows, list(1, maxColumns, dataCell))),
	may("page_size", integer(1, 100)),
	may("row_header_column_index", integer(0, maxColumns-1)),
).with(evenRows)

// Sizes of data tables. A newer reading of Slack's pages has twice the rows and
// twice the characters; what keeps these passes either way.
const (
	maxDataRows  = 101 // the header among them
	maxDataChars = 10_000
)

// cellChars counts the characters of a table in all its cells.
func cellChars(v any) int {
	n := 0
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			n += cellChars(item)
		}
	case map[string]any:
		if s, ok := v["text"].(string); ok {
			return chars(s)
		}
		n = cellChars(v["elements"])
	}
	return n
}

// evenRows demands a header of plain text and rows as long as the header.
func evenRows(w *walk, at string, m map[string]any) {
	rows, _ := m["rows"].([]any)
	if len(rows) == 0 {
		return
	}
	header, _ := rows[0].([]any)
	eachObject(header, func(i int, c map[string]any) {
		if t, _ := c["type"].(string); t == "rich_text" || t == "action_cell" {
			w.unsupported(fmt.Sprintf("%s/rows/0/%d", at, i), t)
		}
	})
	for i, r := range rows {
		if row, ok := r.([]any); ok && len(row) != len(header) {
			w.report(fmt.Sprintf("%s/rows/%d", at, i), fmt.Sprintf("must have %d items as the first row has", len(header)))
		}
	}
	if cellChars(rows) > maxDataChars {
		w.report(at+"/rows", fmt.Sprintf("must be less than %d characters in all cells together", maxDataChars+1))
	}
	if n, ok := asInt(m["row_header_column_index"]); ok && n >= len(header) {
		w.report(at+"/row_header_column_index", fmt.Sprintf("must be less than %d", len(header)))
	}
}

// Sizes of charts (slack.md Sizes). As with data tables, a newer reading has
// twice the segments and series.
const (
	maxCharts     = 2
	maxChartTitle = 50
	maxChartLabel = 20
	maxSeries     = 6
	maxPoints     = 20
)

var chartLabel = str(1, maxChartLabel)

// chartFields: a title and one of four charts, two charts a message.
var chartFields = fields(
	must("title", str(1, maxChartTitle)),
	must("chart", oneOf(map[string]object{
		"pie":  fields(must("segments", list(1, maxSeries, segment))),
		"bar":  plotFields,
		"area": plotFields,
		"line": plotFields,
	})),
).with(func(w *walk, at string, _ map[string]any) {
	if w.charts++; w.charts == maxCharts+1 {
		w.report(at, fmt.Sprintf("no more than %d data_visualization blocks allowed", maxCharts))
	}
})

// segment is a slice of a pie.
var segment = fields(must("label", chartLabel), must("value", func(w *walk, at string, v any) {
	number(w, at, v)
	n, _ := v.(json.Number)
	if f, err := n.Float64(); err == nil && f <= 0 {
		w.report(at, "must be greater than 0")
	}
})).check

// plotFields are those of a chart with axes.
var plotFields = fields(
	must("series", list(1, maxSeries, fields(
		must("name", chartLabel),
		must("data", list(1, maxPoints, fields(must("label", chartLabel), must("value", number)).check)),
	).check)),
	must("axis_config", fields(
		must("categories", list(1, maxPoints, chartLabel)),
		may("x_label", str(1, maxChartTitle)),
		may("y_label", str(1, maxChartTitle)),
	).check),
).with(plotAgrees)

// plotAgrees demands distinct series with one point for each category.
func plotAgrees(w *walk, at string, m map[string]any) {
	axis, _ := m["axis_config"].(map[string]any)
	categories, _ := axis["categories"].([]any)
	names := map[string]bool{}
	eachObject(m["series"], func(i int, s map[string]any) {
		place := fmt.Sprintf("%s/series/%d", at, i)
		w.claim(place, "name", s, names)
		left := map[string]bool{}
		for _, c := range categories {
			label, _ := c.(string)
			left[label] = true
		}
		eachObject(s["data"], func(j int, p map[string]any) {
			label, _ := p["label"].(string)
			if !left[label] {
				w.report(fmt.Sprintf("%s/data/%d/label", place, j), "must match one of the categories, once")
			}
			delete(left, label)
		})
		if len(left) > 0 {
			w.report(place+"/data", "must have a data point for each category")
		}
	})
}

// cardFields: a compact summary of one thing, with up to three buttons.
var cardFields = fields(
	may("hero_image", elementAt(picture)),
	may("icon", elementAt(picture)),
	may("slack_icon", slackIcon),
	may("title", text(anyText, 150)),
	may("subtitle", text(anyText, 150)),
	may("body", text(anyText, 200)),
	may("subtext", text(anyText, 200)),
	may("actions", list(1, 3, buttonOnly)),
).with(func(w *walk, at string, m map[string]any) {
	if !has(m, "hero_image") && !has(m, "title") && !has(m, "actions") && !has(m, "body") {
		w.report(at, "must define at least one of `hero_image`, `title`, `actions`, `body`")
	}
	if has(m, "icon") && has(m, "slack_icon") {
		w.report(at, "must define either `icon` or `slack_icon`")
	}
})

// slackIcon names one of Slack's own icons.
var slackIcon = oneOf(map[string]object{"icon": fields(must("name", name))})

// taskFields: one step of an agent's work.
var taskFields = fields(
	must("task_id", name),
	must("title", str(1, 3000)),
	may("status", enum("pending", "in_progress", "complete", "error")),
	may("details", richText),
	may("output", richText),
	may("sources", list(1, 100, oneOf(map[string]object{
		"url": fields(must("url", str(1, 3000)), must("text", str(1, 3000))),
	}))),
	may("hide_title", boolean),
	may("icon", slackIcon),
)

// task is a task_card inside a plan, where the type may be left out.
func task(w *walk, at string, v any) {
	if m, ok := v.(map[string]any); ok && !has(m, "type") {
		taskFields.and(blockID).checkFields(w, at, m)
		return
	}
	childOf("task_card")(w, at, v)
}
