package programme_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// TestWhoReadsTheirCardOfAnEvent: who is invited always, others once an announcement told them of
// it, and nobody before participants may know of it or once that was taken back.
func TestWhoReadsTheirCardOfAnEvent(t *testing.T) {
	h := newHouse(t)
	e := h.workshop()
	reads := func(id programme.EventID) (who []programme.PersonID) {
		t.Helper()
		for _, p := range cast {
			m, err := h.OwnEvent(t.Context(), programme.As(p), id)
			switch {
			case err != nil:
				if _, meant := programme.AsError(err); !meant {
					t.Errorf("%s: %v", p, err)
				}
			case m.To.ID != p || m.Event.ID != id:
				t.Errorf("%s reads the card of %s of %s", p, m.To.ID, m.Event.ID)
			default:
				who = append(who, p)
			}
		}
		slices.Sort(who)
		return who
	}
	same := func(what string, got, want []programme.PersonID) {
		t.Helper()
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", what, d)
		}
	}
	same("who is invited", reads(e.ID), []programme.PersonID{"atsugi"})
	a := h.send(programme.AnnouncementForm{
		Op: "form", Title: programme.Text{Ja: "ご案内"}, Body: programme.Text{Ja: "本文"}, Event: e.ID, Direct: true,
		To: programme.AnnouncementAudience{Audience: programme.Audience{Roles: []programme.Role{programme.Supporter}}},
	})
	same("before it arrived", reads(e.ID), []programme.PersonID{"atsugi"})
	h.deliver()
	same("who was told", reads(e.ID), []programme.PersonID{"atsugi", "supporter"})
	wantCode(t, h.RecallAnnouncement(t.Context(), programme.As("office"), a.ID), "")
	same("after it was taken back", reads(e.ID), []programme.PersonID{"atsugi"})

	draft := e
	draft.ID, draft.Approved = "workshop-2", ""
	if err := h.SyncEvents(t.Context(), []programme.Event{draft}); err != nil {
		t.Fatal(err)
	}
	same("what is not announced", reads("workshop-2"), nil)
	same("what there is not", reads("none"), nil)
}

// TestOnesOwnResponse is the only one that an announcement leads to.
func TestOnesOwnResponse(t *testing.T) {
	h, survey := audienceHouse(t)
	for p, want := range map[programme.PersonID]programme.Code{"declined": "", "coming": "", "silent": programme.CodeNotFound, "office": programme.CodeNotFound} {
		r, _, err := h.OwnResponse(t.Context(), programme.As(p), survey)
		wantCode(t, err, want)
		if err == nil && r.Person != p {
			t.Errorf("%s is led to the answers of %s", p, r.Person)
		}
	}
	_, _, err := h.OwnResponse(t.Context(), programme.As("declined"), "none")
	wantCode(t, err, programme.CodeNotFound)
}

// TestTheSheetOfAnAnnouncement offers what there is, and what it has already although it is long
// over; to the office alone.
func TestTheSheetOfAnAnnouncement(t *testing.T) {
	h := newHouse(t)
	ctx, office := t.Context(), programme.As("office")
	e := h.workshop()
	past := e
	past.ID, past.Start, past.End = "past", e.Start.AddDate(0, -6, 0), e.End.AddDate(0, -6, 0)
	if err := h.SyncEvents(ctx, []programme.Event{past}); err != nil {
		t.Fatal(err)
	}
	for _, p := range cast {
		_, err := h.AnnouncementSheet(ctx, programme.As(p), "")
		if _, meant := programme.AsError(err); meant == (p == "office") {
			t.Errorf("%s: %v", p, err)
		}
	}
	offers := func(id programme.AnnouncementID) (ids []programme.EventID) {
		t.Helper()
		s, err := h.AnnouncementSheet(ctx, office, id)
		wantCode(t, err, "")
		if d := cmp.Diff([]string{"R7", "R8"}, s.Cohorts); d != "" {
			t.Error(d)
		}
		for _, e := range s.Events {
			ids = append(ids, e.ID)
		}
		return ids
	}
	if d := cmp.Diff([]programme.EventID{"workshop-1"}, offers("")); d != "" {
		t.Error(d)
	}
	a, err := h.SaveAnnouncement(ctx, office, programme.AnnouncementForm{Op: "op", Title: programme.Text{Ja: "御礼"}, Event: "past",
		To: programme.AnnouncementAudience{Audience: programme.Audience{People: []programme.PersonID{"atsugi", "left"}}, Except: []programme.PersonID{"expert"}}})
	wantCode(t, err, "")
	if d := cmp.Diff([]programme.EventID{"past", "workshop-1"}, offers(a.ID)); d != "" {
		t.Error(d)
	}
	s, err := h.AnnouncementSheet(ctx, office, a.ID)
	if err != nil || len(s.Named) != 1 || s.Named[0].ID != "atsugi" || len(s.Excepted) != 1 || s.Announcement.ID != a.ID {
		t.Errorf("%v %+v", err, s)
	}
	_, err = h.AnnouncementSheet(ctx, office, "none")
	wantCode(t, err, programme.CodeNotFound)
}

// TestAnAnnouncementFollowsWhatIsAttached: its messages are drawn again when the event moves or
// is called off, and when the survey closes; one that was taken back, or is about something
// else, is not.
func TestAnAnnouncementFollowsWhatIsAttached(t *testing.T) {
	h, survey := audienceHouse(t)
	office := programme.As("office")
	form := func(op string) programme.AnnouncementForm {
		return programme.AnnouncementForm{Op: op, Title: programme.Text{Ja: op}, Body: programme.Text{Ja: op}, Direct: true,
			To: programme.AnnouncementAudience{Audience: programme.Audience{People: []programme.PersonID{"coming", "supporter"}}}}
	}
	of := map[string]programme.AnnouncementID{}
	for op, change := range map[string]func(*programme.AnnouncementForm){
		"event": func(f *programme.AnnouncementForm) { f.Event = "workshop-1" }, "survey": func(f *programme.AnnouncementForm) { f.Survey = survey },
		"back": func(f *programme.AnnouncementForm) { f.Event, f.Survey = "workshop-1", survey }, "none": func(*programme.AnnouncementForm) {},
	} {
		f := form(op)
		change(&f)
		of[op] = h.send(f).ID
	}
	h.deliver()
	wantCode(t, h.RecallAnnouncement(t.Context(), office, of["back"]), "")
	drawnAgain := func() (ops []string) {
		t.Helper()
		err := h.Store.Read(t.Context(), func(tx programme.Tx) error {
			for op, id := range of {
				ds, err := tx.DeliveriesOf(programme.Notice{Kind: programme.NoticeAnnouncement, Subject: string(id)})
				if err != nil {
					return err
				}
				for _, d := range ds {
					if d.State == programme.Pending && d.Op == programme.OpUpdate {
						ops = append(ops, op+" "+string(d.To.Person()))
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(ops)
		return ops
	}
	h.move("workshop-1", 25, "別の会場")
	if d := cmp.Diff([]string{"event coming", "event supporter"}, drawnAgain()); d != "" {
		t.Errorf("the event moved: %s", d)
	}
	h.deliver()
	h.cancel("workshop-1")
	if d := cmp.Diff([]string{"event coming", "event supporter"}, drawnAgain()); d != "" {
		t.Errorf("the event was called off: %s", d)
	}
	h.deliver()
	if _, err := h.CloseSurvey(t.Context(), office, survey); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"survey coming", "survey supporter"}, drawnAgain()); d != "" {
		t.Errorf("the survey closed: %s", d)
	}
}
