package programme_test

import (
	"slices"
	"testing"

	"tsugite/programme"
)

const wallTold = "wall.stands c:office"

// stands are what was given over which walls stand, as somebody is told.
func (h *house) stands(who, atsugi programme.PersonID) (out []programme.Given) {
	h.t.Helper()
	ws, err := h.StandingWalls(h.t.Context(), programme.As(who), atsugi)
	must(h.t, err)
	for _, w := range ws {
		out = append(out, w.Given)
	}
	return out
}

// TestWallsThatAriseAfterSomethingWasGivenOut: the office is told once of what stands anew, the
// atsugi of what they opened themself.
func TestWallsThatAriseAfterSomethingWasGivenOut(t *testing.T) {
	h := newHouse(t)
	h.edit("supporter", func(p *programme.Person) { p.Organisation = "足利商工会議所" })
	must(t, h.hide("atsugi", "atsugi", programme.HiddenPerson("bureau"), programme.HiddenName("足利商工会議所")))
	if n, s := h.notices()[wallTold], h.stands("office", "atsugi"); n != 0 || len(s) != 0 {
		t.Fatalf("nothing was given, and the office is told %d times of %v", n, s)
	}
	m := h.memo("op")
	must(t, h.shareOver("office", "了承済み", m.ID))
	must(t, h.OpenToOrganisation(t.Context(), programme.As("atsugi"), m.ID, m.Version, "足利商工会議所", true))
	must(t, h.hide("atsugi", "atsugi", programme.HiddenName("叔父")))
	if n := h.notices()[wallTold]; n != 0 {
		t.Errorf("told %d times of walls that somebody went over", n)
	}
	must(t, h.hide("atsugi", "atsugi", programme.HiddenPerson("supporter"), programme.HiddenPerson("expert")))
	if n := h.notices()[wallTold]; n != 1 {
		t.Errorf("told %d times of two that have something already", n)
	}
	must(t, h.hide("atsugi", "atsugi", programme.HiddenName("叔母")))
	if n := h.notices()[wallTold]; n != 1 {
		t.Errorf("told again: %d", n)
	}
	want := []programme.Given{programme.GivenBureau, programme.GivenOpened, programme.GivenOpened, programme.GivenAssigned}
	if got := h.stands("office", "atsugi"); !slices.Equal(got, want) {
		t.Errorf("the office reads of %v, want %v", got, want)
	}
	if got := h.stands("atsugi", "atsugi"); !slices.Equal(got, want[1:3]) {
		t.Errorf("the atsugi reads of %v, want %v", got, want[1:3])
	}
	for _, who := range []programme.PersonID{"other-atsugi", "expert", "bureau", "supporter"} {
		_, err := h.StandingWalls(t.Context(), programme.As(who), "atsugi")
		wantCode(t, err, programme.CodeDenied)
	}
	list, err := h.HiddenFrom(t.Context(), programme.As("atsugi"), "atsugi")
	must(t, err)
	notice := func() programme.Matter {
		return h.matter(programme.NoticeWallStands, "atsugi", "op", programme.ToChannel(programme.ChannelOffice))
	}
	if m := notice(); m.Withdrawn != "" || m.Person.ID != "atsugi" {
		t.Errorf("the notice is about %q, withdrawn %q", m.Person.ID, m.Withdrawn)
	}
	must(t, h.HideFrom(t.Context(), programme.As("atsugi"), "atsugi", programme.HiddenPrint(list), nil))
	if m := notice(); m.Withdrawn == "" {
		t.Error("told although no wall stands any more")
	}
}

// TestTheRosterBringsSomebodyBehindAWall: one who reads memos is now of the atsugi's own bank.
// Whom the file itself assigns over a wall was asked about.
func TestTheRosterBringsSomebodyBehindAWall(t *testing.T) {
	h := newHouse(t)
	h.edit("atsugi", func(p *programme.Person) {
		p.Bank, p.Email, p.Mentors = "オオタ銀行", "atsugi@example.jp", []programme.PersonID{"expert"}
	})
	h.edit("other-expert", func(p *programme.Person) { p.Email = "other-expert@example.jp" })
	row := func(name, role, mail string, more map[programme.Column]string) []programme.RosterRow {
		cells := map[programme.Column]string{programme.ColName: name, programme.ColRole: role, programme.ColEmail: mail}
		for column, cell := range more {
			cells[column] = cell
		}
		return []programme.RosterRow{{Row: 2, Cells: cells}}
	}
	imports := func(rows []programme.RosterRow, told int) {
		t.Helper()
		_, err := h.ImportRoster(t.Context(), programme.Operator, rows, "本人の了承済み")
		must(t, err)
		if n := h.notices()[wallTold]; n != told {
			t.Errorf("%v: told %d times, want %d", rows, n, told)
		}
	}
	of := map[programme.Column]string{programme.ColOrganisation: "オオタ銀行"}
	imports(row("新任 一郎", "bureau", "one@example.jp", of), 0)
	m := h.memo("op")
	must(t, h.shareOver("office", "了承済み", m.ID))
	imports(row("新任 二郎", "supporter", "two@example.jp", of), 0)
	imports(row("試験 other-expert", "mentor", "other-expert@example.jp", of), 0)
	imports(row("試験 atsugi", "atsugi", "atsugi@example.jp", map[programme.Column]string{programme.ColMentor: "other-expert@example.jp"}), 0)
	imports(row("新任 三郎", "bureau", "three@example.jp", map[programme.Column]string{programme.ColOrganisation: "オオタ銀行 本店"}), 1)
	imports(row("試験 atsugi", "atsugi", "atsugi@example.jp", map[programme.Column]string{programme.ColBank: "サノ銀行"}), 1)
	imports(row("試験 atsugi", "atsugi", "atsugi@example.jp", map[programme.Column]string{programme.ColBank: "オオタ銀行"}), 2)
}
