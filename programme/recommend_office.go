package programme

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// ApproachRecommended says that the office is approaching the person (打診中), who agreed
// to that. Doing it again changes nothing.
func (o *Office) ApproachRecommended(ctx context.Context, who Actor, id RecommendationID) error {
	return o.decideRecommended(ctx, who, id, RecommendApproached, func(*change, *Recommendation) error { return nil })
}

// DeclineForm is why a recommendation comes to nothing. Reason stays in the office; Told is
// all that the organisation reads, and nothing if the office writes nothing.
type DeclineForm struct {
	ID           RecommendationID
	OwnNo        bool // the person said no, not the office
	Reason, Told string
}

// maxDecline is how long either may be, in characters.
const maxDecline = 500

// DeclineRecommended ends one without anybody joining. Doing it again changes nothing. An
// error's Field is "reason" or "told".
func (o *Office) DeclineRecommended(ctx context.Context, who Actor, f DeclineForm) error {
	return o.decideRecommended(ctx, who, f.ID, RecommendDeclined, func(_ *change, r *Recommendation) error {
		r.OwnNo, r.Reason, r.Told = f.OwnNo, strings.TrimSpace(f.Reason), strings.TrimSpace(f.Told)
		switch {
		case utf8.RuneCountInString(r.Reason) > maxDecline:
			return invalid("reason", "error.too_long", "Max", maxDecline)
		case utf8.RuneCountInString(r.Told) > maxDecline:
			return invalid("told", "error.too_long", "Max", maxDecline)
		}
		return nil
	})
}

// decideRecommended is the office's step of one recommendation.
func (o *Office) decideRecommended(ctx context.Context, who Actor, id RecommendationID, to RecommendState, do func(*change, *Recommendation) error) error {
	return o.manage(ctx, who, func(c *change) error {
		r, err := c.Recommendation(id)
		if err != nil {
			return orMissing(err, "error.recommend_gone")
		}
		if r.State == to {
			return nil
		}
		if err := r.move(to, c.now); err != nil {
			return err
		}
		if err := do(c, &r); err != nil {
			return err
		}
		return c.keepRecommendation(r, recommendActions[to])
	})
}

// recommendActions are what the audit calls the office's steps.
var recommendActions = map[RecommendState]string{
	RecommendApproached: "recommend.approach", RecommendAgreed: "recommend.agree", RecommendDeclined: "recommend.decline",
}

// AgreeForm puts somebody who was recommended on the roster.
type AgreeForm struct {
	ID     RecommendationID
	Cohort string // as a roster has it: R8, 令和8年度
	// Email and Phone are as the person gave them; both may be empty.
	Email, Phone string
	// Same is who of the roster it is; "" while nobody said. Another says that it is
	// somebody else than those whom it may mean.
	Same    PersonID
	Another bool
}

// AgreeRecommended says that the person takes part (内諾): they are on the roster from now
// on, as an atsugi of the cohort, with the organisation that recommended them. If the roster
// has somebody whom it may mean, the form must say who it is: CodeConflict, Field "who". One
// who is there already keeps what stands of them, and who recommended them first. An error's
// Field is an input of the form. Doing it again changes nothing.
func (o *Office) AgreeRecommended(ctx context.Context, who Actor, f AgreeForm) error {
	return o.decideRecommended(ctx, who, f.ID, RecommendAgreed, func(c *change, r *Recommendation) error {
		cohort, known := ParseCohort(f.Cohort)
		f.Email, f.Phone = strings.TrimSpace(narrow(f.Email)), strings.TrimSpace(narrow(f.Phone))
		switch {
		case !known:
			return invalid("cohort", "error.recommend_cohort")
		case f.Email != "" && !isAddress(f.Email):
			return invalid("email", "error.email")
		case f.Phone != "" && !isPhone(f.Phone):
			return invalid("phone", "error.phone")
		}
		people, err := c.People()
		if err != nil {
			return err
		}
		asked := *r
		asked.Email, asked.Phone = f.Email, f.Phone
		may := asked.onRoster(people)
		for _, p := range r.onRoster(people) {
			if !slices.ContainsFunc(may, func(q Person) bool { return q.ID == p.ID }) {
				may = append(may, p)
			}
		}
		p, err := f.person(may, *r, PersonID(o.NewID()))
		if err != nil {
			return err
		}
		r.Email, r.Phone, r.Person = f.Email, f.Phone, p.ID
		return c.joinRecommended(p, *r, cohort, people)
	})
}

// person is who of the roster it is, or somebody new.
func (f AgreeForm) person(may []Person, r Recommendation, fresh PersonID) (Person, error) {
	if i := slices.IndexFunc(may, func(p Person) bool { return p.ID == f.Same }); f.Same != "" && i >= 0 {
		return may[i], nil
	}
	if f.Same != "" || len(may) > 0 && !f.Another {
		return Person{}, &Error{Code: CodeConflict, Field: "who", Key: "error.recommend_who"}
	}
	return Person{
		ID: fresh, Name: r.Name, Kana: r.Kana, Organisation: r.Firm, Prefecture: r.Prefecture, Craft: r.Craft,
		Email: f.Email, Phone: f.Phone,
	}, nil
}

// joinRecommended keeps somebody as an atsugi of a cohort whom an organisation recommended,
// and tells the office of walls that this raises.
func (c *change) joinRecommended(p Person, r Recommendation, cohort string, people []Person) error {
	action := "person.add"
	if p.Version > 0 {
		action = "person.change"
	}
	p.Left = time.Time{}
	if !p.Has(Atsugi) {
		p.Roles = append(slices.Clone(p.Roles), Atsugi)
	}
	if !slices.Contains(p.Cohorts, cohort) {
		p.Cohorts = append(slices.Clone(p.Cohorts), cohort)
	}
	if p.RecommendedBy == "" {
		p.RecommendedBy = r.Organisation
	}
	if err := c.savePerson(p, action); err != nil {
		return err
	}
	plan := RosterPlan{Add: []RosterAdd{{Person: p}}}
	if p.Version > 0 {
		plan = RosterPlan{Change: []RosterChange{{Person: p}}}
	}
	return c.tellOfImport(plan, people)
}

// maxQuotaOf is how far a quota can be raised: beyond it the number is a slip.
const maxQuotaOf = 100

// RaiseQuota gives the organisation of one of its people another quota than the configured
// one, with a reason, once per op. An error's Field is "quota" or "reason".
func (o *Office) RaiseQuota(ctx context.Context, who Actor, op string, of PersonID, quota int, reason string) error {
	err := o.manage(ctx, who, func(c *change) error {
		p, err := c.Person(of)
		if err != nil {
			return orMissing(err, "error.recommend_gone")
		}
		switch {
		case !o.Settings.Recommend.On():
			return &Error{Code: CodeClosed, Key: "error.recommend_off"}
		case !p.Has(Supporter) || p.Organisation == "":
			return invalid("", "error.form_old")
		case quota < 0 || quota > maxQuotaOf:
			return invalid("quota", "error.number", "Min", 0, "Max", maxQuotaOf)
		}
		if err := wordsOf("reason", op, reason); err != nil {
			return err
		}
		a := Allowance{Organisation: p.Organisation, Quota: quota, Reason: reason, By: c.me.ID, At: c.now}
		if err := c.AddAllowance(op, a); err != nil {
			return err
		}
		return c.auditChange("recommend.quota", op, "quota="+strconv.Itoa(quota))
	})
	if errors.Is(err, ErrRepeated) {
		return nil
	}
	return err
}
