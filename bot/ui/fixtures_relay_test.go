package ui_test

import (
	"testing"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// relayed draws the conversation between who asked and the office.
func (c cast) relayed(t testing.TB, l ui.Locale, out map[string]drawing) {
	asked, answered := at(9, 3, 10, 0), at(9, 3, 15, 0)
	first := programme.EnquiryWord{ID: "01W1", Side: programme.FromAsker, Text: c.words("第1回の会場に、車で行けますか。\n駐車場は https://example.jp/p?a=1&b=2です。")}
	v := programme.EnquiryView{
		Enquiry: programme.Enquiry{ID: "01ENQUIRY", Person: c.atsugi.ID, State: programme.EnquiryOpen, Begun: asked, Opened: asked, Asked: asked},
		Asker:   c.atsugi, Words: []programme.EnquiryWord{first},
	}
	closed := v
	closed.State, closed.Closed, closed.Answered = programme.EnquiryClosed, answered, answered
	replied := v
	replied.Answered = answered

	card := programme.Matter{Notice: notice(programme.NoticeEnquiryCard), Enquiry: v, Word: first, Refused: 1, Ahead: programme.AskerAhead{
		Event: c.workshop, Answer: programme.Yes, Other: c.mentor,
		Session: programme.Session{ID: "01S", Span: programme.Span{From: at(9, 24, 14, 0), Until: at(9, 24, 15, 0)}},
	}}
	out["relay-card"] = message(t, card, l)
	card.Enquiry, card.Ahead, card.Refused = replied, programme.AskerAhead{}, 0
	card.Word.Edited = answered
	out["relay-card-answered"] = message(t, card, l)
	card.Enquiry.Asker.SlackID = ""
	out["relay-card-left"] = message(t, card, l)
	card.Enquiry = closed
	card.Word.Deleted = answered
	out["relay-card-closed"] = message(t, card, l)

	word := programme.EnquiryWord{ID: "01W2", Side: programme.FromOffice, Text: c.words("*はい*、止められます。<!channel> @channel <@U1>\n地図は https://example.jp/map です。")}
	reply := programme.Matter{Notice: notice(programme.NoticeEnquiryReply), To: c.atsugi, Enquiry: replied, Word: word}
	out["relay-reply-earlier"] = message(t, reply, l)
	replied.Words, closed.Words = append(replied.Words, word), append(closed.Words, word)
	reply.Enquiry = replied
	out["relay-reply"] = message(t, reply, l)
	reply.Word.Text, reply.Enquiry = "", closed
	out["relay-reply-file"] = message(t, reply, l)
	reply.Word.Inside = true
	out["relay-reply-gone"] = message(t, reply, l)

	said := programme.Matter{Notice: notice(programme.NoticeEnquirySaid), Enquiry: v, Word: first}
	out["relay-said"] = message(t, said, l)
	said.Word.Deleted = answered
	out["relay-said-gone"] = message(t, said, l)

	over := programme.Matter{Notice: notice(programme.NoticeEnquiryClosed), To: c.atsugi, Enquiry: closed}
	out["relay-closed"] = message(t, over, l)
	over.To = programme.Person{}
	out["relay-closed-office"] = message(t, over, l)
	out["relay-unheard"] = message(t, programme.Matter{Notice: notice(programme.NoticeEnquiryUnheard), Enquiry: v}, l)
	chase := programme.Matter{Notice: notice(programme.NoticeEnquiryChase), Enquiry: v, Since: asked}
	out["relay-chase"] = message(t, chase, l)
	chase.Since = programme.Matter{}.Since
	out["relay-chase-over"] = message(t, chase, l)

	stands := programme.Delivery{SlackID: "C0OFFICE1", SlackTS: "1789600000.000100", Notice: programme.Notice{To: programme.ToChannel(programme.ChannelOffice)}}
	out["relay-list"] = view(t, ui.EnquiriesPage([]programme.EnquiryLine{
		{EnquiryView: v, Since: asked, Card: stands}, {EnquiryView: replied},
	}, "https://kanto.slack.com/", l))
	out["faq-list"] = view(t, ui.FaqPage([]programme.FaqEntry{
		{ID: "01F1", Question: programme.Text{Ja: c.words("駐車場は<ありますか>")}, Answer: programme.Text{Ja: c.words("*近く*にあります")}, Made: answered},
	}, l))
	out["faq-list-none"] = view(t, ui.FaqPage(nil, l))
	out["relay-list-none"] = view(t, ui.EnquiriesPage(nil, "", l))
	form := ui.Form{Op: "01OP", Subject: "01ENQUIRY"}
	draft := programme.FaqDraft{Enquiry: "01ENQUIRY", Entry: programme.FaqEntry{
		Question: programme.Text{Ja: c.words("会場に車で行けますか。")}, Answer: programme.Text{Ja: c.words("はい、止められます。")},
	}}
	out["relay-faq"] = view(t, ui.FaqForm(form, draft, l))
	draft.Entry.Version = 2
	out["relay-faq-again"] = view(t, ui.FaqForm(form, draft, l))
}
