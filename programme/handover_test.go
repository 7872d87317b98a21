package programme_test

import (
	"context"
	"slices"
	"testing"

	"tsugite/programme"
)

func handoverForm(op string, from, to programme.PersonID) programme.HandoverForm {
	f := programme.HandoverForm{Op: op, From: from, To: to}
	if to == "" {
		f.Name, f.Kana, f.Email = "後任 花", "こうにん はな", "next@example.jp"
	}
	return f
}

func (h *house) handsOver(who programme.PersonID, f programme.HandoverForm) programme.Handover {
	h.t.Helper()
	done, err := h.HandOver(context.Background(), programme.As(who), f)
	must(h.t, err)
	return done
}

// TestWhoHandedOverIsOut: each of their presses is refused, nothing that waits goes out to
// them, and what is the organisation's is the successor's, who hears of what comes.
func TestWhoHandedOverIsOut(t *testing.T) {
	h := withSupport(t)
	r := h.recommends("supporter", "op", nil)
	form := h.form("named")
	form.Audience = programme.Audience{People: []programme.PersonID{"supporter", "atsugi"}}
	e, err := h.PutEvent(t.Context(), programme.As("office"), form)
	must(t, err)
	must(t, h.SendInvitation(t.Context(), programme.As("supporter"), "i")) // waits
	plan, err := h.PlanHandover(t.Context(), programme.As("supporter"), "")
	must(t, err)
	if plan.Moves.Recommendations != 1 || plan.Moves.Events != 1 {
		t.Errorf("said to move %+v", plan.Moves)
	}
	f := handoverForm("h", "", "colleague")
	h.handsOver("supporter", f)

	as, ctx := programme.As("supporter"), t.Context()
	for act, err := range map[string]error{
		"Home":           second(h.Home(ctx, as)),
		"the list":       second(h.OwnRecommendations(ctx, as)),
		"recommending":   second(h.Recommend(ctx, as, recommendForm("late"))),
		"withdrawing":    h.WithdrawRecommendation(ctx, as, r.ID),
		"the invitation": h.SendInvitation(ctx, as, "late"),
		"the month":      second(h.SupportMonth(ctx, as, "")),
		"its file":       h.SendSupportMonth(ctx, as, "", "late"),
		"answering":      third(h.AnswerEvent(ctx, as, e.ID, programme.Yes, "")),
		"handing over":   second(h.HandOver(ctx, as, handoverForm("late", "", "colleague"))),
		"the plan":       second(h.PlanHandover(ctx, as, "")),
	} {
		if e, refused := programme.AsError(err); !refused || e.Code != programme.CodeUnknown {
			t.Errorf("%s: %v", act, err)
		}
	}
	if v, err := h.Farewell(ctx, "Usupporter"); err != nil || v.ToPerson.ID != "colleague" {
		t.Errorf("goodbye: %+v %v", v, err)
	}
	must(t, h.ApproachRecommended(ctx, programme.As("office"), r.ID))
	said := h.deliver()
	if slices.ContainsFunc(said, func(s string) bool { return s[len(s)-len("supporter"):] == "supporter" }) {
		t.Errorf("goes out to the predecessor: %v", said)
	}
	for _, want := range []string{"handover.welcome p:colleague", "recommend.state p:colleague", "handover.done c:office"} {
		if !slices.Contains(said, want) {
			t.Errorf("%s does not go out: %v", want, said)
		}
	}
	if got := h.event(e.ID).Audience.People; !slices.Equal(got, []programme.PersonID{"atsugi", "colleague"}) {
		t.Errorf("invited by name: %v", got)
	}
	own, err := h.OwnRecommendations(ctx, programme.As("colleague"))
	if err != nil || len(own.All) != 1 || own.All[0].Contact != "colleague" {
		t.Errorf("the successor reads %+v %v", own.All, err)
	}
	// Taken back, they are in again, and what moved stays where it is.
	must(t, h.TakeBack(ctx, programme.As("office"), "supporter"))
	if _, err := h.OwnRecommendations(ctx, as); err != nil || h.recommendation(r.ID).Contact != "colleague" {
		t.Errorf("back: %v, contact %s", err, h.recommendation(r.ID).Contact)
	}
}

// TestWhoHasAnotherPartKeepsIt: only the part as one of the organisation ends.
func TestWhoHasAnotherPartKeepsIt(t *testing.T) {
	h := withSupport(t)
	h.person("supporter", func(p *programme.Person) { p.Roles = []programme.Role{programme.Supporter, programme.Atsugi} })
	h.handsOver("supporter", handoverForm("h", "", "colleague"))
	if _, err := h.Home(t.Context(), programme.As("supporter")); err != nil {
		t.Errorf("their other part: %v", err)
	}
	_, err := h.SupportMonth(t.Context(), programme.As("supporter"), "")
	wantCode(t, err, programme.CodeDenied)
}

