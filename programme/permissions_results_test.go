package programme_test

import (
	"context"
	"slices"
	"testing"

	"tsugite/programme"
)

// TestWhoMayReadResultsAndEngage goes through everything about results, shared answers
// and engagements, person by person (design.md section 5). Each act is harmless to
// repeat.
func TestWhoMayReadResultsAndEngage(t *testing.T) {
	office := []programme.PersonID{"office"}
	readers := []programme.PersonID{"office", "bureau", "supporter"}
	for act, c := range map[string]struct {
		may []programme.PersonID
		do  func(h *house, ctx context.Context, who programme.Actor) error
	}{
		"read results": {readers, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.Results(ctx, who, "s")
			return err
		}},
		"have results sent": {readers, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.RequestResults(ctx, who, "s", "op")
			return err
		}},
		"export answers": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.ExportAnswers(ctx, who, "s")
			return err
		}},
		"see wishes": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.Wishes(ctx, who, "s")
			return err
		}},
		"see who can be engaged": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.Experts(ctx, who)
			return err
		}},
		"make an engagement": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.MakeEngagement(ctx, who, engagementForm("op-"+string(who.Person)))
			return err
		}},
		"end an engagement": {office, func(h *house, ctx context.Context, who programme.Actor) error {
			return h.EndEngagement(ctx, who, "01KEPT")
		}},
		"list engagements": {
			[]programme.PersonID{"office", "bureau", "atsugi", "other-atsugi", "expert", "other-expert", "senior"},
			func(h *house, ctx context.Context, who programme.Actor) error {
				_, err := h.Engagements(ctx, who)
				return err
			},
		},
		"read what an atsugi shares with their expert": {
			[]programme.PersonID{"office", "expert"}, // not their expert without pledge, nor their senior
			func(h *house, ctx context.Context, who programme.Actor) error {
				_, err := h.SharedAnswers(ctx, who, "atsugi")
				return err
			},
		},
		"read what an engaged atsugi shares": {
			[]programme.PersonID{"office", "expert", "other-expert"}, // by engagement, and by the roster
			func(h *house, ctx context.Context, who programme.Actor) error {
				_, err := h.SharedAnswers(ctx, who, "other-atsugi")
				return err
			},
		},
	} {
		t.Run(act, func(t *testing.T) {
			h := newHouse(t)
			h.answered()
			h.write(func(tx programme.Tx) error {
				kept := programme.Engagement{ID: "01KEPT", Atsugi: "other-atsugi", Mentor: "expert", Sessions: 2, Made: h.now}
				if act == "make an engagement" {
					kept.Mentor = "other-expert"
				}
				return tx.CreateEngagement("kept", kept)
			})
			for _, who := range cast {
				err := c.do(h, t.Context(), programme.As(who))
				refusal, refused := programme.AsError(err)
				switch may := slices.Contains(c.may, who); {
				case may && err != nil:
					t.Errorf("%s may not: %v", who, err)
				case !may && err == nil:
					t.Errorf("%s may", who)
				case !may && (!refused || refusal.Code != codeOf(who)):
					t.Errorf("%s is refused with %v", who, err)
				}
			}
		})
	}
}
