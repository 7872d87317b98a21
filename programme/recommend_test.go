package programme_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tsugite/programme"
)

// withSupport is a house with two support organisations: "supporter" and "colleague" are of
// the 商工会, "rival" is of the 信用金庫; each may recommend two.
func withSupport(t *testing.T) *house {
	t.Helper()
	h := newHouse(t)
	h.Settings.Recommend = programme.RecommendSettings{PerOrganisation: 2, Until: "2026-12-25"}
	h.Settings.FiscalYear = 2026
	h.person("supporter", func(p *programme.Person) { p.Organisation = "商工会" })
	h.staff("colleague", "商工会")
	h.staff("rival", "信用金庫")
	return h
}

// staff puts somebody of a support organisation on the roster, with an account.
func (h *house) staff(id programme.PersonID, organisation string) {
	h.enter(programme.Person{ID: id, Name: "試験 " + string(id), Kana: string(id), SlackID: "U" + string(id),
		Organisation: organisation, Roles: []programme.Role{programme.Supporter}})
}

// recommendForm is of somebody who agreed to be approached; each op is of somebody else.
func recommendForm(op string) programme.RecommendForm {
	return programme.RecommendForm{Op: op, Firm: "梅津木工" + op, Name: "梅津 樹" + op, Kana: "うめづ" + op, Prefecture: "栃木県", Craft: "家具",
		Why: "秘密の理由", MayContact: true, Email: op + "@example.jp"}
}

func (h *house) recommends(who programme.PersonID, op string, change func(*programme.RecommendForm)) programme.Recommendation {
	h.t.Helper()
	f := recommendForm(op)
	if change != nil {
		change(&f)
	}
	r, err := h.Recommend(context.Background(), programme.As(who), f)
	must(h.t, err)
	return r
}

// recommendation is one as the office reads it.
func (h *house) recommendation(id programme.RecommendationID) programme.RecommendationView {
	h.t.Helper()
	v, err := h.RecommendationPage(context.Background(), programme.As("office"), id)
	must(h.t, err)
	return v
}

// recommendSteps are what can be done to a recommendation, by the state that comes of it.
var recommendSteps = map[programme.RecommendState]func(h *house, ctx context.Context, id programme.RecommendationID) error{
	programme.RecommendApproached: func(h *house, ctx context.Context, id programme.RecommendationID) error {
		return h.ApproachRecommended(ctx, programme.As("office"), id)
	},
	programme.RecommendAgreed: func(h *house, ctx context.Context, id programme.RecommendationID) error {
		return h.AgreeRecommended(ctx, programme.As("office"), programme.AgreeForm{ID: id, Cohort: "R8", Email: "given@example.jp"})
	},
	programme.RecommendDeclined: func(h *house, ctx context.Context, id programme.RecommendationID) error {
		return h.DeclineRecommended(ctx, programme.As("office"), programme.DeclineForm{ID: id, OwnNo: true})
	},
	programme.RecommendWithdrawn: func(h *house, ctx context.Context, id programme.RecommendationID) error {
		return h.WithdrawRecommendation(ctx, programme.As("colleague"), id)
	},
}

// TestHowARecommendationGoesOn: every state against every step. Somebody who did not agree
// to be approached is not, and may come by the invitation; doing a step again changes
// nothing; what came to nothing keeps no contact data.
func TestHowARecommendationGoesOn(t *testing.T) {
	const sent, approached, agreed, declined, withdrawn = programme.RecommendSent, programme.RecommendApproached,
		programme.RecommendAgreed, programme.RecommendDeclined, programme.RecommendWithdrawn
	for _, c := range []struct {
		way     []programme.RecommendState // how it came to where it is
		unasked bool
		on      []programme.RecommendState
	}{
		{nil, false, []programme.RecommendState{approached, declined, withdrawn}},
		{nil, true, []programme.RecommendState{agreed, declined, withdrawn}},
		{[]programme.RecommendState{approached}, false, []programme.RecommendState{agreed, declined}},
		{[]programme.RecommendState{approached, agreed}, false, nil},
		{[]programme.RecommendState{agreed}, true, nil},
		{[]programme.RecommendState{declined}, false, nil},
		{[]programme.RecommendState{withdrawn}, false, nil},
	} {
		for to, step := range recommendSteps {
			t.Run(fmt.Sprint(c.way, c.unasked, to), func(t *testing.T) {
				h, state := withSupport(t), sent
				r := h.recommends("supporter", "op", func(f *programme.RecommendForm) { f.MayContact = !c.unasked })
				for _, state = range c.way {
					must(t, recommendSteps[state](h, t.Context(), r.ID))
				}
				switch err := step(h, t.Context(), r.ID); {
				case slices.Contains(c.on, to) || to == state:
					must(t, err)
					state = to
				default:
					wantCode(t, err, programme.CodeConflict)
				}
				got := h.recommendation(r.ID)
				if got.State != state {
					t.Errorf("it is %s, want %s", got.State, state)
				}
				over := state == declined || state == withdrawn
				if reachable := got.Email != "" || got.Phone != ""; reachable != (!over && (!c.unasked || state == agreed)) {
					t.Errorf("%s, unasked %v: kept %q %q", state, c.unasked, got.Email, got.Phone)
				}
			})
		}
	}
}

