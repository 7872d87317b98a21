package programme_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"tsugite/db"
	"tsugite/db/dbtest"
	"tsugite/programme"
)

// house is an Office over a real database, with one person of every standing.
type house struct {
	*programme.Office
	t   *testing.T
	now time.Time
	ids int
}

var tokyo = time.FixedZone("JST", 9*60*60)

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, now: firstDay}
	h.Office = &programme.Office{
		Store: peopled(t),
		Settings: programme.Settings{
			Zone: tokyo, Targets: programme.DefaultTargets(), Parts: programme.DefaultParts(), Sessions: programme.DefaultSessions(),
		},
		Now:   func() time.Time { return h.now },
		NewID: func() string { h.ids++; return fmt.Sprintf("01TEST%020d", h.ids) },
	}
	return h
}

// firstDay is when every house begins.
var firstDay = time.Date(2026, 9, 1, 9, 0, 0, 0, tokyo)

// peopled opens a database that holds the cast.
var peopled = dbtest.Filled(people)

// people enters the cast. Ids say who they are.
func people(store *db.DB) error {
	const named = programme.Date("2026-06-01")
	return store.Write(context.Background(), func(tx programme.Tx) error {
		for _, p := range []programme.Person{
			{ID: "expert", Roles: []programme.Role{programme.Mentor}, Kind: programme.Expert, Notified: named, Pledged: named},
			{ID: "other-expert", Roles: []programme.Role{programme.Mentor}, Kind: programme.Expert, Notified: named, Pledged: named},
			{ID: "unpledged", Roles: []programme.Role{programme.Mentor}, Kind: programme.Expert, Notified: named},
			{ID: "senior", Roles: []programme.Role{programme.Mentor}, Kind: programme.Senior, Notified: named, Pledged: named},
			{ID: "atsugi", Roles: []programme.Role{programme.Atsugi}, Cohorts: []string{"R8"}, Mentors: []programme.PersonID{"expert", "unpledged", "senior"}},
			{ID: "other-atsugi", Roles: []programme.Role{programme.Atsugi}, Cohorts: []string{"R7"}, Mentors: []programme.PersonID{"other-expert"}},
			{ID: "supporter", Roles: []programme.Role{programme.Supporter}},
			{ID: "office", Roles: []programme.Role{programme.Coordinator}, Notified: named, Pledged: named},
			{ID: "new-office", Roles: []programme.Role{programme.Coordinator}},
			{ID: "bureau", Roles: []programme.Role{programme.Bureau}},
			{ID: "left", Roles: []programme.Role{programme.Coordinator}, Notified: named, Pledged: named, Left: firstDay},
		} {
			p.Name, p.Kana, p.SlackID = "試験 "+string(p.ID), string(p.ID), "U"+string(p.ID)
			if err := tx.SavePerson(p); err != nil {
				return err
			}
		}
		return nil
	})
}

func (h *house) write(f func(programme.Tx) error) {
	h.t.Helper()
	if err := h.Store.Write(context.Background(), f); err != nil {
		h.t.Fatal(err)
	}
}

// notices lists what waits to be sent or was sent, as "kind to".
func (h *house) notices() map[string]int {
	h.t.Helper()
	out := map[string]int{}
	err := h.Store.Read(context.Background(), func(tx programme.Tx) error {
		for _, state := range programme.DeliveryStates {
			ds, err := tx.Deliveries(state, 1000)
			if err != nil {
				return err
			}
			for _, d := range ds {
				out[string(d.Kind)+" "+string(d.To)]++
			}
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

var cast = []programme.PersonID{
	"atsugi", "other-atsugi", "expert", "other-expert", "unpledged", "senior",
	"supporter", "office", "new-office", "bureau", "left", "nobody",
}

// wantCode checks a refusal: the empty code means that it went through.
func wantCode(t *testing.T, err error, want programme.Code) {
	t.Helper()
	switch e, refused := programme.AsError(err); {
	case err == nil && want == "":
	case err == nil:
		t.Errorf("went through, want %s", want)
	case !refused:
		t.Errorf("failed: %v", err)
	case e.Code != want:
		t.Errorf("refused with %v, want %q", e, want)
	}
}
