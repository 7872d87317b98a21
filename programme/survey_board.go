package programme

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
)

// SurveyBoard is how a survey stands, for the office.
func (o *Office) SurveyBoard(ctx context.Context, who Actor, id SurveyID) (SurveyBoard, error) {
	b := SurveyBoard{Now: o.Now(), Counts: SurveyCounts{}}
	err := o.readAsOffice(ctx, who, func(tx Tx) (err error) {
		if b.Survey, err = sentSurvey(tx, id); err != nil {
			return err
		}
		if err := b.gather(tx); err != nil {
			return err
		}
		if err := b.chasable(tx); err != nil {
			return err
		}
		return b.toCome(tx)
	})
	b.sum()
	return b, err
}

// gather lists those who were asked, by kana, and how far each is.
func (b *SurveyBoard) gather(tx Tx) error {
	s := b.Survey
	rs, err := tx.Responses(s.ID)
	if err != nil {
		return err
	}
	people, err := peopleByID(tx)
	if err != nil {
		return err
	}
	invites, err := tx.SurveyInvites(s.ID)
	if err != nil {
		return err
	}
	var answers map[ResponseID]map[string]Answer
	if !s.Def.Anonymous {
		if answers, err = tx.SurveyAnswers(s.ID, time.Time{}); err != nil {
			return err
		}
	}
	for _, r := range rs {
		a := SurveyAsked{
			Dialogue: Dialogue{Survey: s, Response: r, Person: people[r.Person]}, Invite: invites[r.ID],
		}
		if !s.Def.Anonymous {
			a.measure(answers[r.ID])
		}
		b.Asked = append(b.Asked, a)
	}
	slices.SortFunc(b.Asked, func(x, y SurveyAsked) int { return byKana(x.Dialogue.Person, y.Dialogue.Person) })
	return nil
}

// measure says how far somebody is, and keeps what the office may see of it.
func (a *SurveyAsked) measure(answers map[string]Answer) {
	a.Dialogue.Answers = answers
	a.Answered, a.Due = a.Dialogue.Progress()
	for _, answer := range answers {
		a.ByOffice = a.ByOffice || answer.By != a.Dialogue.Response.Person
	}
	a.Dialogue = a.Dialogue.forOffice()
}

// chasable counts those whom ChaseSurvey would remind now.
func (b *SurveyBoard) chasable(tx Tx) error {
	due, err := dueForChaser(tx, b.Survey, b.Now)
	if err != nil {
		return err
	}
	for _, a := range b.Asked {
		if due(a.Dialogue) {
			b.ToChase++
		}
	}
	return nil
}

// toCome counts those who are still to be asked.
func (b *SurveyBoard) toCome(tx Tx) error {
	s := b.Survey
	if s.Event != "" || s.ClosedAt(b.Now) {
		return nil
	}
	unasked, err := newcomers(tx, s)
	if err != nil {
		return err
	}
	b.Newcomers = len(unasked)
	launching, err := tx.SurveyWork(workAsk)
	b.Launching = slices.Contains(launching, s.ID)
	return err
}

// sum counts everyone who was asked, together and by groups.
func (b *SurveyBoard) sum() {
	cohorts, prefectures := map[string]SurveyCounts{}, map[string]SurveyCounts{}
	for _, a := range b.Asked {
		p, state := a.Dialogue.Person, a.Dialogue.Response.State
		b.Counts[state]++
		if a.Invite == Sent {
			b.Sent++
		}
		if !p.Reachable() && state.Unanswered() {
			b.OffSlack++
		}
		add(prefectures, p.Prefecture, state)
		for _, cohort := range p.Cohorts {
			add(cohorts, cohort, state)
		}
		if len(p.Cohorts) == 0 {
			add(cohorts, "", state)
		}
	}
	b.Cohorts, b.Prefectures = groups(cohorts), groups(prefectures)
}

func add(groups map[string]SurveyCounts, name string, state ResponseState) {
	if groups[name] == nil {
		groups[name] = SurveyCounts{}
	}
	groups[name][state]++
}

// groups are in order of their names; whom the roster says nothing about come last.
func groups(byName map[string]SurveyCounts) []Group {
	out := make([]Group, 0, len(byName))
	for name, counts := range byName {
		out = append(out, Group{Name: name, Counts: counts})
	}
	slices.SortFunc(out, func(x, y Group) int {
		if (x.Name == "") != (y.Name == "") {
			return cmp.Compare(len(y.Name), len(x.Name))
		}
		return strings.Compare(x.Name, y.Name)
	})
	return out
}
