package ui

import (
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// SessionPage is one session with all that the reader may know of it and do about it.
func SessionPage(v programme.SessionView, me programme.PersonID, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{section(lines(sessionPair(v, me, l), kindLine(v, me, l), sessionStands(v, me, l), agreedWhere(v, l)), nil)}
	if v.State == programme.SessionBooked && v.Now.Before(v.Span.Until) && (v.Of(me) || v.Office) {
		blocks = append(append(blocks, missingAddress(v, l)...), sessionWay(v, l)...)
	}
	if v.Of(me) {
		blocks = append(blocks, moveWaits(v, me, l)...)
	}
	blocks = append(blocks, proposalPart(v, me, l)...)
	blocks = append(blocks, aboutPart(v, l)...)
	blocks = append(append(blocks, saidPart(v, me, l)...), papersPart(v, l)...)
	blocks = append(blocks, kindPart(v, l)...)
	return modal(l.T("session.page.title", nil), l, append(blocks, pageButtons(v, me, l)...)...)
}

// agreedWhere is how the two meet at the agreed time, "" while there is none.
func agreedWhere(v programme.SessionView, l Locale) string {
	if v.Span.From.IsZero() {
		return ""
	}
	return whereLine(v.Mode, v.Place, l)
}

// proposalPart are the times that wait to be picked: who is to pick has a button for each,
// so has the office on their behalf.
func proposalPart(v programme.SessionView, me programme.PersonID, l Locale) []slack.Block {
	p := v.Proposal
	if !v.Waits() {
		return nil
	}
	by, to, behalf := v.MentorPerson, v.AtsugiPerson, p.For
	if p.By == v.Atsugi {
		by, to = v.AtsugiPerson, v.MentorPerson
	}
	if p.For == me {
		behalf = ""
	}
	said := "session.page.proposed"
	if v.Asks() {
		said = "session.page.requested"
	}
	who, ends := l.mrkdwn(said, words{"By": name(by, l), "To": name(to, l)}), ""
	if v.Asks() {
		ends = requestEnds(v, me, l)
	}
	times := spanLines(p.Spans, l)
	if v.MayPick && !v.Asks() {
		times = ownTimes(p.Spans, l)
	}
	blocks := []slack.Block{divider(), section(lines(who, times, whereLine(p.Mode, p.Place, l), reasonLine(p.Reason, l), ends), nil)}
	if !v.MayPick {
		return blocks
	}
	if behalf != "" {
		blocks = append(blocks, small(l.mrkdwn("session.page.behalf", words{"Who": name(to, l)})))
	}
	return append(blocks, timeButtons(v, behalf, l)...)
}

// aboutPart is what the session is about, word by word.
func aboutPart(v programme.SessionView, l Locale) []slack.Block {
	var blocks []slack.Block
	for _, part := range []struct{ key, text string }{
		{"session.page.topic", v.Topic}, {"session.page.bring", v.Bring}, {"session.page.avoid", v.Avoid}, {"session.page.next", v.Next}, {"session.page.to_office", v.ToOffice},
	} {
		if part.text != "" {
			blocks = append(blocks, section(bold(l.T(part.key, nil)), nil))
			blocks = append(blocks, verbatim(part.text)...)
		}
	}
	contest := ""
	if v.Contest {
		contest = l.T("session.contest", nil)
	}
	if more := lines(stageLine(v.Stage, l), contest); more != "" {
		blocks = append(blocks, small(more))
	}
	if reason := reasonLine(v.Reason, l); reason != "" {
		blocks = append(blocks, section(reason, nil))
	}
	if len(blocks) > 0 {
		blocks = append([]slack.Block{divider()}, blocks...)
	}
	return blocks
}

// saidPart is what was said of a session that is over, and what can still be said: the
// office decides where the two differ, and corrects.
func saidPart(v programme.SessionView, me programme.PersonID, l Locale) []slack.Block {
	if v.Of(me) {
		if !v.MaySay && !happened(v) {
			return nil
		}
		return append([]slack.Block{divider()}, whatCame(v, me, l)...)
	}
	var blocks []slack.Block
	if said := bothSaid(v, l); said != "" {
		blocks = append(blocks, section(said, nil))
	}
	if v.Office && v.MaySay {
		blocks = append(blocks, small(decideLine(v, l)), row(officeWords(v, l)...))
	}
	if len(blocks) > 0 {
		blocks = append([]slack.Block{divider()}, blocks...)
	}
	return blocks
}

// decideLine asks the office for its word: also of a time that is off because somebody said
// so, perhaps by mistake.
func decideLine(v programme.SessionView, l Locale) string {
	if v.State == programme.SessionOpen {
		return l.mrkdwn("session.page.take_back", words{"When": when(v.Last.Was, l)})
	}
	return l.T("session.page.decide", nil)
}

// officeWords are what the office can record. That it is at another time it is asked about
// again: both are told, and the time is off.
func officeWords(v programme.SessionView, l Locale) []slack.BlockElement {
	out := wordButtons(v, recorded(v), l)
	for _, e := range out {
		if b, ok := e.(*slack.ButtonBlockElement); ok && strings.HasSuffix(b.Value, "|"+string(programme.SaysMoved)) {
			b.WithConfirm(sure(l, l.T("session.says.moved", nil), l.T("session.page.reopen", nil), l.T("session.says.moved", nil)))
		}
	}
	return out
}

// recorded is what is on record of the session: there is no use in saying it again.
func recorded(v programme.SessionView) programme.Word {
	switch v.State {
	case programme.SessionHeld:
		return programme.SaysHeld
	case programme.SessionNotHeld:
		return programme.SaysNotHeld
	}
	return v.OfficeSays
}

// pageButtons are what else the reader can do: book, name times, move, call off.
func pageButtons(v programme.SessionView, me programme.PersonID, l Locale) []slack.Block {
	var out []slack.BlockElement
	picks := v.MayPick // has the button for other times there
	if v.Office && (v.MayPropose || v.MayMove) {
		label := "button.session_book"
		if v.State == programme.SessionBooked {
			label = "button.session_book_again"
		}
		out = append(out, button(ActionSessionBook, string(v.ID), l.T(label, nil)))
	}
	if v.MayPropose && !picks {
		label := "button.session_times"
		switch {
		case v.Asks() && v.Proposal.By == me:
			label = "button.request_other"
		case v.Proposal.By == me && v.Waits():
			label = "button.session_other_times"
		}
		out = append(out, button(ActionSessionTimes, string(v.ID), l.T(label, nil)))
	}
	if picks {
		v.MayMove = false
	}
	blocks := changeButtons(v, l)
	if len(out) > 0 {
		blocks = append([]slack.Block{row(out...)}, blocks...)
	}
	if len(blocks) > 0 {
		blocks = append([]slack.Block{divider()}, blocks...)
	}
	return blocks
}

// sessionsListed is how many sessions a list shows.
const sessionsListed = 40

// SessionList are the sessions that the reader may open, running ones first.
func SessionList(all []programme.SessionView, me programme.PersonID, l Locale) slack.ModalViewRequest {
	var blocks []slack.Block
	if len(all) == 0 {
		blocks = append(blocks, section(l.T("session.list.none", nil), nil))
	}
	for _, v := range all[:min(len(all), sessionsListed)] {
		blocks = append(blocks, sessionLine(v, me, l))
	}
	if rest := len(all) - sessionsListed; rest > 0 {
		blocks = append(blocks, small(l.T("session.more", words{"Count": rest})))
	}
	return modal(l.T("session.list.title", nil), l, blocks...)
}

// sessionLine is a session in a list, with the way to its page.
func sessionLine(v programme.SessionView, me programme.PersonID, l Locale) slack.Block {
	at := agreedWhere(v, l)
	if v.Asks() {
		at = requestLines(v, l)
	}
	return section(lines(sessionPair(v, me, l), kindLine(v, me, l), sessionStands(v, me, l), at), openSession(v, l))
}

// homeSessionsShown is how many sessions and engagements Home shows.
const homeSessionsShown = 4

// homeSessions are the reader's own sessions, with what is to be done about them, and
// engagements that still have one to be agreed on. Supporters see how many there are.
func homeSessions(h programme.Home, l Locale) []slack.Block {
	blocks := homeRequest(h, l)
	for _, v := range h.Sessions[:min(len(h.Sessions), homeSessionsShown)] {
		blocks = append(blocks, sessionLine(v, h.Me.ID, l))
		blocks = append(blocks, homeSession(v, h.Me.ID, l)...)
	}
	shown := 0
	for _, e := range h.Engagements {
		if e.Open+e.Booked > 0 || e.Held >= e.Sessions || shown == homeSessionsShown {
			continue
		}
		shown++
		blocks = append(blocks, engagementAhead(e, h.Me.ID, l))
	}
	if len(h.Sessions)+len(h.Engagements) > 0 {
		blocks = append(blocks, row(button(ActionSessionList, "", l.T("button.session_list", nil))))
	}
	if n := h.Recommended; n != (programme.SessionTallies{}) {
		blocks = append(blocks, section(lines(bold(l.T("session.recommended", nil)),
			l.T("session.counts", tallied(n.FollowUp)), l.T("session.counts_between", tallied(n.Between))), nil))
	}
	blocks = append(blocks, homeRecommended(h, l)...)
	if len(blocks) == 0 {
		return nil
	}
	return append(title("home.sessions", l), blocks...)
}

// homeSession is what waits for the reader about a session of theirs.
func homeSession(v programme.SessionView, me programme.PersonID, l Locale) []slack.Block {
	switch {
	case v.MayPick && v.Asks():
		return append([]slack.Block{section(lines(sessionAbout(v, l), l.T("session.requested.ask", nil)), nil)}, timeButtons(v, "", l)...)
	case v.MayPick:
		return append([]slack.Block{section(l.T("session.proposed.pick", nil), nil)}, timeButtons(v, "", l)...)
	case v.MaySay && saidBy(v, me) == programme.Unsaid:
		return whatCame(v, me, l)
	case v.MayPropose && !v.Waits():
		return []slack.Block{row(button(ActionSessionTimes, string(v.ID), l.T("button.session_times", nil)))}
	}
	return nil
}

// engagementAhead invites one of the two to name times for their next session.
func engagementAhead(e programme.EngagementLine, me programme.PersonID, l Locale) slack.Block {
	v := programme.SessionView{Session: programme.Session{Atsugi: e.Atsugi, Mentor: e.Mentor}, AtsugiPerson: e.AtsugiPerson, MentorPerson: e.MentorPerson}
	return section(lines(sessionPair(v, me, l), l.T("session.ahead", words{"Held": e.Held, "All": e.Sessions})),
		button(ActionSessionNew, string(e.ID), l.T("button.session_times", nil)))
}

// homeBoard is how the programme's sessions stand in numbers, for office and bureau, with
// the way to the board.
func homeBoard(h programme.Home, l Locale) []slack.Block {
	b := h.Board
	todo := ""
	if b.Waiting+b.Stuck+b.Unsaid+b.Disputed+b.NoMemo > 0 {
		todo = l.T("session.board.todo", words{"Waiting": b.Waiting, "Stuck": b.Stuck, "Unsaid": b.Unsaid, "Disputed": b.Disputed, "NoMemo": b.NoMemo})
	}
	return append(title("home.session_board", l),
		section(lines(sessionNumbers(b.SessionTallies, b.Most, l), todo), nil),
		row(button(ActionSessionBoard, "", l.T("button.session_board", nil))))
}
