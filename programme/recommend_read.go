package programme

import (
	"context"
	"slices"
	"strconv"
)

// RecommendationView is a recommendation as its reader may see it. Alike and OnRoster are
// the office's alone: no organisation learns what another one did.
type RecommendationView struct {
	Recommendation
	Sender   Person
	ContactP Person // the organisation's contact
	Alike    []Recommendation
	OnRoster []Person // whom it may mean, by kana; people who left, too
	// Cohort is this year's, for the form that puts them on the roster.
	Cohort string
}

// OwnRecommendations are an organisation's, for one of its people.
type OwnRecommendations struct {
	Me       Person
	Settings Settings
	Quota    Quota
	Takes    bool // a new one may be sent today, and there is a place for it
	Over     bool // the time for it is over
	All      []RecommendationView
}

// OwnRecommendations lists what the reader's organisation recommended, newest first. The
// list is there while recommendations are taken and after that.
func (o *Office) OwnRecommendations(ctx context.Context, who Actor) (OwnRecommendations, error) {
	out := OwnRecommendations{Settings: o.Settings}
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		now := o.Now()
		organisation, err := o.supports(who, me, now)
		if err != nil {
			return err
		}
		if !o.Settings.Recommend.On() {
			return &Error{Code: CodeClosed, Key: "error.recommend_off"}
		}
		out.Me = me
		if out.Quota, err = o.quotaOf(tx, organisation); err != nil {
			return err
		}
		open := o.Settings.Recommend.Takes(o.Settings.Today(now))
		out.Over, out.Takes = !open, open && out.Quota.Used < out.Quota.Most
		all, err := tx.RecommendationsOf(organisation)
		if err != nil {
			return err
		}
		for _, r := range all {
			v, err := recommendationView(tx, r.forOrganisation())
			if err != nil {
				return err
			}
			out.All = append(out.All, v)
		}
		return nil
	})
	return out, err
}

func recommendationView(tx Tx, r Recommendation) (v RecommendationView, err error) {
	v.Recommendation = r
	if v.Sender, err = tx.Person(r.By); err != nil {
		return v, err
	}
	v.ContactP, err = tx.Person(r.Contact)
	return v, err
}

// SupportOrganisation is a support organisation as the office sees it.
type SupportOrganisation struct {
	Name  string
	Staff []Person // who take part, by kana
	Quota Quota
	// Counts are its recommendations by state.
	Counts map[RecommendState]int
}

// SupportBoard is the office's page of support organisations and what they recommended.
type SupportBoard struct {
	Settings      Settings
	Organisations []SupportOrganisation // by name
	Open          []RecommendationView  // what the office has still to see to, oldest first
	Handovers     []HandoverView        // that wait for the office, oldest first
}

// SupportBoard gathers the support organisations for the office: those of the roster, and
// those that recommended somebody and have nobody there any more.
func (o *Office) SupportBoard(ctx context.Context, who Actor) (SupportBoard, error) {
	out := SupportBoard{Settings: o.Settings}
	err := o.readAsOffice(ctx, who, func(tx Tx) error {
		people, err := tx.People()
		if err != nil {
			return err
		}
		all, err := tx.Recommendations()
		if err != nil {
			return err
		}
		names := []string{}
		for _, p := range people {
			if p.Active() && p.Has(Supporter) && p.Organisation != "" {
				names = append(names, p.Organisation)
			}
		}
		for _, r := range slices.Backward(all) {
			names = append(names, r.Organisation)
			if r.State != RecommendSent && r.State != RecommendApproached {
				continue
			}
			v, err := recommendationView(tx, r)
			if err != nil {
				return err
			}
			out.Open = append(out.Open, v)
		}
		slices.Sort(names)
		for _, name := range slices.Compact(names) {
			line := SupportOrganisation{Name: name, Counts: map[RecommendState]int{}}
			if line.Staff, err = supportersOf(tx, name); err != nil {
				return err
			}
			SortByKana(line.Staff)
			if line.Quota, err = o.quotaOf(tx, name); err != nil {
				return err
			}
			for _, r := range all {
				if r.Organisation == name {
					line.Counts[r.State]++
				}
			}
			out.Organisations = append(out.Organisations, line)
		}
		out.Handovers, err = openHandovers(tx)
		return err
	})
	return out, err
}

// RecommendationPage is one of them with everything that it says, for the office.
func (o *Office) RecommendationPage(ctx context.Context, who Actor, id RecommendationID) (RecommendationView, error) {
	var v RecommendationView
	err := o.readAsOffice(ctx, who, func(tx Tx) error {
		r, err := tx.Recommendation(id)
		if err != nil {
			return orMissing(err, "error.recommend_gone")
		}
		if v, err = recommendationView(tx, r); err != nil {
			return err
		}
		all, err := tx.Recommendations()
		if err != nil {
			return err
		}
		v.Alike = slices.DeleteFunc(all, func(other Recommendation) bool { return !other.alike(r) })
		people, err := tx.People()
		if err != nil {
			return err
		}
		v.OnRoster = r.onRoster(people)
		v.Cohort = cohortOf(o.Settings.FiscalYear)
		return nil
	})
	return v, err
}

// cohortOf is the cohort of a fiscal year: 2026 is R8.
func cohortOf(fiscalYear int) string {
	c, _ := ParseCohort(strconv.Itoa(fiscalYear))
	return c
}
