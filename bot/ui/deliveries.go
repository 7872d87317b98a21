package ui

import (
	"encoding/json"
	"fmt"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// Letter draws the message of a notice that is not withdrawn, from the facts
// found at the moment of sending. The error is of the program, never of a
// person: a kind that nobody draws.
func Letter(m programme.Matter, l Locale) (programme.Letter, error) {
	text, blocks, err := letter(m, l)
	if err != nil {
		return programme.Letter{}, err
	}
	if m.Over {
		blocks = withoutControls(blocks)
	}
	body, err := json.Marshal(blocks)
	if err != nil {
		return programme.Letter{}, fmt.Errorf("draw %s: %w", m.Notice.Kind, err)
	}
	return programme.Letter{Text: cut(text, maxText), Body: body}, nil
}

// withoutControls leaves only what is to be read: a press would be refused.
func withoutControls(blocks []slack.Block) []slack.Block {
	kept := blocks[:0:0]
	for _, b := range blocks {
		switch x := b.(type) {
		case *slack.ActionBlock, *slack.InputBlock:
			continue
		case *slack.SectionBlock:
			x.Accessory = nil
		}
		kept = append(kept, b)
	}
	return kept
}

func letter(m programme.Matter, l Locale) (text string, blocks []slack.Block, err error) {
	switch m.Notice.Kind {
	case programme.NoticeEventAsk:
		text, blocks = eventAsk(m.Event, m.Attendance, l)
	case programme.NoticeEventReminder:
		text, blocks = eventReminder(m.Event, m.Attendance, l)
	case programme.NoticeSurveyInvite:
		text, blocks = surveyInvitation(m.Dialogue, l)
	case programme.NoticeSurveyQuestion:
		text, blocks = surveyQuestion(m.Dialogue, m.Question, m.Asked, l)
	case programme.NoticeSurveyReceipt:
		text, blocks = surveyReceipt(m.Dialogue, l)
	case programme.NoticeMemoWritten:
		text, blocks = memoWritten(m.Memo, l)
	case programme.NoticeMemoShared:
		text, blocks = memoShared(m.Memo, l)
	case programme.NoticeHint:
		text, blocks = Hint(m.To, l)
	default:
		err = fmt.Errorf("ui: no words for notices of kind %q", m.Notice.Kind)
	}
	return text, blocks, err
}
