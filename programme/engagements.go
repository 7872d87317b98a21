package programme

import (
	"context"
	"errors"
	"time"
)

// EngagementID is a ULID of an engagement.
type EngagementID string

// Engagement is one firm's intensive follow-up (個別フォローアップ, programme.md 2-③b): an
// atsugi, the expert who sees them, and how many sessions there are to be. While it
// runs, the expert's "own atsugi" includes this one (design.md section 5).
type Engagement struct {
	ID       EngagementID
	Atsugi   PersonID
	Mentor   PersonID
	Survey   SurveyID // from whose results it was picked, "" for none
	Sessions int      // to be held, 2 or 3
	Made     time.Time
	By       PersonID
	Ended    time.Time // zero while it runs
	Version  int
}

// Runs says whether sessions are still to be held.
func (e Engagement) Runs() bool { return e.Ended.IsZero() }

// of says whether the person is one of the two.
func (e Engagement) of(p PersonID) bool { return p != "" && (p == e.Atsugi || p == e.Mentor) }

// EngagementsTx keeps engagements.
type EngagementsTx interface {
	// CreateEngagement inserts; a second insert with the same op answers ErrRepeated,
	// and one for an atsugi and expert who have a running one ErrTaken.
	CreateEngagement(op string, e Engagement) error
	Engagement(EngagementID) (Engagement, error)
	EngagementByOp(op string) (Engagement, error)
	Engagements() ([]Engagement, error) // running ones first, newest first
	SaveEngagement(Engagement) error    // compare and set on Version, else ErrStale
}

// EngagementView is an engagement with the people in it.
type EngagementView struct {
	Engagement
	AtsugiPerson Person
	MentorPerson Person
	// Office says, in a list of them, that the reader is the coordinator, and none of the two,
	// so that it is theirs to end.
	Office bool
}

// EngagementForm is what the coordinator fills in to make an engagement.
type EngagementForm struct {
	Op       string // operation id of the form
	Atsugi   PersonID
	Mentor   PersonID
	Sessions int
	Survey   SurveyID // from whose results it was picked, "" for none
	// Reason is why it is this expert although the atsugi would rather not be seen by them
	// or theirs, or their own bank or chamber is; "" while nothing warns.
	Reason string
}

// How many sessions an engagement is made for (programme.md 2-③b: 2-3 a firm).
const (
	fewestSessions = 2
	mostSessions   = 3
)

// MakeEngagement gives an atsugi an expert for intensive follow-up, once per f.Op, and
// tells both. Whom no message can reach has a notice all the same: the office sees
// among those that did not go out who is to be told another way. An error's Field is
// "atsugi", "mentor" or "sessions".
func (o *Office) MakeEngagement(ctx context.Context, who Actor, f EngagementForm) (Engagement, error) {
	e := Engagement{
		ID: EngagementID(o.NewID()), Atsugi: f.Atsugi, Mentor: f.Mentor, Survey: f.Survey, Sessions: f.Sessions, Version: 1,
	}
	err := o.manage(ctx, who, func(c *change) error {
		e.Made, e.By = c.now, c.me.ID
		if err := c.mayEngage(f); err != nil {
			return err
		}
		over, err := c.overEngagement(f)
		if err != nil {
			return err
		}
		if err := c.CreateEngagement(f.Op, e); err != nil {
			return err
		}
		for _, p := range []PersonID{e.Atsugi, e.Mentor} {
			if err := c.notify(Notice{Kind: NoticeEngagement, Subject: string(e.ID), To: ToPerson(p)}); err != nil {
				return err
			}
		}
		if len(over) > 0 {
			if err := c.copy(Copy{Kind: CopyEngaged, Subject: string(e.ID), To: ToPerson(e.Mentor), Reason: f.Reason}); err != nil {
				return err
			}
		}
		return c.auditChange("engagement.make", string(e.ID), wallDetail(over))
	})
	switch {
	case errors.Is(err, ErrTaken):
		err = &Error{Code: CodeConflict, Field: "mentor", Key: "error.engagement_taken"}
	case errors.Is(err, ErrRepeated):
		err = o.read(ctx, func(tx Tx) (err error) {
			e, err = tx.EngagementByOp(f.Op)
			return err
		})
		if err == nil && (e.Atsugi != f.Atsugi || e.Mentor != f.Mentor || e.Sessions != f.Sessions) {
			err = &Error{Code: CodeConflict, Key: "error.engagement_made_before"}
		}
	}
	return e, err
}

// mayEngage checks the form. A coordinator who is one of the two leaves it to another:
// nobody decides themselves about what they are paid for.
func (c *change) mayEngage(f EngagementForm) error {
	if f.Op == "" {
		return invalid("", "error.form_old")
	}
	atsugi, err := c.Person(f.Atsugi)
	if err != nil && !errors.Is(err, ErrNoRow) {
		return err
	}
	if err != nil || !atsugi.Active() || !atsugi.Has(Atsugi) {
		return invalid("atsugi", "error.choice")
	}
	mentor, err := c.Person(f.Mentor)
	if err != nil && !errors.Is(err, ErrNoRow) {
		return err
	}
	if err != nil || !mentor.takesEngagements(c.office.Settings.Today(c.now)) || mentor.ID == atsugi.ID {
		return invalid("mentor", "error.engagement_expert")
	}
	if (Engagement{Atsugi: atsugi.ID, Mentor: mentor.ID}).of(c.me.ID) {
		return denied("error.session_own")
	}
	if f.Sessions < fewestSessions || f.Sessions > mostSessions {
		return invalid("sessions", "error.number", "Min", fewestSessions, "Max", mostSessions)
	}
	if f.Survey != "" {
		_, err = sentSurvey(c.Tx, f.Survey)
	}
	return err
}

