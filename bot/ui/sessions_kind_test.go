package ui_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// TestWhatASessionCountsForIsReadAsItIsFilledIn: it stands as the session has it, or, if a
// quota was in the way, as it was chosen, with the way beyond.
func TestWhatASessionCountsForIsReadAsItIsFilledIn(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	want := ui.SessionKindChoice{Session: "01KSESSION", Version: 3, Kind: programme.Between}
	v := returned(t, drawn["session-kind"])
	if got, err := ui.ReadSessionKind(v); got != want || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
	v.State.Values["session.kind"]["value"] = slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: "follow_up"}}
	want.Kind = programme.FollowUp
	if got, err := ui.ReadSessionKind(v); got != want || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
	if ui.FieldBlock(v, "override") != "" {
		t.Error("it offers to go beyond a quota that nobody met")
	}
	v = returned(t, drawn["session-kind-full"])
	if got, err := ui.ReadSessionKind(v); got != want || err != nil {
		t.Errorf("of a quota: %+v, %v", got, err)
	}
	v.State.Values["session.override"]["value"] = slack.BlockAction{SelectedOptions: []slack.OptionBlockObject{{Value: "yes"}}}
	want.Override = true
	if got, err := ui.ReadSessionKind(v); got != want || err != nil {
		t.Errorf("beyond it: %+v, %v", got, err)
	}
	if _, err := ui.ReadSessionKind(slack.View{}); !errors.Is(err, &programme.Error{Code: programme.CodeClosed, Key: "error.form_old"}) {
		t.Errorf("of another program: %v", err)
	}
}

// TestOnlyOfficeAndBureauReadWhatASessionCountsFor: to the two it is no different.
func TestOnlyOfficeAndBureauReadWhatASessionCountsFor(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for name, want := range map[string]bool{
		"session-page-office": true, "session-page-bureau": true, "session-page-booked": false, "session-page-over": false,
		"session-list": false, "session-disputed": true, "session-orphaned": true, "session-lapsed-office": true, "session-booked-atsugi": false,
		"session-board": true, "session-board-bureau": true,
	} {
		d, ok := drawn[name]
		if got := strings.Contains(string(d.View)+string(d.Blocks), "2-③b"); !ok || got != want {
			t.Errorf("%s (drawn: %v) names the kind: %v", name, ok, got)
		}
	}
}

// TestTheBoardLeadsOn: without an engagement that runs, to making one.
func TestTheBoardLeadsOn(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for name, want := range map[string]string{
		"session-board": ui.ActionSessionBook, "session-board-none": ui.ActionEngageAny, "session-board-ended": ui.ActionEngageAny,
	} {
		var primary []string
		for _, e := range elements(t, drawn[name]) {
			if e["style"] == "primary" {
				id, _ := e["action_id"].(string)
				primary = append(primary, ui.ActionOf(id))
			}
		}
		if len(primary) != 1 || primary[0] != want {
			t.Errorf("%s leads to %v, want %s", name, primary, want)
		}
	}
	if clickOn(t, drawn["session-book-none"], "専門家を決める").ActionID == "" {
		t.Error("the form without an engagement leads nowhere")
	}
}

// TestARequestIsNotCalledTimesToChooseFrom on the way to the office.
func TestARequestIsNotCalledTimesToChooseFrom(t *testing.T) {
	d := sample().drawings(t, ui.NewLocale("ja", tokyo))["session-lapsed-requested-office"]
	if words := string(d.Blocks); !strings.Contains(words, "申し込みの日時が") || strings.Contains(words, "候補の日時が") {
		t.Errorf("it says %s", words)
	}
}
