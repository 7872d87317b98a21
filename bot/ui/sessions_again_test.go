package ui_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// TestTimesChosenFromMenusAreReadAsTheyShow: row by row, with their lengths; what the form
// does not ask for stays as it was.
func TestTimesChosenFromMenusAreReadAsTheyShow(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	times := c.offered()[0].Next
	had := programme.Session{Venue: programme.Venue{Mode: programme.ModeOnline, Place: c.place, URL: "https://example.jp/room"}}
	f, err := ui.ReadSessionTimes(returned(t, drawn["request-again-filled"]), had, tokyo)
	if err != nil {
		t.Fatal(err)
	}
	want := []programme.Span{times[0], {}, times[2]}
	if !slices.EqualFunc(f.Spans, want, programme.Span.Same) || f.Mode != programme.ModeOnSite || f.Place != c.place ||
		f.URL != had.URL || f.Session != "01KSESSION" || f.Version != 3 {
		t.Errorf("read %+v", f)
	}
	for _, value := range []string{"soon", "2026-12-01T05:00:00Z", "2026-12-01T05:00:00Z|an hour", "|60"} {
		v := slack.View{PrivateMetadata: `{"op":"01KOP","subject":"01KSESSION"}`, State: &slack.ViewState{Values: map[string]map[string]slack.BlockAction{
			"session.time1": {"value": {SelectedOption: slack.OptionBlockObject{Value: value}}},
		}}}
		if _, err := ui.ReadSessionTimes(v, had, tokyo); !errors.Is(err, &programme.Error{Code: programme.CodeClosed, Key: "error.form_old"}) {
			t.Errorf("%q: %v", value, err)
		}
	}
}

// TestMenusOfTimesFitAPage of whatever hours: they offer the first of them.
func TestMenusOfTimesFitAPage(t *testing.T) {
	d := sample().againForm()
	d.Again.Times = every(30*time.Minute, 28*48)
	for _, language := range []string{"ja", "en"} {
		drawn := view(t, ui.SessionTimesForm(d, ui.NewLocale(language, tokyo)))
		page, err := json.Marshal(drawn)
		if err != nil || len(page) > 250_000 {
			t.Errorf("%d bytes (%v)", len(page), err)
		}
		if n := strings.Count(string(page), `"2026-12-06T`); n == 0 {
			t.Error("the menus end before the first week does")
		}
	}
}

// TestAFormBeginsWithWhereTheExpertMeetsPeople: unless the session says otherwise.
func TestAFormBeginsWithWhereTheExpertMeetsPeople(t *testing.T) {
	c := sample()
	for _, has := range []struct{ place, url, wantPlace, wantURL string }{
		{"", "", "公民館", "https://example.jp/expert"},
		{"工房", "", "工房", "https://example.jp/expert"},
		{"", "https://example.jp/2", "公民館", "https://example.jp/2"},
	} {
		d := c.counterForm()
		d.Filled, d.Place, d.URL = programme.SessionForm{}, "公民館", "https://example.jp/expert"
		d.Session.Proposal.Place, d.Session.Proposal.URL = has.place, has.url
		f, err := ui.ReadSessionTimes(returned(t, view(t, ui.SessionTimesForm(d, ui.NewLocale("ja", tokyo)))), programme.Session{}, tokyo)
		if err != nil || f.Place != has.wantPlace || f.URL != has.wantURL {
			t.Errorf("of %+v it begins with %q %q (%v)", has, f.Place, f.URL, err)
		}
	}
}
