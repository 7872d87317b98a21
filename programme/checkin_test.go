package programme_test

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// here lists who was there.
func (h *house) here(id programme.EventID) (out []string) {
	h.t.Helper()
	page, err := h.EventPage(h.t.Context(), programme.As("office"), id)
	must(h.t, err)
	for _, a := range page.Attendees {
		if !a.Arrived.IsZero() {
			out = append(out, string(a.ID))
		}
	}
	slices.Sort(out)
	if page.Arrived != len(out) {
		h.t.Errorf("%d arrived, %v are listed", page.Arrived, out)
	}
	return out
}

func TestTheCodeOfTheDay(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	opened, err := h.OpenCheckIn(t.Context(), programme.As("office"), e.ID)
	must(t, err)
	if !regexp.MustCompile(`^[2-9A-HJ-NP-Z]{4}$`).MatchString(opened.Code) {
		t.Errorf("the code is %q", opened.Code)
	}
	again, err := h.OpenCheckIn(t.Context(), programme.As("office"), e.ID)
	if err != nil || again.Code != opened.Code {
		t.Errorf("the second code is %q: %v", again.Code, err)
	}
	f := h.form("other")
	other, err := h.PutEvent(t.Context(), programme.As("office"), f)
	must(t, err)
	if other, err = h.OpenCheckIn(t.Context(), programme.As("office"), other.ID); err != nil || other.Code == opened.Code {
		t.Errorf("two events have the code %q: %v", other.Code, err)
	}
	wide := []rune(opened.Code)
	for i, r := range wide {
		wide[i] = r + 0xFEE0
	}
	for rule, c := range map[string]struct {
		typed string
		at    time.Time
		who   programme.PersonID
		want  programme.Code
	}{
		"as it is":                              {opened.Code, e.Start, "atsugi", ""},
		"in full width, with a space":           {" " + string(wide) + "　", e.Start, "other-atsugi", ""},
		"in small letters, with a line":         {lower(opened.Code[:2] + "-" + opened.Code[2:]), e.Start, "senior", ""},
		"from two hours before":                 {opened.Code, e.Start.Add(-2 * time.Hour), "expert", ""},
		"not earlier":                           {opened.Code, e.Start.Add(-2*time.Hour - 1), "bureau", programme.CodeClosed},
		"until an hour after":                   {opened.Code, e.End.Add(time.Hour), "unpledged", ""},
		"not later":                             {opened.Code, e.End.Add(time.Hour + 1), "bureau", programme.CodeClosed},
		"another code":                          {"2222x", e.Start, "bureau", programme.CodeNotFound},
		"nothing":                               {"", e.Start, "bureau", programme.CodeNotFound},
		"somebody who is not in the roster":     {opened.Code, e.Start, "nobody", programme.CodeNotFound},
		"somebody of the roster who came along": {opened.Code, e.Start, "supporter", ""},
	} {
		h.now = c.at
		_, err := h.CheckInByCode(t.Context(), programme.As(c.who), c.typed)
		if wantCode(t, err, c.want); t.Failed() {
			t.Fatal(rule)
		}
	}
	if diff := cmp.Diff([]string{"atsugi", "expert", "other-atsugi", "senior", "supporter", "unpledged"}, h.here(e.ID)); diff != "" {
		t.Error(diff)
	}
	_, err = h.CheckInByCode(t.Context(), programme.Operator, opened.Code)
	wantCode(t, err, programme.CodeDenied)
}

func lower(s string) string {
	out := []rune(s)
	for i, r := range out {
		if r >= 'A' && r <= 'Z' {
			out[i] = r + 32
		}
	}
	return string(out)
}

