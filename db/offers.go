package db

import (
	"tsugite/programme"
)

func scanOffer(r row) (programme.Offer, error) {
	var o programme.Offer
	err := r.Scan(JSON{&o}, &o.Version)
	return o, err
}

func (t *tx) Offer(p programme.PersonID) (programme.Offer, error) {
	return one(t.ctx, t.q, scanOffer, `SELECT offer, version FROM offers WHERE mentor_id = $1`, p)
}

func (t *tx) Offers() ([]programme.Offer, error) {
	return all(t.ctx, t.q, scanOffer, `SELECT offer, version FROM offers ORDER BY mentor_id`)
}

func (t *tx) SaveOffer(o programme.Offer) error {
	offer, err := asJSON(o)
	if err != nil {
		return err
	}
	if o.Version == 0 {
		return fresh(t.exec(`INSERT INTO offers (mentor_id, offer, version) VALUES ($1, $2, 1) ON CONFLICT (mentor_id) DO NOTHING`, o.Mentor, offer))
	}
	return fresh(t.exec(`UPDATE offers SET offer = $2, version = version + 1 WHERE mentor_id = $1 AND version = $3`, o.Mentor, offer, o.Version))
}

func (t *tx) SaveWait(w programme.Wait) error {
	_, err := t.exec(`INSERT INTO session_waits (mentor_id, atsugi_id, since_at, told_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (mentor_id, atsugi_id) DO UPDATE SET since_at = excluded.since_at, told_at = excluded.told_at`,
		w.Mentor, w.Atsugi, stamp(w.Since), stamp(w.Told))
	return err
}

func (t *tx) RemoveWait(mentor, atsugi programme.PersonID) error {
	_, err := t.exec(`DELETE FROM session_waits WHERE mentor_id = $1 AND atsugi_id = $2`, mentor, atsugi)
	return err
}

func (t *tx) Waits() ([]programme.Wait, error) {
	return all(t.ctx, t.q, func(r row) (programme.Wait, error) {
		var w programme.Wait
		err := r.Scan(&w.Mentor, &w.Atsugi, Time{&w.Since}, Time{&w.Told})
		return w, err
	}, `SELECT mentor_id, atsugi_id, since_at, told_at FROM session_waits ORDER BY since_at, mentor_id, atsugi_id`)
}

func (t *tx) SetBusy(p programme.PersonID, spans []programme.Span) error {
	if _, err := t.exec(`DELETE FROM busy WHERE person_id = $1`, p); err != nil {
		return err
	}
	for _, s := range spans {
		if _, err := t.exec(`INSERT INTO busy (person_id, start_at, end_at) VALUES ($1, $2, $3)`, p, stamp(s.From), stamp(s.Until)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) Busy(p programme.PersonID, in programme.Span) ([]programme.Span, error) {
	return all(t.ctx, t.q, func(r row) (programme.Span, error) {
		var s programme.Span
		err := r.Scan(Time{&s.From}, Time{&s.Until})
		return s, err
	}, `SELECT start_at, end_at FROM busy WHERE person_id = $1 AND start_at < $2 AND end_at > $3 ORDER BY start_at, end_at`,
		p, stamp(in.Until), stamp(in.From))
}

func (t *tx) SaveBusyReading(b programme.BusyReading) error {
	_, err := t.exec(`INSERT INTO busy_readings (person_id, read_at, failed_at, fault) VALUES ($1, $2, $3, $4)
		ON CONFLICT (person_id) DO UPDATE SET read_at = excluded.read_at, failed_at = excluded.failed_at, fault = excluded.fault`,
		b.Person, stamp(b.Read), stamp(b.Failed), b.Fault)
	return err
}

func (t *tx) BusyReadings() ([]programme.BusyReading, error) {
	return all(t.ctx, t.q, func(r row) (programme.BusyReading, error) {
		var b programme.BusyReading
		err := r.Scan(&b.Person, Time{&b.Read}, Time{&b.Failed}, &b.Fault)
		return b, err
	}, `SELECT person_id, read_at, failed_at, fault FROM busy_readings ORDER BY person_id`)
}

func (t *tx) RemoveBusy(p programme.PersonID) error {
	if _, err := t.exec(`DELETE FROM busy WHERE person_id = $1`, p); err != nil {
		return err
	}
	_, err := t.exec(`DELETE FROM busy_readings WHERE person_id = $1`, p)
	return err
}
