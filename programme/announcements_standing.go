package programme

import (
	"context"
	"errors"
	"slices"
	"time"
)

// announcementStanding gathers where every recipient's announcement stands.
func (o *Office) announcementStanding(tx Tx, id AnnouncementID) (AnnouncementStanding, error) {
	s := AnnouncementStanding{Counts: map[ReceiptState]int{}}
	a, err := tx.Announcement(id)
	if err != nil {
		return s, orMissing(err, "error.announcement_gone")
	}
	s.Announcement = a.standsAt(o.Now())
	if s.Attached, err = attached(tx, a); err != nil {
		return s, err
	}
	rows, err := tx.AnnouncedTo(id)
	if err != nil || a.State == AnnouncementDraft {
		return s, err
	}
	people, err := peopleByID(tx)
	if err != nil {
		return s, err
	}
	chased, err := recentlyChased(tx, id, o.Now())
	if err != nil {
		return s, err
	}
	for _, row := range rows {
		p := people[row.To.Person()]
		r := AnnouncementReceipt{
			Person: p, Channel: row.To.Channel(), State: row.standing(p, a),
			Acknowledged: row.Acknowledged, Ticked: row.Ticked, TickedBy: row.TickedBy,
		}
		if r.State == ReceiptRefused || r.State == ReceiptKept || row.Error == withdrawnUnfit && r.State == ReceiptNot {
			r.Error = row.Error
		}
		s.Receipts = append(s.Receipts, r)
		s.Counts[r.State]++
		if r.Channel != "" {
			continue
		}
		s.People++
		if !r.Acknowledged.IsZero() {
			s.Acknowledged++
		}
		if chaseable(s.Announcement, r) && !chased[p.ID] {
			s.ToChase++
		}
	}
	sortReceipts(s.Receipts, a.Channels)
	return s, nil
}

// standing is where a recipient's message stands, as the office reads it.
func (r AnnouncedTo) standing(p Person, a Announcement) ReceiptState {
	person := r.To.Person() != ""
	switch {
	case r.Op == OpDelete:
		return r.takenBack()
	case r.Stands:
		return ReceiptSent
	case !r.Ticked.IsZero():
		return ReceiptTicked
	case a.State == AnnouncementRecalled && !r.Unsure && r.State != Sending && r.State != Unknown:
		return ReceiptNot
	case r.State == Unknown:
		return ReceiptUnknown
	case person && !p.Active():
		return ReceiptNot
	case person && !p.Reachable():
		return ReceiptOff
	case r.State == Refused:
		return ReceiptRefused
	case person && (r.State == "" && !a.Todo || r.State == Cancelled && r.Error == withdrawnLeft):
		return ReceiptOff // is on Slack again, but nothing was sent: whoever told them can say so
	case r.State == Cancelled && r.Error != withdrawnStopped, r.State == Lapsed:
		return ReceiptNot
	}
	return ReceiptWaiting
}

// takenBack is where a recalled message stands.
func (r AnnouncedTo) takenBack() ReceiptState {
	switch {
	case r.State == Deleted:
		return ReceiptDeleted
	case r.State == Unknown:
		return ReceiptUnknown
	case r.State == Pending || r.State == Sending:
		return ReceiptDeleting
	case r.Stands:
		return ReceiptKept
	}
	return ReceiptNot
}

// Acknowledge keeps that a recipient took note of an announcement: the first press stands.
func (o *Office) Acknowledge(ctx context.Context, who Actor, id AnnouncementID) error {
	return o.write(ctx, who, func(c *change) error {
		if c.me.ID == "" {
			return denied("error.denied")
		}
		a, err := c.announcement(id)
		if err != nil {
			return err
		}
		r, err := c.Announced(id, ToPerson(c.me.ID))
		switch {
		case err != nil:
			return orMissing(err, "error.announcement_gone")
		case a.State == AnnouncementRecalled:
			return announcementRecalled()
		case a.State == AnnouncementDraft || a.State == AnnouncementScheduled || !a.Acknowledge:
			return missing("error.announcement_gone")
		case !r.Acknowledged.IsZero():
			return nil
		}
		r.Acknowledged = c.when()
		if err := c.SaveAnnounced(r); err != nil {
			return err
		}
		for _, kind := range []NoticeKind{NoticeAnnouncement, NoticeAnnouncementChase} {
			if err := c.redraw(Notice{Kind: kind, Subject: string(id), To: r.To}); err != nil {
				return err
			}
		}
		done, of, err := c.CountAcknowledged(id)
		if err != nil {
			return err
		}
		if done%max(1, of/progressSteps) == 0 || done == of {
			if err := c.redraw(progressOf(id)); err != nil {
				return err
			}
		}
		return c.audit("announcement.acknowledge", string(id))
	})
}

