package programme_test

import (
	"testing"

	"tsugite/programme"
)

// TestTheOfficeSaysInWhichWayItGotTheAnswers: what it enters without saying so is not
// kept, of a draft neither; of one's own sheet nobody asks.
func TestTheOfficeSaysInWhichWayItGotTheAnswers(t *testing.T) {
	for rule, c := range map[string]struct {
		who   programme.PersonID
		via   programme.Via
		draft bool
		want  string
	}{
		"by telephone":              {"office", programme.ViaPhone, false, "phone"},
		"on paper":                  {"office", programme.ViaPaper, false, "paper"},
		"half-way, by telephone":    {"office", programme.ViaPhone, true, "phone"},
		"nothing is said":           {"office", "", false, "invalid: error.sheet_way"},
		"half-way, nothing is said": {"office", "", true, "invalid: error.sheet_way"},
		"it is no form of its own":  {"office", programme.ViaForm, false, "invalid: error.sheet_way"},
		"nor its conversation":      {"office", programme.ViaChat, false, "invalid: error.sheet_way"},
		"a way that there is not":   {"office", "fax", false, "invalid: error.sheet_way"},
		"one's own":                 {"atsugi", "", false, "form"},
		"one's own is a form":       {"atsugi", programme.ViaPhone, false, "form"},
	} {
		t.Run(rule, func(t *testing.T) {
			talk := newHouse(t).talker(branching())
			in := programme.SheetInput{Page: "wish", Via: c.via, Draft: c.draft, Opened: talk.now, Answers: inputs{"call": picked("yes")}}
			_, err := talk.AnswerSheet(t.Context(), programme.As(c.who), talk.id, in)
			d, readErr := talk.Dialogue(t.Context(), talk.at(), talk.id)
			must(t, readErr)
			got := string(d.Answers["call"].Via)
			if err != nil {
				if got != "" {
					t.Errorf("kept via %s", got)
				}
				got = err.Error()
			}
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// TestReadingSomebodysAnswersIsWrittenDown, each time; what was refused is not.
func TestReadingSomebodysAnswersIsWrittenDown(t *testing.T) {
	talk := newHouse(t).talker(branching())
	must(t, second(talk.sheet("wish", inputs{"call": picked("yes")})))
	for _, c := range []struct {
		who  programme.PersonID
		want int // entries by then
	}{{"office", 1}, {"expert", 1}, {"bureau", 1}, {"atsugi", 1}, {"office", 2}} {
		_, versions, err := talk.AnswerHistory(t.Context(), programme.As(c.who), talk.id)
		if allowed := err == nil; allowed != (c.who == "office") || len(versions) > 0 != allowed {
			t.Errorf("%s reads %d answers: %v", c.who, len(versions), err)
		}
		n := 0
		for _, entry := range talk.trail() {
			if entry == "survey.read_answers "+string(talk.id) {
				n++
			}
		}
		if n != c.want {
			t.Errorf("after %s %d entries, want %d", c.who, n, c.want)
		}
	}
}
