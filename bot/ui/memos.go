package ui

import (
	"slices"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

func memoKind(k programme.MemoKind, l Locale) string {
	if s, ok := l.say("memo.kind."+string(k), nil); ok {
		return s
	}
	return string(k)
}

// memoCode is 整理番号: what office and bureau call a memo by, on the card and on
// its page, without saying whom it is about.
func memoCode(id programme.MemoID) string {
	s := string(id)
	return s[max(0, len(s)-6):]
}

// memoAbout is whom or what a memo is about, by the view of it.
func memoAbout(v programme.MemoView, l Locale) string {
	return memoSubject(v.Memo.Kind, v.Atsugi, v.Event, l)
}

// heldLine is when it was and what.
func heldLine(m programme.Memo, l Locale) string {
	return l.T("memo.page.held", words{"Date": l.Date(m.Held), "Kind": memoKind(m.Kind, l)})
}

func writtenBy(v programme.MemoView, l Locale) string {
	writer := l.T("person.office", nil) // entered from the command line
	if v.Writer.ID != "" {
		writer = name(v.Writer, l)
	}
	return l.mrkdwn("memo.page.writer", words{"Writer": writer})
}

func sharedState(m programme.Memo, l Locale) string {
	if m.Shared.IsZero() {
		return ""
	}
	return l.T("memo.shared_at", words{"When": l.Moment(m.Shared)})
}

// memoState says to office and writer how far a memo is on its way to the bureau: draft →
// written → reviewed → shared.
func memoState(m programme.Memo, l Locale) string {
	switch {
	case !m.Withdrawn.IsZero():
		return l.T("memo.state.withdrawn", words{"When": l.Moment(m.Withdrawn)})
	case m.Reviewed.IsZero():
		return lines(l.T("memo.state.written", nil), sharedState(m, l))
	case m.SharedVersion == 0:
		return l.T("memo.state.reviewed", words{"When": l.Moment(m.Reviewed)})
	}
	return lines(l.T("memo.state.reviewed", words{"When": l.Moment(m.Reviewed)}), sharedState(m, l))
}

// versionLine says that a memo was corrected.
func versionLine(m programme.Memo, l Locale) string {
	if m.Version <= 1 {
		return ""
	}
	return l.T("memo.version", words{"Version": m.Version})
}

// inOrder sorts parts as configured; those that the configuration no longer
// knows come last.
func inOrder(ps []programme.Part, defs []programme.PartDef) []programme.Part {
	place := func(p programme.Part) int {
		i := slices.IndexFunc(defs, func(d programme.PartDef) bool { return d.Key == p.Key })
		if i < 0 {
			return len(defs)
		}
		return i
	}
	out := slices.Clone(ps)
	slices.SortStableFunc(out, func(a, b programme.Part) int { return place(a) - place(b) })
	return out
}

func partTitle(key string, defs []programme.PartDef, l Locale) string {
	for _, d := range defs {
		if d.Key == key {
			return or(cut(l.Text(d.Title), maxTitle), key)
		}
	}
	return key
}

// memoWritten tells the office, in its private channel, that a memo or a correction of one
// came in: about whom and by whom, nothing of what it says.
func memoWritten(v programme.MemoView, l Locale) (string, []slack.Block) {
	m := v.Memo
	args := words{"Date": l.Date(m.Held), "Kind": memoKind(m.Kind, l)}
	facts := section(lines(
		bold(l.T("memo.written.title", nil)),
		l.mrkdwn("memo.about", words{"Atsugi": memoAbout(v, l)}),
		l.T("memo.page.held", args),
		writtenBy(v, l),
	), nil)
	state := lines(l.T("memo.code", words{"Code": memoCode(m.ID)}), versionLine(m, l), memoState(m, l))
	return l.T("memo.written.text", args), []slack.Block{facts, small(escape(state)), row(memoButtons(m, true, l)...)}
}

// memoButtons opens a memo and, for the office, shares it with the bureau once somebody
// reviewed it: nobody shares from a card or a list what nobody opened.
func memoButtons(m programme.Memo, office bool, l Locale) []slack.BlockElement {
	open := "button.open"
	if office && m.Reviewed.IsZero() && m.Withdrawn.IsZero() {
		open = "button.memo_look"
	}
	out := []slack.BlockElement{button(ActionMemoOpen, string(m.ID), l.T(open, nil))}
	if office && !m.Reviewed.IsZero() && m.Shared.IsZero() && m.Withdrawn.IsZero() {
		ask := sure(l, l.T("memo.share.title", nil), l.T("memo.share.ask", nil), l.T("button.share", nil))
		out = append(out, button(ActionMemoShare, string(m.ID), l.T("button.memo_share", nil)).
			WithStyle(slack.StylePrimary).WithConfirm(ask))
	}
	return out
}
