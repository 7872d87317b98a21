package programme_test

import (
	"slices"
	"testing"
	"time"

	"tsugite/programme"
)

func TestOverrideNoticeRefuses(t *testing.T) {
	const held = programme.OverrideHold
	for rule, c := range map[string]struct {
		o    programme.Override
		want programme.Code
	}{
		"what is about nothing":                {programme.Override{Action: held}, programme.CodeNotFound},
		"what answers somebody's act":          {programme.Override{Subject: "e", Kind: programme.NoticeEventMoved, Occasion: "1", Action: held}, programme.CodeNotFound},
		"a kind without an occasion":           {programme.Override{Subject: "e", Kind: programme.NoticeEventAsk, Action: held}, programme.CodeNotFound},
		"an occasion without a kind":           {programme.Override{Subject: "e", Occasion: "ask@1", Action: held}, programme.CodeNotFound},
		"a decision that there is not":         {programme.Override{Subject: "e", Action: "later"}, programme.CodeInvalid},
		"everything of an event early":         {programme.Override{Subject: "e", Action: programme.OverrideEarly}, programme.CodeInvalid},
		"nothing: one notice":                  {programme.Override{Subject: "e", Kind: programme.NoticeEventAsk, Occasion: "ask@1", Action: programme.OverrideEarly}, ""},
		"nothing: everything of an event":      {programme.Override{Subject: "e", Action: programme.OverrideSkip}, ""},
		"nothing: a digest, which is no event": {programme.Override{Subject: "week", Kind: programme.NoticeDigestWeek, Occasion: "2026-09-07", Action: held}, ""},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			wantCode(t, h.OverrideNotice(t.Context(), programme.As("office"), c.o), c.want)
		})
	}
}

// TestADecisionIsKeptWithWhoAndWhen: the caller has no say in it, but for the moment
// at which something goes out early.
func TestADecisionIsKeptWithWhoAndWhen(t *testing.T) {
	h := newHouse(t)
	ctx, office := t.Context(), programme.As("office")
	soon := h.now.Add(time.Hour)
	one := programme.Override{Subject: "e", Kind: programme.NoticeEventAsk, Occasion: "ask@1", Action: programme.OverrideEarly, At: soon, By: "bureau"}
	must(t, h.OverrideNotice(ctx, office, one))
	must(t, h.OverrideNotice(ctx, office, programme.Override{Subject: "e", Action: programme.OverrideHold, At: soon}))
	must(t, h.OverrideNotice(ctx, office, programme.Override{Subject: "e", Action: programme.OverrideSkip})) // in its place
	f, err := h.Facts(ctx)
	must(t, err)
	slices.SortFunc(f.Overrides, func(a, b programme.Override) int { return len(a.Kind) - len(b.Kind) })
	if len(f.Overrides) != 2 {
		t.Fatalf("kept %v", f.Overrides)
	}
	whole, early := f.Overrides[0], f.Overrides[1]
	if whole.Action != programme.OverrideSkip || !whole.At.Equal(h.now) || whole.By != "office" {
		t.Errorf("kept %+v", whole)
	}
	if !early.At.Equal(soon) || early.By != "office" {
		t.Errorf("kept %+v", early)
	}
	must(t, h.ReleaseNotice(ctx, office, "e", "", ""))
	must(t, h.ReleaseNotice(ctx, office, "e", "", "")) // once more does no harm
	if f, err = h.Facts(ctx); err != nil || len(f.Overrides) != 1 {
		t.Errorf("kept %v: %v", f.Overrides, err)
	}
}

// TestWhatIsHeldDoesNotGoOut: one notice, or all that is planned about an event; what
// is not planned goes out, and so does what is released.
func TestWhatIsHeldDoesNotGoOut(t *testing.T) {
	for rule, c := range map[string]struct {
		kind     programme.NoticeKind
		occasion bool // the notice's own, else another
		action   programme.OverrideAction
		want     bool // goes out
	}{
		"one held":                {programme.NoticeEventAsk, true, programme.OverrideHold, false},
		"one skipped":             {programme.NoticeEventAsk, true, programme.OverrideSkip, false},
		"one early":               {programme.NoticeEventAsk, true, programme.OverrideEarly, true},
		"another occasion held":   {programme.NoticeEventAsk, false, programme.OverrideHold, true},
		"another kind held":       {programme.NoticeEventReminder, true, programme.OverrideHold, true},
		"the whole event held":    {"", false, programme.OverrideHold, false},
		"the whole event skipped": {"", false, programme.OverrideSkip, false},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			e := h.gathering()
			ctx, office := t.Context(), programme.As("office")
			h.ask(e, "atsugi")
			o := programme.Override{Subject: string(e.ID), Kind: c.kind, Action: c.action}
			if c.kind != "" {
				o.Occasion = programme.EventOccasion("other", e)
			}
			if c.occasion {
				o.Occasion = programme.EventOccasion("ask", e)
			}
			must(t, h.OverrideNotice(ctx, office, o))
			if got := len(h.deliver()) > 0; got != c.want {
				t.Errorf("went out: %v, want %v", got, c.want)
			}
			if c.want {
				return
			}
			must(t, h.ReleaseNotice(ctx, office, o.Subject, o.Kind, o.Occasion))
			h.ask(e, "atsugi") // the planner plans it again
			if got := h.deliver(); len(got) != 1 {
				t.Errorf("released: %v", got)
			}
		})
	}
	t.Run("news of a held event", func(t *testing.T) {
		h := newHouse(t)
		e := h.gathering()
		h.ask(e, "atsugi")
		h.deliver()
		must(t, h.OverrideNotice(t.Context(), programme.As("office"), programme.Override{Subject: string(e.ID), Action: programme.OverrideHold}))
		h.move(e.ID, 25, "")
		if got := h.deliver(); len(got) != 1 {
			t.Errorf("said %v", got)
		}
	})
}
