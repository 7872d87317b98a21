package ui_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// offering are the settings under which experts publish times.
func offering() programme.Settings {
	set := programme.Settings{Zone: tokyo, Sessions: programme.DefaultSessions()}
	set.Sessions.Offering = programme.OfferingOpen
	return set
}

func TestTheFormForPublishedTimesIsReadAsItWasFilled(t *testing.T) {
	c := sample()
	l := ui.NewLocale("ja", tokyo)
	set, now := offering(), at(11, 24, 9, 0)
	for name, v := range map[string]programme.OfferView{"filled": c.offerView(), "new": c.offerNone(), "abroad": c.offerAbroad()} {
		form := returned(t, view(t, ui.OfferForm(offerFormData(v, "Europe/London"), l)))
		if name == "new" { // who never wrote any is thought to mean their own zone
			v.Offer.Hours.Zone = "Europe/London"
		}
		got, err := ui.ReadOffer(form, set, now)
		want := programme.OfferForm{Offer: v.Offer, Version: v.Offer.Version}
		want.Offer.Version = 0
		if name != "new" {
			want.Lines = programme.HoursLines{Weekly: []int{1, 2}, Single: []int{1}, Off: []int{1}}
		}
		same := cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })
		if d := cmp.Diff(want, got, same); err != nil || d != "" {
			t.Errorf("%s: %v %s", name, err, d)
		}
	}
}

// typedHours is the form as it comes back with lines typed into it.
func typedHours(t *testing.T, weekly, single, off string) slack.View {
	t.Helper()
	v := returned(t, view(t, ui.OfferForm(offerFormData(sample().offerNone(), "Europe/London"), ui.NewLocale("ja", tokyo))))
	for field, text := range map[string]string{"weekly": weekly, "single": single, "off": off} {
		v.State.Values[ui.FieldBlock(v, field)] = map[string]slack.BlockAction{"value": {Value: text}}
	}
	return v
}

func TestPublishedTimesAreOfTheZoneThatWasChosen(t *testing.T) {
	v := typedHours(t, "火 18:00-21:00", "12/13 13:00-15:00", "")
	for zone, want := range map[string]string{"Asia/Tokyo": "2026-12-13T04:00:00Z", "Europe/London": "2026-12-13T13:00:00Z", "": "2026-12-13T04:00:00Z"} {
		v.State.Values[ui.FieldBlock(v, "zone")] = map[string]slack.BlockAction{"value": {SelectedOption: slack.OptionBlockObject{Value: zone}}}
		f, err := ui.ReadOffer(v, offering(), at(11, 24, 9, 0))
		if err != nil || len(f.Hours.Single) != 1 {
			t.Fatalf("%q: %+v %v", zone, f, err)
		}
		if got := f.Hours.Single[0].From.UTC().Format(time.RFC3339); got != want {
			t.Errorf("%q: begins %s, want %s", zone, got, want)
		}
		if f.Hours.Weekly[0] != (programme.WeeklyTime{Day: time.Tuesday, From: 18 * 60, Until: 21 * 60}) {
			t.Errorf("%q: weekly times have no moment, got %+v", zone, f.Hours.Weekly[0])
		}
	}
}

func TestLinesThatCannotBeReadAreSaidBesideTheirField(t *testing.T) {
	v := typedHours(t, "火 18:00-21:00\n水のどこか", "いつか", "お正月")
	form, err := ui.ReadOffer(v, offering(), at(11, 24, 9, 0))
	if err != nil {
		t.Fatal(err)
	}
	beside := map[string]string{}
	for _, fault := range form.Unread {
		field, text := ui.Sentence(fault, "", ui.NewLocale("ja", tokyo))
		beside[field] = text
	}
	for field, line := range map[string]string{"weekly": "2行目", "single": "1行目", "off": "1行目"} {
		if !strings.Contains(beside[field], line) {
			t.Errorf("beside %s stands %q, want which line it is: %s", field, beside[field], line)
		}
	}
}

func TestEveryFieldThatTheRulesOfOffersNameIsAnInput(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	v := returned(t, drawn["offer-form-office"])
	for _, field := range []string{"help", "fields", "languages", "url", "place", "length", "buffer", "notice", "week", "zone", "weekly", "single", "off"} {
		if _, ok := v.State.Values[ui.FieldBlock(v, field)]; !ok {
			t.Errorf("no input for %q", field)
		}
	}
}

// wordsOf are the words of a view's markup.
func wordsOf(t *testing.T, d drawing) string {
	t.Helper()
	var tree any
	if err := json.Unmarshal(d.View, &tree); err != nil {
		t.Fatal(err)
	}
	return strings.Join(markedUp(tree), "\n")
}

