package programme_test

import (
	"testing"
	"time"

	"tsugite/programme"
)

// paperOf enters a paper of today about a text, or of a general kind without one.
func (h *house) paperOf(p programme.Publication, kind programme.ConsentKind, d programme.Decision) {
	h.t.Helper()
	f := programme.PaperConsent{Op: h.NewID(), Kind: kind, Decision: d, Day: programme.DateOf(h.now, tokyo), Witness: "事務局 花子"}
	if kind == programme.ConsentPublication {
		f.Publication, f.Hash, f.Party = p.ID, p.Hash, programme.PartySelf
	} else {
		f.Person = "atsugi"
	}
	must(h.t, h.ConsentOnPaper(h.t.Context(), programme.As("office"), f))
}

// TestANoAfterAYesIsAWithdrawal: of a text and of a general kind, here and on paper. The
// office is told of each, once.
func TestANoAfterAYesIsAWithdrawal(t *testing.T) {
	yes, no, withdrawn := programme.DecisionYes, programme.DecisionNo, programme.DecisionWithdrawn
	kinds := []programme.ConsentKind{programme.ConsentPublication, programme.ConsentRecommender}
	for _, onPaper := range []bool{false, true} {
		for _, kind := range kinds {
			h := newHouse(t)
			p := h.propose("p", nil)
			say := func(d programme.Decision) {
				t.Helper()
				h.now = h.now.Add(24 * time.Hour)
				switch {
				case onPaper:
					h.paperOf(p, kind, d)
				case kind == programme.ConsentPublication:
					must(t, h.consents("atsugi", h.NewID(), p, d))
				default:
					must(t, h.SayConsent(t.Context(), programme.As("atsugi"), h.NewID(), kind, d == yes))
				}
			}
			for i, c := range []struct {
				said, kept programme.Decision
				told       int
			}{
				{no, no, 0}, {yes, yes, 0}, {no, withdrawn, 1}, {no, withdrawn, 1}, {yes, yes, 1}, {no, withdrawn, 2},
			} {
				say(c.said)
				all, err := h.ExportConsents(t.Context(), programme.Operator)
				must(t, err)
				if got := all[len(all)-1].Consent; got.Decision != c.kept || got.Kind != kind {
					t.Errorf("paper %v, %s %d: %s is kept as %s of %s", onPaper, kind, i, c.said, got.Decision, got.Kind)
				}
				if told := h.notices()["consent.withdrawn c:office"]; told != c.told {
					t.Errorf("paper %v, %s %d: after %s the office was told %d times", onPaper, kind, i, c.said, told)
				}
			}
		}
	}
}

// TestAPaperDoesNotSpeakAgainstThePerson: who can be reached hears of what is entered for
// them, and a yes on paper after their own no counts once they say it themselves. Who left
// Slack can say it on paper alone.
func TestAPaperDoesNotSpeakAgainstThePerson(t *testing.T) {
	h := newHouse(t)
	p := h.propose("p", nil)
	see := func(when string, says programme.Decision, waits programme.Date, told int) {
		t.Helper()
		self := h.publication(p.ID).Standing.Self()
		if self.Says != says || self.Waits != waits || h.notices()["consent.paper p:atsugi"] != told {
			t.Errorf("%s: %q counts, waits %q, told %d times", when, self.Says, self.Waits, h.notices()["consent.paper p:atsugi"])
		}
	}
	h.paperOf(p, programme.ConsentPublication, programme.DecisionYes)
	see("a paper, and nothing said", programme.DecisionYes, "", 1)
	h.now = h.now.Add(time.Hour)
	must(t, h.consents("atsugi", "no", p, programme.DecisionNo))
	see("their own no", programme.DecisionWithdrawn, "", 1)
	h.now = h.now.Add(24 * time.Hour)
	h.paperOf(p, programme.ConsentPublication, programme.DecisionYes)
	see("a paper of the next day", programme.DecisionWithdrawn, "2026-09-02", 2)
	h.now = h.now.Add(time.Hour)
	must(t, h.consents("atsugi", "yes", p, programme.DecisionYes))
	see("confirmed", programme.DecisionYes, "", 2)
	must(t, h.consents("atsugi", "no again", p, programme.DecisionNo))
	h.now = h.now.Add(24 * time.Hour)
	h.write(func(tx programme.Tx) error {
		a, err := tx.Person("atsugi")
		a.OffSlack = h.now
		if err != nil {
			return err
		}
		return tx.SavePerson(a)
	})
	h.paperOf(p, programme.ConsentPublication, programme.DecisionYes)
	see("off Slack", programme.DecisionYes, "", 2)
}

