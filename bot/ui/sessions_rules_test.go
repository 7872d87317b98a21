package ui_test

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

var sameMoment = cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })

func TestTheFormForTimesIsReadAsItWasFilled(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	counter := c.counterForm().Filled
	counter.Session, counter.Version = "01KSESSION", 3
	office := c.refusedForm().Filled
	office.Session, office.Version = "01KSESSION", 3
	for name, want := range map[string]programme.SessionForm{
		"session-form-counter": counter,
		"session-form-office":  office,
		"session-form-new":     {Op: "01KOP", Engagement: "01KE", Venue: programme.Venue{Mode: programme.ModeOnline}},
	} {
		got, err := ui.ReadSessionTimes(returned(t, drawn[name]), programme.Session{}, tokyo)
		if d := cmp.Diff(want, got, sameMoment); err != nil || d != "" {
			t.Errorf("%s: %v %s", name, err, d)
		}
	}
}

// TestWhatAFormForTimesDoesNotAskStays: who moves a session must not wipe out what it is
// about, nor the expert whether it is for the contest.
func TestWhatAFormForTimesDoesNotAskStays(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	had := c.session().Session
	moved, err := ui.ReadSessionTimes(returned(t, drawn["session-form-move"]), had, tokyo)
	if err != nil || moved.Topic != had.Topic || moved.Bring != had.Bring || !moved.Contest {
		t.Errorf("a move: %+v %v", moved, err)
	}
	byExpert, err := ui.ReadSessionTimes(returned(t, drawn["session-form-new"]), had, tokyo)
	if err != nil || !byExpert.Contest || byExpert.Topic != "" {
		t.Errorf("the expert's: %+v %v", byExpert, err)
	}
	unticked := returned(t, drawn["session-form-counter"])
	unticked.State.Values["session.contest"]["value"] = slack.BlockAction{}
	if f, err := ui.ReadSessionTimes(unticked, had, tokyo); err != nil || f.Contest {
		t.Errorf("the atsugi took the tick away: %+v %v", f, err)
	}
}

func TestTheOfficesFormIsReadAsItWasFilled(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	choose := func(v slack.View, field, value string) {
		v.State.Values[ui.FieldBlock(v, field)]["value"] = slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: value}}
	}
	fill := func(v slack.View) slack.View {
		v.State.Values["session.day1"]["value"] = slack.BlockAction{SelectedDate: "2026-12-08"}
		v.State.Values["session.time1"]["value"] = slack.BlockAction{SelectedTime: "13:15"}
		return v
	}
	spans := []programme.Span{hour(at(12, 8, 13, 15))}
	ofEngagement := fill(returned(t, drawn["session-book-new"]))
	choose(ofEngagement, "engagement", "01KE")
	between := fill(returned(t, drawn["session-book-between"]))
	choose(between, "mentor", "01JM")
	for rule, c := range map[string]struct {
		view slack.View
		want programme.SessionForm
	}{
		"of an engagement":    {ofEngagement, programme.SessionForm{Op: "01KOP", Engagement: "01KE", Venue: programme.Venue{Mode: programme.ModeOnline}, Spans: spans}},
		"between workshops":   {between, programme.SessionForm{Op: "01KOP", Atsugi: "01JA", Mentor: "01JM", Venue: programme.Venue{Mode: programme.ModeOnline}, Spans: spans}},
		"of one there is yet": {fill(returned(t, drawn["session-book-again"])), programme.SessionForm{Op: "01KOP", Session: "01KSESSION", Version: 3, Venue: programme.Venue{Mode: programme.ModeOnline, URL: "https://example.jp/room"}, Topic: sample().typed, Bring: "釉薬の記録", Contest: true, Spans: spans}},
	} {
		got, err := ui.ReadSessionBook(c.view, programme.Session{}, tokyo)
		if d := cmp.Diff(c.want, got, sameMoment); err != nil || d != "" {
			t.Errorf("%s: %v %s", rule, err, d)
		}
	}
}

// rowView is a form in which a row was filled in, and a length chosen.
func rowView(row, day, clock string) slack.View {
	return slack.View{PrivateMetadata: `{"op":"01KOP"}`, State: &slack.ViewState{Values: map[string]map[string]slack.BlockAction{
		"session.day" + row: {"value": {SelectedDate: day}}, "session.time" + row: {"value": {SelectedTime: clock}},
		"session.length": {"value": {SelectedOption: slack.OptionBlockObject{Value: "60"}}},
	}}}
}

