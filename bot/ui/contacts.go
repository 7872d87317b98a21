package ui

import (
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// contactsInputs bounds the pieces that the addresses are given in: some 10,000.
const contactsInputs = 60

// MailPage is the way off Slack: a subject, addresses and a text to copy into a
// mail, with time and place as they stand now. Inputs can be copied on a phone
// where text cannot.
func MailPage(c programme.Contacts, l Locale) slack.ModalViewRequest {
	e := c.Event
	blocks := []slack.Block{
		section(lines(bold(eventTitle(e, l)), l.T("mail.help", words{"Count": len(c.Mail)})), nil),
		row(button(ActionPhones, string(e.ID), l.T("button.phones", nil))),
	}
	draft := mailDraft{subject: mailSubject(c, l), text: mailText(c, l), about: string(e.ID)}
	for _, a := range c.Mail {
		draft.to = append(draft.to, addressee{attendeeName(a, l), a.Email()})
	}
	return mailForm(blocks, draft, l)
}

// addressee is somebody a mail goes to; mail is "" if nobody knows where.
type addressee struct{ name, mail string }

// mailDraft is a mail for the office to send; about is the id of what it is about.
type mailDraft struct {
	subject, text, about string
	to                   []addressee
}

// mailForm shows a mail below what is said of it, in inputs.
func mailForm(blocks []slack.Block, d mailDraft, l Locale) slack.ModalViewRequest {
	if len(d.to) == 0 {
		return modal(l.T("mail.title", nil), l, append(blocks, section(l.T("mail.nobody", nil), nil))...)
	}
	addresses, without := mailAddresses(d.to)
	blocks = append(blocks, copied("subject", l.T("mail.subject", nil), d.subject, false))
	all := joined(addresses, ", ", maxInput)
	for i, piece := range all[:min(len(all), contactsInputs)] {
		label := l.T("mail.addresses", words{"Count": len(addresses)})
		if len(all) > 1 {
			label = l.T("mail.addresses_part", words{"N": i + 1, "All": len(all)})
		}
		blocks = append(blocks, copied(PickID("addresses", i), label, piece, true))
	}
	blocks = append(blocks, copied("text", l.T("mail.text", nil), d.text, true))
	if len(without) > 0 {
		blocks = append(blocks, section(l.mrkdwn("mail.without", words{"Names": cut(l.list(without), 2000)}), nil))
	}
	v := modal(l.T("mail.title", nil), l, blocks...)
	v.Submit = plain(l.T("button.done", nil), maxModalWord)
	v.CallbackID = CallbackMail
	v.PrivateMetadata = Form{Op: d.about, Subject: d.about}.encode()
	return v
}

// copied is an input that is there to be copied from.
func copied(field, label, value string, several bool) slack.Block {
	text := slack.NewPlainTextInputBlockElement(nil, memoInput).WithMultiline(several).WithInitialValue(take(value, maxInput))
	b := formInput("mail", field, label, "", text)
	b.Optional = true
	return b
}

// joined puts words into texts of at most limit characters, each whole.
func joined(all []string, between string, limit int) []string {
	var out []string
	for _, s := range all {
		last := len(out) - 1
		if last >= 0 && size(out[last])+size(between)+size(s) <= limit {
			out[last] += between + s
		} else {
			out = append(out, s)
		}
	}
	return out
}

// mailAddresses are the addresses, each once, and the names of those without one.
func mailAddresses(to []addressee) (addresses, without []string) {
	seen := map[string]bool{}
	for _, a := range to {
		mail := strings.Join(strings.Fields(a.mail), "")
		switch {
		case mail == "" || size(mail) > maxPlace:
			without = append(without, a.name)
		case !seen[mail]:
			seen[mail] = true
			addresses = append(addresses, mail)
		}
	}
	return addresses, without
}

func mailSubject(c programme.Contacts, l Locale) string {
	e, key := c.Event, "mail.subject_event"
	switch {
	case !e.Cancelled.IsZero():
		key = "mail.subject_cancelled"
	case !c.Before.Start.IsZero():
		key = "mail.subject_moved"
	}
	return l.T(key, words{"Event": eventTitle(e, l), "When": l.Moment(e.Start)})
}

// mailText is what the mail says: time, place and address as of now, what they were
// before the event moved, or that it does not take place.
func mailText(c programme.Contacts, l Locale) string {
	e := c.Event
	said := func(key, name, value string) string {
		if strings.TrimSpace(value) == "" {
			return ""
		}
		return l.T(key, words{name: value})
	}
	args := words{"Event": quotedTitle(e, l)}
	when := l.T("event.when", words{"When": l.Span(e.Start, e.End)})
	if !e.Cancelled.IsZero() {
		return lines(l.T("mail.cancelled", args), when, said("mail.reason", "Reason", line(e.CancelReason, maxPlace)), l.T("mail.closing_cancelled", nil))
	}
	online := ""
	if e.URL != "" {
		online = l.T("mail.online", words{"Address": line(e.URL, programme.MaxEventURL)})
	}
	opening, where := l.T("mail.opening", args), l.T("event.where", words{"Where": eventPlace(e, programme.Undecided, l)})
	if was := c.Before; !was.Start.IsZero() {
		opening = l.T("mail.moved", args)
		when, where = mailMoved(was, present(e), l)
	}
	return lines(opening, when, where,
		said("mail.map", "Address", line(e.Map, programme.MaxEventURL)), online,
		said("event.bring", "Bring", line(e.Bring, maxPlace)), l.T("mail.closing", nil))
}

// mailMoved sets old and new time and place one below the other.
func mailMoved(b, a programme.EventChange, l Locale) (when, where string) {
	was, is := l.Span(b.Start, b.End), l.Span(a.Start, a.End)
	from, to := placeWords(b.Place, b.URL, false, l), placeWords(a.Place, a.URL, false, l)
	when, where = l.T("event.when", words{"When": is}), l.T("event.where", words{"Where": to})
	if was != is {
		when = lines(l.T("event.moved.when_before", words{"When": was}), l.T("event.moved.when_after", words{"When": is}))
	}
	if from != to {
		where = lines(l.T("event.moved.where_before", words{"Where": from}), l.T("event.moved.where_after", words{"Where": to}))
	}
	return when, where
}

// PhonesPage is the telephone list for the evening before: a line each.
func PhonesPage(c programme.Contacts, l Locale) slack.ModalViewRequest {
	e := c.Event
	numbers := 0
	for _, a := range c.Phone {
		if a.Phone() != "" {
			numbers++
		}
	}
	blocks := []slack.Block{section(lines(bold(eventTitle(e, l)), l.T("event.when", words{"When": l.Span(e.Start, e.End)}),
		l.T("phones.help", words{"Count": numbers})), nil)}
	off := map[programme.AttendeeID]bool{}
	for _, a := range c.Mail {
		off[a.ID] = true
	}
	var all []string
	for _, a := range c.Phone {
		all = append(all, phoneLine(a, off[a.ID], l))
	}
	for _, part := range joined(all, "\n", maxSection) {
		blocks = append(blocks, section(part, nil))
	}
	return modal(l.T("phones.title", nil), l, blocks...)
}

// phoneLine is whom to ring up; who is told by the bot too is marked.
func phoneLine(a programme.Attendee, off bool, l Locale) string {
	who := programme.Person{Name: a.Name(), Organisation: line(a.Organisation(), 40)}
	key := "phones.line"
	if off {
		key = "phones.line_off_slack"
	}
	return l.mrkdwn(key, words{"Who": nameAndFirm(who, l), "Phone": or(line(a.Phone(), 40), l.T("phones.none", nil))})
}
