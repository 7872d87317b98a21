package ui

import (
	"regexp"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// Sizes of what is said in a conversation.
const (
	spokenPiece = 1500 // characters of one section: escaped they may be more
	spokenSmall = 580  // escaped they are within a section, whatever they are
	maxRemind   = 60   // of the question that an answer reminds of
	linesListed = 40   // open enquiries on the office's list
)

// address is a link that somebody typed. What follows it in Japanese is no part of it.
var address = regexp.MustCompile(`https?://[!#-;=?-~]+`)

// spoken shows what somebody wrote as it reads in a chat: emphasis and links work, and nobody
// is called by it.
func spoken(s string) []slack.Block {
	var out []slack.Block
	for _, piece := range pieces(s, spokenPiece) {
		shown := []string{linked(piece)}
		if size(shown[0]) > maxSection {
			shown = shown[:0]
			for _, part := range pieces(piece, spokenSmall) {
				shown = append(shown, escape(part))
			}
		}
		for _, text := range shown {
			out = append(out, slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, or(text, nothing), false, true), nil, nil))
		}
	}
	return out
}

// linked is text escaped for markup in which addresses are links.
func linked(s string) string {
	var out strings.Builder
	rest := 0
	for _, m := range address.FindAllStringIndex(s, -1) {
		end := m[0] + len(strings.TrimRight(s[m[0]:m[1]], ".,;:!?)*_~`"))
		if link(s[m[0]:end]) == "" || strings.Contains(s[m[0]:end], "|") {
			continue
		}
		out.WriteString(escape(s[rest:m[0]]) + "<" + escape(s[m[0]:end]) + ">")
		rest = end
	}
	return out.String() + escape(s[rest:])
}

// enquiryReply is what the office answered, to who asked. Family and staff see the phone: what
// it shows by itself says only that there is an answer.
func enquiryReply(m programme.Matter, l Locale) (string, []slack.Block) {
	if m.Word.Gone() {
		return l.T("relay.reply_text", nil), []slack.Block{section(l.T("relay.reply_gone", nil), nil)}
	}
	blocks := []slack.Block{section(bold(l.T("relay.reply", nil)), nil)}
	if last, _ := m.Enquiry.LastAnswer(); last.ID != m.Word.ID { // what is to be done stands on the newest
		return l.T("relay.reply_text", nil), append(blocks, saidBlocks(m, l)...)
	}
	if asked := line(m.Enquiry.First().Text, maxRemind); asked != "" {
		blocks = append(blocks, small(l.mrkdwn("relay.about", words{"Question": asked})))
	}
	blocks = append(blocks, saidBlocks(m, l)...)
	if m.Enquiry.State != programme.EnquiryOpen {
		return l.T("relay.reply_text", nil), append(blocks, small(l.T("relay.closed_now", nil)))
	}
	return l.T("relay.reply_text", nil), append(blocks, row(closeButton(m.Enquiry.ID, "button.enquiry_done", l)), small(l.T("relay.reply_help", nil)))
}

func closeButton(id programme.EnquiryID, label string, l Locale) *slack.ButtonBlockElement {
	return button(ActionEnquiryClose, string(id), l.T(label, nil))
}

// saidBlocks are the words, and what is to be known of them.
func saidBlocks(m programme.Matter, l Locale) []slack.Block {
	var out []slack.Block
	if strings.TrimSpace(m.Word.Text) != "" {
		out = spoken(m.Word.Text)
	}
	if m.Refused > 0 {
		out = append(out, small(l.T("relay.files_refused", words{"Count": m.Refused})))
	}
	if !m.Word.Edited.IsZero() {
		out = append(out, small(l.T("relay.edited", words{"When": l.Moment(m.Word.Edited)})))
	}
	if len(out) == 0 {
		out = append(out, small(l.T("relay.file_only", nil)))
	}
	return out
}

// enquirySaid is what the asker said further, under the office's card.
func enquirySaid(m programme.Matter, l Locale) (string, []slack.Block) {
	text := l.T("relay.said_text", nil)
	if m.Word.Gone() {
		return text, []slack.Block{section(l.mrkdwn("relay.said_gone", words{"Who": name(m.Enquiry.Asker, l)}), nil)}
	}
	who := section(bold(l.T("relay.said", words{"Who": name(m.Enquiry.Asker, l)})), nil)
	return text, append([]slack.Block{who}, saidBlocks(m, l)...)
}

