package programme_test

import (
	"testing"
	"time"

	"tsugite/programme"
)

func (h *house) workshop() programme.Event {
	h.t.Helper()
	e := programme.Event{
		ID: "workshop-1", Kind: programme.Workshop, Title: "第1回",
		Start: time.Date(2026, 9, 18, 14, 0, 0, 0, tokyo), End: time.Date(2026, 9, 18, 17, 0, 0, 0, tokyo),
		Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}, Cohorts: []string{"R8"}}, Approved: "2026-08-21",
	}
	if err := h.SyncEvents(h.t.Context(), []programme.Event{e}); err != nil {
		h.t.Fatal(err)
	}
	return e
}

func TestOnlyTheAudienceAnswers(t *testing.T) {
	h := newHouse(t)
	h.workshop()
	for _, who := range cast {
		_, _, err := h.AnswerEvent(t.Context(), programme.As(who), "workshop-1", programme.Yes, "")
		if (err == nil) != (who == "atsugi") {
			t.Errorf("%s: %v", who, err)
		}
	}
}

func TestAnswerEventRefuses(t *testing.T) {
	for _, c := range []struct {
		rule   string
		event  func(*programme.Event)
		answer programme.Coming
		now    time.Time
		want   programme.Code
	}{
		{"an event that the bureau has not approved", func(e *programme.Event) { e.Approved = "" }, programme.Yes, time.Time{}, programme.CodeNotFound},
		{"online where there is no address", nil, programme.Online, time.Time{}, programme.CodeInvalid},
		{"an answer that there is not", nil, "maybe", time.Time{}, programme.CodeInvalid},
		{"an event that is over", nil, programme.Yes, time.Date(2026, 9, 18, 17, 0, 0, 0, tokyo), programme.CodeClosed},
		{"nothing while it is still on", nil, programme.No, time.Date(2026, 9, 18, 16, 59, 0, 0, tokyo), ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			e := h.workshop()
			if c.event != nil {
				c.event(&e)
				if err := h.SyncEvents(t.Context(), []programme.Event{e}); err != nil {
					t.Fatal(err)
				}
			}
			if !c.now.IsZero() {
				h.now = c.now
			}
			_, _, err := h.AnswerEvent(t.Context(), programme.As("atsugi"), e.ID, c.answer, "")
			wantCode(t, err, c.want)
		})
	}
}

func TestLaterPressOfTwoAnswersStands(t *testing.T) {
	h := newHouse(t)
	e := h.workshop()
	early, late := programme.As("atsugi"), programme.As("atsugi")
	early.At, late.At = h.now.Add(-2*time.Second), h.now.Add(-time.Second)
	for _, press := range []struct {
		who    programme.Actor
		answer programme.Coming
	}{{late, programme.No}, {early, programme.Yes}} {
		if _, _, err := h.AnswerEvent(t.Context(), press.who, e.ID, press.answer, ""); err != nil {
			t.Fatal(err)
		}
	}
	home, err := h.Home(t.Context(), programme.As("atsugi"))
	if err != nil || len(home.Events) != 1 || home.Events[0].Answer != programme.No {
		t.Errorf("stands %+v: %v", home.Events, err)
	}
}

// TestHomeShowsOnlyWhatIsTheirs: the office and the bureau see totals, nobody else.
func TestHomeShowsOnlyWhatIsTheirs(t *testing.T) {
	h := newHouse(t)
	h.workshop()
	must(t, h.HoldDeliveries(t.Context(), programme.As("office"), true))
	for _, who := range cast {
		home, err := h.Home(t.Context(), programme.As(who))
		if err != nil {
			if who != "left" && who != "nobody" {
				t.Errorf("%s: %v", who, err)
			}
			continue
		}
		overview := who == "office" || who == "bureau"
		if got := len(home.Progress) > 0; got != overview {
			t.Errorf("%s sees the targets: %v", who, got)
		}
		if got := home.Panel.Held; got != (who == "office") {
			t.Errorf("%s sees the deliveries: %v", who, got)
		}
		for _, line := range home.Events {
			if (line.Counts != nil) != overview {
				t.Errorf("%s sees who comes: %v", who, line.Counts)
			}
		}
	}
}
