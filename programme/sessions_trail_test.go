package programme_test

import (
	"strings"
	"testing"
	"time"

	"tsugite/db"
	"tsugite/programme"
)

// traced lists what the trail says of a session, oldest first, as "action detail".
func (h *house) traced(id programme.SessionID) (out []string) {
	h.t.Helper()
	h.read(func(tx programme.Tx) error {
		entries, err := tx.AuditTrail(1000)
		for _, e := range entries {
			if e.Subject == string(id) {
				out = append([]string{strings.TrimSpace(e.Action + " " + e.Detail)}, out...)
			}
		}
		return err
	})
	return out
}

// TestTheTrailSaysWhatChanged of a session, from one to the next, and no word that anybody
// wrote (programme.md duty 3).
func TestTheTrailSaysWhatChanged(t *testing.T) {
	ctx, office := t.Context(), programme.As("office")
	h := newHouse(t)
	f := h.timesForm("op", h.engaged("e").ID, "10 14:00", "11 14:00")
	f.URL = "https://example.jp/秘密"
	s := h.proposes("other-atsugi", f)
	s, err := h.PickTime(ctx, programme.As("expert"), s.ID, s.Proposal.At, slot(t, "10 14:00").From, "")
	must(t, err)
	s, err = h.SetVenue(ctx, programme.As("expert"), s.ID, s.Version, programme.Venue{Mode: programme.ModeOnSite, Place: "山田家の工房"})
	must(t, err)
	f = again(h.timesForm("book", "", "12 14:00"), s)
	f.Reason, f.Mode, f.Place = "入院のため", programme.ModeOnSite, "山田家の工房"
	s = h.books(f)
	h.now = s.Span.Until.Add(time.Minute)
	_, err = h.SayWord(ctx, programme.As("other-atsugi"), s.ID, programme.WordForm{Word: programme.SaysNotHeld, Next: "次の言葉", ToOffice: "内緒の言葉"})
	must(t, err)
	s, err = h.SayWord(ctx, office, s.ID, programme.WordForm{Word: programme.SaysHeld})
	must(t, err)
	for _, papers := range []programme.FeePapers{{Travel: programme.PaperAwaited}, {Travel: programme.PaperReceived, Receipts: programme.PaperNotNeeded}} {
		s, err = h.SetPapers(ctx, office, s.ID, s.Version, papers)
		must(t, err)
	}
	want := []string{
		"session.propose state=>open kind=>follow_up proposed=>2026-09-10T05:00Z/60m,2026-09-11T05:00Z/60m mode=>online",
		"session.pick state=open>booked time=>2026-09-10T05:00Z/60m proposed=2026-09-10T05:00Z/60m,2026-09-11T05:00Z/60m>",
		"session.venue mode=online>on_site venue",
		"session.book time=2026-09-10T05:00Z/60m>2026-09-12T05:00Z/60m",
		"session.say atsugi_says=>not_held",
		"session.decide state=booked>held office_says=>held",
		"session.papers travel=>awaited",
		"session.papers travel=awaited>received receipts=>not_needed",
	}
	got := h.traced(s.ID)
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the trail says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if v := verify(h); v != nil {
		t.Error(v)
	}
}

// verify reads the whole trail as the command line does.
func verify(h *house) error {
	_, err := h.Store.(*db.DB).VerifyAudit(h.t.Context())
	return err
}
