package programme

import (
	"slices"
	"strings"
	"time"
)

// Digest is what a letter by the calendar tells one person, as things stand when
// it is drawn.
type Digest struct {
	From, To Date          // the first and the last day that it is about
	Events   []DigestEvent // by start
	Sessions []SessionView // in the month ahead: the reader's own that are agreed on, by start
	Dates    []KeyDate     // to be worked to within these days, by day
	// Unapproved are, in the coordinator's week, events of the next four weeks that
	// the bureau has not approved: nobody hears of them before.
	Unapproved []Event
	Deliveries DeliveryCounts // in the coordinator's week
	Firms      int            // in a support organisation's month: those that it recommended
}

// DigestEvent is an event in a digest.
type DigestEvent struct {
	Event Event

	// In the month ahead: what the reader said, and whether they speak.
	Answer Coming
	Speaks bool

	// In the coordinator's week: how many answered what, how many were asked, and
	// who of them gave no answer, by kana.
	Counts map[Coming]int
	Asked  int
	Silent []Person

	// In a support organisation's month: how many said they come, guests too; how
	// many were checked in, which is known only if CheckedIn; from how many of the
	// firms that it recommended somebody was there; and of what it co-hosts the
	// names of who was there, by kana (design.md section 5).
	Expected  int
	CheckedIn bool
	Came      int
	FirmsCame int
	CoHosts   bool
	Names     []string
}

// occasionForm writes a moment in UTC as occasions do.
const occasionForm = "20060102T1504Z"

// DigestOccasion is the occasion of the digest of a scheduled moment, which stays
// the same when the digest is moved off a holiday.
func DigestOccasion(at time.Time) string { return at.UTC().Format(occasionForm) }

// KeyDateOccasion is the occasion of a step before a key date.
func KeyDateOccasion(step string, k KeyDate) string { return step + "@" + string(k.Date) }

// approvalAhead is how many days ahead the coordinator's week looks for events
// that still need the bureau's approval.
const approvalAhead = 28

// lookAtDigest fills a digest. One that has nothing to say is not sent.
func (o *Office) lookAtDigest(tx Tx, m *Matter) error {
	at, err := time.Parse(occasionForm, m.Notice.Occasion)
	if err != nil {
		return ErrNoRow
	}
	events, err := tx.Events()
	if err != nil {
		return err
	}
	day, now := DateOf(at, o.Settings.Zone), o.Now()
	empty := false
	switch m.Notice.Kind {
	case NoticeDigestWeek:
		if !m.To.Has(Coordinator) || !m.To.Admitted(o.Settings.Today(now)) {
			return ErrNoRow
		}
		m.Digest, empty, err = o.week(tx, day, events)
	case NoticeDigestMonth:
		m.Digest, empty, err = o.month(tx, day, events, m.To)
	case NoticeDigestSupport:
		if !m.To.Has(Supporter) {
			return ErrNoRow
		}
		m.Digest, empty, err = o.support(tx, day, events, m.To)
	}
	if empty {
		m.Withdrawn = withdrawnEmpty
	}
	return err
}

// within lists the events that start within the digest's days and are not cancelled.
func (d Digest) within(events []Event, zone *time.Location) []Event {
	var in []Event
	for _, e := range events {
		if day := DateOf(e.Start, zone); e.Cancelled.IsZero() && d.From <= day && day <= d.To {
			in = append(in, e)
		}
	}
	return in
}

// dates lists the key dates to be worked to within the digest's days.
func (d Digest) dates(all []KeyDate, of func(KeyDate) bool) []KeyDate {
	var in []KeyDate
	for _, k := range all {
		if d.From <= k.WorkBy && k.WorkBy <= d.To && of(k) {
			in = append(in, k)
		}
	}
	slices.SortStableFunc(in, func(a, b KeyDate) int { return strings.Compare(string(a.WorkBy), string(b.WorkBy)) })
	return in
}

// week is the coordinator's: seven days from the day on.
func (o *Office) week(tx Tx, day Date, events []Event) (d Digest, empty bool, err error) {
	d = Digest{From: day, To: day.Add(0, 6)}
	for _, e := range d.within(events, o.Settings.Zone) {
		list, err := roll(tx, e)
		if err != nil {
			return d, false, err
		}
		line := DigestEvent{Event: e}
		line.Counts, line.Asked = tally(list)
		for _, a := range list {
			if a.Awaited() {
				line.Silent = append(line.Silent, a.Person)
			}
		}
		d.Events = append(d.Events, line)
	}
	ahead := Digest{From: d.From, To: day.Add(0, approvalAhead-1)}
	for _, e := range ahead.within(events, o.Settings.Zone) {
		if e.Approved == "" {
			d.Unapproved = append(d.Unapproved, e)
		}
	}
	d.Dates = d.dates(o.Settings.KeyDates, func(KeyDate) bool { return true })
	d.Deliveries, err = tx.DeliveryCounts()
	empty = len(d.Events)+len(d.Unapproved)+len(d.Dates)+d.Deliveries[Refused]+d.Deliveries[Unknown] == 0
	return d, empty, err
}

