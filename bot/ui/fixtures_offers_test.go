package ui_test

import (
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// offerView is what the expert offers, as they see it themself.
func (c cast) offerView() programme.OfferView {
	evening := func(month time.Month, day int) programme.Span {
		return programme.Span{From: at(month, day, 18, 0), Until: at(month, day, 21, 0)}
	}
	return programme.OfferView{
		Offer: programme.Offer{
			Mentor: c.mentor.ID, Help: c.typed, Fields: []string{"販路", "経営"}, Languages: c.words("日本語、英語"),
			Online: true, URL: c.link("https://example.jp/my-room"), OnSite: true, Place: c.place,
			Length: time.Hour, Buffer: 15 * time.Minute, Notice: 48 * time.Hour, PerWeek: 2, Everyone: true, Accepts: true, Version: 3,
			Hours: programme.Hours{Zone: "Asia/Tokyo", Holidays: true,
				Weekly: []programme.WeeklyTime{{Day: time.Tuesday, From: 18 * 60, Until: 21 * 60}, {Day: time.Friday, From: 22 * 60, Until: 25 * 60}},
				Single: []programme.Span{{From: at(12, 13, 13, 0), Until: at(12, 13, 15, 0)}},
				Off:    []programme.DaySpan{{First: "2026-12-29", Last: "2027-01-03"}}},
		},
		Person: c.mentor, Now: at(11, 24, 9, 0), Mine: true,
		Free: []programme.Span{
			evening(11, 24), {From: at(11, 27, 22, 0), Until: at(11, 28, 1, 0)},
			{From: at(12, 1, 18, 0), Until: at(12, 1, 19, 0)},
			{From: at(12, 4, 22, 0), Until: at(12, 5, 0, 0)},
			evening(12, 8), {From: at(12, 13, 13, 0), Until: at(12, 13, 15, 0)}, evening(12, 15),
		},
		Times: []programme.Span{hour(at(11, 27, 22, 0)), hour(at(11, 27, 22, 30)), hour(at(12, 1, 18, 0))},
	}
}

// offerAbroad is that of an expert who writes their times in London's.
func (c cast) offerAbroad() programme.OfferView {
	v := c.offerView()
	v.Offer.Hours.Zone = "Europe/London"
	return v
}

// offerNone is that of an expert who never said anything.
func (c cast) offerNone() programme.OfferView {
	return programme.OfferView{
		Offer: programme.Offer{Mentor: c.mentor.ID, Online: true, Length: time.Hour, Buffer: 15 * time.Minute, Notice: 48 * time.Hour,
			PerWeek: 2, Hours: programme.Hours{Zone: "Asia/Tokyo"}},
		Person: c.mentor, Now: at(11, 24, 9, 0), Mine: true,
	}
}

func offerFormData(v programme.OfferView, zones ...string) ui.OfferFormData {
	set := programme.DefaultSessions()
	return ui.OfferFormData{Form: ui.Form{Op: "01KOP"}, View: v, Named: set.Fields, Most: set.PerWeek, Zones: append([]string{"Asia/Tokyo"}, zones...)}
}

// offers draws what experts and the office see of published times.
func (c cast) offers(t testing.TB, l ui.Locale, out map[string]drawing) {
	page := func(name string, saved bool, change func(*programme.OfferView)) {
		v := c.offerView()
		change(&v)
		out["offer-page"+name] = view(t, ui.OfferPage(v, saved, l))
	}
	page("", false, func(*programme.OfferView) {})
	page("-saved", true, func(v *programme.OfferView) { v.Offer.Everyone, v.Offer.Accepts, v.Offer.Notice = false, false, 0 })
	page("-none", false, func(v *programme.OfferView) { *v = c.offerNone() })
	page("-full", false, func(v *programme.OfferView) { v.Free, v.Times, v.Offer.Notice = nil, nil, 3*time.Hour })
	page("-abroad", false, func(v *programme.OfferView) { *v = c.offerAbroad() })
	page("-calendar", false, func(v *programme.OfferView) { v.Busy = &programme.BusyReading{Read: at(11, 24, 8, 30)} })
	page("-calendar-failed", false, func(v *programme.OfferView) {
		v.Busy = &programme.BusyReading{Read: at(11, 23, 8, 30), Failed: at(11, 23, 9, 0), Fault: string(programme.BusyUnreachable)}
	})
	page("-calendar-partly", false, func(v *programme.OfferView) {
		v.Busy = &programme.BusyReading{Read: at(11, 24, 8, 30), Failed: at(11, 24, 8, 30), Fault: string(programme.BusyPartly)}
	})
	page("-office", false, func(v *programme.OfferView) {
		v.Mine, v.Busy = false, &programme.BusyReading{Failed: at(11, 23, 9, 0), Fault: string(programme.BusyForbidden)}
	})
	page("-always", false, func(v *programme.OfferView) {
		v.Free = []programme.Span{{From: at(11, 24, 9, 0), Until: at(12, 22, 9, 0)}}
	})

	form := func(name string, d ui.OfferFormData) { out["offer-form"+name] = view(t, ui.OfferForm(d, l)) }
	form("-new", offerFormData(c.offerNone()))
	form("", offerFormData(c.offerView()))
	office := c.offerAbroad()
	office.Mine, office.Offer.Notice, office.Offer.Buffer = false, 90*time.Minute, 20*time.Minute
	form("-office", offerFormData(office, "Europe/London"))
	many := offerFormData(c.offerNone(), "Europe/London")
	for range 9 {
		many.Named = append(many.Named, programme.Text{Ja: c.words("海外展開"), En: "Export"})
	}
	form("-fields", many)

	for name, v := range map[string]programme.OfferView{"": c.offerView(), "-none": c.offerNone(), "-abroad": c.offerAbroad()} {
		out["home-offer"+name] = view(t, ui.Home(programme.Home{Me: c.mentor, Now: v.Now, Offer: &v}, nil, l))
	}
	out["session-list-offer"] = view(t, ui.WithOffer(ui.SessionList(nil, c.mentor.ID, l), c.mentor.ID, l))
	out["session-board-open"] = view(t, ui.SessionBoard(ui.SessionBoardData{Board: c.sessionBoard(),
		Experts: []programme.Person{c.mentor}}, l))
}
