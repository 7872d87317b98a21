package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// How much of each kind a month's page shows; the file has all of it.
const (
	monthEvents = 15
	monthFirms  = 15
)

// SupportMonth is a support organisation's page of one month, for its superiors.
func SupportMonth(m programme.SupportMonth, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{section(lines(bold(line(m.Organisation, maxTitle)),
		l.T("digest.days", words{"From": l.Date(m.First), "To": l.Date(m.Last)})), nil), row(monthWays(m, l)...),
		header(l.T("month.held", nil))}
	if len(m.Held) == 0 {
		blocks = append(blocks, section(l.T("month.held_none", nil), nil))
	}
	for _, e := range m.Held[:min(len(m.Held), monthEvents)] {
		blocks = append(blocks, section(lines(
			bold(eventTitle(e.Event, l)), l.T("event.when", words{"When": l.Span(e.Event.Start, e.Event.End)}),
			tookPart(e.DigestEvent, l), recommendedFirms(e.DigestEvent, m.Recommended, l),
			l.T("month.own", words{"Count": e.Own}),
		), nil))
	}
	blocks = append(blocks, monthRest(len(m.Held), monthEvents, l)...)
	blocks = append(blocks, section(l.T("month.own_all", words{"Count": m.OwnCame(), "Events": len(m.Held)}), nil))
	blocks = append(blocks, monthFirmLines(m, l)...)
	if m.Recommends {
		blocks = append(blocks, header(l.T("month.recommendations", nil)),
			section(lines(l.T("support.board.quota", words{"Used": m.Quota.Used, "Most": m.Quota.Most}), recommendCounts(m.States, l)), nil))
	}
	blocks = append(blocks, header(l.T("month.next", nil)))
	if len(m.Next) == 0 {
		blocks = append(blocks, section(l.T("month.next_none", nil), nil))
	}
	for _, e := range m.Next[:min(len(m.Next), monthEvents)] {
		blocks = append(blocks, section(lines(bold(eventTitle(e, l)), l.T("event.when", words{"When": l.Span(e.Start, e.End)})), nil))
	}
	blocks = append(blocks, monthRest(len(m.Next), monthEvents, l)...)
	blocks = append(blocks, header(l.T("month.run", nil)), section(monthRun(m, l), nil), small(l.T("month.note", nil)))
	return modal(l.T("month.title", nil), l, blocks...)
}

// monthWays turn to other months, and have the file sent.
func monthWays(m programme.SupportMonth, l Locale) []slack.BlockElement {
	var out []slack.BlockElement
	if m.Before != "" {
		out = append(out, button(PickID(ActionMonth, 1), string(m.Before), l.T("button.month_before", nil)))
	}
	if m.After != "" {
		out = append(out, button(PickID(ActionMonth, 2), string(m.After), l.T("button.month_after", nil)))
	}
	return append(out, button(ActionMonthFile, string(m.First), l.T("button.month_file", nil)))
}

func monthRest(all, shown int, l Locale) []slack.Block {
	if all <= shown {
		return nil
	}
	return []slack.Block{small(digestMore(all, shown, l))}
}

// monthFirmLines are the firms of which an atsugi agreed that the organisation is told.
func monthFirmLines(m programme.SupportMonth, l Locale) []slack.Block {
	if len(m.Firms) == 0 {
		return nil
	}
	out := []string{bold(l.T("recommended.firms", nil))}
	for _, f := range m.Firms[:min(len(m.Firms), monthFirms)] {
		out = append(out, l.mrkdwn("recommended.firm", words{"Firm": line(f.Firm, maxName), "Count": f.Events}))
	}
	return append([]slack.Block{section(lines(out...), nil)}, monthRest(len(m.Firms), monthFirms, l)...)
}

// monthRun says in plain sentences who does what.
func monthRun(m programme.SupportMonth, l Locale) string {
	return lines(l.T("month.run.who", nil),
		l.T("month.run.cohosts", words{"Events": len(m.Held), "CoHosted": m.CoHosted, "Own": m.OwnCoHosted}),
		l.T("month.run.next", nil))
}

// MonthSent says where the file is.
func MonthSent(l Locale) string { return l.T("month.sent", nil) }

// supportMonthFile is the comment beside the file.
func supportMonthFile(m programme.Matter, l Locale) (string, []slack.Block) {
	return l.T("month.file.text", words{"From": l.Date(m.Month.First), "To": l.Date(m.Month.Last)}), nil
}
