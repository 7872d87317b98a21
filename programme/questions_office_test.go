package programme_test

import (
	"errors"
	"testing"

	"tsugite/programme"
)

// TestTheOfficeDoesNotAskItself: what a coordinator types to the bot, or in the form, opens
// nothing; everybody else may ask.
func TestTheOfficeDoesNotAskItself(t *testing.T) {
	for _, who := range cast {
		h := newHouse(t)
		for text, s := range map[string]programme.Said{
			"展示台は借りられますか": {Channel: "D1", TS: "1.000100"}, "駐車場はどこですか": {Op: "form", Anew: true},
		} {
			s.Text = text
			e, err := h.TakeWord(t.Context(), programme.As(who), s)
			refused, _ := programme.AsError(err)
			if who == "office" && (refused == nil || refused.Key != "error.enquiry_office" || e.ID != "") {
				t.Errorf("%s: %v %+v", text, err, e)
			}
			if refused != nil && refused.Key == "error.enquiry_office" && who != "office" {
				t.Errorf("%s is taken for the office", who)
			}
		}
	}
	h := newHouse(t)
	if _, err := h.TakeWord(t.Context(), programme.As("office"), programme.Said{Channel: "D1", TS: "1.000100", Text: "ありがとうございます"}); !errors.Is(err, programme.ErrNoRow) {
		t.Errorf("thanks: %v", err)
	}
}
