package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// How much a briefing shows, so that it is one message: what was agreed on last time, in
// characters, and how many answers.
const (
	briefingAgreed  = 1500
	briefingAnswers = 20
)

// sessionBriefing tells the expert on the day before what the atsugi wants to talk about,
// what they said in surveys for their experts, and what was agreed on last time. Nothing
// of it is in the text that a phone shows. It stays when the session is over: the memo is
// written then.
func sessionBriefing(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Session
	if !happened(v) && (v.State != programme.SessionBooked || m.Over) {
		return since(m, l)
	}
	blocks := []slack.Block{
		small(l.T("session.briefing.title", nil)),
		section(lines(sessionPair(v, m.To.ID, l), whenLine(v.Span, l), whereLine(v.Mode, v.Place, l)), nil),
		section(bold(l.T("session.briefing.topic", nil)), nil),
	}
	if v.Topic == "" {
		blocks = append(blocks, section(l.T("session.briefing.no_topic", nil), nil))
	} else {
		blocks = append(blocks, verbatim(cut(v.Topic, programme.MaxSessionText))...)
	}
	rest := v
	rest.Topic = ""
	rest.Bring = cut(v.Bring, programme.MaxSessionText)
	if more := sessionAbout(rest, l); more != "" {
		blocks = append(blocks, section(more, nil))
	}
	if v.Avoid != "" {
		blocks = append(blocks, section(bold(l.T("session.page.avoid", nil)), nil))
		blocks = append(blocks, verbatim(cut(v.Avoid, programme.MaxSessionText))...)
	}
	blocks = append(blocks, nextBriefing(m, l)...)
	return sessionText("session.briefing.text", v, l), append(blocks, sharedLines(m.Shared, l)...)
}

// sharedLines are the answers, newest survey first, each in a few lines.
func sharedLines(surveys []programme.SharedAnswers, l Locale) []slack.Block {
	var blocks []slack.Block
	shown, all := 0, 0
	for _, s := range surveys {
		all += len(s.Items)
		if shown < briefingAnswers && len(s.Items) > 0 {
			blocks = append(blocks, section(bold(surveyTitle(s.Survey.Def, l)), nil))
		}
		for _, item := range s.Items {
			if shown == briefingAnswers {
				break
			}
			shown++
			blocks = append(blocks, section(lines(
				escape(line(l.Text(item.Question.Words), maxTitle)),
				"→ "+escape(shortAnswer(item.Question, item.Answer, s.People, l)),
			), nil))
		}
	}
	if all > shown {
		blocks = append(blocks, small(l.T("session.briefing.more", words{"Count": all - shown})))
	}
	return blocks
}
