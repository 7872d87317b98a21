package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// eventAsk asks whether somebody comes. Once answered, the same message shows
// the answer and lets it be changed.
func eventAsk(e programme.Event, a programme.Attendance, l Locale) (string, []slack.Block) {
	args := words{"Event": eventTitle(e, l), "When": l.Span(e.Start, e.End)}
	blocks := []slack.Block{section(lines(bold(eventTitle(e, l)), eventFacts(e, l)), nil)}
	return l.T("event.ask.text", args), append(blocks, eventAnswer(e, a.Answer, l)...)
}

// eventReminder is 開催直前のご案内 for somebody who comes.
func eventReminder(e programme.Event, a programme.Attendance, l Locale) (string, []slack.Block) {
	args := words{"Event": eventTitle(e, l), "When": l.Span(e.Start, e.End), "Where": eventPlace(e, a.Answer, l)}
	blocks := []slack.Block{
		small(l.T("event.reminder.title", nil)),
		section(lines(bold(eventTitle(e, l)), eventFacts(e, l)), nil),
	}
	if !a.Answer.Comes() || !e.Cancelled.IsZero() {
		return l.T("event.reminder.text", args), append(blocks, eventAnswer(e, a.Answer, l)...)
	}
	blocks = append(blocks, small(l.T("event.answer."+answerKey(a.Answer), nil)))
	var buttons []slack.BlockElement
	if address := link(e.URL); address != "" && a.Answer == programme.Online {
		buttons = append(buttons, button(ActionLink, "", l.T("button.online_room", nil)).
			WithURL(address).WithStyle(slack.StylePrimary))
	} else if e.URL != "" && a.Answer == programme.Online {
		blocks = append(blocks, small(escape(cut(e.URL, maxPlace))))
	}
	buttons = append(buttons, button(ActionComeNo, string(e.ID), l.T("button.change_to_no", nil)))
	return l.T("event.reminder.text", args), append(blocks, row(buttons...))
}

func eventTitle(e programme.Event, l Locale) string {
	return or(line(e.Title, maxTitle), l.T("event.untitled", nil))
}

// eventPlace is where this person goes.
func eventPlace(e programme.Event, a programme.Coming, l Locale) string {
	if a == programme.Online || e.Place == "" && e.URL != "" {
		return l.T("event.place_online", nil)
	}
	return or(line(e.Place, maxPlace), l.T("event.place_open", nil))
}

// eventFacts are when, where and what to bring, as escaped markup.
func eventFacts(e programme.Event, l Locale) string {
	bring := ""
	if e.Bring != "" {
		bring = l.mrkdwn("event.bring", words{"Bring": line(e.Bring, maxPlace)})
	}
	return lines(
		l.T("event.when", words{"When": l.Span(e.Start, e.End)}),
		l.mrkdwn("event.where", words{"Where": eventPlace(e, programme.Undecided, l)}),
		bring,
	)
}

// answerKey is the end of an answer's key in the words.
func answerKey(c programme.Coming) string {
	if c == programme.Undecided {
		return "none"
	}
	return string(c)
}

// eventAnswer shows the answer given so far and the others as buttons.
func eventAnswer(e programme.Event, answer programme.Coming, l Locale) []slack.Block {
	if !e.Cancelled.IsZero() {
		return []slack.Block{small(l.T("event.cancelled", nil))}
	}
	said := small(l.T("event.answer."+answerKey(answer), nil))
	return []slack.Block{said, row(comeButtons(e, answer, l)...)}
}

func comeButtons(e programme.Event, answer programme.Coming, l Locale) []slack.BlockElement {
	var out []slack.BlockElement
	for _, c := range []struct {
		coming programme.Coming
		action string
	}{
		{programme.Yes, ActionComeYes}, {programme.Online, ActionComeOnline},
		{programme.No, ActionComeNo}, {programme.NotYet, ActionComeLater},
	} {
		if c.coming == answer || c.coming == programme.Online && e.URL == "" {
			continue
		}
		b := button(c.action, string(e.ID), l.T("button.come_"+string(c.coming), nil))
		if c.coming == programme.Yes && answer == programme.Undecided {
			b.Style = slack.StylePrimary
		}
		out = append(out, b)
	}
	return out
}
