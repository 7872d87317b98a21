package ui

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// Sizes of charts (slack.md Sizes).
const (
	maxCharts     = 2 // in a message
	maxChartTitle = 50
	maxChartLabel = 20
	maxSlices     = 6
	maxBars       = 20
)

// chart is a question's marks as a picture: a pie where each person picked one of a
// few, bars otherwise; nil where there is nothing to show or too much. It only
// repeats what the text says.
func chart(t programme.Tally, l Locale) slack.Block {
	picked := 0
	for _, m := range t.Marks {
		if m.N > 0 {
			picked++
		}
	}
	if picked == 0 || len(t.Marks) > maxBars {
		return nil
	}
	labels := chartLabels(t.Marks, l)
	title := or(take(line(l.Text(t.Question.Words), maxTitle), maxChartTitle), nothing)
	alone := t.Question.Kind == programme.Single || t.Question.Kind == programme.YesNo
	if alone && picked <= maxSlices {
		var pie []slack.DataVisualizationSegment
		for i, m := range t.Marks {
			if m.N > 0 { // Slack refuses an empty slice
				pie = append(pie, slack.NewDataVisualizationSegment(labels[i], float64(m.N)))
			}
		}
		return slack.NewDataVisualizationBlock(title, slack.NewDataVisualizationPieChart(pie...))
	}
	var points []slack.DataVisualizationDataPoint
	for i, m := range t.Marks {
		points = append(points, slack.NewDataVisualizationDataPoint(labels[i], float64(m.N)))
	}
	unit := "survey.results.axis_people"
	if t.Question.Kind == programme.Ranking {
		unit = "survey.results.axis_points"
	}
	return slack.NewDataVisualizationBlock(title, slack.NewDataVisualizationBarChart(
		slack.NewDataVisualizationAxisConfig(labels...),
		slack.NewDataVisualizationDataSeries(l.T(unit, nil), points...)))
}

// chartLabels are the choices in a chart's few characters. Where one is too long, or
// two would read alike, they are numbered as they stand in the text: Slack tells bars
// apart by their labels.
func chartLabels(marks []programme.Mark, l Locale) []string {
	out, seen, long := make([]string, len(marks)), map[string]bool{}, false
	for i, m := range marks {
		out[i] = markLabel(m, maxAnswer, l)
		seen[out[i]] = true
		long = long || size(out[i]) > maxChartLabel
	}
	if !long && len(seen) == len(out) {
		return out
	}
	for i := range marks {
		out[i] = strings.TrimSpace(take(strconv.Itoa(i+1)+" "+out[i], maxChartLabel))
	}
	return out
}

// withoutCharts are the blocks for a workspace that knows no charts, nil if there is
// none among them.
func withoutCharts(blocks []slack.Block) []slack.Block {
	kept := make([]slack.Block, 0, len(blocks))
	for _, b := range blocks {
		if _, is := b.(*slack.DataVisualizationBlock); !is {
			kept = append(kept, b)
		}
	}
	if len(kept) == len(blocks) {
		return nil
	}
	return kept
}
