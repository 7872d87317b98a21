package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// changeButtons let somebody change what is agreed on: how and where they meet, the time,
// or that they do. Where the time is the office's alone to change, that is said, and why.
func changeButtons(v programme.SessionView, l Locale) []slack.Block {
	var out []slack.BlockElement
	if v.MayVenue {
		label := "button.session_venue"
		if noAddress(v) {
			label = "button.session_venue_add"
		}
		out = append(out, button(ActionSessionVenue, string(v.ID), l.T(label, nil)))
	}
	if v.MayWithdraw {
		out = append(out, button(ActionSessionWithdraw, declineValue(v.Session), l.T("button.session_withdraw", nil)))
	}
	if v.MayMove {
		label := "button.session_move"
		if v.Office { // which can also book another time at once
			label = "button.session_move_ask"
		}
		out = append(out, button(ActionSessionMove, string(v.ID), l.T(label, nil)))
	}
	if v.MayCancel {
		out = append(out, button(ActionSessionStop, string(v.ID), l.T(stopLabel(v), nil)))
	}
	var blocks []slack.Block
	if len(out) > 0 {
		blocks = append(blocks, row(out...))
	}
	switch {
	case v.OfficeOnly:
		blocks = append(blocks, small(l.T("session.office_only", nil)))
	case v.MovesUsed:
		blocks = append(blocks, small(l.T("session.moves_used", nil)))
	}
	return blocks
}

// stopLabel is the key of what calling off is called: a request is taken back, and what has
// no time yet is only being arranged.
func stopLabel(v programme.SessionView) string {
	if v.Asks() {
		return "button.request_withdraw"
	}
	if v.State == programme.SessionOpen {
		return "button.session_stop_open"
	}
	return "button.session_stop"
}

// noAddress says whether they meet online and nobody said where yet.
func noAddress(v programme.SessionView) bool { return v.Mode == programme.ModeOnline && v.URL == "" }

// missingAddress says so to the two before they meet.
func missingAddress(v programme.SessionView, l Locale) []slack.Block {
	if !noAddress(v) {
		return nil
	}
	return []slack.Block{small(l.T("session.no_address", nil))}
}

// SessionVenueForm asks how and where the two meet at the agreed time.
func SessionVenueForm(form Form, v programme.SessionView, me programme.PersonID, l Locale) slack.ModalViewRequest {
	in := fields{sessionForm, l}
	form.Subject, form.Version = string(v.ID), v.Version
	return formView(l.T("session.venue.title", nil), l.T("button.session_venue_save", nil), CallbackSessionVenue, form, l,
		section(lines(sessionPair(v, me, l), sessionStands(v, me, l), l.T("session.venue.help", nil)), nil),
		in.input("mode", modeChoice(in, v.Mode)),
		in.optional("place", in.words(v.Place, programme.MaxEventPlace, false)),
		in.optional("url", in.words(v.URL, programme.MaxEventURL, false)))
}

// ReadSessionVenue reads how and where the two of a session, as it was seen, are to meet.
func ReadSessionVenue(view slack.View) (id programme.SessionID, version int, venue programme.Venue, err error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return "", 0, venue, err
	}
	v := readFields(view)
	venue = programme.Venue{Mode: programme.SessionMode(v.one("mode")), Place: v.words("place"), URL: v.words("url")}
	return programme.SessionID(form.Subject), form.Version, venue, nil
}

// SessionVenueKept says that both are told.
func SessionVenueKept(l Locale) string { return l.T("session.done.venue", nil) }

// sessionReopened tells the two that, as the office has it, they meet at another time, and
// leads on to that.
func sessionReopened(m programme.Matter, l Locale) (string, []slack.Block) {
	v, text := m.Session, l.T("session.reopened.text", nil)
	if m.Over {
		return text, []slack.Block{section(lines(sessionPair(v, m.To.ID, l), sessionStands(v, m.To.ID, l)), nil)}
	}
	was := ""
	if !v.Last.Was.From.IsZero() {
		was = l.mrkdwn("event.moved.when_before", words{"When": when(v.Last.Was, l)})
	}
	blocks := []slack.Block{section(lines(sessionPair(v, m.To.ID, l), was, l.T("session.reopened.title", nil)), nil)}
	if v.MayPropose {
		blocks = append(blocks, row(button(ActionSessionTimes, string(v.ID), l.T("button.session_times", nil)).WithStyle(slack.StylePrimary)))
	}
	return text, blocks
}
