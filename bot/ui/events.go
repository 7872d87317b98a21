package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// eventAsk asks whether somebody comes. Once answered, the same message shows
// the answer and lets it be changed.
func eventAsk(e programme.Event, a programme.Attendance, l Locale) (string, []slack.Block) {
	blocks := []slack.Block{section(lines(bold(eventTitle(e, l)), eventFacts(e, a.Answer, l)), nil)}
	return eventText("event.ask.text", e, a.Answer, l), append(blocks, eventAnswer(e, a.Answer, l)...)
}

// eventReminder is 開催直前のご案内 for somebody who comes.
func eventReminder(e programme.Event, a programme.Attendance, l Locale) (string, []slack.Block) {
	blocks := []slack.Block{
		small(l.T("event.reminder.title", nil)),
		section(lines(bold(eventTitle(e, l)), eventFacts(e, a.Answer, l)), nil),
	}
	if !a.Answer.Comes() || !e.Cancelled.IsZero() {
		return eventText("event.answered.text", e, a.Answer, l), append(blocks, eventAnswer(e, a.Answer, l)...)
	}
	blocks = append(blocks, section(bold(l.T("event.answer."+string(a.Answer), nil)), nil))
	return eventText("event.reminder.text", e, a.Answer, l), append(blocks, reminderButtons(e, a.Answer, l)...)
}

// reminderButtons lead to the online room, and let somebody say that they cannot
// come after all.
func reminderButtons(e programme.Event, answer programme.Coming, l Locale) []slack.Block {
	no := button(ActionComeNo, string(e.ID), l.T("button.change_to_no", nil))
	if answer != programme.Online {
		return []slack.Block{row(no)}
	}
	address := link(e.URL)
	if address == "" { // not an address: shown as it was written
		return []slack.Block{section(escape(line(e.URL, maxPlace)), nil), row(no)}
	}
	room := button(ActionLink, "", l.T("button.online_room", nil)).WithURL(address).WithStyle(slack.StylePrimary)
	return []slack.Block{row(room, no)}
}

// eventText is the top-level text under the key, unless the event is cancelled or
// an invitation was answered already.
func eventText(key string, e programme.Event, answer programme.Coming, l Locale) string {
	switch {
	case !e.Cancelled.IsZero():
		key = "event.cancelled.text"
	case key == "event.ask.text" && answer != programme.Undecided:
		key = "event.answered.text"
	}
	args := words{"Event": eventTitle(e, l), "When": l.Span(e.Start, e.End), "Where": eventPlace(e, answer, l)}
	if key == "event.reminder.text" && e.Bring != "" {
		return lines(l.T(key, args), l.T("event.bring", words{"Bring": line(e.Bring, maxPlace)}))
	}
	return l.T(key, args)
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
func eventFacts(e programme.Event, answer programme.Coming, l Locale) string {
	bring := ""
	if e.Bring != "" {
		bring = l.mrkdwn("event.bring", words{"Bring": line(e.Bring, maxPlace)})
	}
	return lines(
		l.T("event.when", words{"When": l.Span(e.Start, e.End)}),
		l.mrkdwn("event.where", words{"Where": eventPlace(e, answer, l)}),
		bring,
	)
}

// eventAnswer shows the answer given so far and the others as buttons.
func eventAnswer(e programme.Event, answer programme.Coming, l Locale) []slack.Block {
	if !e.Cancelled.IsZero() {
		return []slack.Block{section(bold(l.T("event.cancelled", nil)), nil)}
	}
	buttons := row(comeButtons(e, answer, l)...)
	if answer == programme.Undecided {
		return []slack.Block{small(l.T("event.please_answer", nil)), buttons}
	}
	return []slack.Block{
		section(lines(bold(l.T("event.answer."+string(answer), nil)), l.T("event.may_change", nil)), nil),
		buttons,
	}
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
