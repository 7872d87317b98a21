package ui

import (
	"slices"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

const (
	// maxFaqShown is how much of an answer of the FAQ a message shows.
	maxFaqShown = 1500
	// maxAskedShown is how much of a question Home shows.
	maxAskedShown = 80
)

// enquiryFound shows what was published that may answer a question. Its text says no more than
// that: family and staff see the phone.
func enquiryFound(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Enquiry
	blocks := enquiryShown(v, l)
	nothing := len(v.Found)+len(v.Events)+len(v.Sessions) == 0
	switch v.State {
	case programme.EnquiryFound:
		blocks = append(blocks, section(l.T(foundHelp(v, nothing), nil), nil), enquiryChoice(v, nothing, l))
	case programme.EnquirySolved:
		blocks = append(blocks, section(l.T("enquiry.solved", nil), nil))
	case programme.EnquiryLapsed:
		blocks = append(blocks, section(l.T("enquiry.lapsed", nil), nil))
	default:
		blocks = append(blocks, section(l.T("enquiry.sent", nil), nil))
	}
	return l.T("enquiry.found.text", nil), blocks
}

func foundHelp(v programme.EnquiryView, nothing bool) string {
	switch {
	case nothing && v.Wish == "":
		return "enquiry.gone"
	case v.Wish != "":
		return "enquiry.wish.help"
	}
	return "enquiry.found.help"
}

// enquiryChoice is the way on from what was shown: it was enough, or the office is asked.
func enquiryChoice(v programme.EnquiryView, nothing bool, l Locale) slack.Block {
	ask := button(ActionEnquiryAsk, string(v.ID), l.T("button.enquiry_ask", nil))
	if nothing {
		return row(ask.WithStyle(slack.StylePrimary))
	}
	return row(button(ActionEnquirySolved, string(v.ID), l.T("button.enquiry_solved", nil)).WithStyle(slack.StylePrimary), ask)
}

// enquiryShown are the answers, or the card of what was asked for by name.
func enquiryShown(v programme.EnquiryView, l Locale) []slack.Block {
	if v.Wish != "" {
		return wishCard(v, l)
	}
	var blocks []slack.Block
	for _, p := range v.Found {
		blocks = append(blocks, postedBlocks(p, v, l)...)
	}
	if len(blocks) == 0 {
		return nil
	}
	return append([]slack.Block{section(l.T("enquiry.found", nil), nil), divider()}, append(blocks, divider())...)
}

func postedBlocks(p programme.Posted, v programme.EnquiryView, l Locale) []slack.Block {
	switch p.Kind {
	case programme.PostedEvent:
		return eventPosted(p.Line, v, false, l)
	case programme.PostedFaq:
		answer := section(bold(escape(line(l.Text(p.Faq.Question), 300))), nil)
		return append([]slack.Block{answer}, verbatim(take(l.Text(p.Faq.Answer), maxFaqShown))...)
	case programme.PostedKeyDate:
		return []slack.Block{section(lines(bold(keyDateTitle(p.KeyDate, l)), escape(keyDateDay(p.KeyDate, l))), nil)}
	}
	return nil
}

// eventPosted is an event as the asker knows it, and with answers their own, to be changed.
func eventPosted(e programme.EventLine, v programme.EnquiryView, answers bool, l Locale) []slack.Block {
	part := invitedBy(e, programme.Home{Me: v.Asker, Now: v.Now})
	blocks := []slack.Block{section(lines(bold(eventTitle(e.Event, l)), eventFacts(e.Event, part.coming(), l), registerBy(part, l)), nil)}
	if answers && !part.speaking() {
		blocks = append(blocks, eventAnswer(part, l)...)
	}
	blocks = append(blocks, onlineRoom(part, l)...)
	if e.Event.Held(v.Now) {
		blocks = append(blocks, leadTo(e.Event.Materials, "button.materials", l)...)
	}
	return blocks
}

// wishCard shows what somebody asked for by name, or that there is none of it.
func wishCard(v programme.EnquiryView, l Locale) []slack.Block {
	var blocks []slack.Block
	for _, e := range v.Events {
		blocks = append(blocks, eventPosted(e, v, true, l)...)
	}
	for _, s := range v.Sessions {
		blocks = append(blocks, sessionLine(s, v.Asker.ID, l))
	}
	key := "enquiry.wish." + string(v.Wish)
	if len(blocks) == 0 {
		key += "_none"
	}
	blocks = append([]slack.Block{section(l.T(key, nil), nil)}, blocks...)
	if v.Wish != programme.WishNext && slices.ContainsFunc(v.Asker.Roles, meets) {
		blocks = append(blocks, row(button(ActionSessionList, "", l.T("button.session_list", nil))))
	}
	return append(blocks, divider())
}

// meets says whether people of the role have sessions.
func meets(r programme.Role) bool { return r == programme.Atsugi || r == programme.Mentor }

// enquiryTold tells somebody that the office has their question.
func enquiryTold(m programme.Matter, l Locale) (string, []slack.Block) {
	key := "enquiry.told"
	if m.Enquiry.State != programme.EnquiryOpen {
		key = "enquiry.told_over"
	}
	ways := []slack.BlockElement{button(ActionEnquiryNew, "", l.T("button.enquiry_other", nil))}
	if m.Enquiry.State == programme.EnquiryOpen {
		ways = append(ways, closeButton(m.Enquiry.ID, "button.enquiry_done", l))
	}
	return l.T("enquiry.told.text", nil), []slack.Block{
		section(l.T(key, nil), nil),
		row(ways...),
	}
}

// EnquiryForm asks what somebody would like to know.
func EnquiryForm(form Form, l Locale) slack.ModalViewRequest {
	f := fields{"enquiry", l}
	return formView(l.T("enquiry.title", nil), l.T("button.enquiry_send", nil), CallbackEnquiry, form, l,
		section(l.T("enquiry.help", nil), nil), f.input("text", f.words("", programme.MaxEnquiry, true)))
}

// ReadEnquiryForm reads what somebody would like to know.
func ReadEnquiryForm(view slack.View) (programme.Said, error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return programme.Said{}, err
	}
	return programme.Said{Op: form.Op, Text: readFields(view).words("text"), Anew: true}, nil
}

// EnquiryHeard says where the answer to a question comes.
func EnquiryHeard(l Locale) string { return l.T("enquiry.heard", nil) }

// homeEnquiries are the reader's open questions to the office.
func homeEnquiries(h programme.Home, l Locale) []slack.Block {
	if len(h.Enquiries) == 0 {
		return nil
	}
	blocks := title("home.enquiries", l)
	for _, v := range h.Enquiries {
		blocks = append(blocks, section(lines(bold(escape(line(v.First().Text, maxAskedShown))), enquiryStands(v, l)), nil))
	}
	return append(blocks, small(l.T("home.enquiries_help", nil)))
}

// homeAsk is the way to ask the office, for everybody but the office itself.
func homeAsk(h programme.Home, l Locale) []slack.Block {
	if h.Office {
		return nil
	}
	return []slack.Block{section(l.T("home.ask", nil), button(ActionEnquiryNew, "", l.T("button.enquiry_new", nil)))}
}

// enquiryStands is how far an open question is.
func enquiryStands(v programme.EnquiryView, l Locale) string {
	if v.Waits() {
		return l.T("home.enquiry_waits", words{"When": l.Moment(v.Asked)})
	}
	return l.T("home.enquiry_answered", words{"When": l.Moment(v.Answered)})
}