// overEngagement are the walls over which the coordinator gives the atsugi this expert, who
// reads what is about them from then on; without a reason none is gone over.
func (c *change) overEngagement(f EngagementForm) ([]Wall, error) {
	atsugi, err := c.Person(f.Atsugi)
	if err != nil {
		return nil, err
	}
	mentor, err := c.Person(f.Mentor)
	if err != nil {
		return nil, err
	}
	ws, err := walls(c, atsugi, []Person{mentor}, nil)
	if err != nil {
		return nil, err
	}
	return ws, overWalls(ws, "reason", f.Reason)
}

// takesEngagements says whether an engagement can be given to p: an expert, as seniors
// and advisers hold no payable sessions (programme.md "Who and why"), named to the
// bureau and pledged.
func (p Person) takesEngagements(today Date) bool { return p.expert() && p.Admitted(today) }

// Experts lists whom an engagement can be given to today, by kana.
func (o *Office) Experts(ctx context.Context, who Actor) ([]Person, error) {
	var out []Person
	err := o.readAsOffice(ctx, who, func(tx Tx) error {
		people, err := tx.People()
		today := o.Settings.Today(o.Now())
		for _, p := range people {
			if p.takesEngagements(today) {
				out = append(out, p)
			}
		}
		return err
	})
	return out, err
}

// EndEngagement ends one: its expert no longer sees what is of their own atsugi, unless
// the roster assigns them, but for what they wrote of the sessions, and times that are
// proposed are withdrawn. A coordinator who is one of the two leaves it to another. Doing
// it again changes nothing.
func (o *Office) EndEngagement(ctx context.Context, who Actor, id EngagementID) error {
	return o.manage(ctx, who, func(c *change) error {
		e, err := c.Engagement(id)
		if err != nil {
			return orMissing(err, "error.engagement_gone")
		}
		if e.of(c.me.ID) {
			return denied("error.session_own")
		}
		if !e.Runs() {
			return nil
		}
		e.Ended = c.now
		if err := c.SaveEngagement(e); err != nil {
			return err
		}
		if err := c.endSessions(id); err != nil {
			return err
		}
		if err := c.redraw(Notice{Kind: NoticeEngagement, Subject: string(id)}); err != nil {
			return err
		}
		return c.audit("engagement.end", string(id))
	})
}

// Engagements lists them, running ones first, newest first: all to the office and the
// bureau, their own to experts and atsugi (design.md section 5, "sessions").
func (o *Office) Engagements(ctx context.Context, who Actor) ([]EngagementView, error) {
	var out []EngagementView
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		now := o.Now()
		all := o.may(who, me, now, Coordinator, Bureau)
		advises, advised := o.may(who, me, now, Mentor), o.may(who, me, now, Atsugi)
		if !all && !advises && !advised {
			return denied("error.denied")
		}
		es, err := tx.Engagements()
		if err != nil {
			return err
		}
		for _, e := range es {
			if !all && !(advises && e.Mentor == me.ID) && !(advised && e.Atsugi == me.ID) {
				continue
			}
			v, err := engagementView(tx, e)
			if err != nil {
				return err
			}
			v.Office = o.sessionSightOf(who, me, Session{Atsugi: e.Atsugi, Mentor: e.Mentor}, now).office
			out = append(out, v)
		}
		return nil
	})
	return out, err
}

func engagementView(tx Tx, e Engagement) (v EngagementView, err error) {
	v.Engagement = e
	if v.AtsugiPerson, err = tx.Person(e.Atsugi); err != nil {
		return v, err
	}
	v.MentorPerson, err = tx.Person(e.Mentor)
	return v, err
}

// runningEngagements are those that run, by atsugi.
func runningEngagements(tx Tx) (map[PersonID][]EngagementView, error) {
	es, err := tx.Engagements()
	running := map[PersonID][]EngagementView{}
	for _, e := range es {
		if !e.Runs() {
			continue
		}
		v, err := engagementView(tx, e)
		if err != nil {
			return nil, err
		}
		running[e.Atsugi] = append(running[e.Atsugi], v)
	}
	return running, err
}

// lookAtEngagement fills in an engagement for its atsugi or its expert. Nobody is told
// of one that ended, nor an expert who is not admitted any more.
func (o *Office) lookAtEngagement(tx Tx, m *Matter, update bool) error {
	e, err := tx.Engagement(EngagementID(m.Notice.Subject))
	if err != nil {
		return err
	}
	m.Over = !e.Runs()
	switch {
	case update:
	case m.Over:
		m.Withdrawn = withdrawnClosed
	case m.To.ID == e.Mentor && !m.To.Admitted(o.Settings.Today(o.Now())):
		m.Withdrawn = withdrawnDenied
	}
	m.Engagement, err = engagementView(tx, e)
	return err
}
