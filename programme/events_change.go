package programme

import (
	"errors"
	"slices"
	"strconv"
	"time"
)

// EventChange is what an event says from its nth change on; Seq 0 is what it said
// first. People are told the difference between what they knew and what stands.
type EventChange struct {
	Event EventID
	Seq   int
	Title string
	Start time.Time
	End   time.Time
	Place string
	URL   string
	At    time.Time
}

// Told says that a person is told, or was, of a change of time or place: what was
// due about the event before At is settled by that.
type Told struct {
	Event  EventID
	Person PersonID
	At     time.Time
}

// ChangeOccasion is the occasion of notices about an event's nth change.
func ChangeOccasion(seq int) string { return strconv.Itoa(seq) }

// stands is what the event says now.
func (e Event) stands(at time.Time) EventChange {
	return EventChange{Event: e.ID, Seq: e.Seq, Title: e.Title, Start: e.Start, End: e.End, Place: e.Place, URL: e.URL, At: at}
}

// Moved says whether time or place are others than in b.
func (a EventChange) Moved(b EventChange) bool {
	return !a.Start.Equal(b.Start) || !a.End.Equal(b.End) || a.Place != b.Place || a.URL != b.URL
}

// eventLetters are the kinds of message that show an event and are drawn again
// when it changes.
var eventLetters = []NoticeKind{
	NoticeEventAsk, NoticeEventReminder, NoticeEventThanks, NoticeEventCatchUp, NoticeEventMoved,
	NoticeEventCancelled, NoticeEventPlace, NoticeEventApproval, NoticeSpeakerAsk,
}

// addEvent saves a new event.
func (c *change) addEvent(e Event, action string) (Event, error) {
	e.Seq, e.Version = 0, 0
	if err := c.SaveEvent(e); err != nil {
		return e, err
	}
	e.Version++
	if err := c.AddEventChange(e.stands(c.now)); err != nil {
		return e, err
	}
	c.factsChanged()
	return e, c.audit(action, string(e.ID))
}

// changeEvent saves an event that is not as it was, draws its messages again, and
// tells exactly those who knew another time or place, or that it takes place at all.
func (c *change) changeEvent(old, e Event, action string) (Event, error) {
	before, after := old.stands(c.now), e.stands(c.now)
	moved, off := after.Moved(before), old.Cancelled.IsZero() && !e.Cancelled.IsZero()
	if moved || off || before.Title != after.Title {
		e.Seq++
		if err := c.AddEventChange(e.stands(c.now)); err != nil {
			return e, err
		}
	}
	if err := c.SaveEvent(e); err != nil {
		return e, err
	}
	e.Version++
	if err := c.redrawChange(old, e); err != nil {
		return e, err
	}
	if moved || off {
		if err := c.holdAnnouncements(e); err != nil {
			return e, err
		}
	}
	if err := c.tellBureau(old, e); err != nil {
		return e, err
	}
	if e.Seq > old.Seq {
		if err := c.tellChange(old, e, moved, off); err != nil {
			return e, err
		}
	}
	if err := c.fillPlaces(e); err != nil {
		return e, err
	}
	c.factsChanged()
	return e, c.audit(action, string(e.ID))
}

// redrawChange draws the messages again that would look different: none of them
// shows the office's notes, and what the bureau approved stays as it approved it.
func (c *change) redrawChange(old, e Event) error {
	if sameBut(old, e, func(e *Event) { e.Notes, e.CoHosts, e.Code = "", nil, "" }) {
		return nil
	}
	for _, kind := range eventLetters {
		if kind == NoticeEventApproval && old.Approved != "" {
			continue
		}
		if err := c.redraw(Notice{Kind: kind, Subject: string(e.ID)}); err != nil {
			return err
		}
	}
	return c.redrawAnnouncements(func(a Announcement) bool { return a.Event == e.ID })
}

// sameBut says whether two states of an event differ only in what blank takes out,
// and in how often it was saved.
func sameBut(a, b Event, blank func(*Event)) bool {
	for _, e := range []*Event{&a, &b} {
		blank(e)
		e.Touched, e.Version, e.Seq = false, 0, 0
	}
	return sameEvent(a, b)
}

// versionOccasion is the occasion of notices about an event as it was saved.
func versionOccasion(e Event) string { return strconv.Itoa(e.Version) }

// tellBureau says in the bureau's channel that an event which it hosts and has
// approved is another one now, or off.
func (c *change) tellBureau(old, e Event) error {
	if e.Host != ByBureau || old.Approved == "" || !old.Open(c.now) {
		return nil
	}
	if sameBut(old, e, func(e *Event) {
		e.Notes, e.Materials, e.Survey, e.Map, e.Code, e.CancelReason, e.Approved = "", "", "", "", "", "", ""
	}) {
		return nil
	}
	return c.notify(Notice{
		Kind: NoticeEventChanged, Subject: string(e.ID), To: ToChannel(ChannelBureau),
		Occasion: versionOccasion(e), UsefulUntil: later(old.End, e.End),
	})
}

