package ui_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// What was said today stays on Home with the way to undo it; what was said before does not.
func TestWhatWasSaidTodayIsUndoneOnHome(t *testing.T) {
	now := time.Date(2026, 9, 18, 0, 30, 0, 0, tokyo)
	home := func(state programme.ActionState, whose programme.Reader, said time.Time) string {
		h := programme.Home{Me: programme.Person{ID: "01KP", Roles: []programme.Role{programme.Atsugi}}, Now: now}
		h.Actions = []programme.MemoAction{{ID: "01KA", Whose: whose, What: "釉薬の記録", State: state, Said: said}}
		drawn, err := json.Marshal(ui.Home(h, nil, ui.NewLocale("ja", tokyo)))
		if err != nil {
			t.Fatal(err)
		}
		return string(drawn)
	}
	for _, c := range []struct {
		rule  string
		state programme.ActionState
		whose programme.Reader
		said  time.Time
		words string // "" if the line is gone
	}{
		{"done today", programme.ActionDone, programme.ReadParticipant, now.Add(-time.Minute), "「できた」にしました。"},
		{"put aside today", programme.ActionNotNow, programme.ReadParticipant, now, "「いまはしない」にしました。"},
		{"help wanted, whenever", programme.ActionHelp, programme.ReadParticipant, now.AddDate(0, 0, -9), "相談したい（事務局と専門家に知らせました）"},
		{"done yesterday", programme.ActionDone, programme.ReadParticipant, now.Add(-time.Hour), ""},
		{"another's", programme.ActionDone, programme.ReadMentor, now, ""},
	} {
		drawn := home(c.state, c.whose, c.said)
		shown := c.words != ""
		if strings.Contains(drawn, "釉薬の記録") != shown || strings.Contains(drawn, c.words) == false || strings.Contains(drawn, "もどす") != shown {
			t.Errorf("%s: %s", c.rule, drawn)
		}
	}
}
