package ui

import (
	"slices"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// sessionProposed asks somebody to pick one of some times. Once that is answered, the
// same message says what came of it.
func sessionProposed(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Session
	if fate := proposalFate(m); fate != "" {
		text := l.T("session.fate."+fate, words{"When": when(v.Span, l)})
		return l.T("session.answered.text", nil), []slack.Block{
			section(sessionPair(v, m.To.ID, l), nil), section(escape(text), nil),
		}
	}
	if v.Asks() {
		return sessionRequested(m, l)
	}
	lead, change := "session.proposed.title", ""
	if v.State == programme.SessionBooked {
		lead = "session.proposed.move"
		change = lines(l.mrkdwn("session.proposed.instead_of", words{"When": when(v.Span, l)}), reasonLine(v.Proposal.Reason, l))
	}
	blocks := []slack.Block{
		small(l.T(lead, nil)),
		section(lines(sessionPair(v, m.To.ID, l), change, whereLine(v.Proposal.Mode, v.Proposal.Place, l), sessionAbout(v, l)), nil),
		section(lines(l.T("session.proposed.pick", nil), ownTimes(v.Proposal.Spans, l)), nil),
	}
	var times []string
	for _, s := range v.Proposal.Spans {
		times = append(times, l.Span(s.From, s.Until))
	}
	return l.T("session.proposed.text", words{"Times": l.list(times)}), append(blocks, timeButtons(v, "", l)...)
}

// ownTimes are the times for somebody abroad: the buttons have them in the programme's
// zone only.
func ownTimes(spans []programme.Span, l Locale) string {
	if !slices.ContainsFunc(spans, func(s programme.Span) bool { return l.elsewhere(s.From) }) {
		return ""
	}
	return spanLines(spans, l)
}

// proposalFate is the key of what became of the times that the message proposed, ""
// while one of them can be picked.
func proposalFate(m programme.Matter) string {
	v := m.Session
	mine, these := v.Waits() && v.Proposal.For == m.To.ID, m.Notice.Occasion == programme.ProposalOccasion(v.Proposal)
	switch {
	case v.RequestDeclined():
		return "refused"
	case v.RequestWithdrawn():
		return "withdrawn"
	case v.State == programme.SessionCancelled || v.State == programme.SessionHeld || v.State == programme.SessionNotHeld:
		return string(v.State)
	case v.RequestLapsed():
		return "request_past"
	case v.Lapsed():
		return "past"
	case v.Waits() && v.Proposal.By == m.To.ID:
		return "countered"
	case !v.Proposal.Waits() && v.Proposal.For == m.To.ID && these:
		return "declined"
	case mine && !these:
		return "newer"
	case mine && v.MayPick:
		return ""
	case mine:
		return "past"
	case v.State == programme.SessionBooked:
		return "booked"
	}
	return "open"
}

// timeButtons are a button for each time that has not gone by, then the other answers.
// by is on whose behalf the office picks.
func timeButtons(v programme.SessionView, by programme.PersonID, l Locale) []slack.Block {
	if v.Asks() && by == "" {
		return requestAnswers(v, l)
	}
	var times []slack.BlockElement
	for i, s := range v.Proposal.Spans {
		if !v.Now.Before(s.From) {
			continue
		}
		times = append(times, button(PickID(ActionSessionPick, i), pickValue(v.Session, s.From, by), l.Span(s.From, s.Until)).
			WithStyle(slack.StylePrimary))
	}
	var blocks []slack.Block
	if len(times) > 0 {
		blocks = append(blocks, row(times...))
	}
	var others []slack.BlockElement
	switch {
	case v.MayPropose:
		others = append(others, button(ActionSessionTimes, string(v.ID), l.T("button.session_other_times", nil)))
	case v.MayMove:
		others = append(others, button(ActionSessionMove, string(v.ID), l.T("button.session_other_times", nil)))
	}
	others = append(others, button(ActionSessionNone, declineValue(v.Session), l.T("button.session_none", nil)))
	return append(blocks, row(others...))
}

// sessionBooked tells when and where the two meet; of a moved session, old → new.
func sessionBooked(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Session
	if v.State != programme.SessionBooked || m.Over {
		return since(m, l)
	}
	lead, text, at := "session.booked.title", "session.booked.text", whenLine(v.Span, l)
	switch was := v.Last.Was; {
	case v.Last.Where:
		lead, text = "session.booked.venue", "session.booked.venue_text"
	case !was.From.IsZero():
		lead, text = "session.booked.moved", "session.booked.moved_text"
		at = lines(
			l.mrkdwn("event.moved.when_before", words{"When": when(was, l)}),
			bold(l.T("event.moved.when_after", words{"When": when(v.Span, l)})),
			reasonLine(v.Last.Reason, l))
	}
	blocks := []slack.Block{
		small(l.T(lead, nil)),
		section(lines(sessionPair(v, m.To.ID, l), at, whereLine(v.Mode, v.Place, l), sessionAbout(v, l)), nil),
	}
	return sessionText(text, v, l), append(blocks, agreedWays(v, m.To.ID, l)...)
}

// agreedWays are what the two can do about what they agreed on.
func agreedWays(v programme.SessionView, me programme.PersonID, l Locale) []slack.Block {
	return slices.Concat(missingAddress(v, l), sessionWay(v, l), moveWaits(v, me, l), changeButtons(v, l))
}

// moveWaits says that another time is being talked about while the agreed one stands.
func moveWaits(v programme.SessionView, me programme.PersonID, l Locale) []slack.Block {
	switch {
	case v.State != programme.SessionBooked || !v.Waits():
		return nil
	case v.Proposal.For == me:
		return []slack.Block{small(l.T("session.move_asked", nil))}
	}
	return []slack.Block{small(l.T("session.move_waits", nil))}
}

// since is the message of a time that no longer is ahead: what came of it, and where the
// time changed, that a newer message says more.
func since(m programme.Matter, l Locale) (string, []slack.Block) {
	blocks := []slack.Block{section(lines(sessionPair(m.Session, m.To.ID, l), sessionStands(m.Session, m.To.ID, l)), nil)}
	if !happened(m.Session) {
		blocks = append(blocks, small(l.T("session.booked.since", nil)))
	}
	return l.T("session.answered.text", nil), blocks
}

// happened says whether the agreed time went by and it is known what came of it.
func happened(v programme.SessionView) bool {
	return v.State == programme.SessionHeld || v.State == programme.SessionNotHeld
}

// sessionText is the top-level text under the key: others see it on the phone, so it has
// time and place, and nobody's name.
func sessionText(key string, v programme.SessionView, l Locale) string {
	return l.T(key, words{"When": when(v.Span, l), "Where": sessionWhere(v.Mode, v.Place, l)})
}

// sessionCancelled tells that it does not take place; why, only inside.
func sessionCancelled(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Session
	text, said, at := "session.cancelled.text", "session.cancelled.title", v.Span
	switch {
	case v.RequestWithdrawn():
		text, said, at = "session.request_withdrawn.text", "session.state.request_withdrawn", v.Last.Was
	case at.From.IsZero():
		text, said = "session.withdrawn.text", "session.withdrawn.title"
	}
	return l.T(text, words{"When": when(at, l)}), []slack.Block{
		section(lines(sessionPair(v, m.To.ID, l), whenLine(at, l)), nil),
		section(lines(bold(l.T(said, nil)), reasonLine(v.Reason, l)), nil),
		small(l.T(againKey(v, m.To.ID), nil)),
	}
}

// againKey is the key of how the reader can talk another time.
func againKey(v programme.SessionView, me programme.PersonID) string {
	switch {
	case v.Ended:
		return "session.cancelled.ended"
	case v.Requested && me == v.Atsugi:
		return "session.cancelled.request"
	case v.Engagement == "":
		return "session.cancelled.ask"
	}
	return "session.cancelled.help"
}

// sessionDeclined tells who proposed times that the office goes on from here, and the
// office that somebody needs its help.
func sessionDeclined(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Session
	if m.To.ID == "" {
		return officeHelps("session.declined", m, l)
	}
	if v.RequestDeclined() {
		return requestRefused(m, l)
	}
	if m.Over {
		return l.T("session.declined.text", nil), []slack.Block{section(lines(sessionPair(v, m.To.ID, l), sessionStands(v, m.To.ID, l)), nil)}
	}
	return l.T("session.declined.text", nil), []slack.Block{section(lines(
		sessionPair(v, m.To.ID, l), l.T("session.declined.title", nil), reasonLine(v.Reason, l), keptLine(v, l),
		l.T("session.declined.next", nil),
	), nil)}
}

// keptLine is the agreed time that stands although another was asked for.
func keptLine(v programme.SessionView, l Locale) string {
	if v.State != programme.SessionBooked {
		return ""
	}
	return l.mrkdwn("session.declined.kept", words{"When": when(v.Span, l)})
}

// sessionOrphaned tells the office of a session that somebody left behind.
func sessionOrphaned(m programme.Matter, l Locale) (string, []slack.Block) {
	v, left := m.Session, ""
	switch m.Notice.Occasion {
	case string(v.Atsugi):
		left = name(v.AtsugiPerson, l)
	case string(v.Mentor):
		left = name(v.MentorPerson, l)
	}
	if left != "" {
		left = l.mrkdwn("session.orphaned.who", words{"Who": left})
	}
	return l.T("session.orphaned.text", nil), []slack.Block{
		section(lines(bold(l.T("session.orphaned.title", nil)), sessionPair(v, "", l), kindName(v.Kind, l), left), nil),
		small(l.T("session.orphaned.help", nil)), row(openSession(v, l)),
	}
}

// sessionReminder is 開催直前のご案内 of a session.
func sessionReminder(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Session
	if v.State != programme.SessionBooked || m.Over {
		return since(m, l)
	}
	bring, soon := "", howSoon(v, l)
	if v.Bring != "" && m.To.ID == v.Atsugi {
		bring = l.mrkdwn("session.bring", words{"Bring": line(v.Bring, maxPlace)})
	}
	blocks := []slack.Block{
		small(l.T("session.reminder.title"+soon, nil)),
		section(lines(sessionPair(v, m.To.ID, l), whenLine(v.Span, l), whereLine(v.Mode, v.Place, l), bring), nil),
	}
	blocks = append(blocks, nextReminder(m.Actions, l)...)
	return sessionText("session.reminder.text"+soon, v, l), append(blocks, agreedWays(v, m.To.ID, l)...)
}

// startsSoon is how long before its start a session is about to begin.
const startsSoon = 2 * time.Hour

// howSoon is the end of the keys that say how far ahead the session is, so that the
// reminders of one session do not look alike; "" for any other day.
func howSoon(v programme.SessionView, l Locale) string {
	now, start := l.in(v.Now), l.in(v.Span.From)
	sameDay := func(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }
	switch {
	case !now.Before(start):
		return ""
	case start.Sub(now) <= startsSoon:
		return "_soon"
	case sameDay(now, start):
		return "_today"
	case sameDay(now.AddDate(0, 0, 1), start):
		return "_tomorrow"
	}
	return ""
}
