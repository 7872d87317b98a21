package main

import (
	"strings"
	"testing"

	"tsugite/rehearsal"
)

const (
	saysOffice  = "個別相談の日時は、事務局を通して決めています。"
	saysNoOffer = "この専門家の時間は、いま選べません。"
)

// TestForgedOfferButtons: nobody sees or changes an expert's times but they and the office.
func TestForgedOfferButtons(t *testing.T) {
	l := openOffering(t, func(*rehearsal.Cast) {})
	id := string(l.person(mentor).ID)
	presses := map[string]map[string][]button{
		silent:       {saysNoRight: {{"offer.open", id}, {"offer.change", id}, {"offer.open", ""}, {"offer.change", ""}}},
		"U0MENTOR02": {saysNoRight: {{"offer.open", id}, {"offer.change", id}, {"offer.change", nobodysThing}}},
		officer:      {saysNoRight: {{"offer.open", id}, {"offer.change", id}}},
		coordinator:  {saysNoOffer: {{"offer.open", nobodysThing}, {"offer.change", string(l.person(comes).ID)}, {"offer.open", ""}}},
	}
	for who, said := range presses {
		for says, buttons := range said {
			for _, press := range buttons {
				t.Run(who+" "+press.action+" "+press.value, func(t *testing.T) {
					me := l.as(who).on(t)
					click := l.forge(t, who, press)
					l.unchanged(func() { me.hears(says, func() { me.must("click", click) }) })
				})
			}
		}
	}
}

// TestNobodyPublishesTimesWhereTheOfficeAgrees: buttons of a time when experts did are of
// no use, and no page shows any.
func TestNobodyPublishesTimesWhereTheOfficeAgrees(t *testing.T) {
	l := openWatched(t)
	me := l.as(mentor)
	for _, press := range []button{{"offer.open", ""}, {"offer.change", string(l.person(mentor).ID)}} {
		click := l.forge(t, mentor, press)
		l.unchanged(func() { me.hears(saysOffice, func() { me.must("click", click) }) })
	}
	if home := me.openHome(); hasAction(home.Blocks, "offer.change") || strings.Contains(wordsOf(home.Blocks), "受けられる時間") {
		t.Errorf("Home shows published times: %s", wordsOf(home.Blocks))
	}
	for _, who := range []string{mentor, coordinator} {
		page := l.as(who).page(l.as(who).must("command", map[string]any{"command": "/tsugite", "text": "session"}))
		if hasAction(page.Blocks, "offer.open") || hasAction(page.Blocks, "offer.of") {
			t.Errorf("%s is led to published times: %s", who, wordsOf(page.Blocks))
		}
	}
}

// TestTimesAreWrittenInOnesOwnZone: an expert in London writes and reads London's, and sees
// what that is in Tokyo.
func TestTimesAreWrittenInOnesOwnZone(t *testing.T) {
	l := openOffering(t, func(cast *rehearsal.Cast) {
		for i := range cast.People {
			if cast.People[i].ID == mentor {
				cast.People[i].TZ = "Europe/London"
			}
		}
	})
	me := l.as(mentor)
	form := me.page(me.must("click", l.forge(t, mentor, button{"offer.change", string(l.person(mentor).ID)})))
	values := filledAs(t, *form)
	values = with(values, "help", text("海外での売り方"))
	values = with(values, "weekly", text("Tue 9:00-11:00"))
	me.must("submit", map[string]any{"view_id": form.ID, "values": values})
	page := me.opened("保存しました")
	for _, words := range []string{"毎週：火 09:00〜11:00（Europe/London）", "9月8日(火) 09:00〜11:00（日本時間 9月8日(火) 17:00〜19:00）"} {
		if shown := wordsOf(page.Blocks); !strings.Contains(shown, words) {
			t.Errorf("the page does not say %q: %s", words, shown)
		}
	}
	const zone = `SELECT count(*) FROM offers WHERE json_extract(offer, '$.Hours.Zone') = 'Europe/London'`
	if n := count(t, l.file(), zone); n != 1 {
		t.Errorf("%d offers are in London's time", n)
	}
}

// TestTwoChangeTheSameTimes: the office changed them while the expert had the form open,
// who is told so and whose words stay on the screen.
func TestTwoChangeTheSameTimes(t *testing.T) {
	l := openOffering(t, func(*rehearsal.Cast) {})
	id := string(l.person(mentor).ID)
	fillIn := func(who, help string) (seenView, map[string]map[string]any) {
		form := l.as(who).page(l.as(who).must("click", l.forge(t, who, button{"offer.change", id})))
		return *form, with(with(filledAs(t, *form), "help", text(help)), "weekly", text("火 18:00-21:00"))
	}
	first, mine := fillIn(mentor, "値段の決め方")
	second, theirs := fillIn(coordinator, "販路の広げ方")
	l.as(coordinator).must("submit", map[string]any{"view_id": second.ID, "values": theirs})
	l.as(coordinator).opened("保存しました")
	l.unchanged(func() {
		l.as(mentor).hears("この設定は、さきほど変わりました。", func() {
			l.as(mentor).must("submit", map[string]any{"view_id": first.ID, "values": mine})
		})
	})
	if n := count(t, l.file(), `SELECT count(*) FROM offers WHERE json_extract(offer, '$.Help') = '販路の広げ方'`); n != 1 {
		t.Errorf("%d offers say what the office wrote", n)
	}
}
