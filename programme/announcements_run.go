package programme

import (
	"context"
	"errors"
	"time"
)

// How many recipients' messages one transaction makes or draws again, and how many it
// takes back: either holds the writer for well under 100 ms.
const (
	announcementChunk = 100
	announcementSweep = 500
)

// setAnnouncement is a change of one that was sent: set says what it is from now on, or
// that nothing is to be done (false). Recipients' messages follow.
func (o *Office) setAnnouncement(ctx context.Context, who Actor, action string, id AnnouncementID, set func(*change, *Announcement) (bool, error)) (Announcement, error) {
	var a Announcement
	more := false
	err := o.manage(ctx, who, func(c *change) (err error) {
		if a, err = c.announcement(id); err != nil {
			return err
		}
		if changes, err := set(c, &a); err != nil || !changes {
			return err
		}
		a.Todo = true
		if err := c.saveAnnouncement("", a, &a); err != nil {
			return err
		}
		if more, err = c.putInOrder(a); err != nil {
			return err
		}
		if err := c.redraw(progressOf(id)); err != nil {
			return err
		}
		return c.audit(action, string(id))
	})
	if err == nil && more {
		err = o.workLeft(ctx)
	}
	return a.standsAt(o.Now()), err
}

// StopAnnouncement keeps what has not gone out yet from going out, until somebody says go
// on. One whose moment is still to come becomes a draft again.
func (o *Office) StopAnnouncement(ctx context.Context, who Actor, id AnnouncementID) error {
	_, err := o.setAnnouncement(ctx, who, "announcement.stop", id, func(c *change, a *Announcement) (bool, error) {
		switch a.State {
		case AnnouncementScheduled:
			a.State, a.Sent, a.SentBy = AnnouncementDraft, time.Time{}, ""
		case AnnouncementSending:
			a.State = AnnouncementStopped
		case AnnouncementStopped:
			return false, nil
		case AnnouncementRecalled:
			return false, announcementRecalled()
		case AnnouncementSent:
			return false, &Error{Code: CodeConflict, Key: "error.announcement_all_sent"}
		default:
			return false, &Error{Code: CodeConflict, Key: "error.announcement_draft"}
		}
		return true, nil
	})
	return err
}

// ResumeAnnouncement goes on with one that was stopped.
func (o *Office) ResumeAnnouncement(ctx context.Context, who Actor, id AnnouncementID) error {
	_, err := o.setAnnouncement(ctx, who, "announcement.go_on", id, func(c *change, a *Announcement) (bool, error) {
		switch a.State {
		case AnnouncementStopped:
			a.State = AnnouncementSending
			return true, c.RecipientsUnsent(id)
		case AnnouncementRecalled:
			return false, announcementRecalled()
		case AnnouncementDraft:
			return false, &Error{Code: CodeConflict, Key: "error.announcement_draft"}
		}
		return false, nil // it goes on already
	})
	return err
}

// CorrectAnnouncement gives one that was sent another text: messages that stand are
// updated, those still to go out have the new text. version is that of the text that was
// on the screen. Who acknowledged the earlier text has done so.
func (o *Office) CorrectAnnouncement(ctx context.Context, who Actor, id AnnouncementID, version int, title, body Text) (Announcement, error) {
	return o.setAnnouncement(ctx, who, "announcement.correct", id, func(c *change, a *Announcement) (bool, error) {
		switch {
		case a.State == AnnouncementDraft:
			return false, &Error{Code: CodeConflict, Key: "error.announcement_draft"}
		case a.State == AnnouncementRecalled:
			return false, announcementRecalled()
		}
		f := AnnouncementForm{Title: title, Body: body}
		if err := f.check(c.now); err != nil {
			return false, err
		}
		text := f.apply(Announcement{})
		switch {
		case text.Body.Ja == "":
			return false, invalid("body", "error.required")
		case text.Title == a.Title && text.Body == a.Body:
			return false, nil // the same form again
		}
		if a.Version != version {
			return false, &Error{Code: CodeConflict, Key: "error.announcement_changed"}
		}
		a.Title, a.Body = text.Title, text.Body
		a.Edition++
		return true, nil
	})
}

// RecallAnnouncement takes one back for good: nothing of it goes out any more, what stands
// is deleted, and what is on its way is when it turns out that it arrived. The standing
// says what could not be deleted; recalling again tries that once more.
func (o *Office) RecallAnnouncement(ctx context.Context, who Actor, id AnnouncementID) error {
	_, err := o.setAnnouncement(ctx, who, "announcement.recall", id, func(c *change, a *Announcement) (bool, error) {
		switch a.State {
		case AnnouncementRecalled:
			return c.recallAgain(id)
		case AnnouncementDraft:
			return false, &Error{Code: CodeConflict, Key: "error.announcement_draft"}
		}
		a.State, a.Recalled = AnnouncementRecalled, c.now
		return true, nil
	})
	return err
}

