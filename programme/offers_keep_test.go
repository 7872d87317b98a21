package programme_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tsugite/programme"
)

// openHouse is a house in which experts publish their times.
func openHouse(t *testing.T) *house {
	t.Helper()
	h := newHouse(t)
	h.Settings.Sessions.Offering = programme.OfferingOpen
	return h
}

// thursdays is an offer to everyone on Thursdays from 14:00 to 18:00: on 3, 10, 17 and 24
// September, for an hour, with a quarter of an hour after it.
func thursdays(mentor programme.PersonID) programme.Offer {
	return programme.Offer{
		Mentor: mentor, Help: "値付けの言葉", Fields: []string{"販路"}, Languages: "日本語", Online: true,
		URL: "https://example.jp/room", OnSite: true, Place: "工房", Length: time.Hour, Buffer: 15 * time.Minute,
		Notice: 24 * time.Hour, PerWeek: 3, Everyone: true,
		Hours: programme.Hours{Zone: "Asia/Tokyo", Weekly: []programme.WeeklyTime{{Day: time.Thursday, From: 14 * 60, Until: 18 * 60}}},
	}
}

// offers enters an offer as change has it.
func (h *house) offers(mentor programme.PersonID, change func(*programme.Offer)) {
	h.t.Helper()
	of := thursdays(mentor)
	if change != nil {
		change(&of)
	}
	h.write(func(tx programme.Tx) error { return tx.SaveOffer(of) })
}

// saves is the form of a first offer of an expert's own.
func (h *house) saves(change func(*programme.OfferForm)) (programme.OfferView, error) {
	f := programme.OfferForm{Offer: thursdays("")}
	change(&f)
	return h.SaveOffer(h.t.Context(), programme.As("expert"), f)
}

// TestWhoMaySetTimesAndWhoMayChooseThem goes through everything about published times,
// person by person (design.md section 5, "sessions").
func TestWhoMaySetTimesAndWhoMayChooseThem(t *testing.T) {
	type who = []programme.PersonID
	for act, c := range map[string]struct {
		may     who
		missing who // who may do the like, yet there is none of theirs
		do      func(h *house, ctx context.Context, who programme.Actor) error
	}{
		"see an expert's": {may: who{"expert", "office"}, do: func(h *house, ctx context.Context, who programme.Actor) error {
			return second(h.OfferPage(ctx, who, "expert"))
		}},
		"see one's own": {may: who{"expert", "other-expert"}, missing: who{"office"}, do: func(h *house, ctx context.Context, who programme.Actor) error {
			return second(h.OfferPage(ctx, who, ""))
		}},
		"see one of who is not admitted": {missing: who{"office"}, do: func(h *house, ctx context.Context, who programme.Actor) error {
			return second(h.OfferPage(ctx, who, "unpledged"))
		}},
		"save an expert's": {may: who{"expert", "office"}, do: func(h *house, ctx context.Context, who programme.Actor) error {
			v, err := h.OfferPage(ctx, programme.As("office"), "expert")
			if err != nil {
				return err
			}
			f := programme.OfferForm{Offer: thursdays("expert"), Version: v.Offer.Version}
			f.Help = string(who.Person)
			return second(h.SaveOffer(ctx, who, f))
		}},
		"choose an expert": {may: who{"atsugi", "other-atsugi"}, do: func(h *house, ctx context.Context, who programme.Actor) error {
			return second(h.Offers(ctx, who))
		}},
		"choose a time first": {may: who{"atsugi", "other-atsugi"}, do: func(h *house, ctx context.Context, who programme.Actor) error {
			return second(h.TimesFirst(ctx, who))
		}},
		"choose a time of an expert": {may: who{"atsugi", "other-atsugi"}, do: func(h *house, ctx context.Context, who programme.Actor) error {
			return second(h.OfferedTimes(ctx, who, "other-expert"))
		}},
	} {
		t.Run(act, func(t *testing.T) {
			h := openHouse(t)
			h.offers("other-expert", nil)
			for _, who := range cast {
				want := codeOf(who)
				if slices.Contains(c.may, who) {
					want = ""
				} else if slices.Contains(c.missing, who) {
					want = programme.CodeNotFound
				}
				t.Run(string(who), func(t *testing.T) { wantCode(t, c.do(h, t.Context(), programme.As(who)), want) })
			}
			h.Settings.Sessions.Offering = programme.OfferingOffice
			for _, who := range append(slices.Clone(c.may), c.missing...) {
				refused(t, string(who)+" where the office has times agreed on", c.do(h, t.Context(), programme.As(who)), "closed error.offering_office")
			}
		})
	}
}

