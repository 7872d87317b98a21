package programme

import (
	"context"
	"errors"
	"slices"
)

// SaveAnnouncement keeps a draft, or another version of one, once for each f.Op. A second
// coordinator at the same draft is refused with CodeConflict and answered what stands;
// nothing is overwritten.
func (o *Office) SaveAnnouncement(ctx context.Context, who Actor, f AnnouncementForm) (Announcement, error) {
	var a Announcement
	err := o.manage(ctx, who, func(c *change) (err error) {
		if f.Op == "" {
			return invalid("", "error.form_old")
		}
		if a, err = c.AnnouncementByOp(f.Op); err == nil || !errors.Is(err, ErrNoRow) {
			return err
		}
		if err := f.check(c.now); err != nil {
			return err
		}
		if _, err := attached(c.Tx, f.apply(Announcement{})); err != nil {
			return err
		}
		if f.ID == "" {
			a = f.apply(Announcement{
				ID: AnnouncementID(o.NewID()), State: AnnouncementDraft, By: c.me.ID, Made: c.now, Edition: 1, Version: 1,
			})
			if err := c.CreateAnnouncement(f.Op, a); err != nil {
				return err
			}
			return c.audit("announcement.make", string(a.ID))
		}
		if a, err = c.announcement(f.ID); err != nil {
			return err
		}
		if a.State != AnnouncementDraft || a.Version != f.Version {
			return announcementChanged(a)
		}
		if err := c.saveAnnouncement(f.Op, f.apply(a), &a); err != nil {
			return err
		}
		return c.audit("announcement.save", string(a.ID))
	})
	return a.standsAt(o.Now()), err
}

// announcementChanged is the refusal for who acts on an announcement that is another by now.
func announcementChanged(a Announcement) *Error {
	if a.State != AnnouncementDraft {
		return &Error{Code: CodeConflict, Key: "error.announcement_sent"}
	}
	return &Error{Code: CodeConflict, Key: "error.announcement_changed"}
}

// announcement finds one, as it stands now.
func (c *change) announcement(id AnnouncementID) (Announcement, error) {
	a, err := c.Announcement(id)
	return a.standsAt(c.now), orMissing(err, "error.announcement_gone")
}

// saveAnnouncement keeps a, with the state that is stored, and leaves what stands in to.
func (c *change) saveAnnouncement(op string, a Announcement, to *Announcement) error {
	if a.State == AnnouncementScheduled || a.State == AnnouncementSent {
		a.State = AnnouncementSending
	}
	if err := c.SaveAnnouncement(op, a); err != nil {
		return err
	}
	a.Version++
	*to = a
	return nil
}

// DropAnnouncement removes a draft.
func (o *Office) DropAnnouncement(ctx context.Context, who Actor, id AnnouncementID) error {
	return o.manage(ctx, who, func(c *change) error {
		a, err := c.announcement(id)
		if err != nil {
			return err
		}
		if a.State != AnnouncementDraft {
			return announcementChanged(a)
		}
		if err := c.FixRecipients(id, nil, 1); err != nil {
			return err
		}
		if err := c.DropAnnouncement(id); err != nil {
			return err
		}
		return c.audit("announcement.drop", string(id))
	})
}

// Announcements lists drafts and what was sent, newest first, for the office.
func (o *Office) Announcements(ctx context.Context, who Actor) ([]AnnouncementLine, error) {
	var lines []AnnouncementLine
	err := o.readAsOffice(ctx, who, func(tx Tx) error {
		as, err := tx.Announcements()
		if err != nil {
			return err
		}
		n, err := tx.CountAnnounced()
		if err != nil {
			return err
		}
		people, err := peopleByID(tx)
		for _, a := range as {
			lines = append(lines, AnnouncementLine{Announcement: a.standsAt(o.Now()), ByName: people[a.By].Name, People: n[a.ID]})
		}
		return err
	})
	return lines, err
}

// Announcement is one with how it stands, by name, for the office; of a draft there are no
// receipts.
func (o *Office) Announcement(ctx context.Context, who Actor, id AnnouncementID) (AnnouncementStanding, error) {
	var s AnnouncementStanding
	err := o.readAsOffice(ctx, who, func(tx Tx) (err error) {
		s, err = o.announcementStanding(tx, id)
		return err
	})
	return s, err
}

// PreviewAnnouncement is what sending a draft would do: text, every name, and who cannot be
// reached and why. What it lacks is refused with Faults.
func (o *Office) PreviewAnnouncement(ctx context.Context, who Actor, id AnnouncementID) (AnnouncementPreview, error) {
	var v AnnouncementPreview
	err := o.readAsOffice(ctx, who, func(tx Tx) error {
		a, err := tx.Announcement(id)
		if err != nil {
			return orMissing(err, "error.announcement_gone")
		}
		if a.State != AnnouncementDraft {
			return announcementChanged(a)
		}
		v, err = o.preview(tx, a, o.Now())
		return err
	})
	return v, err
}

