package ui

import (
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// eventsAPage is how many events the list shows at once: within 100 blocks, and
// within what a thumb scrolls.
const eventsAPage = 30

// EventsOnHome tells somebody who may not see all events where theirs are.
func EventsOnHome(l Locale) string { return l.T("event.list.on_home", nil) }

// EventListData is what the list of all events is drawn from.
type EventListData struct {
	Lines   []programme.EventLine
	From    int // how many events come before the page
	Now     time.Time
	Today   programme.Date
	Manages bool // the reader may make events
}

// EventList shows a page of all events: what lies ahead by start, then what was,
// the latest first.
func EventList(d EventListData, l Locale) slack.ModalViewRequest {
	var blocks []slack.Block
	if d.Manages {
		blocks = append(blocks, row(button(ActionEventNew, "", l.T("button.event_new", nil)).WithStyle(slack.StylePrimary)))
	}
	if len(d.Lines) == 0 {
		blocks = append(blocks, section(l.T("event.list.none", nil), nil))
	}
	ahead, past := aheadAndPast(d.Lines, d.Now)
	lines := slices.Concat(ahead, past)
	from := min(max(d.From, 0), max(len(lines)-1, 0))
	for i, line := range lines[from:min(from+eventsAPage, len(lines))] {
		switch {
		case i == 0 && from < len(ahead):
			blocks = append(blocks, header(l.T("event.list.ahead", nil)))
		case i == 0 || from+i == len(ahead):
			blocks = append(blocks, header(l.T("event.list.past", nil)))
		}
		blocks = append(blocks, listedEvent(line, d, l))
	}
	return modal(l.T("event.list.title", nil), l, append(blocks, listPaging(from, len(lines), l)...)...)
}

func listedEvent(line programme.EventLine, d EventListData, l Locale) slack.Block {
	e := line.Event
	return section(lines(
		bold(eventTitle(e, l)),
		escape(l.Span(e.Start, e.End)),
		eventStanding(e, d.Now, d.Today, l)+"　"+shortCounts(line.Counts, l),
		returnedWords(e, d.Manages, l),
	), button(ActionEventOpen, string(e.ID), l.T("button.open", nil)))
}

// aheadAndPast sorts what is not over by start, and what is by how long it is over.
func aheadAndPast(lines []programme.EventLine, now time.Time) (ahead, past []programme.EventLine) {
	for _, line := range lines {
		if now.Before(line.Event.End) {
			ahead = append(ahead, line)
		} else {
			past = append(past, line)
		}
	}
	slices.SortStableFunc(ahead, func(a, b programme.EventLine) int { return a.Event.Start.Compare(b.Event.Start) })
	slices.SortStableFunc(past, func(a, b programme.EventLine) int { return b.Event.Start.Compare(a.Event.Start) })
	return ahead, past
}

// listPaging are the buttons to the pages before and after.
func listPaging(from, all int, l Locale) []slack.Block {
	var out []slack.BlockElement
	if from > 0 {
		out = append(out, button(PickID(ActionEventList, 0), strconv.Itoa(max(0, from-eventsAPage)), l.T("button.page_before", nil)))
	}
	if from+eventsAPage < all {
		out = append(out, button(PickID(ActionEventList, 1), strconv.Itoa(from+eventsAPage), l.T("button.page_after", nil)))
	}
	if len(out) == 0 {
		return nil
	}
	return []slack.Block{row(out...)}
}

// shortCounts are the answers on one short line.
func shortCounts(n map[programme.Coming]int, l Locale) string {
	return l.T("event.counts_short", words{"Come": n[programme.Yes] + n[programme.Online], "No": n[programme.No],
		"Later": n[programme.NotYet], "Open": n[programme.Undecided]})
}

// eventStanding says where an event stands between the office, the bureau and those
// who come.
func eventStanding(e programme.Event, now time.Time, today programme.Date, l Locale) string {
	switch {
	case !e.Cancelled.IsZero():
		return l.T("event.state.cancelled", nil)
	case e.Held(now):
		return l.T("event.state.over", nil)
	case e.Announced(today):
		return l.T("event.state.announced", nil)
	case e.Approved != "":
		return l.T("event.state.approved", words{"Date": l.Date(e.Approved)})
	}
	return l.T("event.state."+unapprovedState(e), nil)
}

// unapprovedState is how far an event is that the bureau has not approved: sent
// back to the office, with the bureau, or not yet sent.
func unapprovedState(e programme.Event) string {
	switch {
	case e.Returned != "":
		return "returned"
	case !e.Submitted.IsZero():
		return "submitted"
	}
	return "draft"
}

// notPublic says that participants do not know of an event yet and why, "" if they
// do.
func notPublic(e programme.Event, today programme.Date, l Locale) string {
	switch {
	case e.Announced(today) || !e.Cancelled.IsZero():
		return ""
	case e.Approved != "":
		return l.T("event.state.approved", words{"Date": l.Date(e.Approved)})
	}
	return l.T("event.unapproved."+unapprovedState(e), nil)
}

// returnedWords are the bureau's own about an event that it sent back, as escaped
// markup: they are for the office.
func returnedWords(e programme.Event, office bool, l Locale) string {
	if !office || e.Approved != "" || e.Returned == "" || !e.Cancelled.IsZero() {
		return ""
	}
	return l.mrkdwn("event.page.returned", words{"Reason": line(e.Returned, maxAnswer)})
}
