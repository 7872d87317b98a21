package programme

import (
	"context"
	"errors"
	"time"
)

// Home is what one person sees first. Parts that are not theirs are empty.
type Home struct {
	Me       Person
	Now      time.Time
	Settings Settings

	Dialogues []Dialogue  // surveys put to them, still open
	Events    []EventLine // of their audience, not over, by start
	Memos     []MemoView  // that they may open, newest first
	Atsugi    []Person    // an expert's own

	// For the office; the bureau gets Progress and Surveys only.
	Progress   []Progress
	Surveys    []SurveyLine
	Deliveries DeliveryCounts
	Unsettled  []UnsettledLine // a person has to decide
	Office     bool            // may manage
	Writes     bool            // may write memos
}

// EventLine is an event with the reader's own answer and, for those who may see
// it, who comes.
type EventLine struct {
	Event  Event
	Mine   bool // the reader is of the audience
	Answer Coming
	Counts map[Coming]int // nil for participants
	Asked  int            // size of the audience
}

// UnsettledLine is a delivery of which nobody can tell whether it arrived, and
// the person it went to (zero for a channel).
type UnsettledLine struct {
	Delivery
	Person Person
}

// SurveyLine is a survey with how many people stand where.
type SurveyLine struct {
	Survey Survey
	Counts SurveyCounts
}

// How much of each kind Home gathers: what it shows is 100 blocks at most
// (slack.md Sizes).
const (
	homeMemos     = 8
	homeUnsettled = 3
	homeEvents    = 6
)

// Home gathers what the person sees first.
func (o *Office) Home(ctx context.Context, who Actor) (Home, error) {
	h := Home{Settings: o.Settings}
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		h.Me, h.Now = me, o.Now()
		h.Office = o.may(who, me, h.Now, Coordinator)
		h.Writes = h.Office || o.may(who, me, h.Now, Mentor) && me.WritesMemos()
		overview := h.Office || o.may(who, me, h.Now, Bureau)
		if err := o.ownLines(tx, who, &h); err != nil {
			return err
		}
		events, err := tx.Events()
		if err != nil {
			return err
		}
		if err := o.eventLines(tx, &h, events, overview); err != nil || !overview {
			return err
		}
		return o.overview(tx, &h, events)
	})
	return h, err
}

func (o *Office) ownLines(tx Tx, who Actor, h *Home) error {
	rs, err := tx.ResponsesOf(h.Me.ID)
	if err != nil {
		return err
	}
	for _, r := range rs {
		d, err := dialogue(tx, r.ID)
		if err != nil {
			return err
		}
		if d.Open(h.Now) {
			h.Dialogues = append(h.Dialogues, d)
		}
	}
	if h.Writes && !h.Office {
		people, err := tx.AssignedTo(h.Me.ID)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.Active() && h.Me.Advises(p) {
				h.Atsugi = append(h.Atsugi, p)
			}
		}
	}
	h.Memos, err = o.memosFor(tx, who, h.Me, h.Now, homeMemos)
	return err
}

// eventLines lists what lies ahead: one's own for everyone, all with counts for
// office and bureau (design.md section 5).
func (o *Office) eventLines(tx Tx, h *Home, events []Event, overview bool) error {
	today := o.Settings.Today(h.Now)
	for _, e := range events {
		mine := e.Audience.Includes(h.Me) && e.Announced(today)
		if !e.Open(h.Now) || !mine && !overview || len(h.Events) == homeEvents {
			continue
		}
		line := EventLine{Event: e, Mine: mine}
		if mine {
			a, err := tx.Attendance(e.ID, h.Me.ID)
			if err != nil && !errors.Is(err, ErrNoRow) {
				return err
			}
			line.Answer = a.Answer
		}
		if overview {
			var err error
			if line.Counts, line.Asked, err = counts(tx, e); err != nil {
				return err
			}
		}
		h.Events = append(h.Events, line)
	}
	return nil
}

// counts says how many of the audience answered what; Undecided is the rest.
func counts(tx Tx, e Event) (map[Coming]int, int, error) {
	answers, err := tx.AttendanceOf(e.ID)
	if err != nil {
		return nil, 0, err
	}
	people, err := tx.People()
	if err != nil {
		return nil, 0, err
	}
	said := make(map[PersonID]Coming, len(answers))
	for _, a := range answers {
		said[a.Person] = a.Answer
	}
	n, asked := map[Coming]int{}, 0
	for _, p := range people {
		if e.Audience.Includes(p) {
			n[said[p.ID]]++
			asked++
		}
	}
	return n, asked, nil
}

func (o *Office) overview(tx Tx, h *Home, events []Event) error {
	surveys, err := tx.Surveys()
	if err != nil {
		return err
	}
	for _, s := range surveys {
		n, err := tx.SurveyCounts(s.ID)
		if err != nil {
			return err
		}
		h.Surveys = append(h.Surveys, SurveyLine{Survey: s, Counts: n})
	}
	sessions, err := tx.CountMemos(MemoFilter{Kind: OfSession})
	if err != nil {
		return err
	}
	h.Progress = measure(h.Now, o.Settings.Targets, events, len(surveys), sessions)
	if !h.Office {
		return nil
	}
	if h.Deliveries, err = tx.DeliveryCounts(); err != nil {
		return err
	}
	unknown, err := tx.Deliveries(Unknown, homeUnsettled)
	if err != nil {
		return err
	}
	for _, d := range unknown {
		line := UnsettledLine{Delivery: d}
		if id := d.To.Person(); id != "" {
			if line.Person, err = tx.Person(id); err != nil {
				return err
			}
		}
		h.Unsettled = append(h.Unsettled, line)
	}
	return nil
}
