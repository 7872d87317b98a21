package programme_test

import (
	"strings"
	"testing"

	"tsugite/programme"
)

// TestWhatSomebodyAsksStandsWithTheText: the words are with the text, not in the channel;
// the same form asks once, and the office is not told more than three times a day.
func TestWhatSomebodyAsksStandsWithTheText(t *testing.T) {
	h := newHouse(t)
	p := h.propose("p", nil)
	ask := func(op, text string) error { return h.AskOffice(t.Context(), programme.As("atsugi"), op, p.ID, text) }
	for _, op := range []string{"1", "1", "2", "3", "4"} {
		must(t, ask(op, " どこに載りますか。\n"))
	}
	must(t, ask("5", ""))
	refused(t, "a long one", ask("6", strings.Repeat("長", 1001)), "invalid text error.too_long")
	asked := h.publication(p.ID).Questions
	if len(asked) != 5 || asked[0].Text != "どこに載りますか。" || asked[0].Person != "atsugi" || asked[4].Text != "" {
		t.Errorf("with the text stands %+v", asked)
	}
	if told := h.notices()["consent.question c:office"]; told != 3 {
		t.Errorf("the office was told %d times", told)
	}
}
