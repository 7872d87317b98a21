package programme_test

import (
	"slices"
	"testing"

	"tsugite/programme"
)

// TestTheRosterAssignsNoExpertOverAWall: the plan shows it, and nothing is written until
// somebody says why; whom the expert had already is no news.
func TestTheRosterAssignsNoExpertOverAWall(t *testing.T) {
	h := newHouse(t)
	h.edit("expert", func(p *programme.Person) {
		p.Name, p.Email, p.Organisation = "関 一郎", "seki@example.jp", "株式会社オオタ銀行 本店"
	})
	h.edit("other-atsugi", func(p *programme.Person) { p.Email, p.Bank, p.Mentors = "other@example.jp", "オオタ銀行", nil })
	rows := []programme.RosterRow{{Row: 2, Cells: map[programme.Column]string{
		programme.ColName: "別のアトツギ", programme.ColRole: "atsugi", programme.ColEmail: "other@example.jp", programme.ColMentor: "seki@example.jp",
	}}}
	plan, err := h.PlanRoster(t.Context(), programme.Operator, rows)
	must(t, err)
	if len(plan.Walls) != 1 || plan.Walls[0].Row != 2 || plan.Walls[0].Walls[0].Kind != programme.WallBank {
		t.Fatalf("the plan warns of %+v", plan.Walls)
	}
	_, err = h.ImportRoster(t.Context(), programme.Operator, rows, "")
	if !slices.Equal(wallKinds(err), []programme.WallKind{programme.WallBank}) {
		t.Fatalf("imported without a reason: %v", err)
	}
	assigned := func() bool {
		var has bool
		h.write(func(tx programme.Tx) error {
			p, err := tx.Person("other-atsugi")
			has = slices.Contains(p.Mentors, "expert")
			return err
		})
		return has
	}
	if assigned() {
		t.Fatal("what is refused is written")
	}
	_, err = h.ImportRoster(t.Context(), programme.Operator, rows, "本人の了承済み")
	must(t, err)
	if details := h.details("person.assign"); !assigned() || !slices.Equal(details, []string{"walls=own_bank"}) {
		t.Errorf("assigned %v, the trail says %q", assigned(), details)
	}
	again, err := h.ImportRoster(t.Context(), programme.Operator, rows, "")
	must(t, err)
	if len(again.Walls) != 0 {
		t.Errorf("warned again of %+v", again.Walls)
	}
}
