package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// sessionRequested puts a request before the expert: one press agrees to it. Who has not
// answered is reminded by the same card, with until when they can.
func sessionRequested(m programme.Matter, l Locale) (string, []slack.Block) {
	v, key, ends := m.Session, "session.requested", ""
	if m.Notice.Kind == programme.NoticeSessionNudge {
		key, ends = "session.nudge", requestEnds(v, m.To.ID, l)
	}
	blocks := []slack.Block{
		small(lines(l.T(key+".title", nil), ends)),
		section(lines(sessionPair(v, m.To.ID, l), requestLines(v, l), sessionAbout(v, l)), nil),
	}
	var times []string
	for _, s := range v.Proposal.Spans {
		times = append(times, l.Span(s.From, s.Until))
	}
	return l.T(key+".text", words{"When": l.list(times)}), append(blocks, timeButtons(v, "", l)...)
}

// requestEnds is until when the request can be answered, and what then becomes of it, as
// escaped markup, to its atsugi in other words than to anybody else.
func requestEnds(v programme.SessionView, me programme.PersonID, l Locale) string {
	key, lapses := "session.request.ends", v.Proposal.Lapses()
	if me == v.Atsugi {
		key = "session.request.ends_yours"
	}
	at := l.Moment(lapses)
	if l.elsewhere(lapses) {
		at = l.T("session.when_both", words{"When": at, "Zone": zoneName(l), "Own": NewLocale(l.lang, l.own).Moment(lapses)})
	}
	return l.mrkdwn(key, words{"When": at})
}

// requestLines are the time that is asked for, and how they would meet.
func requestLines(v programme.SessionView, l Locale) string {
	times := spanLines(v.Proposal.Spans, l)
	if len(v.Proposal.Spans) == 1 {
		times = whenLine(v.Proposal.Spans[0], l)
	}
	return lines(times, whereLine(v.Proposal.Mode, v.Proposal.Place, l))
}

// requestAnswers are what the expert can press under a request. A time that went by is not
// to be agreed to any more; of several, if the two wrote back and forth, each has a button.
func requestAnswers(v programme.SessionView, l Locale) []slack.Block {
	var agree []slack.BlockElement
	for i, s := range v.Proposal.Spans {
		label := l.Span(s.From, s.Until)
		if len(v.Proposal.Spans) == 1 {
			label = l.T("button.request_accept", nil)
		}
		if v.Now.Before(s.From) {
			agree = append(agree, button(PickID(ActionSessionPick, i), pickValue(v.Session, s.From, ""), label).WithStyle(slack.StylePrimary))
		}
	}
	var others []slack.BlockElement
	if v.MayPropose {
		others = append(others, button(ActionSessionTimes, string(v.ID), l.T("button.request_counter", nil)))
	}
	others = append(others, button(ActionSessionNone, declineValue(v.Session), l.T("button.request_refuse", nil)))
	if len(agree) > 1 {
		return []slack.Block{row(agree...), row(others...)}
	}
	return []slack.Block{row(append(agree, others...)...)}
}

// refuseForm asks for a kind sentence with which the expert declines a request, and suggests
// one.
func refuseForm(form Form, v programme.SessionView, l Locale) slack.ModalViewRequest {
	in := fields{sessionForm, l}
	answer := in.optional("reason", in.words(l.T("session.refuse.words", nil), programme.MaxSessionReason, true))
	answer.Label, answer.Hint = plain(l.T("session.refuse.label", nil), maxLabel), plain(l.T("session.refuse.hint", nil), maxLabel)
	return formView(l.T("session.refuse.title", nil), l.T("button.session_none_yes", nil), CallbackSessionNone, form, l,
		section(lines(sessionPair(v, v.Proposal.For, l), requestLines(v, l), l.T("session.refuse.help", nil)), nil), answer)
}

// requestRefused tells the atsugi, kindly, that the expert does not agree to the request
// for which time, with what else they can ask for.
func requestRefused(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Session
	blocks := []slack.Block{section(lines(sessionPair(v, m.To.ID, l), whenLine(v.Last.Was, l), l.T("session.refused.title", nil), refusedWords(v.Reason, l)), nil)}
	if len(m.Times) > 0 {
		blocks = append(blocks, section(l.T("session.refused.times", nil), nil),
			row(requestButtons(v.Mentor, m.Times, l)...))
	}
	return l.T("session.declined.text", nil), append(blocks, row(
		button(ActionRequestExpert, expertPlace(v.Mentor), l.T("button.request_others", nil)),
		button(ActionRequest, "", l.T("button.request_experts", nil))))
}

// refusedWords are the expert's kind words, as escaped markup, "" if they sent none.
func refusedWords(said string, l Locale) string {
	if said == "" {
		return ""
	}
	return l.mrkdwn("session.refused.words", words{"Words": line(said, programme.MaxSessionReason)})
}

// sessionFree tells an atsugi who waits that the expert has time; over, that they asked for
// some since, or wait no more.
func sessionFree(m programme.Matter, l Locale) (string, []slack.Block) {
	text, said := l.T("session.free.text", nil), l.T("session.free.title", nil)
	switch {
	case m.Over:
		said = l.T("session.free.over", nil)
	case len(m.Times) == 0:
		said = l.T("session.free.gone", nil)
	}
	blocks := []slack.Block{section(lines(bold(l.T("session.request.expert", words{"Who": name(m.Expert, l)})), said), nil)}
	if m.Over {
		return text, blocks
	}
	if len(m.Times) == 0 {
		return text, append(blocks, row(button(ActionRequestWait, string(m.Expert.ID), l.T("button.request_wait", nil))))
	}
	others := button(ActionRequestExpert, expertPlace(m.Expert.ID), l.T("button.request_others", nil))
	return text, append(blocks,
		row(append(requestButtons(m.Expert.ID, m.Times, l), others)...),
		small(l.T("session.free.first", nil)))
}
