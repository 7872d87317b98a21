package programme_test

import (
	"slices"
	"testing"

	"tsugite/programme"
)

// TestAnAnswerThatDoesNotArriveAnswersNothing: the office is told under the card, and the
// question still waits, whether the account was shut before the answer or while that was on its
// way. What arrived before stands.
func TestAnAnswerThatDoesNotArriveAnswersNothing(t *testing.T) {
	answer := func(h *thread) {
		_, err := h.HearOffice(h.t.Context(), programme.As("office"), h.said("9.000100", "はい"))
		must(h.t, err)
	}
	shut := func(h *thread) {
		var p programme.Person
		h.read(func(tx programme.Tx) (err error) {
			p, err = tx.Person("atsugi")
			return err
		})
		must(h.t, h.AccountClosed(h.t.Context(), p.SlackID))
	}
	for name, c := range map[string]struct {
		do   []func(*thread)
		lost bool
	}{
		"shut before":     {[]func(*thread){shut, answer}, true},
		"shut on its way": {[]func(*thread){answer, shut}, true},
		"arrived before":  {[]func(*thread){answer, func(h *thread) { h.deliver() }, shut}, false},
		"not shut":        {[]func(*thread){answer}, false},
	} {
		h := newThread(t)
		for _, do := range c.do {
			do(h)
		}
		said := h.deliver()
		if got := slices.Contains(said, "enquiry.unheard c:office"); got != c.lost {
			t.Errorf("%s: the office is told %v, want %v", name, got, c.lost)
		}
		if c.lost && slices.Contains(said, "enquiry.reply p:atsugi") {
			t.Errorf("%s: it was sent", name)
		}
		list, err := h.OpenEnquiries(t.Context(), programme.As("office"))
		must(t, err)
		if len(list) != 1 || list[0].Since.IsZero() == c.lost {
			t.Errorf("%s: waits %v, want %v", name, list, c.lost)
		}
	}
}
