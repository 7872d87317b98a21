package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// sessionAfter asks whether it took place. Answered, it says what was said, and leads
// on: to the memo, to the atsugi's own lines, to another time.
func sessionAfter(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Session
	text := l.T("session.answered.text", nil)
	if saidBy(v, m.To.ID) == programme.Unsaid && v.State == programme.SessionBooked {
		text = l.T("session.after.text", words{"When": l.Span(v.Span.From, v.Span.Until)})
	}
	blocks := []slack.Block{section(lines(sessionPair(v, m.To.ID, l), whenLine(v.Span, l)), nil)}
	return text, append(blocks, whatCame(v, m.To.ID, l)...)
}

// saidBy is what one of the two said.
func saidBy(v programme.SessionView, me programme.PersonID) programme.Word {
	switch me {
	case v.Atsugi:
		return v.AtsugiSays
	case v.Mentor:
		return v.MentorSays
	}
	return programme.Unsaid
}

// whatCame is what was said of a session to this reader, and what they can do next.
func whatCame(v programme.SessionView, me programme.PersonID, l Locale) []slack.Block {
	said := saidBy(v, me)
	switch {
	case v.State == programme.SessionOpen:
		blocks := []slack.Block{section(l.T("session.after.moved", nil), nil)}
		if v.MayPropose && !v.Waits() {
			blocks = append(blocks, row(button(ActionSessionTimes, string(v.ID), l.T("button.session_times", nil)).WithStyle(slack.StylePrimary)))
		}
		return blocks
	case v.State == programme.SessionBooked && said == programme.Unsaid && v.MaySay:
		return []slack.Block{section(l.T("session.after.ask", nil), nil), row(wordButtons(v, programme.Unsaid, l)...)}
	case v.State == programme.SessionBooked && said != programme.Unsaid:
		blocks := []slack.Block{section(lines(bold(l.T("session.says."+string(said), nil)), l.T("session.after.thanks", nil)), nil)}
		if said == programme.SaysHeld {
			blocks = append(blocks, heldNext(v, me, l)...)
		}
		if v.MaySay {
			blocks = append(blocks, small(l.T("session.after.change", nil)), row(wordButtons(v, said, l)...))
		}
		return blocks
	case v.State == programme.SessionHeld:
		return append([]slack.Block{section(bold(l.T("session.after.held", nil)), nil)}, heldNext(v, me, l)...)
	case v.State == programme.SessionNotHeld:
		blocks := []slack.Block{section(l.T("session.after.not_held", nil), nil)}
		if v.Engagement != "" && !v.Ended && v.Of(me) {
			blocks = append(blocks, row(button(ActionSessionNew, string(v.Engagement), l.T("button.session_another", nil))))
		}
		return blocks
	}
	if v.State == programme.SessionCancelled {
		return []slack.Block{section(l.T("session.state.cancelled", nil), nil)}
	}
	return nil
}

// wordButtons are what can be said, without what was said already.
func wordButtons(v programme.SessionView, said programme.Word, l Locale) []slack.BlockElement {
	var out []slack.BlockElement
	for i, w := range programme.Words {
		if w == said || w == programme.SaysMoved && !v.MayReopen {
			continue
		}
		b := button(PickID(ActionSessionSay, i), string(v.ID)+"|"+string(w), l.T("session.says."+string(w), nil))
		if w == programme.SaysHeld && said == programme.Unsaid {
			b.Style = slack.StylePrimary
		}
		out = append(out, b)
	}
	return out
}

// heldNext leads the atsugi to their two lines and the expert to the memo.
func heldNext(v programme.SessionView, me programme.PersonID, l Locale) []slack.Block {
	switch {
	case me == v.Atsugi:
		label, note := "button.session_words", l.T("session.after.words", nil)
		if v.Next != "" {
			label, note = "button.session_words_change", l.mrkdwn("session.next", words{"Next": line(v.Next, maxPlace)})
		}
		return []slack.Block{small(note), row(button(ActionSessionWords, string(v.ID), l.T(label, nil)))}
	case me == v.Mentor && v.Memo:
		return []slack.Block{small(l.T("session.after.memo_done", nil))}
	case me == v.Mentor:
		return []slack.Block{small(l.T("session.after.memo", nil)),
			row(button(ActionSessionMemo, string(v.ID), l.T("button.memo_new", nil)).WithStyle(slack.StylePrimary))}
	}
	return nil
}

// sessionDisputed tells the office, without blame, that the two remember differently,
// and lets it decide. If a coordinator is one of the two, who said what is on the page alone,
// which they see as one of the two: neither is told what the other said.
func sessionDisputed(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Session
	blocks := []slack.Block{section(lines(bold(l.T("session.disputed.title", nil)), sessionPair(v, "", l), kindName(v.Kind, l), whenLine(v.Span, l)), nil)}
	if !v.Disputed() {
		return l.T("session.disputed.text", nil), append(blocks, small(lines(l.T("session.disputed.settled", nil), sessionStands(v, "", l))), row(openSession(v, l)))
	}
	if v.AtsugiPerson.Has(programme.Coordinator) || v.MentorPerson.Has(programme.Coordinator) {
		return l.T("session.disputed.text", nil), append(blocks, small(l.T("session.disputed.own", nil)), row(openSession(v, l)))
	}
	return l.T("session.disputed.text", nil), append(blocks,
		section(bothSaid(v, l), nil), small(l.T("session.disputed.help", nil)),
		row(append(wordButtons(v, programme.Unsaid, l), openSession(v, l))...))
}

// bothSaid is what each of the two said, and what the office decided, as escaped markup.
func bothSaid(v programme.SessionView, l Locale) string {
	said := func(key string, w programme.Word) string {
		if w == programme.Unsaid {
			return ""
		}
		return l.T(key, words{"Word": l.T("session.says."+string(w), nil)})
	}
	atsugi, mentor := v.Said()
	return lines(said("session.said.atsugi", atsugi), said("session.said.mentor", mentor), said("session.said.office", v.OfficeSays))
}
