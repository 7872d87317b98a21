package programme

import (
	"testing"
	"time"
)

func TestAudienceIncludes(t *testing.T) {
	gunma := Person{ID: "a", Roles: []Role{Atsugi}, Cohorts: []string{"R8"}, Prefecture: "群馬県", Organisation: "見本織物"}
	saitama := Person{ID: "b", Roles: []Role{Atsugi}, Cohorts: []string{"R6"}, Prefecture: "埼玉県"}
	mentor := Person{ID: "c", Roles: []Role{Mentor}}
	left := gunma
	left.Left = time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		rule string
		a    Audience
		p    Person
		want bool
	}{
		{"the empty audience is nobody", Audience{}, gunma, false},
		{"values within a field add up", Audience{Cohorts: []string{"R6", "R8"}}, saitama, true},
		{"fields narrow each other", Audience{Roles: []Role{Atsugi}, Prefectures: []string{"群馬県"}}, saitama, false},
		{"both fields fit", Audience{Roles: []Role{Atsugi}, Prefectures: []string{"群馬県"}}, gunma, true},
		{"people named are in whatever the other fields say", Audience{Roles: []Role{Atsugi}, People: []PersonID{"c"}}, mentor, true},
		{"people named alone mean only them", Audience{People: []PersonID{"c"}}, gunma, false},
		{"who left is never meant", Audience{Roles: []Role{Atsugi}}, left, false},
		{"who left is not meant when named either", Audience{People: []PersonID{"a"}}, left, false},
		{"organisations match exactly", Audience{Organisations: []string{"見本織物"}}, gunma, true},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got := c.a.Includes(c.p); got != c.want {
				t.Errorf("Includes = %v, want %v", got, c.want)
			}
		})
	}
}

func TestAdmittedNeedsNoticeAndPledge(t *testing.T) {
	const today = Date("2026-09-01")
	for _, c := range []struct {
		rule              string
		role              Role
		notified, pledged Date
		want              bool
	}{
		{"an atsugi needs neither", Atsugi, "", "", true},
		{"a supporter needs neither", Supporter, "", "", true},
		{"an expert without dates is kept out", Mentor, "", "", false},
		{"an expert with the notice alone is kept out", Mentor, "2026-06-01", "", false},
		{"the office with the pledge alone is kept out", Coordinator, "", "2026-06-01", false},
		{"dates to come do not count yet", Coordinator, "2026-09-02", "2026-06-01", false},
		{"both dates reached let in", Coordinator, "2026-09-01", "2026-06-01", true},
	} {
		t.Run(c.rule, func(t *testing.T) {
			p := Person{ID: "x", Roles: []Role{c.role}, Notified: c.notified, Pledged: c.pledged}
			if got := p.Admitted(today); got != c.want {
				t.Errorf("Admitted = %v, want %v", got, c.want)
			}
		})
	}
}

func TestAdvisesOnlyExpertsWithTheAtsugiAssigned(t *testing.T) {
	atsugi := Person{ID: "a", Roles: []Role{Atsugi}, Mentors: []PersonID{"m"}}
	for _, c := range []struct {
		rule string
		p    Person
		want bool
	}{
		{"the assigned expert", Person{ID: "m", Roles: []Role{Mentor}, Kind: Expert}, true},
		{"another expert", Person{ID: "n", Roles: []Role{Mentor}, Kind: Expert}, false},
		{"a senior atsugi may be a competitor", Person{ID: "m", Roles: []Role{Mentor}, Kind: Senior}, false},
		{"an adviser advises the office", Person{ID: "m", Roles: []Role{Mentor}, Kind: Adviser}, false},
		{"somebody who is no mentor any more", Person{ID: "m", Roles: []Role{Supporter}}, false},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got := c.p.Advises(atsugi); got != c.want {
				t.Errorf("Advises = %v, want %v", got, c.want)
			}
		})
	}
}