// month is what lies ahead of one person in the month from the day on: events that
// are for them or that they come to or speak at, and their own sessions. What they said
// no to is listed, but is no reason to write.
func (o *Office) month(tx Tx, day Date, events []Event, me Person) (d Digest, empty bool, err error) {
	d = Digest{From: day, To: day.Add(1, -1)}
	now := o.Now()
	empty = true
	for _, e := range d.within(events, o.Settings.Zone) {
		seen := Matter{Notice: Notice{Subject: string(e.ID)}, To: me}
		if err := o.eventOf(tx, &seen); err != nil {
			return d, false, err
		}
		line := DigestEvent{Event: e, Answer: seen.Attendance.Answer, Speaks: seen.Speaker.Status.Speaks()}
		mine := e.Audience.Includes(me) || line.Answer.Expected() || line.Speaks
		if !mine || !e.Open(now) || !e.Announced(o.Settings.Today(now)) {
			continue
		}
		empty = empty && line.Answer == No
		d.Events = append(d.Events, line)
	}
	d.Dates = d.dates(o.Settings.KeyDates, func(k KeyDate) bool { return k.For.Includes(me) })
	d.Sessions, err = o.sessionsWithin(tx, d, me)
	return d, empty && len(d.Sessions)+len(d.Dates) == 0, err
}

// sessionsWithin lists the reader's own sessions that begin within the digest's days, as
// they may see them, and are not over.
func (o *Office) sessionsWithin(tx Tx, d Digest, me Person) ([]SessionView, error) {
	booked, err := tx.Sessions(SessionFilter{Person: me.ID, States: []SessionState{SessionBooked}})
	if err != nil {
		return nil, err
	}
	r, err := o.sessionReader(tx, As(me.ID), me)
	if err != nil {
		return nil, err
	}
	return r.views(slices.DeleteFunc(booked, func(s Session) bool {
		day := DateOf(s.Span.From, o.Settings.Zone)
		return day < d.From || d.To < day || !s.Span.Until.After(r.now)
	}))
}

// support is a support organisation's look back at the calendar month before the
// day. Individual meetings are none of its business unless it co-hosts them.
func (o *Office) support(tx Tx, day Date, events []Event, me Person) (d Digest, empty bool, err error) {
	first := day[:len("2006-01")] + "-01"
	d = Digest{From: first.Add(-1, 0), To: first.Add(0, -1)}
	people, err := tx.People()
	if err != nil {
		return d, false, err
	}
	recommended := map[string]bool{}
	for _, p := range people {
		if p.Active() && recommendedBy(p, me.Organisation) {
			recommended[firm(p)] = true
		}
	}
	d.Firms = len(recommended)
	for _, e := range d.within(events, o.Settings.Zone) {
		coHosts := me.Organisation != "" && slices.Contains(e.CoHosts, me.Organisation)
		if !e.Held(o.Now()) || !e.Announced(o.Settings.Today(o.Now())) || e.Kind == Meeting && !coHosts {
			continue
		}
		list, err := roll(tx, e)
		if err != nil {
			return d, false, err
		}
		d.Events = append(d.Events, participationFor(e, list, me.Organisation, coHosts))
	}
	return d, len(d.Events) == 0, nil
}

// participationFor is what an organisation may know of who came.
func participationFor(e Event, list []Attendee, organisation string, coHosts bool) DigestEvent {
	line := DigestEvent{Event: e, CoHosts: coHosts}
	line.Event.Notes, line.Event.Code = "", ""
	line.CheckedIn = slices.ContainsFunc(list, func(a Attendee) bool { return !a.Arrived.IsZero() })
	firms := map[string]bool{}
	for _, a := range list {
		if a.Answer.Comes() || a.Speaker.Speaks() && a.Answer != No {
			line.Expected++
		}
		if !a.Arrived.IsZero() {
			line.Came++
		}
		if !a.presence(line.CheckedIn).WasThere() {
			continue
		}
		if recommendedBy(a.Person, organisation) {
			firms[firm(a.Person)] = true
		}
		if coHosts {
			line.Names = append(line.Names, a.Name())
		}
	}
	line.FirmsCame = len(firms)
	return line
}

// presence is what the list's line says about being there.
func (a Attendee) presence(checkedIn bool) Presence {
	return Presence{
		Attendance: Attendance{Answer: a.Answer, At: a.At}, Speaks: a.Speaker.Speaks(),
		Arrived: !a.Arrived.IsZero(), CheckedIn: checkedIn,
	}
}

func recommendedBy(p Person, organisation string) bool {
	return organisation != "" && p.RecommendedBy == organisation
}

// firm is what counts as one firm: its name, or the person if nobody knows it.
func firm(p Person) string {
	if p.Organisation == "" {
		return string(p.ID)
	}
	return p.Organisation
}

// lookAtKeyDate finds the key date that a notice is about.
func (o *Office) lookAtKeyDate(m *Matter) error {
	i := slices.IndexFunc(o.Settings.KeyDates, func(k KeyDate) bool { return k.ID == m.Notice.Subject })
	if i < 0 {
		return ErrNoRow
	}
	m.KeyDate = o.Settings.KeyDates[i]
	switch {
	case !strings.HasSuffix(m.Notice.Occasion, KeyDateOccasion("", m.KeyDate)):
		m.Withdrawn = withdrawnMoved
	case !m.KeyDate.For.Includes(m.To):
		return ErrNoRow
	}
	return nil
}
