package ui

import (
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// EventPageData is what an event's page is drawn from.
type EventPageData struct {
	Page     programme.EventPage
	Now      time.Time
	Today    programme.Date
	Decides  bool   // the reader is the bureau
	Overview bool   // the reader may see the list of all events
	Survey   string // title of the questionnaire, "" for none
}

// EventPage shows an event: how it stands, what it is, who comes, and what the
// reader can do. The buttons come before the names, which may be many.
func EventPage(d EventPageData, l Locale) slack.ModalViewRequest {
	e := d.Page.Event
	blocks := []slack.Block{
		section(lines(bold(eventTitle(e, l)), escape(eventKind(e.Kind, l)),
			eventStanding(e, d.Now, d.Today, l)), nil),
	}
	blocks = append(blocks, eventStory(e, l)...)
	blocks = append(blocks, section(eventDetails(e, l), nil), section(moreDetails(e, d.Survey, l), nil))
	if e.Notes != "" && d.Page.Manages {
		blocks = append(blocks, small(l.T("event.page.notes", nil)))
		blocks = append(blocks, verbatim(e.Notes)...)
	}
	blocks = append(blocks, section(lines(bold(l.T("event.page.answers", nil)), pageCounts(d.Page, l)), nil))
	blocks = append(blocks, eventButtons(d, l)...)
	blocks = append(blocks, answeredNames(d.Page, l)...)
	return modal(l.T("event.page.title", nil), l, blocks...)
}

// eventStory is what happened to the event: what the bureau wants changed, why it
// is cancelled.
func eventStory(e programme.Event, l Locale) []slack.Block {
	switch {
	case e.CancelReason != "" && !e.Cancelled.IsZero():
		return []slack.Block{section(l.mrkdwn("event.page.cancel_reason", words{"Reason": e.CancelReason}), nil)}
	case e.Returned != "" && e.Approved == "":
		return []slack.Block{section(l.mrkdwn("event.page.returned", words{"Reason": e.Returned}), nil)}
	case !e.Submitted.IsZero() && e.Approved == "":
		return []slack.Block{small(l.T("event.page.submitted", words{"When": l.Moment(e.Submitted)}))}
	}
	return nil
}

// eventDetails are what the bureau approves: when, where, for whom, by whom. They
// name nobody.
func eventDetails(e programme.Event, l Locale) string {
	at := func(key, value string) string {
		if strings.TrimSpace(value) == "" {
			return ""
		}
		return l.mrkdwn(key, words{"Value": line(value, maxPlace)})
	}
	seats, until := "", ""
	if e.Capacity > 0 {
		seats = l.T("event.page.seats", words{"Seats": strconv.Itoa(e.Capacity)})
	}
	if !e.Deadline.IsZero() {
		until = l.Moment(e.Deadline)
	}
	return lines(
		l.T("event.when", words{"When": l.Span(e.Start, e.End)}),
		at("event.page.place", e.Place), at("event.page.online", e.URL), at("event.page.map", e.Map),
		at("event.page.audience", audienceWords(e.Audience, l)), at("event.page.capacity", seats),
		at("event.page.deadline", until), at("event.page.host", l.T("event.host."+string(e.Host), nil)),
		at("event.page.cohosts", l.list(e.CoHosts)), at("event.page.bring", e.Bring),
	)
}

// moreDetails are those that matter to the office alone.
func moreDetails(e programme.Event, survey string, l Locale) string {
	materials, after := "", ""
	if e.Materials != "" {
		materials = l.mrkdwn("event.page.materials", words{"Value": line(e.Materials, maxPlace)})
	}
	if survey != "" {
		after = l.mrkdwn("event.page.survey", words{"Value": survey})
	}
	approved := ""
	if e.Approved != "" && e.Host == programme.ByBureau {
		approved = l.T("event.page.approved", words{"Date": l.Date(e.Approved)})
	}
	return lines(materials, after, approved)
}

// audienceWords say for whom an event is, without names.
func audienceWords(a programme.Audience, l Locale) string {
	var roles []string
	for _, r := range a.Roles {
		roles = append(roles, l.T("role."+string(r), nil))
	}
	var parts []string
	for _, names := range [][]string{roles, a.Cohorts, a.Prefectures, a.Organisations} {
		if len(names) > 0 {
			parts = append(parts, cut(l.list(names), maxAnswer))
		}
	}
	words := strings.Join(parts, " / ")
	if n := len(a.People); n > 0 {
		named := l.T("event.page.named", map[string]any{"Count": n})
		if words == "" {
			return named
		}
		return words + " + " + named
	}
	return words
}

func pageCounts(p programme.EventPage, l Locale) string {
	waiting, arrived, guests := "", "", 0
	if n := p.Counts[programme.Waiting]; n > 0 {
		waiting = l.T("event.page.waiting", words{"N": n})
	}
	if p.Arrived > 0 {
		arrived = l.T("event.page.arrived", words{"N": p.Arrived})
	}
	for _, a := range p.Attendees {
		if a.Person.ID == "" && a.Answer != programme.Undecided {
			guests++
		}
	}
	outside := ""
	if guests > 0 {
		outside = l.T("event.page.guests", words{"N": guests})
	}
	return lines(l.T("event.counts", words{
		"Yes": p.Counts[programme.Yes], "Online": p.Counts[programme.Online], "No": p.Counts[programme.No],
		"Later": p.Counts[programme.NotYet], "Open": p.Counts[programme.Undecided], "Asked": p.Asked,
	}), outside, waiting, arrived)
}

// eventButtons are what the reader may do with the event as it stands. Each row
// fits a phone.
func eventButtons(d EventPageData, l Locale) []slack.Block {
	e, id := d.Page.Event, string(d.Page.Event.ID)
	press := func(action, label string) *slack.ButtonBlockElement { return button(action, id, l.T(label, nil)) }
	var rows [][]slack.BlockElement
	open := e.Open(d.Now)
	if open && e.Approved == "" {
		rows = append(rows, approvalButtons(d, l))
	}
	if d.Page.Manages {
		var change []slack.BlockElement
		if open {
			change = append(change, press(ActionEventMove, "button.event_move"))
		}
		if e.Cancelled.IsZero() { // materials are entered afterwards
			change = append(change, press(ActionEventChange, "button.event_change"))
		}
		rows = append(rows, append(change, press(ActionEventCopy, "button.event_copy")))
		if open {
			rows = append(rows, []slack.BlockElement{press(ActionEventAnswerFor, "button.event_answer_for"),
				press(ActionEventCancel, "button.event_cancel").WithStyle(slack.StyleDanger)})
		}
	}
	var out []slack.Block
	for _, r := range rows {
		if len(r) > 0 {
			out = append(out, row(r...))
		}
	}
	out = append(out, eventPageTools(d.Page, l)...)
	if d.Overview {
		out = append(out, row(button(ActionEventList, "0", l.T("button.event_list", nil))))
	}
	return out
}

// approvalButtons are the office's and the bureau's on an event that is not
// approved yet.
func approvalButtons(d EventPageData, l Locale) []slack.BlockElement {
	e, id := d.Page.Event, string(d.Page.Event.ID)
	asked := !e.Submitted.IsZero()
	var out []slack.BlockElement
	if d.Page.Manages {
		if !asked {
			out = append(out, button(ActionEventSubmit, id, l.T("button.event_submit", nil)).WithStyle(slack.StylePrimary).
				WithConfirm(sure(l, l.T("event.submit.title", nil), l.T("event.submit.ask", nil), l.T("button.event_submit_yes", nil))))
		}
		return append(out, button(ActionEventApproved, id, l.T("button.event_approved", nil)),
			button(ActionEventReturn, id, l.T("button.event_returned", nil)))
	}
	if d.Decides && asked {
		return decideButtons(e, l)
	}
	return nil
}

// decideButtons are the bureau's word, on its card and on the page.
func decideButtons(e programme.Event, l Locale) []slack.BlockElement {
	ask := sure(l, l.T("event.approve.title", nil), l.T("event.approve.ask", nil), l.T("button.event_approve", nil))
	return []slack.BlockElement{
		button(ActionEventApprove, string(e.ID), l.T("button.event_approve", nil)).WithStyle(slack.StylePrimary).WithConfirm(ask),
		button(ActionEventReturn, string(e.ID), l.T("button.event_return", nil)),
	}
}

// maxAnsweredNames is how many names stand under one answer.
const maxAnsweredNames = 100

// The groups of those who gave no answer.
const (
	groupSpeaks = "speaks"
	groupCame   = "came" // without a word
	groupOpen   = "open" // an answer is awaited
)

// answerGroup is under what a name stands on the page, counted as in its summary;
// "" for who was asked to speak and has not said yes.
func answerGroup(a programme.Attendee) string {
	switch {
	case a.Answer != programme.Undecided:
		return string(a.Answer)
	case a.Speaker.Speaks():
		return groupSpeaks
	case !a.Arrived.IsZero():
		return groupCame
	case a.Awaited():
		return groupOpen
	}
	return ""
}

// answeredNames lists who answered what; of those who do not come with the reason,
// where the reader may know it.
func answeredNames(p programme.EventPage, l Locale) []slack.Block {
	byGroup := map[string][]string{}
	for _, a := range p.Attendees {
		group := answerGroup(a)
		if group == "" {
			continue
		}
		who := or(line(a.Name(), maxName), l.T("person.unnamed", nil))
		if a.Reason != "" {
			who = l.T("event.page.with_reason", words{"Name": who, "Reason": line(a.Reason, maxAnswer)})
		}
		byGroup[group] = append(byGroup[group], escape(who))
	}
	var out []slack.Block
	for _, group := range []string{string(programme.Yes), string(programme.Online), string(programme.Waiting), groupSpeaks, groupCame,
		string(programme.NotYet), string(programme.No), groupOpen} {
		names := byGroup[group]
		if len(names) == 0 {
			continue
		}
		more := ""
		if rest := len(names) - maxAnsweredNames; rest > 0 {
			names, more = names[:maxAnsweredNames], l.T("home.more_people", words{"Count": rest})
		}
		out = append(out, section(lines(bold(l.T("event.group."+group, words{"Count": len(byGroup[group])})),
			cutEscaped(strings.Join(names, "\n"), maxSection-200), more), nil))
	}
	return out
}
