package ui_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func TestARequestIsReadAsItWasFilled(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	filled := c.requestForm().Filled
	for name, want := range map[string]programme.RequestForm{
		"request-form-filled": filled,
		"request-form-taken":  filled, // what was typed stays
		"request-form-none":   filled,
		"request-form":        {Op: "01KOP", Mentor: c.mentor.ID, Start: at(12, 1, 18, 0), Mode: programme.ModeOnline},
	} {
		got, err := ui.ReadRequest(returned(t, drawn[name]))
		if d := cmp.Diff(want, got, sameMoment); err != nil || d != "" {
			t.Errorf("%s: %v %s", name, err, d)
		}
	}
}

func TestTheFormOfARequestSaysWhenItIsClosed(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for _, name := range []string{"request-form", "request-form-taken"} {
		v := returned(t, drawn[name])
		if !v.NotifyOnClose {
			t.Errorf("%s: nobody hears that it was closed, and its time stays kept", name)
		}
		for _, field := range []string{"topic", "stage", "contest", "bring", "avoid", "mode"} {
			if _, ok := v.State.Values[ui.FieldBlock(v, field)]; !ok {
				t.Errorf("%s has no input for %q", name, field)
			}
		}
	}
}

// TestWhatCanBePressedOfARequest shows which buttons each page and message has.
func TestWhatCanBePressedOfARequest(t *testing.T) {
	ways := []string{ui.ActionRequest, ui.ActionRequestDays}
	with := func(more ...string) []string { return append(slices.Clone(ways), more...) }
	answers := []string{ui.ActionSessionPick, ui.ActionSessionTimes, ui.ActionSessionNone}
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for name, want := range map[string][]string{
		"request-experts":       with(ui.ActionRequestField, ui.ActionRequestTime, ui.ActionRequestExpert, ui.ActionRequestWait, ui.ActionRequestUnwait),
		"request-experts-none":  ways,
		"request-experts-field": with(ui.ActionRequestField, ui.ActionRequestWait, ui.ActionRequestUnwait),
		"request-expert":        with(ui.ActionRequestTime),
		"request-expert-none":   with(ui.ActionRequestWait),
		"request-days":          with(ui.ActionRequestDay),
		"request-days-none":     ways,
		"request-day":           with(ui.ActionRequestDays, ui.ActionRequestTime), // another day, too
		"request-taken":         with(ui.ActionRequestTime, ui.ActionRequestExpert),
		"request-met":           {ui.ActionSessionTimes, ui.ActionSessionStop},
		"request-taken-none":    with(ui.ActionRequestWait),
		"request-form":          nil,
		"request-form-taken":    {ui.ActionRequestOther},
		"request-form-none":     {ui.ActionRequestWait},
		"request-asked":         answers,
		"request-asked-several": answers,
		"request-asked-refused": nil,
		"request-page-expert":   answers,
		"request-page-office":   {ui.ActionSessionPick, ui.ActionSessionTimes, ui.ActionSessionNone, ui.ActionSessionBook, ui.ActionSessionStop},
		"request-page-atsugi":   {ui.ActionSessionTimes, ui.ActionSessionStop},
		"request-refused":       {ui.ActionRequestTime, ui.ActionRequestExpert, ui.ActionRequest},
		"request-refused-none":  {ui.ActionRequestExpert, ui.ActionRequest},
		"request-free":          {ui.ActionRequestTime, ui.ActionRequestExpert},
		"request-free-gone":     {ui.ActionRequestWait},
		"request-free-over":     nil,
	} {
		if got := slices.Compact(actionsOf(t, drawn[name])); !slices.Equal(got, slices.Compact(want)) {
			t.Errorf("%s offers %v, want %v", name, got, want)
		}
	}
}

