package programme

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
)

// resultsUseful is how long somebody waits for results they asked for.
const resultsUseful = 24 * time.Hour

// Results shows how a survey was answered, as far as the reader may see it (design.md
// section 5, "survey results"; sight says how far that is for each question). That
// they were looked at is audited.
//
// Every answer that counts is in them, also of somebody who is not through or who left
// since: an answer is given when it is saved. Those of people who declined are not.
func (o *Office) Results(ctx context.Context, who Actor, id SurveyID) (Results, error) {
	var r Results
	err := o.write(ctx, who, func(c *change) error {
		if _, err := c.resultsOf(id); err != nil {
			return err
		}
		return c.audit("survey.results", string(id))
	})
	if err != nil {
		return r, err
	}
	err = o.readAs(ctx, who, func(tx Tx, me Person) (err error) { // a long reading holds no writer up
		r, err = o.results(tx, who, me, id)
		return err
	})
	return r, err
}

// RequestResults has the results sent to who asks, in as many messages as they take,
// once for each operation op. Each message is drawn for what its reader may see then.
func (o *Office) RequestResults(ctx context.Context, who Actor, id SurveyID, op string) (parts int, err error) {
	err = o.write(ctx, who, func(c *change) error {
		r, err := c.resultsOf(id)
		if err != nil {
			return err
		}
		if c.me.ID == "" { // the operator has no conversation to send them to
			return denied("error.denied")
		}
		parts = len(partsOf(r))
		for part := range parts {
			err := c.notify(Notice{
				Kind: NoticeSurveyResults, Subject: string(id), To: ToPerson(c.me.ID),
				Occasion: op + "/" + strconv.Itoa(part), UsefulUntil: c.now.Add(resultsUseful),
			})
			if err != nil {
				return err
			}
		}
		return c.audit("survey.results", string(id))
	})
	return parts, err
}

// resultsOf are the results' survey and questions, without any answer.
func (c *change) resultsOf(id SurveyID) (Results, error) {
	if _, err := c.office.viewer(c.actor, c.me, c.now); err != nil {
		return Results{}, err
	}
	s, err := sentSurvey(c.Tx, id)
	if err != nil {
		return Results{}, err
	}
	r := Results{Survey: s}
	for _, q := range s.Def.Questions {
		r.Tallies = append(r.Tallies, Tally{Question: q})
	}
	return r, nil
}

// viewer is as what somebody reads results.
type viewer struct {
	office bool
	bureau bool // neither is a support organisation
}

// viewer says as what the actor reads results, or that they may not.
func (o *Office) viewer(who Actor, me Person, now time.Time) (viewer, error) {
	v := viewer{office: o.may(who, me, now, Coordinator), bureau: o.may(who, me, now, Bureau)}
	if !v.office && !v.bureau && !o.may(who, me, now, Supporter) {
		return v, denied("error.denied")
	}
	return v, nil
}

// sight is how much of a question's answers a viewer sees beside its totals.
type sight struct {
	each bool // the answers themselves, and whose they are if anybody knows
	few  bool // totals of fewer than FewestShown answers
	// atEnd is what stood when the survey closed, and nothing before: who sees totals
	// before and after one person answers could else tell what they said.
	atEnd bool
}

// sight is the rule of who sees what of a question:
//   - the office sees every answer with its name;
//   - the bureau those to questions that the survey marks for it, with their names as
//     the invitation says, and of others the totals of FewestShown answers or more, as
//     they stood at the end;
//   - support organisations such totals alone;
//   - of an anonymous survey nobody sees names or totals of fewer;
//   - of a question for totals only nobody sees anything but such totals.
func (v viewer) sight(def SurveyDef, q Question) sight {
	marked := v.office || v.bureau && slices.Contains(q.ShownTo, ReadBureau)
	switch {
	case q.TotalsOnly:
		return sight{atEnd: true}
	case def.Anonymous:
		return sight{each: marked} // Results come when it is closed, and it stays so
	case marked:
		return sight{each: true, few: true}
	}
	return sight{atEnd: true}
}

// sentSurvey is a survey that counts: no trial.
func sentSurvey(tx Tx, id SurveyID) (Survey, error) {
	s, err := tx.Survey(id)
	if err == nil && s.Trial {
		err = ErrNoRow
	}
	return s, orMissing(err, "error.survey_gone")
}

// results gathers what the reader may see.
func (o *Office) results(tx Tx, who Actor, me Person, id SurveyID) (Results, error) {
	now := o.Now()
	v, err := o.viewer(who, me, now)
	if err != nil {
		return Results{}, err
	}
	s, err := sentSurvey(tx, id)
	if err != nil {
		return Results{}, err
	}
	r := Results{Survey: s, Now: now}
	if r.Counts, err = tx.SurveyCounts(id); err != nil {
		return r, err
	}
	ts, err := turnout(tx, s, time.Time{})
	if err != nil {
		return r, err
	}
	var atEnd []taken
	if s.ClosedAt(now) {
		if atEnd, err = turnout(tx, s, s.Closes); err != nil {
			return r, err
		}
	}
	if s.Def.Anonymous && !shownBallots(s, now, len(ts)) {
		r.TooFew, r.Parts = true, 1
		return r, nil
	}
	r.ByCohort, r.ByPlace = map[string][]Cross{}, map[string][]Cross{}
	for _, q := range s.Def.Questions {
		see, ts := v.sight(s.Def, q), ts
		if see.atEnd && !s.ClosedAt(now) {
			r.Tallies = append(r.Tallies, Tally{Question: q, Hidden: true, AtEnd: true})
			continue
		}
		if see.atEnd {
			ts = atEnd
		}
		r.Tallies = append(r.Tallies, tallyOf(q, ts, see))
		if !s.Def.Anonymous && q.crosses() {
			r.ByCohort[q.ID] = cross(q, ts, see, cohortsOf)
			// Each is safe by itself; of both together few could be told apart.
			if see.few {
				r.ByPlace[q.ID] = cross(q, ts, see, placeOf)
			}
		}
	}
	r.Parts = len(partsOf(r))
	if r.People, err = peopleSaid(tx, r.Tallies); err == nil {
		nameMarks(r.Tallies, r.People)
	}
	return r, err
}

