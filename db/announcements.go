package db

import (
	"context"
	"errors"
	"time"

	"tsugite/programme"
)

const announcementColumns = `a.id, a.title, a.body, coalesce(a.event_id, ''), coalesce(a.survey_id, ''), a.channels, a.direct, a.audience,
	a.at, a.acknowledge, a.state, coalesce(a.by_id, ''), a.made_at, coalesce(a.sent_by, ''), a.sent_at, a.recalled_at, a.edition, a.version, a.todo,
	a.todo OR EXISTS (SELECT 1 FROM deliveries d INDEXED BY deliveries_announcing
		WHERE d.subject = a.id AND d.op = 'post' AND d.kind = 'announcement' AND d.state IN ('pending', 'sending'))`

func scanAnnouncement(r row) (programme.Announcement, error) {
	var a programme.Announcement
	err := r.Scan(&a.ID, JSON{&a.Title}, JSON{&a.Body}, &a.Event, &a.Survey, JSON{&a.Channels}, &a.Direct, JSON{&a.To},
		Time{&a.At}, &a.Acknowledge, &a.State, &a.By, Time{&a.Made}, &a.SentBy, Time{&a.Sent}, Time{&a.Recalled}, &a.Edition, &a.Version, &a.Todo, &a.Going)
	return a, err
}

// announcementArgs are the columns that a form or a use case changes, in the order of
// the statements below.
func announcementArgs(op string, a programme.Announcement) ([]any, error) {
	args := []any{a.ID, op}
	for _, v := range []any{a.Title, a.Body, a.Channels, a.To} {
		text, err := asJSON(v)
		if err != nil {
			return nil, err
		}
		args = append(args, text)
	}
	return append(args, orNull(a.Event), orNull(a.Survey), a.Direct, stamp(a.At), a.Acknowledge, a.State, orNull(a.By), stamp(a.Made),
		orNull(a.SentBy), stamp(a.Sent), stamp(a.Recalled), a.Edition, a.Version, a.Todo), nil
}

func (t *tx) CreateAnnouncement(op string, a programme.Announcement) error {
	args, err := announcementArgs(op, a)
	if err != nil {
		return err
	}
	return once(t.exec(`INSERT INTO announcements (id, op, saved_op, title, body, channels, audience, event_id, survey_id, direct, at,
			acknowledge, state, by_id, made_at, sent_by, sent_at, recalled_at, edition, version, todo, settled, step)
		VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 0, 1)
		ON CONFLICT (op) DO NOTHING`, args...))
}

func (t *tx) SaveAnnouncement(op string, a programme.Announcement) error {
	args, err := announcementArgs(op, a)
	if err != nil {
		return err
	}
	return fresh(t.exec(`UPDATE announcements SET saved_op = CASE WHEN $2 = '' THEN saved_op ELSE $2 END, title = $3, body = $4, channels = $5,
			audience = $6, event_id = $7, survey_id = $8, direct = $9, at = $10, acknowledge = $11, state = $12, by_id = $13, made_at = $14,
			sent_by = $15, sent_at = $16, recalled_at = $17, edition = $18, version = $19 + 1, todo = $20
		WHERE id = $1 AND version = $19`, args...))
}

func (t *tx) Announcement(id programme.AnnouncementID) (programme.Announcement, error) {
	return remembered(t, &t.announcements, id, func() (programme.Announcement, error) {
		return one(t.ctx, t.q, scanAnnouncement, `SELECT `+announcementColumns+` FROM announcements a WHERE a.id = $1`, id)
	})
}

func (t *tx) AnnouncementByOp(op string) (programme.Announcement, error) {
	return one(t.ctx, t.q, scanAnnouncement, `SELECT `+announcementColumns+` FROM announcements a
		WHERE $1 <> '' AND (a.op = $1 OR a.saved_op = $1) ORDER BY a.id DESC LIMIT 1`, op)
}

func (t *tx) Announcements() ([]programme.Announcement, error) {
	return all(t.ctx, t.q, scanAnnouncement, `SELECT `+announcementColumns+` FROM announcements a ORDER BY a.id DESC`)
}

func (t *tx) AnnouncementsToDo() ([]programme.AnnouncementID, error) {
	return all(t.ctx, t.q, single[programme.AnnouncementID], `SELECT id FROM announcements WHERE todo = 1 ORDER BY id`)
}

func (t *tx) AnnouncementDone(id programme.AnnouncementID) error {
	_, err := t.exec(`UPDATE announcements SET todo = 0 WHERE id = $1`, id)
	return err
}

func (t *tx) DropAnnouncement(id programme.AnnouncementID) error {
	_, err := t.exec(`DELETE FROM announcements WHERE id = $1`, id)
	return err
}