func TestCheckInRefuses(t *testing.T) {
	for rule, c := range map[string]struct {
		event programme.EventID
		who   programme.AttendeeID
		now   time.Time
		want  programme.Code
	}{
		"the day before":                 {"gathering", "atsugi", time.Date(2026, 9, 17, 23, 59, 0, 0, tokyo), programme.CodeClosed},
		"nobody":                         {"gathering", "nobody", time.Date(2026, 9, 18, 13, 0, 0, 0, tokyo), programme.CodeNotFound},
		"another event's guest":          {"gathering", "elsewhere", time.Date(2026, 9, 18, 13, 0, 0, 0, tokyo), programme.CodeNotFound},
		"an event that is called off":    {"off", "atsugi", time.Date(2026, 9, 18, 13, 0, 0, 0, tokyo), programme.CodeClosed},
		"nothing on the day":             {"gathering", "atsugi", time.Date(2026, 9, 18, 0, 0, 0, 0, tokyo), ""},
		"nothing weeks after":            {"gathering", "g", time.Date(2026, 10, 18, 0, 0, 0, 0, tokyo), ""},
		"nothing from who was not asked": {"gathering", "supporter", time.Date(2026, 9, 18, 15, 0, 0, 0, tokyo), ""},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			h.gathering()
			ctx, office := t.Context(), programme.As("office")
			f := h.form("off")
			_, err := h.PutEvent(ctx, office, f)
			must(t, err)
			for _, g := range []programme.Guest{guest("g", "gathering"), guest("elsewhere", "off")} {
				_, err := h.AddGuest(ctx, office, g)
				must(t, err)
			}
			_, err = h.CancelEvent(ctx, office, "off", "")
			must(t, err)
			h.now = c.now
			wantCode(t, h.CheckIn(ctx, office, c.event, c.who, true), c.want)
		})
	}
}

// TestAPageOfTicks: those shown and not ticked were not there, those not shown stay,
// and who came in by the code stays.
func TestAPageOfTicks(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	ctx, office := t.Context(), programme.As("office")
	opened, err := h.OpenCheckIn(ctx, office, e.ID)
	must(t, err)
	h.now = e.Start
	for _, a := range []programme.AttendeeID{"atsugi", "supporter", "senior"} {
		must(t, h.CheckIn(ctx, office, e.ID, a, true))
	}
	_, err = h.CheckInByCode(ctx, programme.As("expert"), opened.Code)
	must(t, err)
	shown := []programme.AttendeeID{"atsugi", "supporter", "expert", "other-atsugi"}
	must(t, h.CheckInSet(ctx, office, e.ID, shown, []programme.AttendeeID{"supporter", "other-atsugi"}))
	if diff := cmp.Diff([]string{"expert", "other-atsugi", "senior", "supporter"}, h.here(e.ID)); diff != "" {
		t.Error(diff)
	}
	must(t, h.CheckIn(ctx, office, e.ID, "expert", false))
	if diff := cmp.Diff([]string{"other-atsugi", "senior", "supporter"}, h.here(e.ID)); diff != "" {
		t.Error(diff)
	}
}

// TestParticipation: by role, cohort and prefecture; somebody of two roles is in
// both lines, a walk-in was expected, who stayed away is not.
func TestParticipation(t *testing.T) {
	person := func(prefecture string, answer programme.Coming, came bool, cohorts []string, roles ...programme.Role) programme.Attendee {
		a := programme.Attendee{
			Person: programme.Person{ID: "p", Roles: roles, Cohorts: cohorts, Prefecture: prefecture}, Answer: answer,
		}
		if came {
			a.Arrived = time.Unix(1, 0)
		}
		return a
	}
	got := programme.Participation(programme.EventPage{Attendees: []programme.Attendee{
		person("長野県", programme.Yes, true, []string{"R8"}, programme.Atsugi),
		person("茨城県", programme.Online, false, []string{"R8", "R10"}, programme.Atsugi, programme.Supporter),
		person("茨城県", programme.No, false, []string{"R7"}, programme.Atsugi),
		person("", programme.Undecided, true, nil, programme.Mentor),
		person("茨城県", programme.Waiting, false, nil, programme.Bureau),
		{Guest: programme.Guest{ID: "g", Prefecture: "茨城県"}, Answer: programme.Yes, Arrived: time.Unix(1, 0)},
		{Person: programme.Person{ID: "s", Roles: []programme.Role{programme.Mentor}}, Speaker: programme.SpeakerTravel},
	}})
	want := []programme.ParticipationLine{
		{By: programme.ByAll, Came: 3, Expected: 5},
		{By: programme.ByRole, Of: "atsugi", Came: 1, Expected: 2},
		{By: programme.ByRole, Of: "mentor", Came: 1, Expected: 2},
		{By: programme.ByRole, Of: "supporter", Came: 0, Expected: 1},
		{By: programme.ByRole, Of: "", Came: 1, Expected: 1},
		{By: programme.ByCohort, Of: "R8", Came: 1, Expected: 2},
		{By: programme.ByCohort, Of: "R10", Came: 0, Expected: 1},
		{By: programme.ByPrefecture, Of: "茨城県", Came: 1, Expected: 2},
		{By: programme.ByPrefecture, Of: "長野県", Came: 1, Expected: 1},
		{By: programme.ByPrefecture, Of: "", Came: 1, Expected: 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
