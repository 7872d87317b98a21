package db

import "tsugite/programme"

const guestColumns = `id, event_id, name, kana, organisation, prefecture, email, email_folded, phone, role, note, answer,
	coalesce(by_id, ''), at, version`

func scanGuest(r row) (programme.Guest, error) {
	var g programme.Guest
	var folded string
	err := r.Scan(&g.ID, &g.Event, &g.Name, &g.Kana, &g.Organisation, &g.Prefecture, &g.Email, &folded, &g.Phone, &g.Role,
		&g.Note, &g.Answer, &g.By, Time{&g.At}, &g.Version)
	return g, err
}

func (t *tx) Guest(id programme.GuestID) (programme.Guest, error) {
	return one(t.ctx, t.q, scanGuest, `SELECT `+guestColumns+` FROM guests WHERE id = $1`, id)
}

func (t *tx) GuestsOf(id programme.EventID) ([]programme.Guest, error) {
	return all(t.ctx, t.q, scanGuest, `SELECT `+guestColumns+` FROM guests WHERE event_id = $1 ORDER BY kana, name, id`, id)
}

func (t *tx) SaveGuest(g programme.Guest) error {
	args := []any{
		g.ID, g.Event, g.Name, g.Kana, g.Organisation, g.Prefecture, g.Email, programme.FoldEmail(g.Email), g.Phone,
		g.Role, g.Note, g.Answer, orNull(g.By), stamp(g.At), g.Version,
	}
	if g.Version == 0 {
		return once(t.exec(`INSERT INTO guests (id, event_id, name, kana, organisation, prefecture, email, email_folded,
				phone, role, note, answer, by_id, at, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 + 1)
			ON CONFLICT (id) DO NOTHING`, args...))
	}
	return fresh(t.exec(`UPDATE guests SET event_id = $2, name = $3, kana = $4, organisation = $5, prefecture = $6,
			email = $7, email_folded = $8, phone = $9, role = $10, note = $11, answer = $12, by_id = $13, at = $14,
			version = $15 + 1
		WHERE id = $1 AND version = $15`, args...))
}

const arrivalColumns = `event_id, attendee, coalesce(by_id, ''), at`

func scanArrival(r row) (a programme.Arrival, err error) {
	return a, r.Scan(&a.Event, &a.Attendee, &a.By, Time{&a.At})
}

func (t *tx) ArrivalsOf(id programme.EventID) ([]programme.Arrival, error) {
	return all(t.ctx, t.q, scanArrival, `SELECT `+arrivalColumns+` FROM arrivals WHERE event_id = $1 ORDER BY attendee`, id)
}

func (t *tx) AllArrivals() ([]programme.Arrival, error) {
	return all(t.ctx, t.q, scanArrival, `SELECT `+arrivalColumns+` FROM arrivals ORDER BY event_id, attendee`)
}

func (t *tx) Arrived(id programme.EventID, who programme.AttendeeID) (here, anybody bool, err error) {
	_, err = one(t.ctx, t.q, func(r row) (struct{}, error) { return struct{}{}, r.Scan(&here, &anybody) },
		`SELECT EXISTS (SELECT 1 FROM arrivals WHERE event_id = $1 AND attendee = $2),
			EXISTS (SELECT 1 FROM arrivals WHERE event_id = $1)`, id, who)
	return here, anybody, err
}

func (t *tx) SaveArrival(a programme.Arrival) (saved bool, err error) {
	n, err := t.exec(`INSERT INTO arrivals (event_id, attendee, by_id, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (event_id, attendee) DO NOTHING`, a.Event, a.Attendee, orNull(a.By), stamp(a.At))
	return n > 0, err
}

func (t *tx) DropArrival(id programme.EventID, who programme.AttendeeID) (dropped bool, err error) {
	n, err := t.exec(`DELETE FROM arrivals WHERE event_id = $1 AND attendee = $2`, id, who)
	return n > 0, err
}

const speakerColumns = `event_id, person_id, topic, status, coalesce(by_id, ''), at`

func scanSpeaker(r row) (s programme.Speaker, err error) {
	return s, r.Scan(&s.Event, &s.Person, &s.Topic, &s.Status, &s.By, Time{&s.At})
}

func (t *tx) Speaker(e programme.EventID, p programme.PersonID) (programme.Speaker, error) {
	return one(t.ctx, t.q, scanSpeaker,
		`SELECT `+speakerColumns+` FROM speakers WHERE event_id = $1 AND person_id = $2`, e, p)
}

func (t *tx) SpeakersOf(id programme.EventID) ([]programme.Speaker, error) {
	return all(t.ctx, t.q, scanSpeaker, `SELECT `+speakerColumns+` FROM speakers WHERE event_id = $1 ORDER BY person_id`, id)
}

func (t *tx) AllSpeakers() ([]programme.Speaker, error) {
	return all(t.ctx, t.q, scanSpeaker, `SELECT `+speakerColumns+` FROM speakers ORDER BY event_id, person_id`)
}

func (t *tx) SpeakingIn(p programme.PersonID, in programme.Span) ([]programme.Speaker, error) {
	return all(t.ctx, t.q, scanSpeaker, `SELECT `+speakerColumns+` FROM speakers
		WHERE event_id IN (SELECT id FROM events WHERE `+inSpan+`) AND person_id = $3 ORDER BY event_id`, stamp(in.From), stamp(in.Until), p)
}

func (t *tx) SaveSpeaker(s programme.Speaker) error {
	_, err := t.exec(`INSERT INTO speakers (event_id, person_id, topic, status, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (event_id, person_id) DO UPDATE
		SET topic = excluded.topic, status = excluded.status, by_id = excluded.by_id, at = excluded.at`,
		s.Event, s.Person, s.Topic, s.Status, orNull(s.By), stamp(s.At))
	return err
}
