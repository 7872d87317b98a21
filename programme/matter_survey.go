package programme

import (
	"errors"
	"strings"
	"time"
)

// lookAtSurvey is for what is about one person's way through a survey.
func (o *Office) lookAtSurvey(tx Tx, m *Matter, update bool) (err error) {
	if m.Dialogue, err = dialogueOf(tx, m); err != nil {
		return err
	}
	d, now := m.Dialogue, o.Now()
	m.Over = !d.Open(now)
	switch m.Notice.Kind {
	case NoticeSurveyChanged:
		return o.lookAtChanges(tx, m)
	case NoticeSurveyReceipt: // goes out after the end, too: somebody answered at the last minute
		if d.Response.State != Done {
			m.Withdrawn = withdrawnAnswered
		}
		return nil
	case NoticeSurveyQuestion:
		q, i := d.Survey.Def.Question(questionOf(m.Notice.Occasion))
		if i < 0 {
			return ErrNoRow
		}
		m.Question = q
		m.Asked = d.Response.Current == q.ID && d.Response.occasion(q.ID) == m.Notice.Occasion
	case NoticeSurveyStop:
		// Asked since, they went on.
		m.Asked = d.Response.Current != "" && !d.Response.AskedAt.After(m.Notice.Due)
	}
	switch {
	case update:
	case m.Over:
		m.Withdrawn = withdrawnClosed
	case d.superseded(m.Notice, m.Asked, now):
		m.Withdrawn = withdrawnAnswered
	}
	return nil
}

// superseded says whether what happened since leaves a notice nothing to say.
func (d Dialogue) superseded(n Notice, asked bool, now time.Time) bool {
	r := d.Response
	switch n.Kind {
	case NoticeSurveyInvite:
		return r.State != Asked
	case NoticeSurveyQuestion, NoticeSurveyStop:
		return !asked
	case NoticeSurveyLater:
		return !r.State.Unanswered() || laterOccasion(r.Later) != n.Occasion
	case NoticeSurveyChase:
		// A planned one counts from an end that may be another now.
		byHand := strings.HasPrefix(n.Occasion, chasedByHand)
		return !d.waits(now) || !byHand && !strings.HasSuffix(n.Occasion, SurveyOccasion("", d.Survey))
	case NoticeSurveyReopened:
		return laterOccasion(r.OpenUntil) != n.Occasion
	}
	return false
}

// dialogueOf finds the response: chasers name the survey, all others the response.
func dialogueOf(tx Tx, m *Matter) (Dialogue, error) {
	id := ResponseID(m.Notice.Subject)
	if m.Notice.Kind == NoticeSurveyChase {
		r, err := tx.ResponseOf(SurveyID(m.Notice.Subject), m.To.ID)
		if err != nil {
			return Dialogue{}, err
		}
		id = r.ID
	}
	return dialogue(tx, id)
}

// lookAtChanges finds what a day's changes came to. One who changed everything back
// changed nothing.
func (o *Office) lookAtChanges(tx Tx, m *Matter) error {
	versions, err := tx.AnswerVersions(m.Dialogue.Response.ID)
	if err != nil {
		return err
	}
	day := Date(m.Notice.Occasion)
	from, until := day.At(0, 0, o.Settings.Zone), day.Add(0, 1).At(0, 0, o.Settings.Zone)
	if from.IsZero() {
		return errors.New("programme: the occasion of a change is no day")
	}
	if done := m.Dialogue.Response.DoneAt; done.After(from) {
		from = done.Add(time.Nanosecond) // what stood then, with the last answer
	}
	m.Changes = m.Dialogue.changes(standing(versions, from), standing(versions, until))
	if len(m.Changes) == 0 {
		m.Withdrawn = withdrawnEmpty
	}
	m.Dialogue = m.Dialogue.forOffice()
	return nil
}

// standing are the answers that stood just before a moment. Versions are in the order
// in which they came to stand.
func standing(versions []Answer, before time.Time) map[string]Answer {
	stood := map[string]Answer{}
	for _, a := range versions {
		if a.At.Before(before) {
			stood[a.Question] = a
		}
	}
	return stood
}

// changes are the questions whose answer counts and says something else than before,
// or does not count any more: After is zero then. What the office entered itself is no
// news to it.
func (d Dialogue) changes(before, after map[string]Answer) []AnswerChange {
	def := d.Survey.Def
	was, is := def.Counted(before), def.Counted(after)
	var changes []AnswerChange
	for _, q := range def.Questions {
		b, a := was[q.ID], is[q.ID]
		if a.same(b) && (a.Version == 0) == (b.Version == 0) || a.Version > 0 && a.By != d.Response.Person {
			continue
		}
		if q.TotalsOnly {
			b, a = b.withoutContent(), a.withoutContent()
		}
		changes = append(changes, AnswerChange{Question: q, Before: b, After: a})
	}
	return changes
}