// TestAnOfferIsKept as it was filled in, once.
func TestAnOfferIsKept(t *testing.T) {
	h := openHouse(t)
	expert := programme.As("expert")
	first, err := h.OfferPage(t.Context(), expert, "")
	if err != nil {
		t.Fatal(err)
	}
	if of := first.Offer; of.Version != 0 || of.Everyone || of.Accepts || of.Length != time.Hour || of.Buffer != 15*time.Minute ||
		of.Hours.Zone != "JST" || len(first.Times) != 0 || len(first.Free) != 0 || !first.Mine || first.Person.ID != "expert" {
		t.Errorf("before the first: %+v", first)
	}
	f := programme.OfferForm{Offer: thursdays("")}
	f.Help, f.Fields = "  値付けの言葉\n", []string{"販路", "経営", "販路"}
	f.Hours.Weekly = []programme.WeeklyTime{{Day: time.Sunday, From: 600, Until: 720}, {Day: time.Thursday, From: 14 * 60, Until: 18 * 60}, {Day: time.Monday, From: 0, Until: 60}}
	f.Hours.Single = []programme.Span{slot(t, "20 10:00"), slot(t, "19 10:00")}
	f.Hours.Off = []programme.DaySpan{{First: "2026-10-10", Last: "2026-10-12"}, {First: "2026-09-10", Last: "2026-09-10"}}
	want := thursdays("expert")
	want.Fields = []string{"販路", "経営"}
	want.Hours.Weekly = []programme.WeeklyTime{f.Hours.Weekly[2], f.Hours.Weekly[1], f.Hours.Weekly[0]}
	want.Hours.Single = []programme.Span{slot(t, "19 10:00"), slot(t, "20 10:00")}
	want.Hours.Off = []programme.DaySpan{f.Hours.Off[1], f.Hours.Off[0]}
	want.Version = 1
	for _, again := range []string{"at first", "the same form again"} {
		v, err := h.SaveOffer(t.Context(), expert, f)
		if err != nil {
			t.Fatal(again, err)
		}
		if diff := cmp.Diff(want, v.Offer, cmpopts.EquateApproxTime(0)); diff != "" {
			t.Errorf("%s: %s", again, diff)
		}
	}
	if saves := slices.DeleteFunc(h.trail(), func(s string) bool { return s != "offer.save expert" }); len(saves) != 1 {
		t.Errorf("the trail says %v", h.trail())
	}
	f.Help = "ほかの言葉"
	_, err = h.SaveOffer(t.Context(), expert, f)
	refused(t, "a form that showed an older one", err, "conflict error.offer_changed")
	f.Version, f.Mentor = 1, "expert"
	v, err := h.SaveOffer(t.Context(), programme.As("office"), f)
	if err != nil || v.Offer.Help != f.Help || v.Offer.Version != 2 || v.Mine {
		t.Errorf("the office saves %+v, %v", v, err)
	}
}

// TestAnExpertSeesWhatCameOfTheirTimes over the coming four weeks.
func TestAnExpertSeesWhatCameOfTheirTimes(t *testing.T) {
	h := openHouse(t)
	h.Holiday = func(d programme.Date) bool { return d == "2026-09-17" }
	h.kept("s", nil)
	h.write(func(tx programme.Tx) error {
		return tx.Occupy("s", []programme.Occupied{{Person: "expert", Span: programme.Span{From: sessionStart, Until: sessionStart.Add(75 * time.Minute)}}})
	})
	v, err := h.saves(func(f *programme.OfferForm) {})
	if err != nil {
		t.Fatal(err)
	}
	var free []string
	for _, s := range v.Free {
		free = append(free, s.From.In(tokyo).Format("02 15:04")+"-"+s.Until.In(tokyo).Format("15:04"))
	}
	want := []string{"03 14:00-18:00", "10 15:30-18:00", "24 14:00-18:00"}
	if diff := cmp.Diff(want, free); diff != "" {
		t.Error(diff)
	}
	if n := len(v.Times); n != 7+4+7 || !v.Now.Equal(h.now) || v.Busy != nil {
		t.Errorf("%d times: %+v", n, v)
	}
	h.write(func(tx programme.Tx) error {
		return tx.SaveBusyReading(programme.BusyReading{Person: "expert", Read: h.now})
	})
	if v, err = h.OfferPage(t.Context(), programme.As("expert"), ""); err != nil || v.Busy == nil || !v.Busy.Read.Equal(h.now) {
		t.Errorf("how their calendar was read: %+v, %v", v.Busy, err)
	}
	v, err = h.saves(func(f *programme.OfferForm) {
		f.Version, f.Length = 1, 30*time.Minute
		f.Hours.Weekly[0].From, f.Hours.Weekly[0].Until = 0, 24*60
	})
	if len(v.Times) != 60 || err != nil {
		t.Errorf("%d times of many, %v", len(v.Times), err)
	}
}

