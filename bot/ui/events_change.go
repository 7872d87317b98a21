package ui

import (
	"slices"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// EventMove asks for another time and place, and says how many would be told.
func EventMove(r programme.EventReach, form Form, l Locale) slack.ModalViewRequest {
	in, e := fields{eventForm, l}, r.Event
	form.Subject = string(e.ID)
	end := in.optional("end", in.moment(time.Time{}))
	end.Hint = plain(l.T("event.move.end_hint", nil), maxLabel)
	return formView(l.T("event.move.title", nil), l.T("button.event_move_yes", nil), CallbackEventMove, form, l,
		section(lines(bold(eventTitle(e, l)), escape(l.Span(e.Start, e.End)), l.mrkdwn("event.where", words{"Where": eventPlace(e, "", l)})), nil),
		in.input("start", in.moment(e.Start)),
		end,
		in.optional("place", in.words(e.Place, programme.MaxEventPlace, false)),
		section(reachWords(r, "event.move.tells", l), nil),
	)
}

// ReadEventMove reads the form of a move. An end that is zero keeps the length.
func ReadEventMove(view slack.View) (start, end time.Time, place string) {
	v := readFields(view)
	return v.moment("start"), v.moment("end"), v.words("place")
}

// EventMoved says what was moved, and who is told.
func EventMoved(e programme.Event, r programme.EventReach, l Locale) slack.ModalViewRequest {
	return modal(l.T("event.move.title", nil), l,
		section(lines(bold(l.T("event.moved.done", nil)), escape(eventTitle(e, l)), escape(l.Span(e.Start, e.End)),
			l.mrkdwn("event.where", words{"Where": eventPlace(e, "", l)})), nil),
		section(reachWords(r, "event.moved.told", l), nil),
		contactButtons(e, l),
	)
}

// contactButtons lead to the text for those who are not on Slack, and to the
// telephone numbers for the evening before.
func contactButtons(e programme.Event, l Locale) slack.Block {
	return row(button(ActionPhones, string(e.ID), l.T("button.phones", nil)), button(ActionMail, string(e.ID), l.T("button.mail", nil)))
}

// EventCancel asks for the reason, and says who would be told.
func EventCancel(r programme.EventReach, form Form, l Locale) slack.ModalViewRequest {
	in, e := fields{eventForm, l}, r.Event
	form.Subject = string(e.ID)
	blocks := []slack.Block{
		section(lines(bold(eventTitle(e, l)), escape(l.Span(e.Start, e.End))), nil),
		section(l.T("event.cancel.warning", nil), nil),
		in.optional("reason", in.words("", programme.MaxEventText, true)),
		section(reachWords(r, "event.cancel.tells", l), nil),
	}
	blocks = append(blocks, reachNames(r, l)...)
	return formView(l.T("event.cancel.title", nil), l.T("button.event_cancel_yes", nil), CallbackEventCancel, form, l, blocks...)
}

// ReadEventReason is what was written as the reason.
func ReadEventReason(view slack.View) string { return readFields(view).words("reason") }

// EventCancelled says who is told that an event was cancelled, and leads to the
// addresses and telephone numbers of the others.
func EventCancelled(e programme.Event, r programme.EventReach, l Locale) slack.ModalViewRequest {
	return modal(l.T("event.cancel.title", nil), l,
		section(lines(bold(l.T("event.cancelled.done", nil)), escape(eventTitle(e, l)), escape(l.Span(e.Start, e.End))), nil),
		section(reachWords(r, "event.cancelled.told", l), nil),
		contactButtons(e, l),
	)
}

// reachWords say how many are told by the bot, that this waits while deliveries are
// held, and how many the office has to tell.
func reachWords(r programme.EventReach, key string, l Locale) string {
	if len(r.Slack)+len(r.Others)+len(r.Guests) == 0 {
		return l.T("event.reach.nobody", nil)
	}
	others, held := "", ""
	if n := len(r.Others) + len(r.Guests); n > 0 {
		others = l.T("event.reach.others", words{"N": n})
	}
	if r.Held && len(r.Slack) > 0 {
		held = bold(l.T("event.reach.held", nil))
	}
	return lines(l.T(key, words{"N": len(r.Slack)}), held, others)
}

// reachNames lists those concerned.
func reachNames(r programme.EventReach, l Locale) []slack.Block {
	var out []slack.Block
	if len(r.Slack) > 0 {
		out = append(out, nameBlocks(l.T("event.reach.slack_names", nil), r.Slack, name, l)...)
	}
	others := slices.Clone(r.Others)
	for _, g := range r.Guests {
		others = append(others, programme.Person{Name: g.Name, Email: g.Email})
	}
	if len(others) > 0 {
		out = append(out, nameBlocks(l.T("event.reach.other_names", nil), others, nameAndMail, l)...)
	}
	return out
}

// EventAnswerFor asks who gave the office which answer.
func EventAnswerFor(e programme.Event, form Form, l Locale) slack.ModalViewRequest {
	in := fields{eventForm, l}
	form.Subject = string(e.ID)
	var answers []labelled
	for _, c := range []programme.Coming{programme.Yes, programme.Online, programme.No, programme.NotYet} {
		if c != programme.Online || e.URL != "" {
			answers = append(answers, labelled{string(c), l.T("button.come_"+string(c), nil)})
		}
	}
	choice := slack.NewRadioButtonsBlockElement(inputValue, options(answers, len(answers))...)
	return formView(l.T("event.answer_for.title", nil), l.T("button.event_answer_save", nil), CallbackEventAnswer, form, l,
		section(lines(bold(eventTitle(e, l)), escape(l.Span(e.Start, e.End))), nil),
		in.input("person", in.asksOne(MenuPeople, labelled{})),
		in.input("answer", choice),
		in.optional("reason", in.words("", programme.MaxReason, true)),
	)
}

// ReadEventAnswer reads whose answer the office enters, and which.
func ReadEventAnswer(view slack.View) (programme.PersonID, programme.Coming, string) {
	v := readFields(view)
	return programme.PersonID(v.one("person")), programme.Coming(v.one("answer")), v.words("reason")
}

// EventAnswered says what was entered: a full room makes yes a place in the line. meetings
// are sessions that they have while the event lasts.
func EventAnswered(a programme.Attendance, meetings []programme.AgreedTime, l Locale) string {
	done := "event.answer_for.done"
	if a.Answer == programme.Waiting {
		done = "event.answer_for.waits"
	}
	return lines(l.T(done, nil), answeredClash(a, meetings, l))
}