func TestTimesAreReadInTheProgrammesZone(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Skip("no zones on this machine")
	}
	for _, c := range []struct {
		rule, day, clock string
		zone             *time.Location
		want             string // of the start in UTC, "" if it is refused
	}{
		{"in Tokyo", "2026-12-01", "14:05", tokyo, "2026-12-01T05:05:00Z"},
		{"before midnight", "2026-12-31", "23:55", tokyo, "2026-12-31T14:55:00Z"},
		{"before clocks go forward", "2027-03-14", "01:55", newYork, "2027-03-14T06:55:00Z"},
		{"an hour that clocks skip", "2027-03-14", "02:30", newYork, ""},
		{"after that", "2027-03-14", "03:00", newYork, "2027-03-14T07:00:00Z"},
		{"no such day", "2026-02-30", "10:00", tokyo, ""},
		{"no such time", "2026-12-01", "25:00", tokyo, ""},
	} {
		f, err := ui.ReadSessionTimes(rowView("1", c.day, c.clock), programme.Session{}, c.zone)
		got := ""
		if err == nil && len(f.Spans) == 1 {
			got = f.Spans[0].From.UTC().Format(time.RFC3339)
		}
		if got != c.want || c.want != "" && f.Spans[0].Minutes() != 60 {
			t.Errorf("%s: %q, want %q (%v)", c.rule, got, c.want, err)
		}
	}
}

func TestHalfATimeIsSaidBesideItsRow(t *testing.T) {
	drawn := returned(t, sample().drawings(t, ui.NewLocale("ja", tokyo))["session-form-new"])
	for _, c := range []struct{ row, day, clock string }{{"1", "2026-12-01", ""}, {"2", "", "10:00"}, {"3", "2026-12-01", ""}} {
		_, err := ui.ReadSessionTimes(rowView(c.row, c.day, c.clock), programme.Session{}, tokyo)
		var faults programme.Faults
		if !errors.As(err, &faults) || len(faults) != 1 || faults[0].Field != "time"+c.row {
			t.Errorf("row %s: %v", c.row, err)
			continue
		}
		if ui.FieldBlock(drawn, faults[0].Field) == "" {
			t.Errorf("row %s: the form has no input for it", c.row)
		}
	}
	blank, err := ui.ReadSessionTimes(rowView("1", "", ""), programme.Session{}, tokyo)
	if err != nil || len(blank.Spans) != 0 {
		t.Errorf("a blank form is refused by the rules, not here: %+v %v", blank, err)
	}
}

func TestEveryFieldThatTheRulesOfSessionsNameIsAnInput(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for name, fields := range map[string][]string{
		"session-form-counter": {"time1", "time2", "time3", "length", "mode", "place", "url", "topic", "bring"},
		"session-form-move":    {"time1", "time2", "time3", "mode", "place", "url", "reason"},
		"session-form-office":  {"for", "override"},
		"session-book-new":     {"engagement", "time1", "mode", "place", "url", "topic", "bring"},
		"session-book-between": {"atsugi", "mentor"},
		"session-book-again":   {"reason"},
		"session-none":         {"reason"},
		"session-stop":         {"reason"},
		"session-words":        {"next", "to_office"},
		"session-venue":        {"mode", "place", "url"},
		"session-papers":       {"appointment", "travel", "receipts"},
		"session-kind":         {"kind"},
		"session-kind-full":    {"kind", "override"},
	} {
		v := returned(t, drawn[name])
		for _, field := range fields {
			if _, ok := v.State.Values[ui.FieldBlock(v, field)]; !ok {
				t.Errorf("%s has no input for %q", name, field)
			}
		}
	}
}

// TestTheExpertReadsTheTopicAndWritesWhereNothingStands: the atsugi's words are not the
// expert's to change.
func TestTheExpertReadsTheTopicAndWritesWhereNothingStands(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))["session-form-expert"]
	v := returned(t, drawn)
	if ui.FieldBlock(v, "topic") != "" || ui.FieldBlock(v, "bring") == "" {
		t.Errorf("the expert's form asks for %v", v.State.Values)
	}
	if !strings.Contains(string(drawn.View), c.typed) {
		t.Error("the topic does not stand there")
	}
}