// chaseable says whether a chaser may go to a recipient: who was sent it and has not
// acknowledged it, an atsugi or an expert. The bureau and support organisations are never
// chased by a press for all; the office writes to them itself.
func chaseable(a Announcement, r AnnouncementReceipt) bool {
	p := r.Person
	return a.Acknowledge && a.Out() && r.State == ReceiptSent && r.Channel == "" && r.Acknowledged.IsZero() && p.Reachable() &&
		(p.Has(Atsugi) || p.Has(Mentor)) && !p.Has(Bureau) && !p.Has(Supporter)
}

// recentlyChased are those whom a chaser was left for in the last 12 hours.
func recentlyChased(tx Tx, id AnnouncementID, now time.Time) (map[PersonID]bool, error) {
	told, err := tx.Recipients(Notice{Kind: NoticeAnnouncementChase, Subject: string(id)}, now.Add(-chasePause), false)
	chased := make(map[PersonID]bool, len(told))
	for _, r := range told {
		chased[r.Person()] = true
	}
	return chased, err
}

// ChaseAcknowledgements reminds those who were sent an announcement and have not
// acknowledged it, once per op, and answers how many: not the bureau, not support
// organisations, and nobody who was reminded in the last 12 hours.
func (o *Office) ChaseAcknowledgements(ctx context.Context, who Actor, op string, id AnnouncementID) (told int, err error) {
	for n := announcementChunk; n == announcementChunk; {
		err := o.manage(ctx, who, func(c *change) (err error) {
			if n, err = c.chaseAcknowledgements(op, id); err != nil || n == 0 {
				return err
			}
			return c.audit("announcement.chase", string(id))
		})
		if err != nil {
			return told, err
		}
		told += n
	}
	return told, nil
}

func (c *change) chaseAcknowledgements(op string, id AnnouncementID) (int, error) {
	if op == "" {
		return 0, invalid("", "error.form_old")
	}
	s, err := c.office.announcementStanding(c.Tx, id)
	switch {
	case err != nil:
		return 0, err
	case s.Announcement.State == AnnouncementRecalled:
		return 0, announcementRecalled()
	case !s.Announcement.Out() || !s.Announcement.Acknowledge:
		return 0, &Error{Code: CodeConflict, Key: "error.announcement_no_acknowledge"}
	}
	chased, err := recentlyChased(c.Tx, id, c.now)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, r := range s.Receipts {
		if n == announcementChunk {
			break
		}
		if !chaseable(s.Announcement, r) || chased[r.Person.ID] {
			continue
		}
		n++
		if err := c.notify(Notice{Kind: NoticeAnnouncementChase, Subject: string(id), To: ToPerson(r.Person.ID), Occasion: op}); err != nil {
			return 0, err
		}
	}
	if n > 0 {
		err = c.redraw(progressOf(id))
	}
	return n, err
}

// TickOffSlack keeps that a recipient whom no message reached was told by mail or
// telephone, or takes that back.
func (o *Office) TickOffSlack(ctx context.Context, who Actor, id AnnouncementID, person PersonID, ticked bool) error {
	return o.manage(ctx, who, func(c *change) error {
		a, err := c.announcement(id)
		switch {
		case err != nil:
			return err
		case a.State == AnnouncementRecalled && ticked:
			return announcementRecalled()
		case !a.Out() && a.State != AnnouncementRecalled:
			return &Error{Code: CodeConflict, Key: "error.announcement_draft"}
		}
		r, err := c.Announced(id, ToPerson(person))
		if err != nil {
			return orMissing(err, "error.person_gone")
		}
		if r.Ticked.IsZero() != ticked {
			return nil // it is so already
		}
		action := "announcement.untick"
		r.Ticked, r.TickedBy = time.Time{}, ""
		if ticked {
			r.Ticked, r.TickedBy, action = c.now, c.me.ID, "announcement.tick"
		}
		if err := c.SaveAnnounced(r); err != nil {
			return err
		}
		if err := c.redraw(progressOf(id)); err != nil {
			return err
		}
		return c.auditChange(action, string(id), "person="+string(person))
	})
}

