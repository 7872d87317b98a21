package ui_test

import (
	"testing"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// enquiries are questions to the office as their asker sees them.
func (c cast) enquiries(t testing.TB, l ui.Locale, out map[string]drawing) {
	now := at(9, 3, 10, 0)
	line := programme.EventLine{Event: c.workshop, Mine: true, Answer: programme.Yes}
	base := programme.EnquiryView{
		Enquiry: programme.Enquiry{ID: "01ENQUIRY", Person: c.atsugi.ID, State: programme.EnquiryFound, Asked: now}, Asker: c.atsugi, Now: now,
		Words: []programme.EnquiryWord{{Text: c.words("駐車場は<ありますか>？\n教えてください")}},
	}
	found := base
	found.Found = []programme.Posted{
		{Kind: programme.PostedEvent, ID: "ws", Line: line},
		{Kind: programme.PostedFaq, Faq: programme.FaqEntry{
			Question: programme.Text{Ja: c.words("駐車場はありますか"), En: "Is there a car park?"},
			Answer:   programme.Text{Ja: c.words("*近くの* <コインパーキング> をお使いください。"), En: "Please use one nearby."},
		}},
		{Kind: programme.PostedKeyDate, KeyDate: programme.KeyDate{Title: c.words("エントリー締切"), Date: "2026-11-28", WorkBy: "2026-11-27"}},
	}
	next, cancel, none, bookings := base, base, base, base
	next.Wish, next.Events = programme.WishNext, []programme.EventLine{line}
	cancel.Wish, cancel.Events = programme.WishCancel, []programme.EventLine{line}
	none.Wish, bookings.Wish = programme.WishNext, programme.WishBookings
	in := func(v programme.EnquiryView, s programme.EnquiryState) programme.EnquiryView {
		v.State = s
		return v
	}
	for name, v := range map[string]programme.EnquiryView{
		"found": found, "found-none": base, "found-solved": in(found, programme.EnquirySolved), "found-sent": in(found, programme.EnquiryOpen),
		"found-lapsed": in(base, programme.EnquiryLapsed),
		"wish-next":    next, "wish-cancel": cancel, "wish-none": none, "wish-bookings": bookings,
	} {
		out["enquiry-"+name] = message(t, programme.Matter{Notice: notice(programme.NoticeEnquiryFound), To: c.atsugi, Enquiry: v}, l)
	}
	for name, s := range map[string]programme.EnquiryState{"": programme.EnquiryOpen, "-closed": programme.EnquiryClosed} {
		out["enquiry-told"+name] = message(t, programme.Matter{Notice: notice(programme.NoticeEnquiryTold), To: c.atsugi, Enquiry: in(base, s)}, l)
	}
	out["form-enquiry"] = view(t, ui.EnquiryForm(ui.Form{Op: "op"}, l))
	answered := in(base, programme.EnquiryOpen)
	answered.Answered = now.AddDate(0, 0, 1)
	out["home-asked"] = view(t, ui.Home(programme.Home{Me: c.atsugi, Now: now, Enquiries: []programme.EnquiryView{in(base, programme.EnquiryOpen), answered}}, nil, l))
}
