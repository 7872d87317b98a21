package ui

import (
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// eventApproval is the card in the bureau's channel: the details to approve, later
// what became of them. A channel's card names nobody (programme.md duty 9).
func eventApproval(m programme.Matter, l Locale) (string, []slack.Block) {
	e := m.Event
	blocks := []slack.Block{
		section(lines(bold(l.T("event.approval.title", nil)), bold(eventTitle(e, l)), escape(eventKind(e.Kind, l))), nil),
		section(eventDetails(e, l), nil),
	}
	key, args := approvalState(m, l)
	if key == "" {
		blocks = append(blocks, small(l.T("event.approval.help", nil)), row(decideButtons(e, l)...))
		return l.T("event.approval.text", words{"Event": quotedTitle(e, l)}), blocks
	}
	blocks = append(blocks, section(bold(l.T(key, args)), nil))
	if key == "event.approval.returned" {
		blocks = append(blocks, section(l.mrkdwn("event.page.returned", words{"Reason": e.Returned}), nil))
	}
	return l.T("event.approval.done_text", words{"Event": quotedTitle(e, l)}), blocks
}

// approvalState says what became of the question, "" while it stands. A card's
// occasion is the moment at which it was asked.
func approvalState(m programme.Matter, l Locale) (key string, args words) {
	e := m.Event
	asked, err := time.Parse(time.RFC3339Nano, m.Notice.Occasion)
	switch {
	case !e.Cancelled.IsZero():
		return "event.cancelled", nil
	case e.Approved != "":
		return "event.approval.approved", words{"Date": l.Date(e.Approved)}
	case e.Submitted.IsZero():
		return "event.approval.returned", nil
	case err == nil && !asked.Equal(e.Submitted):
		return "event.approval.again", nil
	}
	return "", nil
}

// eventChanged tells the bureau's channel what became of an event that it approved.
func eventChanged(m programme.Matter, l Locale) (string, []slack.Block) {
	e, off := m.Event, ""
	if !e.Cancelled.IsZero() {
		off = "off_"
	}
	return l.T("event.changed."+off+"text", words{"Event": quotedTitle(e, l)}), []slack.Block{
		section(lines(bold(l.T("event.changed."+off+"title", nil)), bold(eventTitle(e, l))), nil),
		section(eventDetails(e, l), nil),
	}
}

// eventAbsent tells the office's channel who cannot come on the day after all; the
// notification names nobody.
func eventAbsent(m programme.Matter, l Locale) (string, []slack.Block) {
	return l.T("event.absent.text", words{"Event": quotedTitle(m.Event, l)}), []slack.Block{
		section(lines(bold(eventTitle(m.Event, l)), l.mrkdwn("event.absent.line", words{"Who": nameAndFirm(m.Person, l)}),
			escape(line(m.Attendance.Reason, programme.MaxReason))), nil),
		row(button(ActionEventOpen, string(m.Event.ID), l.T("button.event_open", nil))),
	}
}

// eventDecided tells the office's channel what the bureau said.
func eventDecided(e programme.Event, l Locale) (string, []slack.Block) {
	said, reason := l.T("event.decided.returned", nil), ""
	if e.Approved != "" {
		said = l.T("event.decided.approved", words{"Date": l.Date(e.Approved)})
	} else if e.Returned != "" {
		reason = l.mrkdwn("event.page.returned", words{"Reason": e.Returned})
	}
	return l.T("event.decided.text", words{"Event": quotedTitle(e, l)}), []slack.Block{
		section(lines(bold(said), escape(eventTitle(e, l)), escape(l.Span(e.Start, e.End)), reason), nil),
		row(button(ActionEventOpen, string(e.ID), l.T("button.event_open", nil))),
	}
}

// EventReturn asks what the bureau wants changed: the bureau itself, or the office
// that was told.
func EventReturn(e programme.Event, form Form, l Locale) slack.ModalViewRequest {
	in := fields{eventForm, l}
	form.Subject = string(e.ID)
	return formView(l.T("event.return.title", nil), l.T("button.event_return_yes", nil), CallbackEventReturn, form, l,
		section(lines(bold(eventTitle(e, l)), escape(l.Span(e.Start, e.End))), nil),
		in.input("returned", in.words("", programme.MaxEventText, true)),
	)
}

// ReadEventReturn is what is to be changed.
func ReadEventReturn(view slack.View) string { return readFields(view).words("returned") }

// EventApproved asks the office on which day the bureau approved, by mail or call.
func EventApproved(e programme.Event, today programme.Date, form Form, l Locale) slack.ModalViewRequest {
	in := fields{eventForm, l}
	form.Subject = string(e.ID)
	date := slack.NewDatePickerBlockElement(inputValue)
	if !today.At(0, 0, time.UTC).IsZero() {
		date.InitialDate = string(today)
	}
	return formView(l.T("event.approved.title", nil), l.T("button.event_approved_yes", nil), CallbackEventApproved, form, l,
		section(lines(bold(eventTitle(e, l)), escape(l.Span(e.Start, e.End))), nil),
		in.input("approved", date),
	)
}

// ReadEventApproved is the day that was entered.
func ReadEventApproved(view slack.View) programme.Date {
	return programme.Date(readFields(view)["approved"].SelectedDate)
}

// EventSaved says what was done with an event's form, and what comes next.
func EventSaved(e programme.Event, fresh bool, l Locale) slack.ModalViewRequest {
	said, next := l.T("event.saved.changed", nil), ""
	if fresh {
		said = l.T("event.saved.made", nil)
	}
	if e.Approved == "" {
		next = l.T("event.saved.submit_next", nil)
	}
	return modal(l.T("event.page.title", nil), l,
		section(lines(bold(said), escape(eventTitle(e, l)), escape(l.Span(e.Start, e.End)), next), nil),
		row(button(ActionEventOpen, string(e.ID), l.T("button.event_open", nil))),
	)
}

// EventDecided says that the bureau's word is kept.
func EventDecided(e programme.Event, l Locale) string {
	if e.Approved != "" {
		return l.T("event.decided.kept_approved", nil)
	}
	return l.T("event.decided.kept_returned", nil)
}