// TestWhatARecommendationNeeds, and that without the person's word nothing is taken by which
// they could be reached.
func TestWhatARecommendationNeeds(t *testing.T) {
	h := withSupport(t)
	for field, change := range map[string]func(*programme.RecommendForm){
		"firm":       func(f *programme.RecommendForm) { f.Firm = " " },
		"name":       func(f *programme.RecommendForm) { f.Name = "" },
		"kana":       func(f *programme.RecommendForm) { f.Kana = "" },
		"why":        func(f *programme.RecommendForm) { f.Why = "" },
		"prefecture": func(f *programme.RecommendForm) { f.Prefecture = "どこか" },
		"email":      func(f *programme.RecommendForm) { f.Email = "" },
		"phone":      func(f *programme.RecommendForm) { f.Phone = "電話" },
	} {
		f := recommendForm("op")
		change(&f)
		_, err := h.Recommend(t.Context(), programme.As("supporter"), f)
		if e, ok := programme.AsError(err); !ok || e.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	r := h.recommends("supporter", "unasked", func(f *programme.RecommendForm) { f.MayContact, f.Phone = false, "090-0000-0000" })
	if got := h.recommendation(r.ID); got.Email != "" || got.Phone != "" {
		t.Errorf("taken: %q %q", got.Email, got.Phone)
	}
}

// TestAQuotaHolds whoever of the organisations does what: of one organisation no more than
// its quota are ever under way, a form sent twice makes one, a place is there again when
// something came to nothing, and what others do changes nothing.
func TestAQuotaHolds(t *testing.T) {
	h := withSupport(t)
	ids := 0
	rapid.Check(t, func(rt *rapid.T) {
		most, of := map[string]int{}, map[programme.PersonID]string{}
		var who []programme.PersonID
		round := ids + 1
		for _, organisation := range []string{"A", "A", "B", "B"} {
			ids++
			id := programme.PersonID(fmt.Sprint("s", ids))
			of[id] = fmt.Sprint(organisation, round)
			h.staff(id, of[id])
			most[of[id]], who = 2, append(who, id)
		}
		running := map[string][]programme.RecommendationID{}
		steps := map[string]func(*rapid.T){
			"recommend": func(rt *rapid.T) {
				me := rapid.SampledFrom(who).Draw(rt, "who")
				ids++
				f := recommendForm(fmt.Sprint("f", ids))
				r, err := h.Recommend(context.Background(), programme.As(me), f)
				full := len(running[of[me]]) >= most[of[me]]
				if e, refused := programme.AsError(err); full != (refused && e.Code == programme.CodeConflict) || !full && err != nil {
					rt.Fatalf("%s with %d of %d: %v", me, len(running[of[me]]), most[of[me]], err)
				}
				if err == nil {
					running[of[me]] = append(running[of[me]], r.ID)
					again, err := h.Recommend(context.Background(), programme.As(me), f)
					if err != nil || again.ID != r.ID {
						rt.Fatalf("the form again: %v %v", again.ID, err)
					}
				}
			},
			"take back": func(rt *rapid.T) {
				me := rapid.SampledFrom(who).Draw(rt, "who")
				if mine := running[of[me]]; len(mine) > 0 {
					if err := h.WithdrawRecommendation(context.Background(), programme.As(me), mine[0]); err != nil {
						rt.Fatal(err)
					}
					running[of[me]] = mine[1:]
				}
			},
			"raise": func(rt *rapid.T) {
				me := rapid.SampledFrom(who).Draw(rt, "who")
				ids++
				quota := rapid.IntRange(0, 4).Draw(rt, "quota")
				if err := h.RaiseQuota(context.Background(), programme.As("office"), fmt.Sprint("q", ids), me, quota, "理由"); err != nil {
					rt.Fatal(err)
				}
				most[of[me]] = quota
			},
		}
		names := slices.Sorted(maps.Keys(steps))
		for range rapid.IntRange(1, 9).Draw(rt, "steps") {
			steps[rapid.SampledFrom(names).Draw(rt, "step")](rt)
			for _, me := range []programme.PersonID{who[1], who[2]} { // one of each organisation
				own, err := h.OwnRecommendations(context.Background(), programme.As(me))
				if err != nil {
					rt.Fatal(err)
				}
				if own.Quota != (programme.Quota{Used: len(running[of[me]]), Most: most[of[me]]}) {
					rt.Fatalf("%s reads %+v, want %d of %d", me, own.Quota, len(running[of[me]]), most[of[me]])
				}
			}
		}
	})
}

// TestWhenRecommendationsAreTaken: not unless configured, and not after the last day; the
// list is there still.
func TestWhenRecommendationsAreTaken(t *testing.T) {
	h := withSupport(t)
	h.Settings.Recommend.Until = h.Settings.Today(h.now)
	h.recommends("supporter", "1", nil)
	h.now = h.now.AddDate(0, 0, 1)
	_, err := h.Recommend(t.Context(), programme.As("supporter"), recommendForm("2"))
	wantCode(t, err, programme.CodeClosed)
	if own, err := h.OwnRecommendations(t.Context(), programme.As("colleague")); err != nil || len(own.All) != 1 || !own.Over || own.Takes {
		t.Errorf("%+v %v", own, err)
	}
	h.Settings.Recommend = programme.RecommendSettings{}
	_, err = h.Recommend(t.Context(), programme.As("supporter"), recommendForm("3"))
	wantCode(t, err, programme.CodeClosed)
	_, err = h.OwnRecommendations(t.Context(), programme.As("supporter"))
	wantCode(t, err, programme.CodeClosed)
}

// TestWhoMayDoWhatWithRecommendations goes through everything about recommendations and
// hand-overs, person by person. "rival" is of another organisation than the one that
// recommended, which to it is not there.
func TestWhoMayDoWhatWithRecommendations(t *testing.T) {
	own, any, office := []programme.PersonID{"supporter", "colleague"}, []programme.PersonID{"supporter", "colleague", "rival"}, []programme.PersonID{"office"}
	for act, c := range map[string]struct {
		may []programme.PersonID
		do  func(h *house, ctx context.Context, who programme.Actor, r programme.RecommendationID) error
	}{
		"recommend": {any, func(h *house, ctx context.Context, who programme.Actor, _ programme.RecommendationID) error {
			return second(0, second(h.Recommend(ctx, who, recommendForm(string(who.Person)))))
		}},
		"see the list": {any, func(h *house, ctx context.Context, who programme.Actor, _ programme.RecommendationID) error {
			list, err := h.OwnRecommendations(ctx, who)
			if who.Person == "rival" && len(list.All) > 0 {
				h.t.Error("another organisation's are seen")
			}
			return err
		}},
		"take the invitation": {any, func(h *house, ctx context.Context, who programme.Actor, _ programme.RecommendationID) error {
			return h.SendInvitation(ctx, who, "i-"+string(who.Person))
		}},
		"withdraw": {own, func(h *house, ctx context.Context, who programme.Actor, r programme.RecommendationID) error {
			return h.WithdrawRecommendation(ctx, who, r)
		}},
		"see the month": {any, func(h *house, ctx context.Context, who programme.Actor, _ programme.RecommendationID) error {
			return second(h.SupportMonth(ctx, who, ""))
		}},
		"take the month": {any, func(h *house, ctx context.Context, who programme.Actor, _ programme.RecommendationID) error {
			return h.SendSupportMonth(ctx, who, "", "m-"+string(who.Person))
		}},
		"plan one's hand-over": {any, func(h *house, ctx context.Context, who programme.Actor, _ programme.RecommendationID) error {
			return second(h.PlanHandover(ctx, who, ""))
		}},
		"plan another's hand-over": {[]programme.PersonID{"office", "third"}, func(h *house, ctx context.Context, who programme.Actor, _ programme.RecommendationID) error {
			return second(h.PlanHandover(ctx, who, "third"))
		}},
		"see the organisations": {office, func(h *house, ctx context.Context, who programme.Actor, _ programme.RecommendationID) error {
			return second(h.SupportBoard(ctx, who))
		}},
		"see one": {office, func(h *house, ctx context.Context, who programme.Actor, r programme.RecommendationID) error {
			return second(h.RecommendationPage(ctx, who, r))
		}},
		"approach": {office, func(h *house, ctx context.Context, who programme.Actor, r programme.RecommendationID) error {
			return h.ApproachRecommended(ctx, who, r)
		}},
		"decline": {office, func(h *house, ctx context.Context, who programme.Actor, r programme.RecommendationID) error {
			return h.DeclineRecommended(ctx, who, programme.DeclineForm{ID: r})
		}},
		"raise a quota": {office, func(h *house, ctx context.Context, who programme.Actor, _ programme.RecommendationID) error {
			return h.RaiseQuota(ctx, who, "q", "supporter", 5, "理由")
		}},
	} {
		t.Run(act, func(t *testing.T) {
			h := withSupport(t)
			h.Settings.Recommend.PerOrganisation = 10
			h.staff("third", "信用組合")
			h.staff("gone", "商工会")
			r := h.recommends("supporter", "op", nil)
			must(t, h.LeavePerson(t.Context(), programme.As("office"), "gone"))
			for _, who := range append([]programme.PersonID{"colleague", "rival", "gone"}, cast...) {
				err := c.do(h, t.Context(), programme.As(who), r.ID)
				if may := slices.Contains(c.may, who); may != (err == nil) {
					t.Errorf("%s: may %v, %v", who, may, err)
				}
				if _, ok := programme.AsError(err); err != nil && !ok {
					t.Errorf("%s: %v", who, err)
				}
			}
		})
	}
}