func TestPressesOfARequestAreReadAsTheyShow(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	for _, x := range []struct {
		name, label string
		start       time.Time
		mentor      programme.PersonID
	}{
		{"request-experts", "12月1日(火) 18:30〜19:30", at(12, 1, 18, 30), c.mentor.ID},
		{"request-expert", "23:30〜00:30", at(12, 8, 23, 30), c.mentor.ID},
		{"request-day", "𠮷野 花", at(12, 1, 18, 30), c.supporter.ID},
		{"request-taken", "12月8日(火) 18:00〜19:00", at(12, 8, 18, 0), c.mentor.ID},
		{"request-form-taken", "12月8日(火) 18:30〜19:30", at(12, 8, 18, 30), c.mentor.ID},
		{"request-free", "12月9日(水) 18:00〜19:00", at(12, 9, 18, 0), c.mentor.ID},
	} {
		mentor, start, err := ui.ReadRequestTime(clickOn(t, drawn[x.name], x.label).Value)
		if err != nil || mentor != x.mentor || !start.Equal(x.start) {
			t.Errorf("%s, %s: %q %v %v", x.name, x.label, mentor, start, err)
		}
	}
	for label, want := range map[string]string{"すべての分野": "", "経営": "経営"} {
		if got := ui.ReadRequestField(clickOn(t, drawn["request-experts"], label)); got != want {
			t.Errorf("the field %s is %q", label, got)
		}
	}
	pick, err := ui.ReadSessionPick(clickOn(t, drawn["request-asked"], "お受けします").Value)
	if pick != (ui.Pick{Session: "01KSESSION", Proposed: at(11, 24, 8, 30).UTC(), Start: at(12, 1, 14, 0).UTC()}) || err != nil {
		t.Errorf("agreed to: %+v %v", pick, err)
	}
	_, _, reason, err := ui.ReadSessionNoneForm(returned(t, drawn["request-refuse"]))
	if err != nil || !strings.Contains(reason, "また別の機会") {
		t.Errorf("a kind sentence is suggested, not %q (%v)", reason, err)
	}
}

func TestPressesOfAnotherProgramAboutARequestAreRefused(t *testing.T) {
	for _, value := range []string{"", "|", "01JM", "01JM|soon", "|2026-12-01T05:00:00Z"} {
		if _, _, err := ui.ReadRequestTime(value); !errors.Is(err, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}) {
			t.Errorf("%q: %v", value, err)
		}
	}
	for _, form := range []string{"", "{", `{"op":"01KOP"}`, `{"op":"01KOP","subject":"01JM","item":"soon"}`, `{"op":"01KOP","item":"2026-12-01T05:00:00Z"}`} {
		if _, err := ui.ReadRequest(slack.View{PrivateMetadata: form}); !errors.Is(err, &programme.Error{Code: programme.CodeClosed, Key: "error.form_old"}) {
			t.Errorf("%q: %v", form, err)
		}
	}
}

// TestWhoseClockIsTheProgrammesIsToldNothingOfZones: Slack says of everybody which zone is
// theirs.
func TestWhoseClockIsTheProgrammesIsToldNothingOfZones(t *testing.T) {
	c := sample()
	for _, x := range []struct {
		rule string
		own  *time.Location
		want bool
	}{
		{"the same clock under another name", time.FixedZone("KST", 9*60*60), false},
		{"an hour ahead of UTC", time.FixedZone("CET", 60*60), true},
	} {
		l := ui.NewLocale("ja", tokyo).Abroad(x.own)
		for page, d := range map[string]drawing{
			"experts": view(t, ui.RequestExperts(ui.RequestData{Lines: c.offered()}, l)),
			"expert":  view(t, ui.RequestExpert(c.offered()[0], every(time.Hour, 3), nil, 0, l)),
			"days":    view(t, ui.RequestDays(c.timeLines(), l)),
			"day":     view(t, ui.RequestDay(c.timeLines(), "2026-12-01", 0, l)),
		} {
			if got := strings.Contains(string(d.View), "お手元の時刻"); got != x.want {
				t.Errorf("%s, %s: zones are spoken of: %v", x.rule, page, got)
			}
		}
		asked := c.told(t, l, programme.NoticeSessionProposed, c.atsugi, c.proposed())
		if got := strings.Contains(string(asked.Blocks), "• "); got != x.want {
			t.Errorf("%s: the card lists times besides its buttons: %v", x.rule, got)
		}
	}
}