// TestAPaperOfTheProofsDayConfirmsNothing: it may be of the morning, the proof of the
// afternoon. One of the next day is later.
func TestAPaperOfTheProofsDayConfirmsNothing(t *testing.T) {
	h := newHouse(t)
	p := h.propose("p", nil)
	h.paperOf(p, programme.ConsentPublication, programme.DecisionYes)
	must(t, second(h.StartProof(t.Context(), programme.Operator)))
	for _, proven := range []bool{false, true} {
		h.paperOf(p, programme.ConsentPublication, programme.DecisionYes)
		if got := h.publication(p.ID).Standing.Proven; got != proven {
			t.Errorf("on %s it is proven: %v", programme.DateOf(h.now, tokyo), got)
		}
		h.now = h.now.Add(24 * time.Hour)
	}
}

// TestEveryEditAsksForTheProofAgain: what was confirmed is not what would be printed.
func TestEveryEditAsksForTheProofAgain(t *testing.T) {
	for _, spelling := range []bool{true, false} {
		h := newHouse(t)
		p := h.propose("p", nil)
		h.proven(p)
		if len(h.out()) != 1 {
			t.Fatal("it does not go out")
		}
		v := h.publication(p.ID).Publication
		must(t, second(h.EditPublication(t.Context(), programme.As("office"), p.ID, v.Version, "新しい釉薬で海外の展示会に三度出ました。", spelling)))
		if len(h.out()) != 0 || !h.publication(p.ID).Publication.Proof.IsZero() {
			t.Errorf("spelling %v: it goes out unproven", spelling)
		}
	}
}

// TestWhatIsDeliveredWasExported: delivering ends the right to take back, so it needs an
// export of what stands, and can be undone for a day.
func TestWhatIsDeliveredWasExported(t *testing.T) {
	h := newHouse(t)
	office := programme.As("office")
	refusedDelivery := func(when, want string) {
		t.Helper()
		refused(t, when, h.MarkDelivered(t.Context(), office), want)
	}
	p := h.propose("p", nil)
	refusedDelivery("nothing may be published", "conflict error.deliver_nothing")
	h.proven(p)
	refusedDelivery("nothing was exported", "conflict error.deliver_export")
	h.out()
	h.now = h.now.Add(time.Hour)
	must(t, h.SayConsent(t.Context(), programme.As("atsugi"), "unnamed", programme.ConsentNamed, false))
	refusedDelivery("it was exported with the name", "conflict error.deliver_export")
	h.out()
	h.now = h.now.Add(time.Hour)
	must(t, h.consents("atsugi", "no", p, programme.DecisionNo))
	refusedDelivery("it was taken back after the export", "conflict error.deliver_export")
	h.now = h.now.Add(time.Hour)
	must(t, h.consents("atsugi", "yes", p, programme.DecisionYes))
	refusedDelivery("it was exported without the name, which may stand again", "conflict error.deliver_export")
	h.out()
	must(t, h.MarkDelivered(t.Context(), office))
	refused(t, "taking back after the delivery", h.consents("atsugi", "late", p, programme.DecisionNo), "closed error.consent_delivered")
	h.now = h.now.Add(24 * time.Hour)
	must(t, h.UndoDelivery(t.Context(), office))
	must(t, h.consents("atsugi", "in time", p, programme.DecisionNo))
	must(t, h.consents("atsugi", "yes again", p, programme.DecisionYes))
	must(t, h.MarkDelivered(t.Context(), office))
	h.now = h.now.Add(24*time.Hour + time.Second)
	refused(t, "undoing the day after", h.UndoDelivery(t.Context(), office), "closed error.deliver_undo")
}