// FixRecipients writes them by one statement: ten thousand of their own took a second.
func (t *tx) FixRecipients(id programme.AnnouncementID, to []programme.Recipient, step int) error {
	list, err := asJSON(to)
	if err != nil {
		return err
	}
	if _, err := t.exec(`DELETE FROM announcement_recipients WHERE announcement_id = $1`, id); err != nil {
		return err
	}
	if _, err := t.exec(`UPDATE announcements SET settled = 0, step = $2 WHERE id = $1`, id, step); err != nil {
		return err
	}
	if len(to) == 0 { // no list at all would be a row without a recipient
		return nil
	}
	_, err = t.exec(`INSERT INTO announcement_recipients (announcement_id, recipient, done) SELECT $1, value, 0 FROM json_each($2)`, id, list)
	return err
}

func (t *tx) RecipientsToDo(id programme.AnnouncementID, edition, limit int) ([]programme.Recipient, error) {
	return all(t.ctx, t.q, single[programme.Recipient], `SELECT recipient FROM announcement_recipients
		WHERE announcement_id = $1 AND done < $2 ORDER BY done, recipient LIMIT $3`, id, edition, limit)
}

func (t *tx) RecipientDone(id programme.AnnouncementID, to programme.Recipient, edition int) error {
	_, err := t.exec(`UPDATE announcement_recipients SET done = $3 WHERE announcement_id = $1 AND recipient = $2`, id, to, edition)
	return err
}

func (t *tx) RecipientsUnsent(id programme.AnnouncementID) error {
	_, err := t.exec(`UPDATE announcement_recipients SET done = 0 WHERE announcement_id = $1 AND NOT EXISTS (SELECT 1 FROM deliveries d
		WHERE d.kind = 'announcement' AND d.subject = $1 AND d.recipient = announcement_recipients.recipient AND d.slack_ts <> '')`, id)
	return err
}

const announcedColumns = `r.announcement_id, r.recipient, r.acknowledged_at, r.ticked_at, coalesce(r.ticked_by, '')`

func scanAnnounced(r row) (a programme.Announced, err error) {
	return a, r.Scan(&a.Announcement, &a.To, Time{&a.Acknowledged}, Time{&a.Ticked}, &a.TickedBy)
}

func (t *tx) Announced(id programme.AnnouncementID, to programme.Recipient) (programme.Announced, error) {
	return one(t.ctx, t.q, scanAnnounced, `SELECT `+announcedColumns+` FROM announcement_recipients r
		WHERE r.announcement_id = $1 AND r.recipient = $2`, id, to)
}

func (t *tx) SaveAnnounced(a programme.Announced) error {
	_, err := t.exec(`UPDATE announcement_recipients SET acknowledged_at = $3, ticked_at = $4, ticked_by = $5
		WHERE announcement_id = $1 AND recipient = $2`, a.Announcement, a.To, stamp(a.Acknowledged), stamp(a.Ticked), orNull(a.TickedBy))
	return err
}

func (t *tx) AnnouncedTo(id programme.AnnouncementID) ([]programme.AnnouncedTo, error) {
	return all(t.ctx, t.q, func(r row) (a programme.AnnouncedTo, err error) {
		return a, r.Scan(&a.Announcement, &a.To, Time{&a.Acknowledged}, Time{&a.Ticked}, &a.TickedBy,
			&a.State, &a.Op, &a.Unsure, &a.Stands, &a.Error)
	}, `SELECT `+announcedColumns+`, coalesce(d.state, ''), coalesce(d.op, ''), coalesce(d.unsure, 0), coalesce(d.slack_ts, '') <> '', coalesce(d.last_error, '')
		FROM announcement_recipients r LEFT JOIN deliveries d
			ON d.kind = 'announcement' AND d.subject = r.announcement_id AND d.recipient = r.recipient AND d.occasion = ''
		WHERE r.announcement_id = $1 ORDER BY r.recipient`, id)
}

func (t *tx) CountAnnounced() (map[programme.AnnouncementID]int, error) {
	type line struct {
		id programme.AnnouncementID
		n  int
	}
	lines, err := all(t.ctx, t.q, func(r row) (l line, err error) { return l, r.Scan(&l.id, &l.n) },
		`SELECT announcement_id, count(*) FROM announcement_recipients WHERE recipient LIKE 'p:%' GROUP BY announcement_id`)
	n := make(map[programme.AnnouncementID]int, len(lines))
	for _, l := range lines {
		n[l.id] = l.n
	}
	return n, err
}

func (t *tx) CountAcknowledged(id programme.AnnouncementID) (done, of int, err error) {
	_, err = one(t.ctx, t.q, func(r row) (struct{}, error) { return struct{}{}, r.Scan(&done, &of) },
		`SELECT count(acknowledged_at), count(*) FROM announcement_recipients WHERE announcement_id = $1 AND recipient LIKE 'p:%'`, id)
	return done, of, err
}

