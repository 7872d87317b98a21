package programme_test

import (
	"testing"
	"time"

	"tsugite/programme"
)

// TestANamelessTextThatNamesStaysInside: who agrees without their name is not named by the
// words either, however the name is spelled.
func TestANamelessTextThatNamesStaysInside(t *testing.T) {
	for _, c := range []struct {
		rule, text string
		decision   programme.Decision
		out        bool
	}{
		{"no name in it", "新しい釉薬で展示会に出ました。", programme.DecisionNameless, true},
		{"the whole name", "試験 atsugiは、展示会に出ました。", programme.DecisionNameless, false},
		{"the name without its blank, in wide letters", "試験ＡＴＳＵＧＩは、展示会に出ました。", programme.DecisionNameless, false},
		{"the family name before a title", "試験さんは、展示会に出ました。", programme.DecisionNameless, false},
		{"named, as they agreed to", "試験 atsugiは、展示会に出ました。", programme.DecisionYes, true},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			p := h.propose("op", func(f *programme.PublicationForm) { f.Text = c.text })
			must(t, h.consents("atsugi", "said", p, c.decision))
			_, err := h.StartProof(t.Context(), programme.As("office"))
			must(t, err)
			must(t, h.consents("atsugi", "proved", p, c.decision))
			if _, out := h.out()[p.ID]; out != c.out {
				t.Errorf("it goes out: %v, want %v", out, c.out)
			}
			if named := h.publication(p.ID).Step == programme.StepNames; named == c.out {
				t.Errorf("the office is asked for other words: %v", named)
			}
		})
	}
}

// TestBeingNamedIsSaidOfEachText: who refuses to be named at all is named by no text until
// they say so of that text again, and no other text brings the name back into it.
func TestBeingNamedIsSaidOfEachText(t *testing.T) {
	h := newHouse(t)
	one, other := h.propose("one", nil), h.propose("other", nil)
	later := func() { h.now = h.now.Add(time.Minute) }
	see := func(when string, ofOne, ofOther bool, general programme.Decision) {
		t.Helper()
		for p, named := range map[programme.PublicationID]bool{one.ID: ofOne, other.ID: ofOther} {
			if v := h.publication(p); v.Standing.Nameless == named {
				t.Errorf("%s: %s is named: %v", when, v.Publication.Op, !named)
			}
			own, _, err := h.OwnPublication(t.Context(), programme.As("atsugi"), p)
			must(t, err)
			if (own.Says == programme.DecisionYes) != named {
				t.Errorf("%s: their form of %s has %q chosen", when, own.Publication.Op, own.Says)
			}
		}
		own, err := h.OwnConsents(t.Context(), programme.As("atsugi"))
		must(t, err)
		if got := own.States[1]; got.Kind != programme.ConsentNamed || got.Decision != general {
			t.Errorf("%s: their page says %+v", when, got)
		}
	}
	see("before anything is said", false, false, "")
	must(t, h.consents("atsugi", "1", one, programme.DecisionYes))
	must(t, h.consents("atsugi", "2", other, programme.DecisionYes))
	see("named in both", true, true, programme.DecisionYes)
	later()
	must(t, h.SayConsent(t.Context(), programme.As("atsugi"), "no", programme.ConsentNamed, false))
	see("refused at all", false, false, programme.DecisionWithdrawn)
	if h.notices()["consent.withdrawn c:office"] != 1 {
		t.Error("the office was not told")
	}
	later()
	must(t, h.consents("atsugi", "1", one, programme.DecisionYes))
	see("a form that arrives twice", false, false, programme.DecisionWithdrawn)
	must(t, h.consents("atsugi", "3", other, programme.DecisionYes))
	see("said of one again", false, true, programme.DecisionYes)
	later()
	must(t, h.SayConsent(t.Context(), programme.As("atsugi"), "yes", programme.ConsentNamed, true))
	see("agreed to at all again", false, true, programme.DecisionYes)
	later()
	must(t, h.SayConsent(t.Context(), programme.As("atsugi"), "no again", programme.ConsentNamed, false))
	later()
	must(t, h.consents("atsugi", "4", one, programme.DecisionYes))
	see("the other one", true, false, programme.DecisionYes)
}

// TestTheOfficeHearsWhichCopiesNameThem: whoever withdraws being named has the copies with
// their name called back, of every text, and no others.
func TestTheOfficeHearsWhichCopiesNameThem(t *testing.T) {
	h := newHouse(t)
	named, nameless := h.propose("named", nil), h.propose("nameless", nil)
	must(t, h.consents("atsugi", "1", named, programme.DecisionYes))
	must(t, h.consents("atsugi", "2", nameless, programme.DecisionNameless))
	must(t, second(h.StartProof(t.Context(), programme.As("office"))))
	must(t, h.consents("atsugi", "3", named, programme.DecisionYes))
	must(t, h.consents("atsugi", "4", nameless, programme.DecisionNameless))
	first := h.now
	h.out()
	h.now = h.now.Add(time.Hour)
	h.out()
	h.now = h.now.Add(time.Hour)
	must(t, h.SayConsent(t.Context(), programme.As("atsugi"), "no", programme.ConsentNamed, false))
	occasion := "atsugi/" + h.now.UTC().Format("20060102T150405.000000000")
	got := h.matter(programme.NoticeConsentWithdrawn, string(programme.ConsentNamed), occasion, programme.ToChannel(programme.ChannelOffice)).Consent.Copies
	if len(got) != 2 {
		t.Fatalf("%d copies are named, want the two exports: %+v", len(got), got)
	}
	for i, x := range got {
		if x.Subject != string(named.ID) || x.Kind != programme.CopyPublications || !x.At.Equal(first.Add(time.Duration(i)*time.Hour)) {
			t.Errorf("copy %d is %+v", i, x)
		}
	}
	own, _, err := h.OwnPublication(t.Context(), programme.As("atsugi"), named.ID)
	must(t, err)
	if !own.Unnamed {
		t.Error("their page does not say that the text is without their name")
	}
}