// TestAnExpertSeesOnlyWhatCanBeAskedFor: not what begins before the notice that they want is
// over, nor a week that is full, nor what no session fits into.
func TestAnExpertSeesOnlyWhatCanBeAskedFor(t *testing.T) {
	for _, c := range []struct {
		rule, now string
		change    func(*programme.Offer)
		want      string // the first stretch, of Thursdays from 14:00 to 18:00
	}{
		{"in good time", "01 09:00", func(*programme.Offer) {}, "03 14:00-18:00"},
		{"from the first time that is not too soon", "02 14:10", func(of *programme.Offer) { of.Notice = 24 * time.Hour }, "03 14:30-18:00"},
		{"none on a day of which it is too late", "02 17:10", func(of *programme.Offer) { of.Notice = 24 * time.Hour }, "10 14:00-18:00"},
		{"none in a full week", "01 09:00", func(of *programme.Offer) { of.PerWeek = 1 }, "10 14:00-18:00"},
	} {
		h := openHouse(t)
		h.now = slot(t, c.now).From
		h.kept("s", func(s *programme.Session) { s.Span = slot(t, "05 09:00") })
		v, err := h.saves(func(f *programme.OfferForm) { c.change(&f.Offer) })
		if err != nil {
			t.Fatal(err)
		}
		got := v.Free[0].From.In(tokyo).Format("02 15:04") + "-" + v.Free[0].Until.In(tokyo).Format("15:04")
		if got != c.want || !v.Free[0].From.Equal(v.Times[0].From) {
			t.Errorf("%s: %s, want %s; the first time is %v", c.rule, got, c.want, v.Times[0])
		}
	}
}

// TestNoRestIsShownOfAnExpertsTimes: each stretch of the coming weeks begins with a time that
// can be asked for and ends with one, the last one, too, in which the four weeks end.
func TestNoRestIsShownOfAnExpertsTimes(t *testing.T) {
	for _, c := range []struct {
		rule, now    string
		until        int // minutes after Thursday 14:00
		first, last  string
		stretches, n int
	}{
		{"whole sessions", "01 09:00", 240, "03 14:00-18:00", "24 14:00-18:00", 4, 4 * 7},
		{"a rest at the end", "01 09:00", 100, "03 14:00-15:30", "24 14:00-15:30", 4, 4 * 2},
		{"the four weeks end within a stretch", "03 14:13", 240, "10 14:00-18:00", "01 14:00-15:00", 4, 3*7 + 1},
		{"the four weeks end with the start of one", "03 14:00", 240, "10 14:00-18:00", "24 14:00-18:00", 3, 3 * 7},
	} {
		h := openHouse(t)
		h.now = slot(t, c.now).From
		v, err := h.saves(func(f *programme.OfferForm) {
			f.Hours.Weekly[0].Until = f.Hours.Weekly[0].From + c.until
		})
		if err != nil {
			t.Fatal(err)
		}
		var shown []string
		for _, s := range v.Free {
			shown = append(shown, s.From.In(tokyo).Format("02 15:04")+"-"+s.Until.In(tokyo).Format("15:04"))
		}
		if len(shown) != c.stretches || len(v.Times) != c.n {
			t.Fatalf("%s: %d times, %v", c.rule, len(v.Times), shown)
		}
		if got := [...]string{shown[0], shown[len(shown)-1]}; got != [...]string{c.first, c.last} {
			t.Errorf("%s: %v, want %s to %s", c.rule, got, c.first, c.last)
		}
	}
}

