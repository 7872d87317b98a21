package programme_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

func (h *house) speaker(e programme.EventID, p programme.PersonID) programme.SpeakerStatus {
	h.t.Helper()
	page, err := h.EventPage(h.t.Context(), programme.As("office"), e)
	must(h.t, err)
	for _, s := range page.Speakers {
		if s.Speaker.Person == p {
			return s.Status
		}
	}
	return ""
}

// TestASpeakerIsAskedAndAnswers: what each act leads to, and who hears of it.
func TestASpeakerIsAskedAndAnswers(t *testing.T) {
	h := newHouse(t)
	e := h.workshop()
	ctx, office, expert := t.Context(), programme.As("office"), programme.As("expert")
	ask := func(topic string) error { return second(h.AskSpeaker(ctx, office, e.ID, "expert", topic)) }
	answer := func(agrees bool) error { return second(h.AnswerSpeaker(ctx, expert, e.ID, agrees)) }
	set := func(s programme.SpeakerStatus) error { return second(h.SetSpeaker(ctx, office, e.ID, "expert", s)) }
	asked, said := []string{"event.speaker p:expert"}, []string{"event.spoken c:office"}
	for _, s := range []struct {
		act    string
		do     func() error
		status programme.SpeakerStatus
		told   []string
	}{
		{"asked", func() error { return ask("継ぐ") }, programme.SpeakerAsked, asked},
		{"the form came twice", func() error { return ask("継ぐ") }, programme.SpeakerAsked, nil},
		{"asked about something else", func() error { return ask("売る") }, programme.SpeakerAsked, nil},
		{"declines", func() error { return answer(false) }, programme.SpeakerDeclined, said},
		{"asked again", func() error { return ask("売る") }, programme.SpeakerAsked, asked},
		{"agrees", func() error { return answer(true) }, programme.SpeakerAgreed, said},
		{"agrees twice", func() error { return answer(true) }, programme.SpeakerAgreed, nil},
		{"materials are there", func() error { return set(programme.SpeakerMaterials) }, programme.SpeakerMaterials, nil},
		{"another topic once agreed", func() error { return ask("両方") }, programme.SpeakerMaterials, nil},
		{"presses agree again", func() error { return answer(true) }, programme.SpeakerMaterials, nil},
		{"travel is arranged", func() error { return set(programme.SpeakerTravel) }, programme.SpeakerTravel, nil},
		{"declines after all", func() error { return answer(false) }, programme.SpeakerDeclined, said},
		{"changes their mind", func() error { return answer(true) }, programme.SpeakerAgreed, said},
	} {
		h.now = h.now.Add(time.Minute)
		if err := s.do(); err != nil {
			t.Fatalf("%s: %v", s.act, err)
		}
		if got := h.speaker(e.ID, "expert"); got != s.status {
			t.Errorf("%s: is %q, want %q", s.act, got, s.status)
		}
		if diff := cmp.Diff(s.told, h.deliver()); diff != "" {
			t.Errorf("%s: %s", s.act, diff)
		}
	}
}

// TestWhatASpeakerWasAskedIsLookedAtAgain: nobody is asked what they answered, or
// about what does not take place; the office hears the last word only.
func TestWhatASpeakerWasAskedIsLookedAtAgain(t *testing.T) {
	ctx := t.Context()
	office, expert := programme.As("office"), programme.As("expert")
	for rule, c := range map[string]struct {
		do   func(h *house, e programme.EventID) []error
		said []string
	}{
		"answered on the telephone": {func(h *house, e programme.EventID) []error {
			return []error{second(h.SetSpeaker(ctx, office, e, "expert", programme.SpeakerAgreed))}
		}, nil},
		"the event is off": {func(h *house, e programme.EventID) []error {
			return []error{second(h.CancelEvent(ctx, office, e, ""))}
		}, []string{"event.cancelled p:expert", "event.changed c:bureau"}},
		"two words before one is sent": {func(h *house, e programme.EventID) []error {
			first := second(h.AnswerSpeaker(ctx, expert, e, true))
			h.now = h.now.Add(time.Second)
			return []error{first, second(h.AnswerSpeaker(ctx, expert, e, false))}
		}, []string{"event.spoken c:office"}},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			e := h.workshop()
			must(t, second(h.AskSpeaker(ctx, office, e.ID, "expert", "")))
			h.now = h.now.Add(time.Second)
			for _, err := range c.do(h, e.ID) {
				must(t, err)
			}
			if diff := cmp.Diff(c.said, h.deliver()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheLaterWordOfASpeakerStands(t *testing.T) {
	h := newHouse(t)
	e := h.workshop()
	must(t, second(h.AskSpeaker(t.Context(), programme.As("office"), e.ID, "expert", "")))
	h.now = h.now.Add(time.Hour)
	early, late := programme.As("expert"), programme.As("expert")
	early.At, late.At = h.now.Add(-2*time.Second), h.now.Add(-time.Second)
	must(t, second(h.AnswerSpeaker(t.Context(), late, e.ID, false)))
	must(t, second(h.AnswerSpeaker(t.Context(), early, e.ID, true)))
	if got := h.speaker(e.ID, "expert"); got != programme.SpeakerDeclined {
		t.Errorf("is %q", got)
	}
}

func TestSpeakersAreRefused(t *testing.T) {
	h := newHouse(t)
	e := h.workshop()
	ctx, office := t.Context(), programme.As("office")
	must(t, second(h.AskSpeaker(ctx, office, e.ID, "expert", "")))
	for rule, c := range map[string]struct {
		err  error
		want programme.Code
	}{
		"somebody who is not in the roster":    {second(h.AskSpeaker(ctx, office, e.ID, "nobody", "")), programme.CodeNotFound},
		"somebody who left":                    {second(h.AskSpeaker(ctx, office, e.ID, "left", "")), programme.CodeNotFound},
		"too long a topic":                     {second(h.AskSpeaker(ctx, office, e.ID, "senior", strings.Repeat("題", 301))), programme.CodeInvalid},
		"an event that there is not":           {second(h.AskSpeaker(ctx, office, "nowhere", "senior", "")), programme.CodeNotFound},
		"an answer of who was not asked":       {second(h.AnswerSpeaker(ctx, programme.As("senior"), e.ID, true)), programme.CodeNotFound},
		"an answer of the operator":            {second(h.AnswerSpeaker(ctx, programme.Operator, e.ID, true)), programme.CodeDenied},
		"a status that there is not":           {second(h.SetSpeaker(ctx, office, e.ID, "expert", "famous")), programme.CodeInvalid},
		"a status of who was never asked":      {second(h.SetSpeaker(ctx, office, e.ID, "senior", programme.SpeakerAgreed)), programme.CodeNotFound},
		"nothing: what the office was told of": {second(h.SetSpeaker(ctx, office, e.ID, "expert", programme.SpeakerAgreed)), ""},
	} {
		if wantCode(t, c.err, c.want); t.Failed() {
			t.Fatal(rule)
		}
	}
	h.now = e.End
	wantCode(t, second(h.AnswerSpeaker(ctx, programme.As("expert"), e.ID, false)), programme.CodeClosed)
}