// TestAWordThatWouldWipeEvidenceIsNotOffered to anybody.
func TestAWordThatWouldWipeEvidenceIsNotOffered(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for name, want := range map[string]bool{
		"session-after-asked": true, "session-page-unsaid": true, "session-disputed": false, "session-page-disputed": false, "session-page-papers": false,
	} {
		got := false
		for _, e := range elements(t, drawn[name]) {
			value, _ := e["value"].(string)
			got = got || strings.HasSuffix(value, "|"+string(programme.SaysMoved))
		}
		if got != want {
			t.Errorf("%s offers that it is at another time: %v", name, got)
		}
	}
}

func TestVenuesAndPapersAreReadAsTheyAreFilledIn(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	v := returned(t, drawn["session-venue"])
	v.State.Values["session.mode"]["value"] = slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: "on_site"}}
	v.State.Values["session.place"]["value"] = slack.BlockAction{Value: " 工房\n"}
	id, version, venue, err := ui.ReadSessionVenue(v)
	want := programme.Venue{Mode: programme.ModeOnSite, Place: "工房", URL: "https://example.jp/room"}
	if id != "01KSESSION" || version != 3 || venue != want || err != nil {
		t.Errorf("venue: %q %d %+v %v", id, version, venue, err)
	}
	v = returned(t, drawn["session-papers"])
	v.State.Values["session.travel"]["value"] = slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: "not_needed"}}
	id, version, papers, err := ui.ReadSessionPapers(v)
	wantPapers := programme.FeePapers{Appointment: programme.PaperReceived, Travel: programme.PaperNotNeeded, Receipts: programme.PaperAwaited}
	if id != "01KSESSION" || version != 3 || papers != wantPapers || err != nil {
		t.Errorf("papers: %q %d %+v %v", id, version, papers, err)
	}
	_, _, _, old := ui.ReadSessionVenue(slack.View{})
	_, _, _, older := ui.ReadSessionPapers(slack.View{PrivateMetadata: "{"})
	for what, err := range map[string]error{"venue": old, "papers": older} {
		if !errors.Is(err, &programme.Error{Code: programme.CodeClosed, Key: "error.form_old"}) {
			t.Errorf("%s of another program: %v", what, err)
		}
	}
}

func TestOnlyAQuotaLetsTheOfficeGoBeyondIt(t *testing.T) {
	d := sample().refusedForm()
	for rule, c := range map[string]struct {
		refused error
		want    bool
	}{
		"not refused":        {nil, false},
		"refused by a quota": {&programme.Error{Key: "error.quota_programme"}, true},
		"a time is taken":    {&programme.Error{Key: "error.time_taken"}, false},
		"something else":     {errors.New("disk full"), false},
	} {
		d.Refused = c.refused
		v := returned(t, view(t, ui.SessionTimesForm(d, ui.NewLocale("ja", tokyo))))
		if got := ui.FieldBlock(v, "override") != ""; got != c.want {
			t.Errorf("%s: offers to go beyond: %v", rule, got)
		}
	}
	ticked := returned(t, view(t, ui.SessionTimesForm(sample().refusedForm(), ui.NewLocale("ja", tokyo))))
	ticked.State.Values["session.override"]["value"] = slack.BlockAction{SelectedOptions: []slack.OptionBlockObject{{Value: "yes"}}}
	if f, err := ui.ReadSessionTimes(ticked, programme.Session{}, tokyo); err != nil || !f.Override {
		t.Errorf("ticked: %+v %v", f, err)
	}
}