// announcementCopies are the messages that show an announcement, and go with it.
var announcementCopies = []NoticeKind{NoticeAnnouncement, NoticeAnnouncementChase, NoticeAnnouncementTest}

// recallAgain has what Slack refused to delete tried once more; there may be nothing.
func (c *change) recallAgain(id AnnouncementID) (bool, error) {
	n := 0
	for _, kind := range announcementCopies {
		k, err := c.TakeBackAgain(kind, string(id), c.now)
		if err != nil {
			return false, err
		}
		n += k
	}
	if n > 0 {
		c.notices = true
	}
	return n > 0, nil
}

// putInOrder makes the next recipients' messages what the announcement's state says, and
// answers whether more may be left. It may be done any number of times, by whoever comes to
// it, and a stop in between is taken up at the next start.
func (c *change) putInOrder(a Announcement) (more bool, err error) {
	c.notices = true
	n, limit := 0, announcementSweep
	switch a.State {
	case AnnouncementRecalled:
		for _, kind := range announcementCopies {
			if n >= limit {
				break
			}
			k, err := c.TakeBack(kind, string(a.ID), withdrawnRecalled, c.now, limit-n)
			if err != nil {
				return false, err
			}
			n += k
		}
	case AnnouncementDraft:
		if n, err = c.CancelPosts(NoticeAnnouncement, string(a.ID), withdrawnStopped, limit); err == nil && n < limit {
			err = c.FixRecipients(a.ID, nil, 1)
		}
	case AnnouncementStopped:
		if n, err = c.CancelPosts(NoticeAnnouncement, string(a.ID), withdrawnStopped, limit); err == nil && n < limit {
			limit = announcementChunk
			n, err = c.eachToDo(a, limit, c.drawAgain)
		}
	default:
		limit = announcementChunk
		n, err = c.eachToDo(a, limit, c.sendOrDrawAgain)
	}
	if err != nil || n >= limit {
		return true, err
	}
	return false, c.AnnouncementDone(a.ID)
}

// eachToDo goes through recipients whose message is not in order for the edition.
func (c *change) eachToDo(a Announcement, limit int, do func(Announcement, Recipient) error) (int, error) {
	to, err := c.RecipientsToDo(a.ID, a.Edition, limit)
	if err != nil {
		return 0, err
	}
	for _, r := range to {
		if err := do(a, r); err != nil {
			return 0, err
		}
		if err := c.RecipientDone(a.ID, r, a.Edition); err != nil {
			return 0, err
		}
	}
	return len(to), nil
}

// sendOrDrawAgain leaves the recipient a message, or draws again what stands. One that is
// just being withdrawn, because it was stopped a moment ago, is made again when it was.
func (c *change) sendOrDrawAgain(a Announcement, to Recipient) error {
	if id := to.Person(); id != "" {
		p, err := c.Person(id)
		if err != nil {
			return err
		}
		if !p.Reachable() {
			return nil
		}
	}
	n := Notice{Kind: NoticeAnnouncement, Subject: string(a.ID), To: to}
	if a.At.After(c.now) {
		n.Due = a.At
	}
	if err := c.notify(n); err != nil {
		return err
	}
	return c.drawAgain(a, to)
}

func (c *change) drawAgain(a Announcement, to Recipient) error {
	return c.redraw(Notice{Kind: NoticeAnnouncement, Subject: string(a.ID), To: to})
}

// putAllInOrder does putInOrder to the end.
func (o *Office) putAllInOrder(ctx context.Context, id AnnouncementID) error {
	for more := true; more; {
		err := o.write(ctx, System, func(c *change) error {
			a, err := c.Announcement(id)
			if errors.Is(err, ErrNoRow) || err == nil && !a.Todo {
				more = false
				return nil
			}
			if err != nil {
				return err
			}
			more, err = c.putInOrder(a)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// DoAnnouncementWork does what is left to do for announcements, also by a stop.
func (o *Office) DoAnnouncementWork(ctx context.Context) error {
	var todo []AnnouncementID
	err := o.read(ctx, func(tx Tx) (err error) {
		todo, err = tx.AnnouncementsToDo()
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range todo {
		if err := o.putAllInOrder(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