// enquiryFile is the comment beside a file that is passed on.
func enquiryFile(m programme.Matter, l Locale) (string, []slack.Block) {
	if m.To.ID != "" {
		return l.T("relay.file_text", nil), nil
	}
	return l.T("relay.file_from", nil), nil
}

// enquiryClosed tells the other side that an enquiry is done.
func enquiryClosed(m programme.Matter, l Locale) (string, []slack.Block) {
	if m.To.ID == "" {
		who := l.mrkdwn("relay.closed_by_asker", words{"Who": name(m.Enquiry.Asker, l)})
		return l.T("relay.closed_office_text", nil), []slack.Block{section(who, nil)}
	}
	blocks := []slack.Block{section(l.T("relay.closed_by_office", nil), nil)}
	if asked := line(m.Enquiry.First().Text, maxRemind); asked != "" {
		blocks = append(blocks, small(l.mrkdwn("relay.about", words{"Question": asked})))
	}
	return l.T("relay.closed_text", nil), append(blocks, small(l.T("relay.reopen_help", nil)))
}

// enquiryUnheard tells the office that an answer did not arrive, and why.
func enquiryUnheard(m programme.Matter, l Locale) (string, []slack.Block) {
	return l.T("relay.unheard_text", nil), []slack.Block{section(lines(
		bold(l.mrkdwn("relay.unheard", words{"Who": name(m.Enquiry.Asker, l)})), l.T("relay.unheard_help", nil)), nil)}
}

// enquiryChase reminds the office of somebody who waits, under the card and in the channel.
func enquiryChase(m programme.Matter, l Locale) (string, []slack.Block) {
	text := l.T("relay.chase_text", nil)
	if m.Since.IsZero() {
		return text, []slack.Block{section(l.T("relay.chase_over", nil), nil)}
	}
	return text, []slack.Block{section(lines(bold(l.T("relay.chase", nil)),
		l.mrkdwn("relay.chase_who", words{"Who": nameAndFirm(m.Enquiry.Asker, l), "When": l.Moment(m.Since)})), nil),
		small(l.T("relay.chase_help", nil)), row(button(ActionEnquiries, "", l.T("relay.list_title", nil)))}
}

// enquiryCard tells the office who asks what; the conversation stands in its thread.
func enquiryCard(m programme.Matter, l Locale) (string, []slack.Block) {
	who := m.Enquiry.Asker
	var roles []string
	for _, r := range who.Roles {
		roles = append(roles, roleName(r, l))
	}
	blocks := []slack.Block{
		section(lines(bold(l.T("relay.card", words{"Who": nameAndFirm(who, l)})), l.list(roles)), nil),
	}
	if m.Word.Gone() {
		blocks = append(blocks, section(l.mrkdwn("relay.said_gone", words{"Who": name(who, l)}), nil))
	} else {
		blocks = append(blocks, saidBlocks(m, l)...)
	}
	if ahead := askerAhead(m.Ahead, l); ahead != "" {
		blocks = append(blocks, small(ahead))
	}
	return l.T("relay.card_text", nil), append(blocks, enquiryControls(m.Enquiry, l)...)
}

// askerAhead is what lies ahead for who asks.
func askerAhead(a programme.AskerAhead, l Locale) string {
	event, session := "", ""
	if a.Event.ID != "" {
		event = l.mrkdwn("relay.ahead_event", words{"When": l.Moment(a.Event.Start), "Title": line(a.Event.Title, maxTitle)})
	}
	if a.Session.ID != "" {
		session = l.mrkdwn("relay.ahead_session", words{"When": l.Moment(a.Session.Span.From), "Who": name(a.Other, l)})
	}
	return lines(event, session)
}

// enquiryControls are what the office does with an enquiry, on its card, and how the
// conversation goes.
func enquiryControls(e programme.EnquiryView, l Locale) []slack.Block {
	faq := button(ActionEnquiryFaq, string(e.ID), l.T("button.enquiry_faq", nil))
	if e.State != programme.EnquiryOpen {
		return []slack.Block{section(l.T("relay.card_closed", words{"When": l.Moment(e.Closed)}), nil), row(faq)}
	}
	status := l.T("relay.card_waits", nil)
	if !e.Waits() {
		status = l.T("relay.card_answered", words{"When": l.Moment(e.Answered)})
	}
	help := "relay.card_help"
	if !e.Asker.Reachable() {
		help = "relay.card_left" // what is written in the thread cannot arrive
	}
	return []slack.Block{
		section(status, nil), small(l.T(help, nil)),
		row(closeButton(e.ID, "button.enquiry_close", l), faq),
	}
}

