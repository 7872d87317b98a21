package ui

import (
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// OfferPage shows what came of the times that an expert publishes: the coming four weeks,
// a line for each day. saved says that they were changed just now.
func OfferPage(v programme.OfferView, saved bool, l Locale) slack.ModalViewRequest {
	l = inOffersZone(v.Offer.Hours, l)
	who, done := "", ""
	if !v.Mine {
		who = bold(nameAndFirm(v.Person, l))
	}
	if saved {
		done = l.T("offer.saved", nil)
	}
	var blocks []slack.Block
	if above := lines(done, who); above != "" {
		blocks = append(blocks, section(above, nil))
	}
	if !published(v.Offer.Hours) {
		blocks = append(blocks, section(l.T("offer.none_published", nil), nil))
	} else {
		blocks = append(blocks, section(lines(escape(weeklyWords(v.Offer.Hours, l)), offerTerms(v.Offer, l)), nil))
		blocks = append(blocks, comingWeeks(v, l)...)
	}
	return modal(l.T("offer.title", nil), l, append(append(blocks, calendarLine(v, l)...), row(changeOffer(v, l)))...)
}

// comingWeeks are the stretches of which atsugi can choose, by day.
func comingWeeks(v programme.OfferView, l Locale) []slack.Block {
	blocks := []slack.Block{divider(), section(bold(l.T("offer.coming", nil)), nil)}
	if len(v.Free) == 0 {
		return append(blocks, section(l.T("offer.none_free", nil), nil), small(l.T("offer.without", nil)))
	}
	for _, week := range dayLines(v.Free, l) {
		for _, piece := range pieces(escape(strings.Join(week, "\n")), maxSection) {
			blocks = append(blocks, section(piece, nil))
		}
	}
	zone := zoneName(l)
	if l.own != nil {
		zone = zoneCalled(l.own.String(), l)
	}
	return append(blocks, small(lines(l.T("offer.without", nil), l.T("offer.zone", words{"Zone": zone}))))
}

// calendarLine says how the expert's own calendar was last read, if it is read at all.
func calendarLine(v programme.OfferView, l Locale) []slack.Block {
	b := v.Busy
	switch {
	case b == nil:
		return nil
	case b.Failed.IsZero():
		return []slack.Block{small(l.T("offer.calendar", words{"When": l.Moment(b.Read)}))}
	case b.Fault == string(programme.BusyPartly):
		return []slack.Block{small(l.T("offer.calendar_partly", words{"When": l.Moment(b.Read)}))}
	}
	said := l.T("offer.calendar_never", nil)
	if !b.Read.IsZero() {
		said = l.T("offer.calendar_failed", words{"When": l.Moment(b.Read)})
	}
	why, _ := l.say("offer.fault."+b.Fault, nil)
	tell := ""
	if v.Mine { // the office set it up
		tell = l.T("offer.calendar_tell", nil)
	}
	return []slack.Block{small(lines(said, why, tell))}
}

// changeOffer opens the form for the times.
func changeOffer(v programme.OfferView, l Locale) *slack.ButtonBlockElement {
	if !published(v.Offer.Hours) {
		return button(ActionOfferChange, string(v.Person.ID), l.T("button.offer_begin", nil)).WithStyle(slack.StylePrimary)
	}
	return button(ActionOfferChange, string(v.Person.ID), l.T("button.offer_change", nil))
}

// homeOfferLine is how long the line of weekly times may be on Home.
const homeOfferLine = 300

// homeOffer is what an expert publishes, in short, and when they can next be asked for.
func homeOffer(h programme.Home, l Locale) []slack.Block {
	if h.Offer == nil {
		return nil
	}
	v := *h.Offer
	blocks := title("home.offer", l)
	if !published(v.Offer.Hours) {
		return append(blocks, section(l.T("offer.none_published", nil), nil), row(changeOffer(v, l)))
	}
	next := l.T("offer.none_next", nil)
	if len(v.Times) > 0 {
		next = l.T("offer.next", words{"When": when(v.Times[0], inOffersZone(v.Offer.Hours, l))})
	}
	return append(blocks, section(lines(escape(cut(weeklyWords(v.Offer.Hours, l), homeOfferLine)), escape(next)), nil),
		row(changeOffer(v, l), button(ActionOffer, string(v.Person.ID), l.T("button.offer", nil))))
}

// WithOffer puts the way to one's own published times above a page.
func WithOffer(page slack.ModalViewRequest, me programme.PersonID, l Locale) slack.ModalViewRequest {
	lead := row(button(ActionOffer, string(me), l.T("button.offer_own", nil)))
	page.Blocks.BlockSet = append([]slack.Block{lead}, page.Blocks.BlockSet...)
	return page
}

// boardOffers lead the office to what an expert publishes.
func boardOffers(experts []programme.Person, l Locale) []slack.Block {
	if len(experts) == 0 {
		return nil
	}
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(l.T("button.offer_of", nil), maxPlaceholder),
		ActionOfferOf, options(peopleOptions(experts, l), maxChoices)...)
	return []slack.Block{row(menu)}
}

// offerTerms are on what terms the times can be asked for: by whom, how long, until when
// and how often.
func offerTerms(o programme.Offer, l Locale) string {
	who, then := "offer.open_own", "offer.asked_first"
	if o.Everyone {
		who = "offer.open_all"
	}
	if o.Accepts {
		then = "offer.accepts"
	}
	return lines(l.T(who, nil), l.T(then, nil), l.T("offer.terms", words{
		"Length": l.T("session.minutes", words{"N": int(o.Length / time.Minute)}),
		"Notice": askedBefore(o.Notice, l), "Week": l.T("offer.week_times", words{"Count": o.PerWeek}),
	}))
}
