package programme_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"tsugite/programme"
)

// TestWhateverTheOfficeDecides: whoever comes, asks, is matched, taken up, declined, leaves
// and is taken back in whatever order, an account is one person's, nobody's account is changed
// without being sure, a wish is open once, and nobody is welcomed twice.
func TestWhateverTheOfficeDecides(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := newHouse(t)
		rows := []programme.PersonID{"a", "b", "c"}
		for i, id := range rows {
			h.enter(programme.Person{ID: id, Name: fmt.Sprintf("試 %d", i), Email: string(id) + "@example.jp", Roles: []programme.Role{programme.Atsugi}})
		}
		accounts := []programme.Account{
			{SlackID: "U1", Email: "a@example.jp", Locale: "ja"}, {SlackID: "U2", Name: "試 1", Locale: "ja"},
			{SlackID: "U3", Stranger: true, Email: "c@example.jp", Locale: "en"}, {SlackID: "U4", Email: "new@example.jp", Locale: "ja"},
		}
		office := programme.As("office")
		// Refusals are part of it; failures are not.
		allow := func(err error) bool {
			if _, refused := programme.AsError(err); err != nil && !refused {
				rt.Fatal(err)
			}
			return err == nil
		}
		for step := range rapid.IntRange(1, 25).Draw(rt, "steps") {
			a := rapid.SampledFrom(accounts).Draw(rt, "account")
			id := rapid.SampledFrom(rows).Draw(rt, "row")
			sure := rapid.Bool().Draw(rt, "sure")
			before := h.inRow(id)
			n, there := h.maybeNewcomer(a.SlackID)
			switch rapid.IntRange(0, 8).Draw(rt, "act") {
			case 0:
				_, err := h.Recognise(rt.Context(), a)
				if !allow(err) {
					allow(h.Arrive(rt.Context(), a))
				}
			case 1:
				allow(h.AskToJoin(rt.Context(), a, wish(fmt.Sprint("op", step))))
			case 2:
				if there && allow(h.MatchAccount(rt.Context(), office, n.ID, id, sure)) && !sure {
					if n.Stranger || !before.Active() || before.SlackID != "" && before.SlackID != a.SlackID && before.OffSlack.IsZero() {
						rt.Fatalf("%s was matched with %s without being sure", a.SlackID, id)
					}
				}
			case 3:
				if there {
					allow(h.NotOurs(rt.Context(), office, n.ID))
				}
			case 4:
				if there {
					allow(h.TakeUp(rt.Context(), office, programme.NewMemberForm{Newcomer: n.ID, Name: "新", Role: programme.Atsugi}))
				}
			case 5:
				list, err := h.JoiningList(rt.Context(), office, 10)
				must(t, err)
				if len(list.Requests) > 0 {
					allow(h.DeclineJoining(rt.Context(), office, list.Requests[0].ID, "定員のため"))
				}
			case 6:
				allow(h.LeavePerson(rt.Context(), office, id))
			case 7:
				allow(h.TakeBack(rt.Context(), office, id))
			case 8:
				allow(h.AccountClosed(rt.Context(), a.SlackID))
			}
			h.joiningHolds(rt, accounts)
		}
	})
}

func (h *house) maybeNewcomer(slackID string) (n programme.Newcomer, there bool) {
	h.t.Helper()
	err := h.Store.Read(h.t.Context(), func(tx programme.Tx) (err error) {
		n, err = tx.NewcomerBySlack(slackID)
		return err
	})
	return n, err == nil
}

func (h *house) joiningHolds(rt *rapid.T, accounts []programme.Account) {
	owners := map[string]programme.PersonID{}
	must(h.t, h.Store.Read(rt.Context(), func(tx programme.Tx) error {
		people, err := tx.People()
		for _, p := range people {
			if other := owners[p.SlackID]; p.SlackID != "" && other != "" {
				rt.Fatalf("%s is %s's and %s's", p.SlackID, other, p.ID)
			}
			owners[p.SlackID] = p.ID
		}
		for _, a := range accounts {
			open := 0
			wishes, err := tx.JoinRequestsOf(a.SlackID)
			if err != nil {
				return err
			}
			for _, w := range wishes {
				if w.State == programme.RequestOpen {
					open++
				}
			}
			owner := owners[a.SlackID]
			n, err := tx.NewcomerBySlack(a.SlackID)
			if open > 1 || err == nil && n.State == programme.NewcomerMatched && owner != "" && owner != n.Person {
				rt.Fatalf("%s: %d open wishes, %+v", a.SlackID, open, n)
			}
		}
		return err
	}))
	for told, times := range h.notices() {
		if len(told) > 12 && told[:12] == "join.welcome" && times > 1 {
			rt.Fatalf("%s, %d times", told, times)
		}
	}
}