// AnnouncementsFor are what the person who acts was told, newest first: as a direct
// message, in the channel for everyone, or another way. What was recalled is not among them.
func (o *Office) AnnouncementsFor(ctx context.Context, who Actor) ([]Announcement, error) {
	var out []Announcement
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		if me.ID == "" {
			return denied("error.denied")
		}
		out, err = announcementsFor(tx, me, o.Now())
		return err
	})
	return out, err
}

// announcementsFor is for whoever searches what was published to somebody.
func announcementsFor(tx Tx, p Person, now time.Time) ([]Announcement, error) {
	got, err := tx.AnnouncementsReceived(ToPerson(p.ID))
	if err != nil {
		return nil, err
	}
	public, err := tx.AnnouncementsReceived(ToChannel(ChannelAnnounce))
	if err != nil {
		return nil, err
	}
	for _, a := range public {
		if !slices.ContainsFunc(got, func(b Announcement) bool { return a.ID == b.ID }) {
			got = append(got, a)
		}
	}
	for i := range got {
		got[i] = got[i].standsAt(now)
	}
	slices.SortFunc(got, func(a, b Announcement) int { return b.Sent.Compare(a.Sent) })
	return got, nil
}

// lookAtAnnouncement is for what an announcement brings.
func (o *Office) lookAtAnnouncement(tx Tx, m *Matter, update bool) (err error) {
	id := AnnouncementID(m.Notice.Subject)
	if m.Notice.Kind == NoticeAnnouncementProgress || m.Notice.Kind == NoticeAnnouncementTest {
		if !o.may(Actor{Kind: ByPerson, Person: m.To.ID}, m.To, o.Now(), Coordinator) {
			m.Withdrawn = withdrawnDenied
			return nil
		}
	}
	x := &m.Announcement
	x.Now = o.Now()
	if m.Notice.Kind == NoticeAnnouncementProgress {
		x.Standing, err = o.announcementStanding(tx, id)
		x.Announcement, x.Attached = x.Standing.Announcement, x.Standing.Attached
		x.Standing.Receipts = x.Standing.With(ReceiptOff, ReceiptRefused, ReceiptUnknown, ReceiptKept)
		return err
	}
	if x.Announcement, err = tx.Announcement(id); err != nil {
		return err
	}
	a := x.Announcement.standsAt(o.Now())
	x.Announcement = a
	m.Over = a.State == AnnouncementRecalled
	if x.Attached, err = attached(tx, a); err != nil {
		return err
	}
	if m.Notice.Kind != NoticeAnnouncementTest && m.Notice.Kind != NoticeAnnouncementHeld {
		r, err := tx.Announced(id, m.Notice.To)
		if err != nil {
			return err // whoever it was sent to before it became a draft again
		}
		x.Acknowledged = r.Acknowledged
	}
	switch {
	case update:
	case a.State == AnnouncementRecalled:
		m.Withdrawn = withdrawnRecalled
	case m.Notice.Kind == NoticeAnnouncementTest:
	case m.Notice.Kind == NoticeAnnouncementHeld:
		if a.State != AnnouncementStopped {
			m.Withdrawn = withdrawnTaken // somebody said go on already
		}
	case a.State == AnnouncementStopped && m.Notice.Kind == NoticeAnnouncement, a.State == AnnouncementDraft:
		m.Withdrawn = withdrawnStopped
	case m.Notice.Kind == NoticeAnnouncementChase && !x.Acknowledged.IsZero():
		m.Withdrawn = withdrawnAnswered
	case m.Notice.Kind == NoticeAnnouncement && m.To.ID != "":
		fits, err := stillFits(tx, a.To, m.To)
		if err != nil {
			return err
		}
		if !fits {
			m.Withdrawn = withdrawnUnfit
		}
	}
	if m.Withdrawn != "" || m.To.ID == "" {
		return nil
	}
	return aboutRecipient(tx, x, m.To)
}

// aboutRecipient fills in what the recipient said about what is attached.
func aboutRecipient(tx Tx, x *AnnouncementMatter, p Person) (err error) {
	if id := x.Announcement.Event; id != "" {
		if x.Attendance, err = tx.Attendance(id, p.ID); err != nil && !errors.Is(err, ErrNoRow) {
			return err
		}
	}
	if id := x.Announcement.Survey; id != "" {
		if x.Response, err = tx.ResponseOf(id, p.ID); err != nil && !errors.Is(err, ErrNoRow) {
			return err
		}
	}
	return nil
}