// tellChange leaves the notices of a change: to people, and to their calendars.
func (c *change) tellChange(old, e Event, moved, off bool) error {
	if !old.Announced(c.office.Settings.Today(c.now)) || !old.Cancelled.IsZero() || !old.Open(c.now) {
		return nil
	}
	concerned, err := concerned(c, old)
	if err != nil {
		return err
	}
	notice := Notice{Subject: string(e.ID), Occasion: ChangeOccasion(e.Seq), UsefulUntil: later(old.End, e.End)}
	for _, p := range concerned {
		if !p.Reachable() {
			continue // on the office's list of addresses and telephone numbers
		}
		n := notice
		n.To = ToPerson(p.ID)
		switch {
		case off:
			n.Kind = NoticeEventCancelled
		case moved:
			n.Kind = NoticeEventMoved
		default:
			continue
		}
		if err := c.notify(n); err != nil {
			return err
		}
	}
	return c.changeCalendars(e, concerned, notice)
}

// changeCalendars sends the new file to everyone who has an older one.
func (c *change) changeCalendars(e Event, people []Person, n Notice) error {
	n.Kind = NoticeEventCalendar
	had, err := c.Recipients(Notice{Kind: n.Kind, Subject: n.Subject}, time.Time{}, false)
	if err != nil {
		return err
	}
	for _, p := range people {
		if n.To = ToPerson(p.ID); !slices.Contains(had, n.To) || !p.Reachable() {
			continue
		}
		if err := c.notify(n); err != nil {
			return err
		}
	}
	return nil
}

// monthAhead is how far the month's digest looks, at most.
const monthAhead = 62 * 24 * time.Hour

// concerned are those who must hear of a change of the event as it was: who comes,
// waits, speaks or has not decided, and of those who gave no answer whoever was
// asked, by a question of its own or by a digest, or was to be told of an earlier
// change: that may be all they heard, and is withdrawn now if it did not go out yet.
// Who said no is left in peace. It lists people who left Slack or are not on it, too.
func concerned(tx Tx, e Event) ([]Person, error) {
	people, err := tx.People()
	if err != nil {
		return nil, err
	}
	answers, err := tx.AttendanceOf(e.ID)
	if err != nil {
		return nil, err
	}
	speakers, err := tx.SpeakersOf(e.ID)
	if err != nil {
		return nil, err
	}
	asked, err := tx.Recipients(Notice{Kind: NoticeEventAsk, Subject: string(e.ID)}, time.Time{}, true)
	if err != nil {
		return nil, err
	}
	read, err := tx.Recipients(Notice{Kind: NoticeDigestMonth}, later(e.Approved.At(0, 0, time.UTC), e.Start.Add(-monthAhead)), true)
	if err != nil {
		return nil, err
	}
	moved, err := tx.Recipients(Notice{Kind: NoticeEventMoved, Subject: string(e.ID)}, time.Time{}, false)
	if err != nil {
		return nil, err
	}
	told := map[PersonID]bool{}
	for _, to := range slices.Concat(asked, read, moved) {
		told[to.Person()] = true
	}
	invited := func(p Person) bool { return told[p.ID] && e.Audience.Includes(p) }
	said := map[PersonID]bool{}
	for _, a := range answers {
		if a.Answer != Undecided {
			said[a.Person], told[a.Person] = a.Answer != No, false
		}
	}
	for _, s := range speakers {
		if s.Status != SpeakerDeclined {
			said[s.Person] = true
		}
	}
	var out []Person
	for _, p := range people {
		if (said[p.ID] || invited(p)) && p.Active() {
			out = append(out, p)
		}
	}
	return out, nil
}

// stands says whether the message was sent, or may have been.
func (d Delivery) stands() bool {
	return d.SlackTS != "" || d.State == Unknown || d.State == Sending || d.Unsure
}

// knew is what a person who is now to be told of change seq was told last: by the
// last notice that stands, else what the event said before the first one.
func knew(tx Tx, e Event, p PersonID, seq int) (EventChange, error) {
	var none EventChange
	told, err := tx.DeliveriesOf(Notice{Kind: NoticeEventMoved, Subject: string(e.ID), To: ToPerson(p)})
	if err != nil {
		return none, err
	}
	first, last := seq, -1
	for _, d := range told {
		n, err := strconv.Atoi(d.Occasion)
		if err != nil || n >= seq {
			continue
		}
		if d.stands() {
			last = max(last, n)
		}
		first = min(first, n)
	}
	if last < 0 {
		last = first - 1
	}
	changes, err := tx.EventChanges(e.ID)
	if err != nil {
		return none, err
	}
	if last < 0 || last >= len(changes) {
		return none, ErrNoRow
	}
	return changes[last], nil
}

// lookAtChange finds what a notice of a moved event has to say: the net change,
// or nothing when a newer notice says it or everything is as it was.
func lookAtChange(tx Tx, m *Matter) error {
	seq, err := strconv.Atoi(m.Notice.Occasion)
	if err != nil {
		return ErrNoRow
	}
	if m.Before, err = knew(tx, m.Event, m.To.ID, seq); errors.Is(err, ErrNoRow) {
		return err
	} else if err != nil {
		return err
	}
	changes, err := tx.EventChanges(m.Event.ID)
	if err != nil {
		return err
	}
	if seq >= len(changes) {
		return ErrNoRow
	}
	if m.After = changes[seq]; m.Withdrawn != "" {
		return nil
	}
	for _, c := range changes[seq+1:] {
		if c.Moved(m.After) {
			m.Withdrawn = withdrawnMoved
			return nil
		}
	}
	if !m.After.Moved(m.Before) {
		m.Withdrawn = withdrawnBack
	}
	return nil
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