// TestEveryTimeOfAnExpertIsOnOnePage turns all pages of an expert who has time day and night.
func TestEveryTimeOfAnExpertIsOnOnePage(t *testing.T) {
	c, l := sample(), ui.NewLocale("ja", tokyo)
	times := every(30*time.Minute, 28*48)
	shown := map[string]int{}
	for from, next := 0, true; next; from += 7 {
		d := view(t, ui.RequestExpert(c.offered()[0], times, nil, from, l))
		next = false
		for _, e := range elements(t, d) {
			value, _ := e["value"].(string)
			switch ui.ActionOf(e["action_id"].(string)) {
			case ui.ActionRequestTime:
				shown[value]++
			case ui.ActionRequestExpert:
				_, to := ui.ReadPlace(value)
				next = next || to > from
			}
		}
	}
	for value, n := range shown {
		if n != 1 {
			t.Errorf("%s is shown %d times", value, n)
		}
	}
	if len(shown) != len(times) {
		t.Errorf("%d of %d times are shown", len(shown), len(times))
	}
}

// TestANoticeOfARequestNamesNobody: family and staff see the telephone.
func TestANoticeOfARequestNamesNobody(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	for _, name := range []string{"request-asked", "request-refused", "request-free", "request-free-gone"} {
		for _, secret := range []string{c.atsugi.Name, c.mentor.Name, c.atsugi.Organisation, c.typed, "親族", "窯焚き"} {
			if strings.Contains(drawn[name].Text, secret) {
				t.Errorf("%s says %q on the telephone", name, secret)
			}
		}
	}
}

func TestWhatNotToTouchOnIsShownToTheTwoAndTheOffice(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for _, name := range []string{"request-page-expert", "request-page-atsugi", "request-page-office", "request-briefing"} {
		body := string(drawn[name].View) + string(drawn[name].Blocks)
		for _, words := range []string{"親族の間の話", "調べているところ"} {
			if !strings.Contains(body, words) {
				t.Errorf("%s does not say %q", name, words)
			}
		}
	}
}

func TestWhereTheOfficeFindsTimesNobodyIsLedToExpertsTimes(t *testing.T) {
	for offering, want := range map[programme.Offering]bool{programme.OfferingOpen: true, programme.OfferingOffice: false} {
		h := programme.Home{Me: sample().atsugi, Settings: programme.Settings{Sessions: programme.SessionSettings{Offering: offering}}}
		got := slices.Contains(actionsOf(t, view(t, ui.Home(h, nil, ui.NewLocale("ja", tokyo)))), ui.ActionRequest)
		if got != want {
			t.Errorf("%s: Home leads there: %v", offering, got)
		}
	}
}

func FuzzReadRequest(f *testing.F) {
	f.Add(`{"private_metadata":"{\"op\":\"01\",\"subject\":\"01JM\",\"item\":\"2026-12-01T05:00:00Z\"}","state":{"values":{"session.topic":{"value":{"value":"x"}},"session.stage":{"value":{"selected_option":{"value":"trying"}}}}}}`)
	f.Fuzz(func(t *testing.T, raw string) {
		var v slack.View
		if json.Unmarshal([]byte(raw), &v) != nil {
			return
		}
		form, err := ui.ReadRequest(v)
		switch {
		case err != nil && !errors.Is(err, &programme.Error{Code: programme.CodeClosed}):
			t.Fatal(err)
		case err == nil && (form.Op == "" || form.Mentor == ""):
			t.Fatalf("%+v was taken", form)
		case err == nil && form.Stage != programme.StageUnsaid && !slices.Contains(programme.IdeaStages, form.Stage):
			t.Fatalf("a stage %q", form.Stage)
		}
	})
}

func FuzzReadRequestTime(f *testing.F) {
	f.Add("01JM|2026-12-01T05:00:00Z")
	f.Fuzz(func(t *testing.T, value string) {
		if mentor, _, err := ui.ReadRequestTime(value); err == nil && mentor == "" {
			t.Fatalf("%q was taken", value)
		}
	})
}
