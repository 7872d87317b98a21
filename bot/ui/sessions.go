package ui

import (
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// sessionPair is whom the reader meets, in bold, or for somebody else who meets whom.
func sessionPair(v programme.SessionView, me programme.PersonID, l Locale) string {
	switch {
	case v.Of(me) && me == v.Atsugi:
		return bold(nameAndFirm(v.MentorPerson, l))
	case v.Of(me):
		return bold(nameAndFirm(v.AtsugiPerson, l))
	}
	return bold(l.T("session.pair", words{"Atsugi": nameAndFirm(v.AtsugiPerson, l), "Expert": name(v.MentorPerson, l)}))
}

// when is a span in the programme's zone and, for somebody whose clock shows another
// time then, in theirs.
func when(s programme.Span, l Locale) string {
	said := l.Span(s.From, s.Until)
	if l.own == nil {
		return said
	}
	_, here := l.in(s.From).Zone()
	if _, there := s.From.In(l.own).Zone(); there == here {
		return said
	}
	own := NewLocale(l.lang, l.own)
	return l.T("session.when_both", words{"When": said, "Zone": zoneName(l), "Own": own.Span(s.From, s.Until)})
}

// spanLines are times one below the other, as escaped markup.
func spanLines(spans []programme.Span, l Locale) string {
	var out []string
	for _, s := range spans {
		out = append(out, "• "+escape(when(s, l)))
	}
	return strings.Join(out, "\n")
}

// sessionStands is the time agreed on, or what became of it, as escaped markup.
func sessionStands(v programme.SessionView, l Locale) string {
	if v.State == programme.SessionOpen {
		return l.T("session.state.open", nil)
	}
	state := ""
	if v.State != programme.SessionBooked {
		state = l.T("session.state."+string(v.State), nil)
	}
	at := ""
	if !v.Span.From.IsZero() {
		at = l.mrkdwn("session.when", words{"When": when(v.Span, l)})
	}
	return lines(at, state)
}

// sessionWhere is how the two meet.
func sessionWhere(v programme.SessionView, l Locale) string {
	if v.Mode == programme.ModeOnSite {
		return or(line(v.Place, maxPlace), l.T("event.place_open", nil))
	}
	return l.T("session.mode.online", nil)
}

// SessionNoted are sentences for the person who did something.
func SessionProposed(l Locale) string { return l.T("session.done.proposed", nil) }
func SessionBooked(v programme.Session, l Locale) string {
	return l.T("session.done.booked", words{"When": when(v.Span, l)})
}
func SessionDeclined(l Locale) string  { return l.T("session.done.declined", nil) }
func SessionStopped(l Locale) string   { return l.T("session.done.stopped", nil) }
func SessionSaid(l Locale) string      { return l.T("session.done.said", nil) }
func SessionWordsKept(l Locale) string { return l.T("session.done.words", nil) }

// SessionPage is one session with all that the reader may know and do.
func SessionPage(v programme.SessionView, me programme.PersonID, office bool, l Locale) slack.ModalViewRequest {
	return modal(l.T("session.page.title", nil), l, section(sessionPair(v, me, l), nil))
}

// SessionList are somebody's own sessions, running ones first.
func SessionList(all []programme.SessionView, me programme.PersonID, l Locale) slack.ModalViewRequest {
	return modal(l.T("session.list.title", nil), l)
}