func TestTheComingWeeksAreShownByDay(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for name, c := range map[string]struct{ has, lacks []string }{
		"offer-page": {
			has:   []string{"11月24日(火) 18:00〜21:00", "11月27日(金) 22:00〜翌01:00", "12月4日(金) 22:00〜24:00"},
			lacks: []string{"ロンドン", "London"},
		},
		"offer-page-abroad": {has: []string{"11月24日(火) 09:00〜12:00（日本時間 11月24日(火) 18:00〜21:00）", "毎週：火 18:00〜21:00、金 22:00〜翌01:00（Europe/London）"}},
		"offer-page-full":   {has: []string{"空いている時間はありません"}, lacks: []string{"11月"}},
		"offer-page-none":   {has: []string{"まだ入っていません"}, lacks: []string{"空いている"}},
		"offer-page-always": {has: []string{"11月24日(火) 09:00〜24:00\n11月25日(水) 00:00〜24:00", "12月22日(火) 00:00〜09:00"}},
		"home-offer":        {has: []string{"毎週：火 18:00〜21:00、金 22:00〜翌01:00", "次に選べる時間：11月27日(金) 22:00〜23:00"}, lacks: []string{"日本時間"}},
		"home-offer-none":   {has: []string{"まだ入っていません"}},
	} {
		shown := wordsOf(t, drawn[name])
		for _, words := range c.has {
			if !strings.Contains(shown, words) {
				t.Errorf("%s does not say %q:\n%s", name, words, shown)
			}
		}
		for _, words := range c.lacks {
			if strings.Contains(shown, words) {
				t.Errorf("%s says %q:\n%s", name, words, shown)
			}
		}
	}
}

// TestPublishedTimesFitWhateverTheyAre: 50 times a week, and four weeks cut to pieces.
func TestPublishedTimesFitWhateverTheyAre(t *testing.T) {
	v := sample().offerAbroad()
	v.Offer.Length = 30 * time.Minute
	v.Offer.Hours.Weekly, v.Free = nil, nil
	for i := range programme.MaxOfferTimes {
		v.Offer.Hours.Weekly = append(v.Offer.Hours.Weekly, programme.WeeklyTime{Day: time.Weekday(i % 7), From: 60 * (i / 7), Until: 60*(i/7) + 55})
	}
	for from := v.Now; from.Before(v.Now.Add(programme.OfferedFor)); from = from.Add(35 * time.Minute) {
		v.Free = append(v.Free, programme.Span{From: from, Until: from.Add(30 * time.Minute)})
	}
	for _, lang := range ui.Languages {
		l := ui.NewLocale(lang, tokyo)
		d := view(t, ui.OfferPage(v, true, l))
		check(t, "page", d)
		shown := wordsOf(t, d)
		dashes := strings.Count(shown, "〜") + strings.Count(shown, "–")
		if want := programme.MaxOfferTimes + 2*len(v.Free); dashes != want {
			t.Errorf("%d stretches are shown, want %d: of every week once, of the coming weeks in both zones", dashes, want)
		}
		check(t, "form", view(t, ui.OfferForm(offerFormData(v, "Europe/London"), l)))
		check(t, "home", view(t, ui.Home(programme.Home{Offer: &v}, nil, l)))
	}
}

func TestOnlyWhatTheProgrammeAllowsAWeekCanBeChosen(t *testing.T) {
	v := sample().offerView()
	v.Offer.PerWeek = 9 // the programme allowed more once
	for most, want := range map[int]int{1: 1, 5: 5, 1000: 9} {
		d := offerFormData(v)
		d.Most = most
		form := returned(t, view(t, ui.OfferForm(d, ui.NewLocale("ja", tokyo))))
		f, err := ui.ReadOffer(form, offering(), v.Now)
		if err != nil || f.PerWeek != want {
			t.Errorf("of %d a week the form begins with %d, want %d (%v)", most, f.PerWeek, want, err)
		}
	}
}

func FuzzReadOffer(f *testing.F) {
	f.Add("火 18:00-21:00", "10/3 13:00-15:00", "10/10-10/12", "Asia/Tokyo")
	f.Add("金 22:00-25:00\n\n土　９時〜１１時", "2026-10-03 1-3pm", "12月28日〜1月5日", "Nowhere/Land")
	set, now := offering(), at(11, 24, 9, 0)
	f.Fuzz(func(t *testing.T, weekly, single, off, zone string) {
		value := func(a slack.BlockAction) map[string]slack.BlockAction {
			return map[string]slack.BlockAction{"value": a}
		}
		v := slack.View{PrivateMetadata: `{"op":"01KOP"}`, State: &slack.ViewState{Values: map[string]map[string]slack.BlockAction{
			"offer.weekly": value(slack.BlockAction{Value: weekly}), "offer.single": value(slack.BlockAction{Value: single}),
			"offer.off": value(slack.BlockAction{Value: off}), "offer.length": value(slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: zone}}),
			"offer.zone": value(slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: zone}}),
		}}}
		got, err := ui.ReadOffer(v, set, now)
		if err != nil {
			return
		}
		if strings.TrimSpace(zone) != "" && got.Hours.Zone != zone {
			t.Errorf("the zone %q came to be %q", zone, got.Hours.Zone)
		}
		if slices.ContainsFunc(got.Hours.Single, func(s programme.Span) bool { return !s.From.Before(s.Until) }) {
			t.Errorf("%q ends before it begins", single)
		}
	})
}