// TestAnnouncement sends the announcement as it stands to the coordinator who asks, marked
// as a test, once per op.
func (o *Office) TestAnnouncement(ctx context.Context, who Actor, op string, id AnnouncementID) error {
	return o.manage(ctx, who, func(c *change) error {
		if c.me.ID == "" { // the operator has no conversation to send it to
			return denied("error.denied")
		}
		a, err := c.announcement(id)
		switch {
		case err != nil:
			return err
		case a.State == AnnouncementRecalled:
			return announcementRecalled()
		}
		err = c.notify(Notice{Kind: NoticeAnnouncementTest, Subject: string(id), To: ToPerson(c.me.ID), Occasion: op, UsefulUntil: c.now.Add(packUseful)})
		if err != nil {
			return err
		}
		return c.audit("announcement.test", string(id))
	})
}

func announcementRecalled() *Error {
	return &Error{Code: CodeClosed, Key: "error.announcement_recalled"}
}

// SendAnnouncement sends a draft, once per op, to exactly those whom the preview with this
// fingerprint showed: if text or people are others by now it is refused with CodeConflict,
// to be looked at again. To whom it goes is fixed from then on. Of many recipients the
// messages of the last are made a little after it returns.
func (o *Office) SendAnnouncement(ctx context.Context, who Actor, op string, id AnnouncementID, version int, fingerprint string) (Announcement, error) {
	var a Announcement
	if err := o.readyToSend(ctx, id); err != nil {
		return a, err
	}
	more := false
	err := o.manage(ctx, who, func(c *change) (err error) {
		if op == "" {
			return invalid("", "error.form_old")
		}
		if a, err = c.announcement(id); err != nil {
			return err
		}
		if same, err := c.AnnouncementByOp(op); err == nil && same.ID == id {
			return nil // the same press
		} else if err != nil && !errors.Is(err, ErrNoRow) {
			return err
		}
		if a.State != AnnouncementDraft || a.Version != version {
			return announcementChanged(a)
		}
		v, err := o.preview(c.Tx, a, c.now)
		if err != nil {
			return err
		}
		if v.Fingerprint != fingerprint {
			return &Error{Code: CodeConflict, Key: "error.announcement_preview"}
		}
		to := v.recipients()
		if err := c.FixRecipients(id, to, progressEvery(len(to))); err != nil {
			return err
		}
		a.State, a.Sent, a.SentBy, a.Todo = AnnouncementSending, c.now, c.me.ID, true
		if err := c.saveAnnouncement(op, a, &a); err != nil {
			return err
		}
		if c.me.ID != "" {
			if err := c.notify(Notice{Kind: NoticeAnnouncementProgress, Subject: string(id), To: ToPerson(c.me.ID)}); err != nil {
				return err
			}
			if err := c.redraw(progressOf(id)); err != nil { // it may stand since an earlier sending
				return err
			}
		}
		if more, err = c.putInOrder(a); err != nil {
			return err
		}
		return c.audit("announcement.send", string(id))
	})
	if err == nil && more {
		err = o.workLeft(ctx)
	}
	return a.standsAt(o.Now()), err
}

// readyToSend ends what is left of an earlier sending that was called off: its messages
// must be out of the way before they are made anew.
func (o *Office) readyToSend(ctx context.Context, id AnnouncementID) error {
	left := false
	err := o.read(ctx, func(tx Tx) error {
		a, err := tx.Announcement(id)
		left = err == nil && a.State == AnnouncementDraft && a.Todo
		if errors.Is(err, ErrNoRow) {
			return nil
		}
		return err
	})
	if err != nil || !left {
		return err
	}
	return o.putAllInOrder(ctx, id)
}

// recipients are the channels and people that get it, and those who are told another way.
func (v AnnouncementPreview) recipients() []Recipient {
	var to []Recipient
	for _, p := range v.Announcement.Channels {
		if r := ToChannel(p); !slices.Contains(to, r) {
			to = append(to, r)
		}
	}
	for _, p := range v.Reach {
		to = append(to, ToPerson(p.ID))
	}
	for _, p := range v.Off {
		to = append(to, ToPerson(p.Person.ID))
	}
	return to
}

// The coordinator's message is drawn again after an eighth of all deliveries while they are few,
// after 25 when they are more, and after a twentieth of very many.
const (
	progressStep  = 25
	progressFew   = 8
	progressSteps = 20
)

func progressEvery(deliveries int) int {
	return max(1, min(progressStep, deliveries/progressFew), deliveries/progressSteps)
}

func progressOf(id AnnouncementID) Notice {
	return Notice{Kind: NoticeAnnouncementProgress, Subject: string(id)}
}
