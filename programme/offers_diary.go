package programme

import (
	"slices"
	"time"
)

// diary tells when people cannot be asked for a time: sessions with their buffers, what open
// forms hold, events that they go to, and what their own calendars say. Events are read
// once, so that many people cost little.
type diary struct {
	office *Office
	tx     Tx
	now    time.Time
	in     Span    // in which it is read
	events []Event // that take place then
	// but is a session for which another time is looked for: what it takes counts as free.
	but SessionID
}

// diary is that of the time that can be chosen from now on, and of what may reach into it.
func (o *Office) diary(tx Tx, now time.Time) (*diary, error) {
	d := &diary{office: o, tx: tx, now: now, in: Span{From: now, Until: now.Add(OfferedFor + 24*time.Hour)}}
	var err error
	d.events, err = tx.EventsIn(d.in)
	return d, err
}

// taken is what cannot be used of an expert's time by an atsugi, "" for nobody in particular.
func (d *diary) taken(mentor Person, atsugi PersonID) (Taken, error) {
	var t Taken
	var err error
	if t.Busy, err = d.busy(mentor, atsugi); err != nil {
		return t, err
	}
	sessions, err := d.tx.Sessions(d.office.Settings.usingWeeks(mentor.ID, d.now))
	for _, s := range sessions {
		if s.ID != d.but {
			t.Starts = append(t.Starts, s.weeks(d.office.Settings, d.now)...)
		}
	}
	return t, err
}

// usingWeeks chooses an expert's sessions that use up some of their weeks, from the present
// one on.
func (s Settings) usingWeeks(mentor PersonID, now time.Time) SessionFilter {
	return SessionFilter{Mentor: mentor, States: counting, Since: s.week(now).From}
}

// weeks are starts of the session, agreed on or still to be picked, one for each week of its
// expert, Monday to Sunday, that it uses up.
func (s Session) weeks(set Settings, now time.Time) []time.Time {
	var out []time.Time
	add := func(at time.Time) {
		week := set.week(at)
		if !slices.ContainsFunc(out, func(t time.Time) bool { return !t.Before(week.From) && t.Before(week.Until) }) {
			out = append(out, at)
		}
	}
	if !s.Span.From.IsZero() {
		add(s.Span.From)
	}
	for _, p := range s.Proposal.Spans {
		if now.Before(p.From) {
			add(p.From)
		}
	}
	return out
}

// busy is when the person has something else, in any order. What open forms of the atsugi
// who chooses keep counts as free.
func (d *diary) busy(p Person, atsugi PersonID) ([]Span, error) {
	occupied, err := d.tx.Occupied(p.ID, d.in)
	if err != nil {
		return nil, err
	}
	out, err := d.tx.Busy(p.ID, d.in)
	if err != nil {
		return nil, err
	}
	for _, o := range occupied {
		if o.over(d.now) || o.formOf(atsugi) || d.but != "" && o.Holder == string(d.but) {
			continue
		}
		out = append(out, o.Span)
	}
	parts, err := partsIn(d.tx, p.ID, d.in)
	today := d.office.Settings.Today(d.now)
	for _, e := range d.events {
		if e.countsOn(p, parts[e.ID], today) {
			out = append(out, e.span())
		}
	}
	return out, err
}

// over says whether time that a form held is free again.
func (o Occupied) over(now time.Time) bool { return !o.Until.IsZero() && !o.Until.After(now) }

// times are those of an offer that can be chosen, by start. An expert's limit a week is
// never beyond the programme's.
func (d *diary) times(of Offer, taken Taken) []Span {
	set := d.office.Settings
	of.PerWeek = min(of.PerWeek, set.Sessions.PerWeek)
	return of.Times(d.now, taken, set.Zone, d.office.Holiday)
}

func (e Event) span() Span { return Span{From: e.Start, Until: e.End} }

// part is what somebody has to do with an event.
type part struct {
	answer Coming
	speaks bool // they are to
}

// partsIn are somebody's parts in the events of a span.
func partsIn(tx Tx, p PersonID, in Span) (map[EventID]part, error) {
	answers, err := tx.AnswersIn(p, in)
	if err != nil {
		return nil, err
	}
	out := make(map[EventID]part, len(answers))
	for _, a := range answers {
		out[a.Event] = part{answer: a.Answer}
	}
	speaking, err := tx.SpeakingIn(p, in)
	for _, s := range speaking {
		out[s.Event] = part{answer: out[s.Event].answer, speaks: s.Status.Speaks()}
	}
	return out, err
}

// countsOn says whether the person is counted on at the event: they answered that they come
// or wait for a place, they are invited and have not declined, or they speak there.
func (e Event) countsOn(p Person, of part, today Date) bool {
	return of.answer.Expected() || of.speaks || of.answer != No && e.invites(p, of.answer, today)
}

// invites says whether somebody with that answer, if any, may answer: the event is
// announced, and for them, or the office has them on the list.
func (e Event) invites(p Person, answer Coming, today Date) bool {
	return e.Announced(today) && (answer != Undecided || e.Audience.Includes(p))
}