// EnquiriesPage is the office's list of open enquiries. workspace is Slack's address of it, for
// links.
func EnquiriesPage(list []programme.EnquiryLine, workspace string, l Locale) slack.ModalViewRequest {
	faq := row(button(ActionFaqList, "", l.T("button.faq_list", nil)))
	if len(list) == 0 {
		return modal(l.T("relay.list_title", nil), l, section(l.T("relay.list_none", nil), nil), faq)
	}
	blocks := []slack.Block{section(l.T("relay.list_count", words{"Count": len(list)}), nil), faq}
	for _, e := range list[:min(len(list), linesListed)] {
		when := l.T("relay.list_answered", words{"When": l.Moment(e.Answered)})
		if !e.Since.IsZero() {
			when = l.T("relay.list_waits", words{"When": l.Moment(e.Since)})
		}
		open := messageLink(programme.UnsettledLine{Delivery: e.Card}, workspace, l)
		blocks = append(blocks, section(lines(bold(nameAndFirm(e.Asker, l)), escape(line(e.First().Text, maxTitle)), when), open))
	}
	if rest := len(list) - linesListed; rest > 0 {
		blocks = append(blocks, small(l.T("relay.list_more", words{"Count": rest})))
	}
	return modal(l.T("relay.list_title", nil), l, blocks...)
}

// homeAsked leads the office to what was asked.
func homeAsked(h programme.Home, l Locale) slack.BlockElement {
	b := button(ActionEnquiries, "", l.T("button.enquiries", words{"Open": h.Asked.Open, "Waiting": h.Asked.Waiting}))
	if h.Asked.Waiting > 0 {
		b = b.WithStyle(slack.StylePrimary)
	}
	return b
}

// Fields of the form for an entry of the FAQ.
const (
	faqFields      = "faq"
	maxFaqQuestion = 300
	maxFaqAnswer   = 2000
)

// FaqForm asks the office for an entry of the FAQ, with what was asked and answered in it.
// Form.Subject is the enquiry.
func FaqForm(form Form, d programme.FaqDraft, l Locale) slack.ModalViewRequest {
	f := fields{faqFields, l}
	form.Version = d.Entry.Version
	help := "faq.help"
	if d.Entry.Version > 0 {
		help = "faq.help_again"
	}
	return formView(l.T("faq.title", nil), l.T("button.faq_save", nil), CallbackEnquiryFaq, form, l,
		section(l.T(help, nil), nil),
		f.input("question", f.words(d.Entry.Question.Ja, maxFaqQuestion, true)),
		f.input("answer", f.words(d.Entry.Answer.Ja, maxFaqAnswer, true)),
		f.optional("question_en", f.words(d.Entry.Question.En, maxFaqQuestion, true)),
		f.optional("answer_en", f.words(d.Entry.Answer.En, maxFaqAnswer, true)))
}

// ReadFaqForm reads the submitted form.
func ReadFaqForm(view slack.View) (Form, programme.FaqForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	in := readFields(view)
	return form, programme.FaqForm{
		Enquiry: programme.EnquiryID(form.Subject), Version: form.Version,
		Question: programme.Text{Ja: in["question"].Value, En: in["question_en"].Value},
		Answer:   programme.Text{Ja: in["answer"].Value, En: in["answer_en"].Value},
	}, err
}

// FaqKept, SaidUnderCard, EnquiryDone and FilesRefused say what was done.
func FaqKept(l Locale) string       { return l.T("faq.kept", nil) }
func SaidUnderCard(l Locale) string { return l.T("relay.stays", nil) }
func EnquiryDone(l Locale) string   { return l.T("relay.done", nil) }
func FilesRefused(count int, l Locale) string {
	return l.T("relay.files_refused_you", words{"Count": count})
}

// relayedFileName is what a file that is passed on is called.
func relayedFileName(m programme.Matter) string { return line(or(m.File.Name, "file"), maxTitle) }