func TestPressesAboutSessionsAreReadAsTheyShow(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	for name, by := range map[string]programme.PersonID{"session-proposed": "", "session-page-office": c.atsugi.ID} {
		pick, err := ui.ReadSessionPick(clickOn(t, drawn[name], "12月2日(水) 10:30〜11:30").Value)
		want := ui.Pick{Session: "01KSESSION", Proposed: at(11, 24, 8, 30).UTC(), Start: at(12, 2, 10, 30).UTC(), Behalf: by}
		if pick != want || err != nil {
			t.Errorf("%s: %+v %v", name, pick, err)
		}
	}
	id, proposed, err := ui.ReadSessionNone(clickOn(t, drawn["session-proposed"], "都合がつきません").Value)
	if id != "01KSESSION" || !proposed.Equal(at(11, 24, 8, 30)) || err != nil {
		t.Errorf("none: %q %v %v", id, proposed, err)
	}
	id, proposed, reason, err := ui.ReadSessionNoneForm(returned(t, drawn["session-none"]))
	if id != "01KSESSION" || !proposed.Equal(at(11, 24, 8, 30)) || reason != "" || err != nil {
		t.Errorf("none, sent: %q %v %q %v", id, proposed, reason, err)
	}
	id, word, err := ui.ReadSessionSay(clickOn(t, drawn["session-after-asked"], "日を改めました").Value)
	if id != "01KSESSION" || word != programme.SaysMoved || err != nil {
		t.Errorf("said: %q %q %v", id, word, err)
	}
	stop := returned(t, drawn["session-stop"])
	stop.State.Values["session.reason"]["value"] = slack.BlockAction{Value: " 出張のため\n"}
	id, version, reason, err := ui.ReadSessionStop(stop)
	if id != "01KSESSION" || version != 3 || reason != "出張のため" || err != nil {
		t.Errorf("called off: %q %d %q %v", id, version, reason, err)
	}
	lines := returned(t, drawn["session-words"])
	lines.State.Values["session.to_office"]["value"] = slack.BlockAction{Value: "ありがとうございました。"}
	id, said, err := ui.ReadSessionWords(lines)
	want := programme.WordForm{Word: programme.SaysHeld, Next: c.typed, ToOffice: "ありがとうございました。", Lines: true}
	if id != "01KSESSION" || said != want || err != nil {
		t.Errorf("lines: %q %+v %v", id, said, err)
	}
}

func TestPressesOfAnotherProgramAboutSessionsAreRefused(t *testing.T) {
	for _, value := range []string{"", "|", "||", "01K", "01K|never|", "01K|held?", "|held", "|2026-12-01T05:00:00Z|", "01K|2026-12-01",
		// A time as it was once: without when it was proposed.
		"01K|2026-12-01T05:00:00Z|", "01K|2026-12-01T05:00:00Z|01JA",
		"01K||2026-12-01T05:00:00Z|", "01K|2026-11-24T05:00:00Z|soon|", "|2026-11-24T05:00:00Z|2026-12-01T05:00:00Z|",
	} {
		_, pick := ui.ReadSessionPick(value)
		_, _, none := ui.ReadSessionNone(value)
		_, _, say := ui.ReadSessionSay(value)
		for what, err := range map[string]error{"pick": pick, "none": none, "say": say} {
			if !errors.Is(err, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}) {
				t.Errorf("%s of %q: %v", what, value, err)
			}
		}
	}
	_, times := ui.ReadSessionTimes(slack.View{PrivateMetadata: "{"}, programme.Session{}, tokyo)
	_, book := ui.ReadSessionBook(slack.View{}, programme.Session{}, tokyo)
	_, _, _, none := ui.ReadSessionNoneForm(slack.View{PrivateMetadata: `{"op":"01KOP","subject":"01K"}`})
	_, _, _, stop := ui.ReadSessionStop(slack.View{})
	_, _, said := ui.ReadSessionWords(slack.View{})
	for what, err := range map[string]error{"times": times, "book": book, "none": none, "stop": stop, "words": said} {
		if !errors.Is(err, &programme.Error{Code: programme.CodeClosed, Key: "error.form_old"}) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestACardOffersWhatCanBeDoneAndNoMore shows which buttons each card has.
func TestACardOffersWhatCanBeDoneAndNoMore(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for name, want := range map[string][]string{
		"session-proposed":               {ui.ActionSessionPick, ui.ActionSessionTimes, ui.ActionSessionNone},
		"session-proposed-move":          {ui.ActionSessionPick, ui.ActionSessionMove, ui.ActionSessionNone},
		"session-proposed-picked":        nil,
		"session-proposed-countered":     nil,
		"session-proposed-declined":      nil,
		"session-proposed-newer":         nil,
		"session-proposed-past":          nil,
		"session-booked-atsugi":          {ui.ActionLink, ui.ActionSessionVenue, ui.ActionSessionMove, ui.ActionSessionStop},
		"session-booked-moved":           {ui.ActionLink, ui.ActionSessionVenue}, // past the cut-off
		"session-booked-moves-used":      {ui.ActionLink, ui.ActionSessionVenue, ui.ActionSessionStop},
		"session-booked-move-asked":      {ui.ActionLink, ui.ActionSessionVenue, ui.ActionSessionMove, ui.ActionSessionStop},
		"session-booked-move-waits":      {ui.ActionLink, ui.ActionSessionVenue, ui.ActionSessionWithdraw, ui.ActionSessionMove, ui.ActionSessionStop},
		"session-reopened":               {ui.ActionSessionTimes},
		"session-reopened-since":         nil,
		"session-page-papers":            {ui.ActionSessionSay, ui.ActionSessionPapers},
		"session-page-papers-bureau":     nil,
		"session-booked-since":           nil,
		"session-cancelled":              nil,
		"session-room":                   {ui.ActionLink}, // nobody's own
		"session-room-office":            {ui.ActionLink},
		"session-room-cancelled":         nil,
		"session-declined":               nil,
		"session-declined-office":        {ui.ActionSessionBook, ui.ActionSessionTimes, ui.ActionSessionOpen},
		"session-declined-office-move":   {ui.ActionSessionBook, ui.ActionSessionOpen},
		"session-declined-office-booked": {ui.ActionSessionOpen},
		"session-after-asked":            {ui.ActionSessionSay},
		"session-after-said-atsugi":      {ui.ActionSessionWords, ui.ActionSessionSay},
		"session-after-said-mentor":      {ui.ActionSessionMemo, ui.ActionSessionSay},
		"session-after-held-mentor":      {ui.ActionSessionMemo},
		"session-after-held-memo":        nil,
		"session-after-not-held":         {ui.ActionSessionNew},
		"session-after-moved":            {ui.ActionSessionTimes},
		"session-disputed":               {ui.ActionSessionSay, ui.ActionSessionOpen},
		"session-disputed-settled":       {ui.ActionSessionOpen},
		"session-disputed-own":           {ui.ActionSessionOpen},
		"session-page-bureau":            nil,
	} {
		if got := slices.Compact(actionsOf(t, drawn[name])); !slices.Equal(got, want) {
			t.Errorf("%s offers %v, want %v", name, got, want)
		}
	}
}

func TestATimeThatWentByIsNotOffered(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))["session-proposed-late"]
	n := 0
	for _, e := range elements(t, drawn) {
		if ui.ActionOf(e["action_id"].(string)) == ui.ActionSessionPick {
			n++
		}
	}
	if n != 2 {
		t.Errorf("%d times are offered, want the 2 that are ahead", n)
	}
}

