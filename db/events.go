package db

import "tsugite/programme"

const eventColumns = `id, kind, title, start_at, end_at, place, map, url, audience, capacity, deadline_at, host,
	co_hosts, bring, materials, notes, survey, submitted_at, returned, approved, cancelled_at, cancel_reason, code,
	seq, touched, version`

func scanEvent(r row) (programme.Event, error) {
	var e programme.Event
	err := r.Scan(&e.ID, &e.Kind, &e.Title, Time{&e.Start}, Time{&e.End}, &e.Place, &e.Map, &e.URL, JSON{&e.Audience},
		&e.Capacity, Time{&e.Deadline}, &e.Host, JSON{&e.CoHosts}, &e.Bring, &e.Materials, &e.Notes, &e.Survey,
		Time{&e.Submitted}, &e.Returned, &e.Approved, Time{&e.Cancelled}, &e.CancelReason, &e.Code,
		&e.Seq, &e.Touched, &e.Version)
	return e, err
}

func (t *tx) Event(id programme.EventID) (programme.Event, error) {
	return remembered(t, &t.events, id, func() (programme.Event, error) {
		return one(t.ctx, t.q, scanEvent, `SELECT `+eventColumns+` FROM events WHERE id = $1`, id)
	})
}

func (t *tx) Events() ([]programme.Event, error) {
	return all(t.ctx, t.q, scanEvent, `SELECT `+eventColumns+` FROM events ORDER BY start_at, id`)
}

// inSpan is the condition for events that take place between $1 and $2.
const inSpan = `cancelled_at IS NULL AND end_at > $1 AND start_at < $2`

func (t *tx) EventsIn(in programme.Span) ([]programme.Event, error) {
	return all(t.ctx, t.q, scanEvent, `SELECT `+eventColumns+` FROM events WHERE `+inSpan+` ORDER BY start_at, id`, stamp(in.From), stamp(in.Until))
}

func (t *tx) SaveEvent(e programme.Event) error {
	audience, err := asJSON(e.Audience)
	if err != nil {
		return err
	}
	coHosts, err := asJSON(e.CoHosts)
	if err != nil {
		return err
	}
	args := []any{
		e.ID, e.Kind, e.Title, stamp(e.Start), stamp(e.End), e.Place, e.Map, e.URL, audience, e.Capacity,
		stamp(e.Deadline), e.Host, coHosts, e.Bring, e.Materials, e.Notes, e.Survey, stamp(e.Submitted), e.Returned,
		e.Approved, stamp(e.Cancelled), e.CancelReason, e.Code, e.Seq, e.Touched, e.Version,
	}
	if e.Version == 0 {
		return fresh(t.exec(`INSERT INTO events (`+eventColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
				$22, $23, $24, $25, $26 + 1)
			ON CONFLICT (id) DO NOTHING`, args...))
	}
	return fresh(t.exec(`UPDATE events SET (`+eventColumns+`) =
			($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
				$22, $23, $24, $25, $26 + 1)
		WHERE id = $1 AND version = $26`, args...))
}

func (t *tx) AddEventChange(c programme.EventChange) error {
	_, err := t.exec(`INSERT INTO event_changes (event_id, seq, title, start_at, end_at, place, url, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.Event, c.Seq, c.Title, stamp(c.Start), stamp(c.End), c.Place, c.URL, stamp(c.At))
	return err
}

func (t *tx) EventChanges(id programme.EventID) ([]programme.EventChange, error) {
	return all(t.ctx, t.q, func(r row) (c programme.EventChange, err error) {
		return c, r.Scan(&c.Event, &c.Seq, &c.Title, Time{&c.Start}, Time{&c.End}, &c.Place, &c.URL, Time{&c.At})
	}, `SELECT event_id, seq, title, start_at, end_at, place, url, at FROM event_changes WHERE event_id = $1 ORDER BY seq`, id)
}

func (t *tx) Told() ([]programme.Told, error) {
	return all(t.ctx, t.q, func(r row) (told programme.Told, err error) {
		var to programme.Recipient
		err = r.Scan(&told.Event, &to, Time{&told.At})
		told.Person = to.Person()
		return told, err
	}, `SELECT c.event_id, d.recipient, c.at FROM deliveries d
		JOIN event_changes c ON c.event_id = d.subject AND c.seq = CAST(d.occasion AS INTEGER)
		WHERE d.kind = $1 ORDER BY c.event_id, d.recipient, c.seq`, programme.NoticeEventMoved)
}

func (t *tx) SeatsTaken(id programme.EventID) (int, error) {
	return one(t.ctx, t.q, single[int], `SELECT
		(SELECT count(*) FROM attendance a JOIN people p ON p.id = a.person_id
			WHERE a.event_id = $1 AND a.answer = $2 AND p.left_at IS NULL) +
		(SELECT count(*) FROM guests WHERE event_id = $1 AND answer = $2)`, id, programme.Yes)
}

func (t *tx) WaitingFor(id programme.EventID) ([]programme.AttendeeID, error) {
	return all(t.ctx, t.q, single[programme.AttendeeID], `SELECT who FROM (
			SELECT a.person_id AS who, a.at AS at FROM attendance a JOIN people p ON p.id = a.person_id
				WHERE a.event_id = $1 AND a.answer = $2 AND p.left_at IS NULL
			UNION ALL
			SELECT id AS who, at AS at FROM guests WHERE event_id = $1 AND answer = $2)
		ORDER BY at, who`, id, programme.Waiting)
}

const attendanceColumns = `event_id, person_id, answer, reason, coalesce(by_id, ''), at`

func scanAttendance(r row) (programme.Attendance, error) {
	var a programme.Attendance
	err := r.Scan(&a.Event, &a.Person, &a.Answer, &a.Reason, &a.By, Time{&a.At})
	return a, err
}

func (t *tx) Attendance(e programme.EventID, p programme.PersonID) (programme.Attendance, error) {
	return one(t.ctx, t.q, scanAttendance,
		`SELECT `+attendanceColumns+` FROM attendance WHERE event_id = $1 AND person_id = $2`, e, p)
}

func (t *tx) AttendanceOf(e programme.EventID) ([]programme.Attendance, error) {
	return all(t.ctx, t.q, scanAttendance,
		`SELECT `+attendanceColumns+` FROM attendance WHERE event_id = $1 ORDER BY person_id`, e)
}

func (t *tx) AnswersIn(p programme.PersonID, in programme.Span) ([]programme.Attendance, error) {
	return all(t.ctx, t.q, scanAttendance, `SELECT `+attendanceColumns+` FROM attendance
		WHERE event_id IN (SELECT id FROM events WHERE `+inSpan+`) AND person_id = $3 ORDER BY event_id`, stamp(in.From), stamp(in.Until), p)
}

func (t *tx) AllAttendance() ([]programme.Attendance, error) {
	return all(t.ctx, t.q, scanAttendance,
		`SELECT `+attendanceColumns+` FROM attendance ORDER BY event_id, person_id`)
}

func (t *tx) Attend(a programme.Attendance) (saved bool, err error) {
	n, err := t.exec(`INSERT INTO attendance (event_id, person_id, answer, reason, by_id, at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (event_id, person_id) DO UPDATE
		SET answer = excluded.answer, reason = excluded.reason, by_id = excluded.by_id, at = excluded.at
		WHERE attendance.at <= excluded.at`,
		a.Event, a.Person, a.Answer, a.Reason, orNull(a.By), stamp(a.At))
	return n > 0, err
}