// TestFaultsOfAnOffer: each beside its field; of times, which one it is.
func TestFaultsOfAnOffer(t *testing.T) {
	weekly := func(times ...programme.WeeklyTime) func(*programme.OfferForm) {
		return func(f *programme.OfferForm) { f.Hours.Weekly = times }
	}
	single := func(from, until string) func(*programme.OfferForm) {
		return func(f *programme.OfferForm) {
			f.Hours.Single = []programme.Span{slot(t, "18 10:00"), {From: slot(t, from).From, Until: slot(t, until).From}}
		}
	}
	off := func(first, last programme.Date) func(*programme.OfferForm) {
		return func(f *programme.OfferForm) { f.Hours.Off = []programme.DaySpan{{First: first, Last: last}} }
	}
	fine := programme.WeeklyTime{Day: time.Tuesday, From: 600, Until: 720}
	for rule, c := range map[string]struct {
		want   string
		args   map[string]any
		change func(*programme.OfferForm)
	}{
		"nothing to help with":          {"invalid help error.required", nil, func(f *programme.OfferForm) { f.Help = " \n" }},
		"too much to help with":         {"invalid help error.too_long", map[string]any{"Max": 500}, func(f *programme.OfferForm) { f.Help = strings.Repeat("あ", 501) }},
		"invisible words":               {"invalid help error.unprintable", nil, func(f *programme.OfferForm) { f.Help = "a\u202eb" }},
		"too many languages":            {"invalid languages error.too_long", map[string]any{"Max": 100}, func(f *programme.OfferForm) { f.Languages = strings.Repeat("a", 101) }},
		"a field that there is not":     {"invalid fields error.choice", nil, func(f *programme.OfferForm) { f.Fields = []string{"販路", "占い"} }},
		"neither online nor on site":    {"invalid url error.offer_mode", nil, func(f *programme.OfferForm) { f.Online, f.OnSite = false, false }},
		"an address of no page":         {"invalid url error.web_address", nil, func(f *programme.OfferForm) { f.URL = "http://example.jp/" }},
		"on site nowhere":               {"invalid place error.session_place", nil, func(f *programme.OfferForm) { f.Place = " " }},
		"a length of one's own":         {"invalid length error.time_length", nil, func(f *programme.OfferForm) { f.Length = 50 * time.Minute }},
		"a buffer off the grid":         {"invalid buffer error.choice", nil, func(f *programme.OfferForm) { f.Buffer = 12 * time.Minute }},
		"a buffer of a day":             {"invalid buffer error.choice", nil, func(f *programme.OfferForm) { f.Buffer = 24 * time.Hour }},
		"a notice of a month":           {"invalid notice error.number", map[string]any{"Min": 0, "Max": 336}, func(f *programme.OfferForm) { f.Notice = 30 * 24 * time.Hour }},
		"a notice before now":           {"invalid notice error.number", map[string]any{"Min": 0, "Max": 336}, func(f *programme.OfferForm) { f.Notice = -time.Hour }},
		"none a week":                   {"invalid week error.number", map[string]any{"Min": 1, "Max": 5}, func(f *programme.OfferForm) { f.PerWeek = 0 }},
		"more a week than there may be": {"invalid week error.number", map[string]any{"Min": 1, "Max": 5}, func(f *programme.OfferForm) { f.PerWeek = 6 }},
		"a zone that there is not":      {"invalid zone error.choice", nil, func(f *programme.OfferForm) { f.Hours.Zone = "Asia/Atlantis" }},
		"the machine's zone":            {"invalid zone error.choice", nil, func(f *programme.OfferForm) { f.Hours.Zone = "Local" }},
		"a zone by another spelling":    {"invalid zone error.choice", nil, func(f *programme.OfferForm) { f.Hours.Zone = "Europe/./London" }},
		"a zone with a stroke too many": {"invalid zone error.choice", nil, func(f *programme.OfferForm) { f.Hours.Zone = "Europe//London" }},

		"a weekly time that ends as it begins": {"invalid weekly error.offer_end", map[string]any{"Line": 2}, weekly(fine, programme.WeeklyTime{Day: time.Friday, From: 600, Until: 600})},
		"a weekly time that ends before":       {"invalid weekly error.offer_end", map[string]any{"Line": 1}, weekly(programme.WeeklyTime{Day: time.Friday, From: 600, Until: 540})},
		"a weekly time too short for one":      {"invalid weekly error.offer_short", map[string]any{"Line": 1, "Minutes": 60}, weekly(programme.WeeklyTime{Day: time.Friday, From: 600, Until: 655})},
		"a weekly time of more than a day":     {"invalid weekly error.offer_long", map[string]any{"Line": 1}, weekly(programme.WeeklyTime{Day: time.Friday, From: 0, Until: 24*60 + 5})},
		"a weekly time off the grid":           {"invalid weekly error.offer_grid", map[string]any{"Line": 2, "Minutes": 5}, weekly(fine, programme.WeeklyTime{Day: time.Friday, From: 601, Until: 720})},
		"a weekly time of the next day":        {"invalid weekly error.offer_grid", map[string]any{"Line": 1, "Minutes": 5}, weekly(programme.WeeklyTime{Day: time.Friday, From: 24 * 60, Until: 25 * 60})},
		"a weekly time of no day":              {"invalid weekly error.offer_grid", map[string]any{"Line": 1, "Minutes": 5}, weekly(programme.WeeklyTime{Day: 7, From: 600, Until: 720})},
		"51 weekly times":                      {"invalid weekly error.offer_many", map[string]any{"Most": 50}, weekly(slices.Repeat([]programme.WeeklyTime{fine}, 51)...)},

		"a single time in the past":        {"invalid single error.offer_past", map[string]any{"Line": 2}, single("01 07:00", "01 09:00")},
		"a single time that ends before":   {"invalid single error.offer_end", map[string]any{"Line": 2}, single("10 12:00", "10 10:00")},
		"a single time too short for one":  {"invalid single error.offer_short", map[string]any{"Line": 2, "Minutes": 60}, single("10 12:00", "10 12:30")},
		"a single time of more than a day": {"invalid single error.offer_long", map[string]any{"Line": 2}, single("10 12:00", "11 12:05")},
		"a single time off the grid":       {"invalid single error.offer_grid", map[string]any{"Line": 2, "Minutes": 5}, single("10 12:01", "10 14:00")},
		"a single time in two years": {"invalid single error.offer_far", map[string]any{"Line": 1}, func(f *programme.OfferForm) {
			s := slot(t, "10 12:00")
			f.Hours.Single = []programme.Span{{From: s.From.AddDate(2, 0, 0), Until: s.Until.AddDate(2, 0, 0)}}
		}},
		"51 single times": {"invalid single error.offer_many", map[string]any{"Most": 50}, func(f *programme.OfferForm) {
			f.Hours.Single = slices.Repeat([]programme.Span{slot(t, "18 10:00")}, 51)
		}},

		"days off in the past":         {"invalid off error.offer_past", map[string]any{"Line": 1}, off("2026-08-01", "2026-08-31")},
		"days off that end before":     {"invalid off error.offer_end", map[string]any{"Line": 1}, off("2026-10-12", "2026-10-10")},
		"days off in two years":        {"invalid off error.offer_far", map[string]any{"Line": 1}, off("2028-10-10", "2028-10-12")},
		"a day off that there is not":  {"invalid off error.offer_day", map[string]any{"Line": 1}, off("2026-09-31", "2026-10-02")},
		"a day off that was left open": {"invalid off error.offer_day", map[string]any{"Line": 1}, off("2026-09-30", "")},
		"51 stretches of days off": {"invalid off error.offer_many", map[string]any{"Most": 50}, func(f *programme.OfferForm) {
			f.Hours.Off = slices.Repeat([]programme.DaySpan{{First: "2026-09-10", Last: "2026-09-10"}}, 51)
		}},
	} {
		t.Run(rule, func(t *testing.T) {
			h := openHouse(t)
			_, err := h.saves(c.change)
			refused(t, rule, err, c.want)
			if e, ok := programme.AsError(err); ok {
				if diff := cmp.Diff(c.args, e.Args); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

// TestAllThatIsWrongWithAnOfferIsSaid at once: what could not be read, too, each time by the
// line that it was written on.
func TestAllThatIsWrongWithAnOfferIsSaid(t *testing.T) {
	_, err := openHouse(t).saves(func(f *programme.OfferForm) {
		f.Help, f.Place, f.PerWeek = "", "", 0
		f.Hours.Weekly = []programme.WeeklyTime{{Day: time.Tuesday, From: 600, Until: 720}, {Day: time.Friday, From: 600, Until: 610}}
		f.Lines.Weekly = []int{2, 4}
		f.Unread = programme.Faults{{Code: programme.CodeInvalid, Field: "single", Key: "error.hours_single", Args: map[string]any{"Line": 3}}}
	})
	var faults programme.Faults
	if !errors.As(err, &faults) {
		t.Fatal(err)
	}
	var got []string
	for _, f := range faults {
		got = append(got, fmt.Sprint(f.Field, " ", f.Key, " ", f.Args["Line"]))
	}
	want := []string{"single error.hours_single 3", "help error.required <nil>", "place error.session_place <nil>", "week error.number <nil>", "weekly error.offer_short 4"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestWeeklyTimesDoNotOverlap over midnight and from Sunday to Monday, either.
func TestWeeklyTimesDoNotOverlap(t *testing.T) {
	at := func(day time.Weekday, from, until int) programme.WeeklyTime {
		return programme.WeeklyTime{Day: day, From: from * 60, Until: until * 60}
	}
	for rule, c := range map[string]struct {
		times    []programme.WeeklyTime
		overlaps string // the one and the other, as they were filled in
	}{
		"on different days":                {[]programme.WeeklyTime{at(2, 18, 21), at(3, 18, 21)}, ""},
		"one ends as the other begins":     {[]programme.WeeklyTime{at(2, 18, 21), at(2, 21, 23), at(2, 15, 18)}, ""},
		"twice the same":                   {[]programme.WeeklyTime{at(2, 18, 21), at(2, 18, 21)}, "2 1"},
		"one in the other":                 {[]programme.WeeklyTime{at(5, 9, 10), at(2, 18, 21), at(2, 19, 20)}, "3 2"},
		"over midnight":                    {[]programme.WeeklyTime{at(5, 22, 25), at(6, 0, 2)}, "2 1"},
		"up to midnight":                   {[]programme.WeeklyTime{at(5, 22, 24), at(6, 0, 2)}, ""},
		"from Sunday to Monday":            {[]programme.WeeklyTime{at(1, 0, 2), at(0, 22, 25)}, "2 1"},
		"from Saturday to Sunday":          {[]programme.WeeklyTime{at(6, 22, 25), at(0, 0, 2)}, "2 1"},
		"Sunday's ends as Monday's begins": {[]programme.WeeklyTime{at(0, 22, 25), at(1, 1, 3)}, ""},
		"a whole day and the next":         {[]programme.WeeklyTime{at(0, 12, 36), at(1, 11, 13)}, "2 1"},
	} {
		_, err := openHouse(t).saves(func(f *programme.OfferForm) { f.Hours.Weekly = c.times })
		if c.overlaps == "" {
			refused(t, rule, err, "went through")
			continue
		}
		refused(t, rule, err, "invalid weekly error.offer_overlaps")
		if e, ok := programme.AsError(err); ok && c.overlaps != fmt.Sprint(e.Args["Line"], " ", e.Args["Other"]) {
			t.Errorf("%s: %v overlap", rule, e.Args)
		}
	}
}

// TestTimesThatWentByMeanwhile are not shown again, and a form that still has them is not
// refused for it.
func TestTimesThatWentByMeanwhile(t *testing.T) {
	h := openHouse(t)
	fill := func(f *programme.OfferForm) {
		f.Hours.Single = []programme.Span{slot(t, "03 10:00"), slot(t, "10 10:00")}
		f.Hours.Off = []programme.DaySpan{{First: "2026-09-04", Last: "2026-09-04"}, {First: "2026-09-11", Last: "2026-09-12"}}
	}
	if _, err := h.saves(fill); err != nil {
		t.Fatal(err)
	}
	h.later(5 * 24 * time.Hour)
	check := func(when string, v programme.OfferView, err error) {
		t.Helper()
		if err != nil || len(v.Offer.Hours.Single) != 1 || !v.Offer.Hours.Single[0].Same(slot(t, "10 10:00")) ||
			len(v.Offer.Hours.Off) != 1 || v.Offer.Hours.Off[0].First != "2026-09-11" {
			t.Errorf("%s: %+v, %v", when, v.Offer.Hours, err)
		}
	}
	v, err := h.OfferPage(t.Context(), programme.As("expert"), "")
	check("on the page", v, err)
	v, err = h.saves(func(f *programme.OfferForm) {
		fill(f)
		f.Version, f.Help = 1, "ほかの言葉"
	})
	check("saved again", v, err)
}
