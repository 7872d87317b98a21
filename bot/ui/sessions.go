package ui

import (
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// sessionPair is whom the reader meets, in bold, or for somebody else who meets whom.
func sessionPair(v programme.SessionView, me programme.PersonID, l Locale) string {
	switch {
	case v.Of(me) && me == v.Atsugi:
		return bold(l.T("session.with_expert", words{"Who": name(v.MentorPerson, l)}))
	case v.Of(me) && line(v.AtsugiPerson.Organisation, maxName) != "":
		return bold(l.T("session.with_firm", words{"Who": name(v.AtsugiPerson, l), "Firm": line(v.AtsugiPerson.Organisation, maxName)}))
	case v.Of(me):
		return bold(l.T("session.with_atsugi", words{"Who": name(v.AtsugiPerson, l)}))
	}
	return bold(l.T("session.pair", words{"Atsugi": nameAndFirm(v.AtsugiPerson, l), "Expert": name(v.MentorPerson, l)}))
}

// when is a span in the programme's zone and, for somebody whose clock shows another
// time then, in theirs.
func when(s programme.Span, l Locale) string {
	said := l.Span(s.From, s.Until)
	if !l.elsewhere(s.From) {
		return said
	}
	own := NewLocale(l.lang, l.own)
	return l.T("session.when_both", words{"When": said, "Zone": zoneName(l), "Own": own.Span(s.From, s.Until)})
}

// elsewhere says whether the reader's own clock shows another time at that moment.
func (l Locale) elsewhere(at time.Time) bool {
	if l.own == nil {
		return false
	}
	_, here := l.in(at).Zone()
	_, there := at.In(l.own).Zone()
	return there != here
}

// spanLines are times one below the other, as escaped markup.
func spanLines(spans []programme.Span, l Locale) string {
	var out []string
	for _, s := range spans {
		out = append(out, "• "+escape(when(s, l)))
	}
	return strings.Join(out, "\n")
}

// whenLine is the time of a session, "" while none is agreed on, as escaped markup.
func whenLine(s programme.Span, l Locale) string {
	if s.From.IsZero() {
		return ""
	}
	return l.mrkdwn("session.when", words{"When": when(s, l)})
}

// sessionStands is the time agreed on, or what became of it, to the reader, as escaped
// markup.
func sessionStands(v programme.SessionView, me programme.PersonID, l Locale) string {
	switch {
	case v.Unsettled(v.Now) != programme.Settled:
		return lines(whenLine(v.Span, l), l.T("session.state."+string(v.Unsettled(v.Now)), nil))
	case v.State == programme.SessionBooked:
		return whenLine(v.Span, l)
	case v.Asks() && v.Proposal.For == me:
		return l.T("session.state.requested_you", nil)
	case v.Asks():
		return l.T("session.state.requested", nil)
	case v.State == programme.SessionOpen && v.Waits() && v.Proposal.For == me:
		return l.T("session.state.asked", nil)
	case v.State == programme.SessionOpen && v.Waits():
		return l.T("session.state.proposed", nil)
	case v.RequestLapsed():
		return l.T("session.state.request_lapsed", nil)
	case v.Lapsed():
		return l.T("session.state.lapsed", nil)
	case v.RequestDeclined():
		return lines(whenLine(v.Last.Was, l), l.T("session.state.request_declined", nil))
	case v.RequestWithdrawn():
		return lines(whenLine(v.Last.Was, l), l.T("session.state.request_withdrawn", nil))
	}
	return lines(whenLine(v.Span, l), l.T("session.state."+string(v.State), nil))
}

// sessionWhere is how the two meet: a room's address is led to by a button.
func sessionWhere(mode programme.SessionMode, place string, l Locale) string {
	if mode == programme.ModeOnSite {
		return or(line(place, maxPlace), l.T("event.place_open", nil))
	}
	return l.T("event.place_online", nil)
}

func whereLine(mode programme.SessionMode, place string, l Locale) string {
	return l.mrkdwn("event.where", words{"Where": sessionWhere(mode, place, l)})
}

// sessionAbout is what the atsugi wants to talk about, in short, as escaped markup.
func sessionAbout(v programme.SessionView, l Locale) string {
	topic, bring, contest := "", "", ""
	if v.Topic != "" {
		topic = l.mrkdwn("session.topic", words{"Topic": line(v.Topic, maxPlace)})
	}
	topic = lines(topic, stageLine(v.Stage, l))
	if v.Bring != "" {
		bring = l.mrkdwn("session.bring", words{"Bring": line(v.Bring, maxPlace)})
	}
	if v.Contest {
		contest = l.T("session.contest", nil)
	}
	return lines(topic, bring, contest)
}

// stageLine is how far the idea has come, "" if that was not said.
func stageLine(s programme.IdeaStage, l Locale) string {
	if s == programme.StageUnsaid {
		return ""
	}
	return l.T("session.stage", words{"Stage": l.T("session.stage."+string(s), nil)})
}

// reasonLine is why somebody did something, as escaped markup, "" without a reason.
func reasonLine(reason string, l Locale) string {
	if reason == "" {
		return ""
	}
	return l.mrkdwn("event.reason", words{"Reason": line(reason, programme.MaxSessionReason)})
}

// sessionWay leads to the online room and puts the session into a calendar.
func sessionWay(v programme.SessionView, l Locale) []slack.Block {
	room := ""
	if v.Mode == programme.ModeOnline {
		room = v.URL
	}
	add := button(PickID(ActionLink, 1), "", l.T("button.session_calendar", nil)).WithURL(googleLink(v, l))
	return leadTo(room, "button.online_room", l, add)
}

// openSession leads to the page of a session.
func openSession(v programme.SessionView, l Locale) *slack.ButtonBlockElement {
	return button(ActionSessionOpen, string(v.ID), l.T("button.open", nil))
}

// Sentences for the person who did something.
func SessionProposed(l Locale) string { return l.T("session.done.proposed", nil) }

func SessionBooked(s programme.Session, l Locale) string {
	return l.T("session.done.booked", words{"When": when(s.Span, l)})
}
func SessionDeclined(l Locale) string { return l.T("session.done.declined", nil) }

// SessionStopped is for what was called off, as it stands then.
func SessionStopped(v programme.SessionView, l Locale) string {
	if v.RequestWithdrawn() {
		return l.T("session.done.request_withdrawn", nil)
	}
	return l.T("session.done.stopped", nil)
}
func SessionWordsKept(l Locale) string { return l.T("session.done.words", nil) }
