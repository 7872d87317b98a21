package ui

import (
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// invited is somebody's part in an event, as letters and Home show it.
type invited struct {
	event   programme.Event
	answer  programme.Attendance
	speaker programme.Speaker
	answers bool // may say whether they come
	closed  bool // nobody new may say that they come
	again   bool // was asked before
	// meetings are their agreed sessions while the event lasts.
	meetings []programme.AgreedTime
	// questionnaire says that the event's can be answered.
	questionnaire bool
}

// invitedTo is the part of the person whom a notice goes to.
func invitedTo(m programme.Matter) invited {
	return invited{
		event: m.Event, answer: m.Attendance, speaker: m.Speaker, closed: m.Closed, again: m.Again, meetings: m.Meetings,
		questionnaire: m.Questionnaire,
		answers:       m.Event.Audience.Includes(m.To) || m.Attendance.Answer != programme.Undecided,
	}
}

// coming is the answer that stands.
func (v invited) coming() programme.Coming { return v.answer.Answer }

func (v invited) cancelled() bool { return !v.event.Cancelled.IsZero() }

// asked says whether the person still owes an answer.
func (v invited) asked() bool {
	return v.coming() == programme.Undecided || v.again && v.coming() == programme.NotYet
}

// eventAsk asks whether somebody comes. Once answered, the same message shows
// the answer and lets it be changed. A later question does not read like the first.
func eventAsk(v invited, l Locale) (string, []slack.Block) {
	lead, key := "", "event.ask.text"
	switch {
	case v.cancelled() || !v.asked():
		key = "event.answered.text"
	case v.closed:
		key = "event.closed.text"
	case v.coming() == programme.NotYet:
		lead, key = l.T("event.ask.decided", nil), "event.ask.decided_text"
	case v.again:
		lead, key = l.T("event.ask.again", nil), "event.ask.again_text"
	}
	blocks := eventHead(lead, v, l)
	return eventText(key, v, l), append(append(blocks, eventAnswer(v, l)...), onlineRoom(v, l)...)
}

// onlineRoom leads who comes online to the room.
func onlineRoom(v invited, l Locale) []slack.Block {
	if v.coming() != programme.Online || v.cancelled() {
		return nil
	}
	return leadTo(v.event.URL, "button.online_room", l)
}

// eventHead is a line of what the message is about, unless blank, and the event.
func eventHead(lead string, v invited, l Locale) []slack.Block {
	facts := section(lines(bold(eventTitle(v.event, l)), eventFacts(v.event, v.coming(), l), registerBy(v, l)), nil)
	if lead == "" {
		return []slack.Block{facts}
	}
	return []slack.Block{small(lead), facts}
}

// eventText is the top-level text under the key, unless the event is cancelled.
// Others see it on the phone: it has the event, its time and place, no reason and
// nobody's name.
func eventText(key string, v invited, l Locale) string {
	if v.cancelled() {
		key = "event.cancelled.text"
	}
	e := v.event
	return l.T(key, words{"Event": quotedTitle(e, l), "When": l.Span(e.Start, e.End), "Where": eventPlace(e, v.coming(), l)})
}

// quotedTitle is the title for a sentence that puts it in brackets: brackets within
// brackets are written 『』.
func quotedTitle(e programme.Event, l Locale) string { return innerBrackets.Replace(eventTitle(e, l)) }

var innerBrackets = strings.NewReplacer("「", "『", "」", "』")

func eventTitle(e programme.Event, l Locale) string {
	return or(line(e.Title, maxTitle), l.T("event.untitled", nil))
}

// eventPlace is where somebody with this answer goes.
func eventPlace(e programme.Event, answer programme.Coming, l Locale) string {
	return placeWords(e.Place, e.URL, answer == programme.Online, l)
}

func placeWords(place, url string, online bool, l Locale) string {
	if online || place == "" && url != "" {
		return l.T("event.place_online", nil)
	}
	return or(line(place, maxPlace), l.T("event.place_open", nil))
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

// registerBy is until when somebody may say that they come, "" if that is over or
// they said so.
func registerBy(v invited, l Locale) string {
	if v.event.Deadline.IsZero() || v.closed || v.coming().Expected() || !v.answers {
		return ""
	}
	return l.T("event.deadline", words{"When": l.Moment(v.event.Deadline)})
}

// eventAnswer shows the answer given so far and the others as buttons.
func eventAnswer(v invited, l Locale) []slack.Block {
	if v.cancelled() {
		return []slack.Block{section(bold(l.T("event.cancelled", nil)), nil)}
	}
	if !v.answers {
		return nil
	}
	var said slack.Block
	switch key := answerNote(v); {
	case v.coming() == programme.Undecided && v.closed:
		said = section(l.T("event.closed", nil), nil)
	case v.coming() == programme.Undecided:
		said = small(l.T(key, nil))
	default:
		said = section(lines(comingWords(v, l), l.T(key, nil)), nil)
	}
	blocks := append([]slack.Block{said}, eventClashes(v, l)...)
	if buttons := comeButtons(v, l); len(buttons) > 0 {
		blocks = append(blocks, row(buttons...))
	}
	return blocks
}

// comingWords are the answer that stands and its reason, as escaped markup.
func comingWords(v invited, l Locale) string {
	reason := ""
	if v.answer.Reason != "" {
		reason = l.mrkdwn("event.reason", words{"Reason": line(v.answer.Reason, programme.MaxReason)})
	}
	return lines(bold(l.T("event.answer."+string(v.coming()), nil)), reason)
}

// answerNote is the key of what can be done about the answer.
func answerNote(v invited) string {
	switch {
	case v.coming() == programme.Undecided:
		return "event.please_answer"
	case v.coming() == programme.Waiting:
		return "event.waiting_note"
	case v.closed && v.coming().Comes():
		return "event.closed_may_change"
	case v.closed:
		return "event.closed"
	}
	return "event.may_change"
}

// comeButtons are the answers that can still be given. After the deadline nobody
// is led to an answer from which there is no way back but by the office.
func comeButtons(v invited, l Locale) []slack.BlockElement {
	var out []slack.BlockElement
	for _, c := range []struct {
		coming programme.Coming
		action string
	}{
		{programme.Yes, ActionComeYes}, {programme.Online, ActionComeOnline},
		{programme.No, ActionComeNo}, {programme.NotYet, ActionComeLater},
	} {
		if !v.offers(c.coming) {
			continue
		}
		label := "button.come_" + string(c.coming)
		if c.coming == programme.No && v.coming() == programme.Waiting {
			label = "button.wait_no_more"
		}
		b := button(c.action, string(v.event.ID), l.T(label, nil))
		if c.coming == programme.Yes && v.asked() {
			b.Style = slack.StylePrimary
		}
		out = append(out, b)
	}
	return append(out, reasonButton(v, l)...)
}

// offers says whether the answer can be given now.
func (v invited) offers(c programme.Coming) bool {
	now := v.coming()
	late := v.closed && !now.Expected()
	switch c {
	case programme.Yes:
		return now != programme.Yes && now != programme.Waiting && !late
	case programme.Online:
		return now != programme.Online && v.event.URL != "" && !late
	case programme.NotYet:
		return now != programme.NotYet && now != programme.Waiting && !v.closed
	}
	return now != c
}

// reasonButton lets somebody say why, once they said that they do not come or
// cannot tell: the answer itself is kept already.
func reasonButton(v invited, l Locale) []slack.BlockElement {
	if v.coming() != programme.No && v.coming() != programme.NotYet {
		return nil
	}
	label := "button.reason"
	if v.answer.Reason != "" {
		label = "button.reason_change"
	}
	return []slack.BlockElement{button(ActionComeReason, string(v.event.ID), l.T(label, nil))}
}

// AnswerNoted says that a press was understood although its message does not show
// it yet.
func AnswerNoted(l Locale) string { return l.T("event.answer_noted", nil) }

// ReasonForm asks why somebody does not come, or cannot tell yet.
func ReasonForm(form Form, e programme.Event, a programme.Attendance, l Locale) slack.ModalViewRequest {
	text := slack.NewPlainTextInputBlockElement(nil, memoInput).WithMultiline(true).
		WithMaxLength(programme.MaxReason).WithInitialValue(take(a.Reason, programme.MaxReason))
	in := formInput("reason", "reason", l.T("event.reason.label", nil), l.T("event.reason.hint", nil), text)
	in.Optional = true
	v := modal(l.T("event.reason.title", nil), l,
		section(lines(bold(eventTitle(e, l)), bold(l.T("event.answer."+string(a.Answer), nil))), nil), in)
	v.Submit = plain(l.T("button.reason_save", nil), maxModalWord)
	v.Close = plain(l.T("button.back", nil), maxModalWord)
	v.CallbackID = CallbackReason
	v.PrivateMetadata = form.encode()
	return v
}

// ReadReasonForm reads about which event what reason was given.
func ReadReasonForm(view slack.View) (id programme.EventID, reason string, err error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil || view.State == nil {
		return "", "", err
	}
	return programme.EventID(form.Subject), view.State.Values["reason.reason"][memoInput].Value, nil
}