// shownBallots says whether what was said in an anonymous survey is shown: totals
// while it is open would betray the next ballot by difference.
func shownBallots(s Survey, now time.Time, ballots int) bool {
	return s.ClosedAt(now) && ballots >= FewestShown
}

// turnout are the answers to a survey that count, by kana of who gave them: those that
// stood just before a moment, the zero moment is now.
func turnout(tx Tx, s Survey, before time.Time) (ts []taken, err error) {
	if s.Def.Anonymous {
		return ballotsTaken(tx, s.ID)
	}
	asked, err := surveyAsked(tx, s, before)
	for _, a := range asked {
		if len(a.answers) > 0 {
			ts = append(ts, a.taken)
		}
	}
	return ts, err
}

// asked is somebody who was asked, and what they said that counts: nothing if they
// declined.
type asked struct {
	taken
	response Response
}

// surveyAsked are all who were asked, by kana, also those who left since, with what
// they had said just before a moment; the zero moment is now.
func surveyAsked(tx Tx, s Survey, before time.Time) ([]asked, error) {
	responses, err := tx.Responses(s.ID)
	if err != nil {
		return nil, err
	}
	answers, err := tx.SurveyAnswers(s.ID, before)
	if err != nil {
		return nil, err
	}
	everyone, err := tx.People()
	if err != nil {
		return nil, err
	}
	of := make(map[PersonID]Response, len(responses))
	for _, r := range responses {
		of[r.Person] = r
	}
	out := make([]asked, 0, len(responses))
	for _, p := range everyone {
		r, ok := of[p.ID]
		if !ok {
			continue
		}
		a := asked{taken: taken{person: p}, response: r}
		if r.State != Declined {
			a.answers = s.Def.Counted(answers[r.ID])
		}
		out = append(out, a)
	}
	return out, nil
}

// peopleSaid are those who were named in the answers that are shown.
func peopleSaid(tx Tx, tallies []Tally) (map[PersonID]Person, error) {
	var answers []Answer
	for _, t := range tallies {
		if t.Question.Kind != Whom {
			continue
		}
		for _, s := range t.Said {
			answers = append(answers, s.Answer)
		}
	}
	return namedIn(tx, answers)
}

// namedIn finds the people whom answers to questions for a person name.
func namedIn(tx Tx, answers []Answer) (map[PersonID]Person, error) {
	named := map[PersonID]Person{}
	for _, a := range answers {
		for _, id := range a.Picked {
			p, err := tx.Person(PersonID(id))
			if err != nil {
				return nil, err
			}
			named[p.ID] = p
		}
	}
	return named, nil
}

// How much one message of results holds: Slack draws two charts in a message
// (slack.md Sizes), and a phone shows about six questions before one loses the thread.
const (
	chartsAPart    = 2
	questionsAPart = 6
)

// ResultsOf are the tallies of one message of results, from part 0; none of a part
// that there is not. It goes by kinds of questions alone, so that parts stay the same
// while answers come in.
func ResultsOf(r Results, part int) []Tally {
	parts := partsOf(r)
	if part < 0 || part >= len(parts) {
		return nil
	}
	return parts[part]
}

// partsOf cuts the tallies into messages; there is always one.
func partsOf(r Results) [][]Tally {
	parts := [][]Tally{nil}
	charts := 0
	for _, t := range r.Tallies {
		last := len(parts) - 1
		chart := t.Question.marked()
		if len(parts[last]) == questionsAPart || chart && charts == chartsAPart {
			parts = append(parts, nil)
			last, charts = last+1, 0
		}
		if chart {
			charts++
		}
		parts[last] = append(parts[last], t)
	}
	return parts
}

// lookAtResults fills in the results for who asked, if they still may see them, and
// which part the message shows.
func (o *Office) lookAtResults(tx Tx, m *Matter) (err error) {
	_, part, _ := strings.Cut(m.Notice.Occasion, "/")
	if m.Part, err = strconv.Atoi(part); err != nil {
		return ErrNoRow
	}
	m.Results, err = o.results(tx, As(m.To.ID), m.To, SurveyID(m.Notice.Subject))
	if e, ok := AsError(err); ok && e.Code == CodeDenied {
		m.Withdrawn, err = withdrawnDenied, nil
	}
	m.Survey = m.Results.Survey
	if m.Withdrawn == "" && m.Part >= m.Results.Parts {
		m.Withdrawn = withdrawnEmpty // an anonymous survey has one message until its results are shown
	}
	return err
}
