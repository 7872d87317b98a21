package programme

import (
	"context"
	"slices"
	"strconv"
)

// JoiningList is what waits for the office.
type JoiningList struct {
	Newcomers []Newcomer // without those who ask, newest first
	Requests  []JoinWish // oldest first
}

// JoinWish is a wish and the account that it is of.
type JoinWish struct {
	JoinRequest
	Newcomer Newcomer
}

// JoiningList lists it, limit of each at most.
func (o *Office) JoiningList(ctx context.Context, who Actor, limit int) (v JoiningList, err error) {
	err = o.readAsOffice(ctx, who, func(tx Tx) (err error) {
		if v.Newcomers, err = tx.Newcomers(limit); err != nil {
			return err
		}
		open, err := tx.JoinRequests(limit)
		if err != nil {
			return err
		}
		for _, r := range open {
			n, err := tx.NewcomerBySlack(r.SlackID)
			if err != nil {
				return err
			}
			v.Requests = append(v.Requests, JoinWish{r, n})
			v.Newcomers = slices.DeleteFunc(v.Newcomers, func(other Newcomer) bool { return other.ID == n.ID })
		}
		return nil
	})
	return v, err
}

// JoiningPage is an account, what it asked, and whose it could be.
type JoiningPage struct {
	Newcomer   Newcomer
	Request    JoinRequest // the newest, zero if there is none
	Candidates []Candidate
	Person     Person // whose it is, once decided
	By         Person // who decided
	Cohorts    []string
}

// JoiningPage shows it to the office.
func (o *Office) JoiningPage(ctx context.Context, who Actor, newcomer string) (v JoiningPage, err error) {
	err = o.readAsOffice(ctx, who, func(tx Tx) error {
		n, err := tx.Newcomer(newcomer)
		if err != nil {
			return orMissing(err, "error.join_gone")
		}
		v, err = joiningPage(tx, n)
		v.Cohorts = o.cohorts()
		return err
	})
	return v, err
}

// cohorts are those that somebody new may be of: this fiscal year's, and two before.
func (o *Office) cohorts() (out []string) {
	for year := o.Settings.FiscalYear; year > o.Settings.FiscalYear-3; year-- {
		if c, ok := ParseCohort(strconv.Itoa(year)); ok {
			out = append(out, c)
		}
	}
	return out
}

func joiningPage(tx Tx, n Newcomer) (v JoiningPage, err error) {
	if n, err = asItStands(tx, n); err != nil {
		return v, err
	}
	v.Newcomer = n
	all, err := tx.JoinRequestsOf(n.SlackID)
	if err != nil {
		return v, err
	}
	if len(all) > 0 {
		v.Request = all[0]
	}
	for id, to := range map[PersonID]*Person{n.Person: &v.Person, n.DecidedBy: &v.By, v.Request.Person: &v.Person} {
		if id == "" {
			continue
		}
		if *to, err = tx.Person(id); err != nil {
			return v, err
		}
	}
	if v.Request.DecidedBy != "" && v.By.ID == "" {
		if v.By, err = tx.Person(v.Request.DecidedBy); err != nil {
			return v, err
		}
	}
	if n.State == NewcomerMatched {
		return v, nil
	}
	people, err := tx.People()
	if err != nil {
		return v, err
	}
	told := v.Request
	if told.State != RequestOpen {
		told = JoinRequest{}
	}
	v.Candidates = candidates(n, told, people)
	return v, nil
}

// lookAtJoining fills in the cards of joining.
func (o *Office) lookAtJoining(tx Tx, m *Matter, update bool) error {
	switch m.Notice.Kind {
	case NoticeWelcome:
		return o.lookAtWelcome(tx, m)
	case NoticeNewcomer:
		n, err := tx.Newcomer(m.Notice.Subject)
		if err != nil {
			return err
		}
		if m.Joining, err = joiningPage(tx, n); err != nil {
			return err
		}
		if !update && (n.State != NewcomerWaits || m.Joining.Request.State == RequestOpen) {
			m.Withdrawn = withdrawnAnswered
		}
		return nil
	}
	r, err := tx.JoinRequest(m.Notice.Subject)
	if err != nil {
		return err
	}
	n, err := tx.NewcomerBySlack(r.SlackID)
	if err != nil {
		return err
	}
	if m.Joining, err = joiningPage(tx, n); err != nil {
		return err
	}
	m.Joining.Request = r // of an earlier wish, this one
	if !update && (m.Notice.Kind == NoticeJoinDeclined) != (r.State == RequestDeclined) {
		m.Withdrawn = withdrawnAnswered
	}
	return nil
}

// lookAtWelcome gathers who is who.
func (o *Office) lookAtWelcome(tx Tx, m *Matter) error {
	people, err := tx.People()
	if err != nil {
		return err
	}
	m.Welcome.Name = o.Settings.Name
	today := o.Settings.Today(o.Now())
	for _, p := range people {
		if p.Has(Coordinator) && p.Admitted(today) && len(m.Welcome.Office) < 5 {
			m.Welcome.Office = append(m.Welcome.Office, p)
		}
	}
	if m.Welcome.Experts, err = peopleOf(tx, slices.Concat(m.To.Mentors, m.To.Engaged)); err != nil {
		return err
	}
	m.Welcome.Channels, err = o.channelsOf(tx, m.To, people)
	return err
}

// channelsOf are Slack's ids of the channels that the workspace's plan has for somebody, as
// far as they are there.
func (o *Office) channelsOf(tx Tx, p Person, people []Person) (out []string, err error) {
	there, err := tx.Channels()
	if err != nil {
		return nil, err
	}
	for _, w := range WantedChannels(o.Settings, people, nil, o.Settings.Today(o.Now())) {
		if !slices.ContainsFunc(w.Members, func(m Person) bool { return m.ID == p.ID }) {
			continue
		}
		id := w.ID
		for _, c := range there {
			if c.Purpose == w.Purpose {
				id = c.SlackID
			}
		}
		if id != "" {
			out = append(out, id)
		}
	}
	return out, nil
}

// WelcomeMatter is what a welcome says beside what is the same for everybody.
type WelcomeMatter struct {
	Name     string   // of the programme
	Office   []Person // of whom to ask, by kana
	Experts  []Person // who see the person
	Channels []string // Slack's ids of those that are theirs
}