func TestWhoIsElsewhereSeesBothTimes(t *testing.T) {
	c := sample()
	for _, x := range []struct {
		rule string
		own  *time.Location
		want bool
	}{
		{"an hour ahead of UTC", time.FixedZone("CET", 60*60), true},
		{"the same clock under another name", time.FixedZone("KST", 9*60*60), false},
		{"no zone", nil, false},
	} {
		d := c.told(t, ui.NewLocale("ja", tokyo).Abroad(x.own), programme.NoticeSessionBooked, c.atsugi, c.session())
		if got := strings.Contains(string(d.Blocks), "お手元の時刻では 12月1日(火) 06:00〜07:00"); got != x.want || !x.want && strings.Contains(string(d.Blocks), "お手元") {
			t.Errorf("%s: their time stands there: %v", x.rule, got)
		}
		if !strings.Contains(string(d.Blocks), "12月1日(火) 14:00〜15:00") {
			t.Errorf("%s: the programme's time is missing", x.rule)
		}
	}
}

func TestTheCalendarLinkHasTheSession(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))["session-booked-atsugi"]
	for _, e := range elements(t, drawn) {
		address, _ := e["url"].(string)
		u, err := url.Parse(address)
		if err != nil || u.Host != "calendar.google.com" {
			continue
		}
		want := url.Values{"action": {"TEMPLATE"}, "dates": {"20261201T050000Z/20261201T060000Z"},
			"text": {"個別相談（壁打ち）"}, "location": {"https://example.jp/room"}}
		if d := cmp.Diff(want, u.Query()); d != "" {
			t.Error(d)
		}
		return
	}
	t.Error("there is no link to a calendar")
}

func TestTheCalendarNamesNobodyAndNoTopic(t *testing.T) {
	c := sample()
	for rule, state := range map[string]programme.SessionState{"booked": programme.SessionBooked, "called off": programme.SessionCancelled} {
		v := c.session()
		v.State = state
		w := ui.SessionEntry(v, ui.NewLocale("ja", tokyo))
		for _, secret := range []string{c.atsugi.Name, c.mentor.Name, c.typed, v.Bring} {
			if strings.Contains(w.Title+w.Notes+w.Place, secret) {
				t.Errorf("%s: %+v holds %q", rule, w, secret)
			}
		}
		if called := strings.Contains(w.Title, "中止"); called != (state == programme.SessionCancelled) {
			t.Errorf("%s is called %q", rule, w.Title)
		}
	}
}