// TestWhoMayFollowWhom: a colleague, or somebody new with a name and an address of nobody; and
// whose part it is: one's own, or for the office that of anybody of a support organisation.
func TestWhoMayFollowWhom(t *testing.T) {
	for name, c := range map[string]struct {
		who   programme.PersonID
		f     programme.HandoverForm
		want  programme.Code
		field string
	}{
		"a colleague":         {"supporter", handoverForm("h", "", "colleague"), "", ""},
		"by the office":       {"office", handoverForm("h", "supporter", "colleague"), "", ""},
		"somebody new":        {"supporter", handoverForm("h", "", ""), "", ""},
		"of another one":      {"supporter", handoverForm("h", "", "rival"), programme.CodeInvalid, "to"},
		"oneself":             {"supporter", handoverForm("h", "", "supporter"), programme.CodeInvalid, "to"},
		"a colleague's part":  {"supporter", handoverForm("h", "colleague", "supporter"), programme.CodeDenied, ""},
		"another's part":      {"rival", handoverForm("h", "supporter", "colleague"), programme.CodeDenied, ""},
		"no supporter's part": {"office", handoverForm("h", "expert", "colleague"), programme.CodeClosed, ""},
		"by an atsugi":        {"atsugi", handoverForm("h", "", "colleague"), programme.CodeDenied, ""},
		"by the bureau":       {"bureau", handoverForm("h", "supporter", "colleague"), programme.CodeDenied, ""},
		"an address there is": {"supporter", programme.HandoverForm{Op: "h", Name: "別", Kana: "べつ", Email: "THERE@example.jp"}, programme.CodeConflict, "email"},
		"no address":          {"supporter", programme.HandoverForm{Op: "h", Name: "別", Kana: "べつ"}, programme.CodeInvalid, "email"},
		"nobody":              {"supporter", programme.HandoverForm{Op: "h"}, programme.CodeInvalid, "name"},
	} {
		t.Run(name, func(t *testing.T) {
			h := withSupport(t)
			h.person("rival", func(p *programme.Person) { p.Email = "there@example.jp" })
			_, err := h.HandOver(t.Context(), programme.As(c.who), c.f)
			wantCode(t, err, c.want)
			if e, ok := programme.AsError(err); ok && e.Field != c.field {
				t.Errorf("beside %q, want %q", e.Field, c.field)
			}
		})
	}
}

// TestSomebodyNewWaitsForTheOffice: until it says so all is as before; then it is done once.
func TestSomebodyNewWaitsForTheOffice(t *testing.T) {
	for _, yes := range []bool{true, false} {
		h := withSupport(t)
		f := handoverForm("h", "", "")
		first := h.handsOver("supporter", f)
		if again := h.handsOver("supporter", f); again.ID != first.ID || again.State != programme.HandoverAsked {
			t.Errorf("the form again: %+v", again)
		}
		_, err := h.HandOver(t.Context(), programme.As("supporter"), handoverForm("h2", "", "colleague"))
		wantCode(t, err, programme.CodeConflict)
		if _, err := h.OwnRecommendations(t.Context(), programme.As("supporter")); err != nil {
			t.Errorf("before: %v", err)
		}
		for _, who := range []programme.PersonID{"supporter", "rival", "bureau", "new-office"} {
			_, err := h.SettleHandover(t.Context(), programme.As(who), first.ID, yes)
			wantCode(t, err, programme.CodeDenied)
		}
		for range 2 {
			_, err := h.SettleHandover(t.Context(), programme.As("office"), first.ID, yes)
			must(t, err)
		}
		_, err = h.SettleHandover(t.Context(), programme.As("office"), first.ID, !yes)
		wantCode(t, err, programme.CodeConflict)
		_, err = h.OwnRecommendations(t.Context(), programme.As("supporter"))
		if out := err != nil; out != yes {
			t.Errorf("yes %v: the predecessor reads: %v", yes, err)
		}
		v, _, err := h.HandoverPage(t.Context(), programme.As("office"), first.ID)
		must(t, err)
		if !yes && (v.Name != "" || v.Email != "" || v.To != "") {
			t.Errorf("kept of somebody who is not taken: %+v", v.Handover)
		}
		if !yes {
			continue
		}
		if got := h.inRow(v.To); got.Organisation != "商工会" || got.Email != "next@example.jp" || !slices.Equal(got.Roles, []programme.Role{programme.Supporter}) {
			t.Errorf("on the roster: %+v", got)
		}
	}
}

// TestAnOrganisationWithNobodyLeftIsShown to the office, once its last one is gone.
func TestAnOrganisationWithNobodyLeftIsShown(t *testing.T) {
	h := withSupport(t)
	shown := func(want int) {
		t.Helper()
		if got := h.notices()["organisation.empty c:office"]; got != want {
			t.Errorf("%d cards, want %d", got, want)
		}
	}
	must(t, h.LeavePerson(t.Context(), programme.As("office"), "supporter"))
	shown(0)
	must(t, h.LeavePerson(t.Context(), programme.As("office"), "colleague"))
	shown(1)
	h.handsOver("office", handoverForm("h", "rival", ""))
	shown(1)
}