func (t *tx) AnnouncementsReceived(to programme.Recipient) ([]programme.Announcement, error) {
	return all(t.ctx, t.q, scanAnnouncement, `SELECT `+announcementColumns+` FROM announcement_recipients r JOIN announcements a ON a.id = r.announcement_id
		LEFT JOIN deliveries m ON m.kind = 'announcement' AND m.subject = r.announcement_id AND m.recipient = r.recipient AND m.occasion = ''
		WHERE r.recipient = $1 AND a.state <> 'recalled' AND (coalesce(m.slack_ts, '') <> '' OR r.ticked_at IS NOT NULL)
		ORDER BY a.id DESC`, to)
}

// CancelPosts leaves those alone of which nobody knows whether they arrived: they are
// looked up first.
func (t *tx) CancelPosts(kind programme.NoticeKind, subject, why string, limit int) (int, error) {
	n, err := t.exec(`UPDATE deliveries SET state = 'cancelled', last_error = $3, rev = rev + 1 WHERE id IN (SELECT id FROM deliveries
		WHERE kind = $1 AND subject = $2 AND state = 'pending' AND op = 'post' AND unsure = 0 AND slack_ts = '' LIMIT $4)`, kind, subject, why, limit)
	return int(n), err
}

// TakeBack makes op=delete the last word of a row: Enqueue, Redraw and outcomes leave it. A
// file that was sent may have no ts: Slack's id of it is enough.
func (t *tx) TakeBack(kind programme.NoticeKind, subject, why string, now time.Time, limit int) (int, error) {
	n, err := t.exec(`UPDATE deliveries SET op = 'delete', rev = rev + 1,
			state = CASE WHEN state = 'sending' THEN state
				WHEN slack_ts <> '' OR state = 'unknown' OR unsure OR state = 'sent' AND file_id <> '' THEN 'pending'
				WHEN state = 'pending' THEN 'cancelled' ELSE state END,
			last_error = CASE WHEN state = 'pending' AND NOT unsure AND slack_ts = '' THEN $3 ELSE last_error END,
			unsure = CASE WHEN state = 'sending' THEN unsure ELSE slack_ts = '' AND (unsure OR state = 'unknown' OR state = 'sent' AND file_id <> '') END,
			attempts = CASE WHEN state = 'sending' THEN attempts ELSE 0 END,
			next_at = CASE WHEN state = 'sending' OR unsure THEN next_at ELSE $4 END
		WHERE id IN (SELECT id FROM deliveries WHERE kind = $1 AND subject = $2 AND op <> 'delete' LIMIT $5)`,
		kind, subject, why, stamp(now), limit)
	return int(n), err
}

// TakeBackAgain leaves the deletions alone that are still on their way.
func (t *tx) TakeBackAgain(kind programme.NoticeKind, subject string, now time.Time) (int, error) {
	n, err := t.exec(`UPDATE deliveries SET state = 'pending', attempts = 0, owner = '', unsure = 0, first_try_at = NULL, next_at = $3, last_error = ''
		WHERE kind = $1 AND subject = $2 AND op = 'delete' AND state = 'refused' AND slack_ts <> ''`, kind, subject, stamp(now))
	return int(n), err
}

// progress draws the coordinator's message again when another step of an announcement's
// deliveries ended, or the last: in the transaction of the outcomes, so that nothing has
// to remember it. Messages that are only drawn again are neither counted nor waited for: a
// correction in the middle makes updates of the last posts, and it would never be the last.
func progress(ctx context.Context, q querier, outcomes []programme.Outcome, accepted []bool) error {
	ended, at := map[string]int{}, map[string]time.Time{}
	for i, o := range outcomes {
		d := o.Delivery
		if !accepted[i] || d.Kind != programme.NoticeAnnouncement || d.Op == programme.OpUpdate ||
			o.State == programme.Pending || o.State == programme.Sending {
			continue
		}
		ended[d.Subject]++
		if d.FirstTryAt.After(at[d.Subject]) {
			at[d.Subject] = d.FirstTryAt
		}
	}
	for id, n := range ended {
		due, err := one(ctx, q, single[bool], `UPDATE announcements SET settled = settled + $2 WHERE id = $1
			RETURNING settled / step <> (settled - $2) / step OR NOT EXISTS (SELECT 1 FROM deliveries INDEXED BY deliveries_announcing
				WHERE subject = $1 AND op IN ('post', 'delete') AND kind = 'announcement' AND state IN ('pending', 'sending'))`, id, n)
		if err != nil && !errors.Is(err, programme.ErrNoRow) {
			return err
		}
		if !due {
			continue
		}
		where, args := matching(programme.Notice{Kind: programme.NoticeAnnouncementProgress, Subject: id})
		if err := redrawAll(ctx, q, where, args, at[id]); err != nil {
			return err
		}
	}
	return nil
}