func TestABriefingIsOneMessageAndSaysWhatItLeavesOut(t *testing.T) {
	d := sample().drawings(t, ui.NewLocale("ja", tokyo))["session-briefing-long"]
	if n := strings.Count(string(d.Blocks), "→"); n != 20 {
		t.Errorf("%d answers are shown", n)
	}
	if !strings.Contains(string(d.Blocks), "ほかに18件") {
		t.Error("it does not say that 18 of 38 answers are left out")
	}
}

func TestTheBoardTurnsPagesAndSaysWhatItLeavesOut(t *testing.T) {
	d := sample().drawings(t, ui.NewLocale("ja", tokyo))["session-board-long"]
	if click := clickOn(t, d, "次へ"); ui.ActionOf(click.ActionID) != ui.ActionSessionBoard {
		t.Errorf("the next page is %q", click.ActionID)
	} else if _, from := ui.ReadPlace(click.Value); from != 30 {
		t.Errorf("the next page begins after %d", from)
	}
	if !strings.Contains(string(d.View), "ほか6件") {
		t.Error("it does not say that 6 of 12 sessions are left out")
	}
}

func FuzzReadSessionTimes(f *testing.F) {
	f.Add(`{"private_metadata":"{\"op\":\"01\"}","state":{"values":{"session.day1":{"value":{"selected_date":"2026-12-01"}},"session.time1":{"value":{"selected_time":"14:00"}},"session.length":{"value":{"selected_option":{"value":"60"}}}}}}`)
	f.Fuzz(func(t *testing.T, raw string) {
		var v slack.View
		if json.Unmarshal([]byte(raw), &v) != nil {
			return
		}
		form, err := ui.ReadSessionTimes(v, programme.Session{}, tokyo)
		var faults programme.Faults
		switch {
		case err == nil && form.Op == "":
			t.Fatal("a form without an operation id was taken")
		case err == nil && len(form.Spans) > programme.MaxTimes:
			t.Fatalf("%d times", len(form.Spans))
		case err != nil && !errors.As(err, &faults) && !errors.Is(err, &programme.Error{Code: programme.CodeClosed}):
			t.Fatal(err)
		}
	})
}

func FuzzReadSessionPress(f *testing.F) {
	f.Add("01K|2026-11-24T05:00:00Z|2026-12-01T05:00:00Z|01JA")
	f.Add("01K|2026-12-01T05:00:00Z|01JA")
	f.Add("01K|held")
	f.Fuzz(func(t *testing.T, value string) {
		p, err := ui.ReadSessionPick(value)
		if never := p.Start.IsZero() || p.Proposed.IsZero(); err == nil && (p.Session == "" || never && !strings.Contains(value, "0001-01-01")) {
			t.Fatalf("%q was taken: %+v", value, p)
		}
		if id, _, err := ui.ReadSessionSay(value); err == nil && id == "" {
			t.Fatalf("%q was taken", value)
		}
		if id, _, err := ui.ReadSessionNone(value); err == nil && id == "" {
			t.Fatalf("%q was taken", value)
		}
	})
}

// TestTheOfficesChannelHasNoReasons, even of a session that has one: a coordinator reads it
// on the session's page.
func TestTheOfficesChannelHasNoReasons(t *testing.T) {
	const reason = "佐藤さんの入院のため"
	c, l := sample(), ui.NewLocale("ja", tokyo)
	v := c.session()
	v.State, v.Reason, v.Proposal.Reason, v.Last.Reason = programme.SessionOpen, reason, reason, reason
	for _, kind := range []programme.NoticeKind{
		programme.NoticeSessionDeclined, programme.NoticeSessionLapsed, programme.NoticeSessionOrphaned, programme.NoticeSessionDisputed,
	} {
		for _, over := range []bool{false, true} {
			d := c.told(t, l, kind, programme.Person{}, v, over)
			if strings.Contains(string(d.Blocks)+d.Text, reason) {
				t.Errorf("%s, over %v: the channel reads why", kind, over)
			}
		}
	}
	v.Office = true
	if page := view(t, ui.SessionPage(v, "office", l)); !strings.Contains(string(page.View), reason) {
		t.Error("the page does not say why")
	}
}
