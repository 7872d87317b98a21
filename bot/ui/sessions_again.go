package ui

import (
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// RequestAgain is what an atsugi can choose from for a session that they asked for.
type RequestAgain struct {
	Expert programme.OfferLine
	Times  []programme.Span // by start
}

// mostMenuTimes is how many times a menu offers, so that three of them fit a page.
const mostMenuTimes = 300

// requestAgainForm asks an atsugi for up to three of the expert's times, in place of those
// that they asked for, were answered with or agreed on. The place is the expert's to say.
func requestAgainForm(d SessionFormData, l Locale) slack.ModalViewRequest {
	in, moving := fields{sessionForm, l}, d.Session.State == programme.SessionBooked
	title, send := l.T("session.form.request_title", nil), l.T("button.request_send", nil)
	switch {
	case moving:
		title, send = l.T("session.form.move_title", nil), l.T("button.session_propose", nil)
	case d.Session.Waits() && d.Session.Proposal.For == d.Me: // the expert answered
		title, send = l.T("session.form.title", nil), l.T("button.session_propose", nil)
	}
	blocks := append(metNote(d, l), section(lines(sessionPair(d.Session, d.Me, l), standsSoFar(d, l)), nil))
	if len(d.Again.Times) == 0 {
		return modal(title, l, append(blocks, noTimes(d.Session.Mentor, d.Again.Expert.Waiting, l)...)...)
	}
	blocks = append(blocks, section(l.T("session.form.request_help", nil), nil), small(l.T("session.again.zone", words{"Zone": zoneName(l)})))
	for n := 1; n <= programme.MaxTimes; n++ {
		var picked programme.Span
		if n <= len(d.Filled.Spans) {
			picked = d.Filled.Spans[n-1]
		}
		row := formInput(sessionForm, rowField("time", n), l.T("session.again.time", words{"N": n}), "", timesMenu(d.Again.Times, picked, l))
		row.Optional = n > 1
		blocks = append(blocks, row)
	}
	blocks = append(blocks, in.input("mode", radio(againModes(d, l), string(d.Filled.Mode))))
	if moving {
		blocks = append(blocks, reasonInput(d.Filled.Reason, false, l))
	} else {
		blocks = append(blocks, aboutInputs(in, d)...)
	}
	return formView(title, send, CallbackSessionTimes, d.Form, l, blocks...)
}

// againModes are the ways in which one can meet the expert, and the one that was asked for
// or answered with.
func againModes(d SessionFormData, l Locale) []labelled {
	modes := offeredModes(d.Again.Expert.Offer, l)
	for _, m := range modes {
		if m.value == string(d.Session.Mode) {
			return modes
		}
	}
	return append(modes, labelled{string(d.Session.Mode), l.T("session.mode."+string(d.Session.Mode), nil)})
}

// timesMenu offers times by start.
func timesMenu(times []programme.Span, picked programme.Span, l Locale) slack.BlockElement {
	var all []labelled
	for _, s := range times {
		all = append(all, labelled{spanValue(s), l.Span(s.From, s.Until)})
	}
	os := options(all, mostMenuTimes)
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, inputValue)
	menu.InitialOption = first(chosen(os, []string{spanValue(picked)}))
	return byHundred(menu, os)
}

// spanValue is a time as an option of a menu has it: its start and its minutes.
func spanValue(s programme.Span) string {
	return s.From.UTC().Format(time.RFC3339) + "|" + strconv.Itoa(s.Minutes())
}

// readMenuTimes reads the times that were chosen from menus, row by row as readSpans does.
func readMenuTimes(v fieldValues) ([]programme.Span, error) {
	var out []programme.Span
	for n := 1; n <= programme.MaxTimes; n++ {
		value := v.one(rowField("time", n))
		if value == "" {
			continue
		}
		start, length, _ := strings.Cut(value, "|")
		from, err := time.Parse(time.RFC3339, start)
		minutes, bad := strconv.Atoi(length)
		if err != nil || bad != nil {
			return nil, &programme.Error{Code: programme.CodeClosed, Key: "error.form_old"}
		}
		blank := make([]programme.Span, n-1-len(out))
		out = append(append(out, blank...), programme.Span{From: from.UTC(), Until: from.UTC().Add(time.Duration(minutes) * time.Minute)})
	}
	return out, nil
}
