package main

import (
	"path/filepath"
	"testing"

	"tsugite/programme"
)

// TestTheDemoOffersTimes: with --offering open there is somebody to choose from the start,
// and what an expert changed is theirs when the demo opens again.
func TestTheDemoOffersTimes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "demo.db")
	open := func() *demo {
		d, err := startDemo(t.Context(), demoCmd{DB: file, Now: sampleNow, Offering: programme.OfferingOpen}, quietLog())
		check(t, err)
		return d
	}
	d := open()
	id := personOnSlack(t, d, "U0ATSUGI01")
	lines, err := d.app.Office.Offers(t.Context(), programme.As(id))
	check(t, err)
	if len(lines) != 2 { // the third is for her own alone
		t.Errorf("%d experts to choose from", len(lines))
	}
	for _, l := range lines {
		if len(l.Next) == 0 {
			t.Errorf("%s offers no time", l.Person.Name)
		}
	}
	hers := personOnSlack(t, d, "U0MENTOR01")
	v, err := d.app.Office.OfferPage(t.Context(), programme.As(hers), "")
	check(t, err)
	v.Offer.Help = "のれんの残し方"
	_, err = d.app.Office.SaveOffer(t.Context(), programme.As(hers), programme.OfferForm{Offer: v.Offer, Version: v.Offer.Version})
	check(t, err)
	check(t, d.close())

	d = open()
	v, err = d.app.Office.OfferPage(t.Context(), programme.As(hers), "")
	check(t, err)
	if v.Offer.Help != "のれんの残し方" {
		t.Errorf("what they wrote became %q", v.Offer.Help)
	}
	check(t, d.close())
}

func personOnSlack(t *testing.T, d *demo, slackID string) programme.PersonID {
	t.Helper()
	p, err := d.app.Office.PersonBySlack(t.Context(), slackID)
	check(t, err)
	return p.ID
}
