package programme_test

import (
	"slices"
	"testing"

	"tsugite/programme"
)

// TestTheRecommendingOrganisationSeesWhoAgreed: the firm and how many events it came to, of
// those alone who agreed that it is shown; nobody else's, and to nobody else.
func TestTheRecommendingOrganisationSeesWhoAgreed(t *testing.T) {
	h := newHouse(t)
	h.person("supporter", func(p *programme.Person) { p.Organisation = "商工会" })
	h.person("atsugi", func(p *programme.Person) { p.RecommendedBy, p.Organisation = "商工会", "檜曲物" })
	h.person("other-atsugi", func(p *programme.Person) { p.RecommendedBy, p.Organisation = "商工会", "藍染" })
	e := h.gathering()
	h.now = e.Start
	must(t, h.CheckIn(t.Context(), programme.As("office"), e.ID, "atsugi", true))
	see := func(when string, who programme.PersonID, want ...programme.FirmPresence) {
		t.Helper()
		if got := h.home(who).RecommendedFirms; !slices.Equal(got, want) {
			t.Errorf("%s: %s sees %v, want %v", when, who, got, want)
		}
	}
	see("before anybody agreed", "supporter")
	must(t, h.SayConsent(t.Context(), programme.As("atsugi"), "1", programme.ConsentRecommender, true))
	see("while the event lasts", "supporter", programme.FirmPresence{Firm: "檜曲物"})
	h.now = e.End
	see("after it", "supporter", programme.FirmPresence{Firm: "檜曲物", Events: 1})
	see("somebody else", "bureau")
	must(t, h.SayConsent(t.Context(), programme.As("other-atsugi"), "2", programme.ConsentRecommender, true))
	see("who was not there", "supporter", programme.FirmPresence{Firm: "檜曲物", Events: 1}, programme.FirmPresence{Firm: "藍染"})
	must(t, h.SayConsent(t.Context(), programme.As("atsugi"), "3", programme.ConsentRecommender, false))
	h.person("other-atsugi", func(p *programme.Person) { p.RecommendedBy = "信用金庫" })
	see("taken back, and recommended by another", "supporter")
}
