package db

import (
	"fmt"
	"strings"

	"tsugite/programme"
)

const photoColumns = `id, op, hash, mime, bytes, width, height, coalesce(by_id, ''), at, coalesce(memo_id, ''),
	coalesce(event_id, ''), caption, marked_at, removed_at`

func scanPhoto(r row) (p programme.Photo, err error) {
	return p, r.Scan(&p.ID, &p.Op, &p.Hash, &p.Mime, &p.Bytes, &p.Width, &p.Height, &p.By, Time{&p.At}, &p.Memo,
		&p.Event, &p.Caption, Time{&p.Marked}, Time{&p.Removed})
}

func (t *tx) CreatePhoto(p programme.Photo) error {
	err := once(t.exec(`INSERT INTO photos (id, op, hash, mime, bytes, width, height, by_id, at, memo_id, event_id, caption, marked_at, removed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (op) DO NOTHING`,
		p.ID, p.Op, p.Hash, p.Mime, p.Bytes, p.Width, p.Height, orNull(p.By), stamp(p.At), orNull(p.Memo),
		orNull(p.Event), p.Caption, stamp(p.Marked), stamp(p.Removed)))
	if err != nil {
		return err
	}
	return t.depict(p)
}

// depict keeps who may be recognised in a photo in the place of what was said before.
func (t *tx) depict(p programme.Photo) error {
	if _, err := t.exec(`DELETE FROM photo_people WHERE photo_id = $1`, p.ID); err != nil {
		return err
	}
	for _, d := range p.People {
		if _, err := t.exec(`INSERT INTO photo_people (photo_id, person_id, name) VALUES ($1, $2, $3)`,
			p.ID, orNull(d.Person), d.Name); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) SavePhoto(p programme.Photo) error {
	if _, err := t.exec(`UPDATE photos SET caption = $2, marked_at = $3, removed_at = $4 WHERE id = $1`,
		p.ID, p.Caption, stamp(p.Marked), stamp(p.Removed)); err != nil {
		return err
	}
	return t.depict(p)
}

func (t *tx) Photo(id programme.PhotoID) (programme.Photo, error) {
	p, err := one(t.ctx, t.q, scanPhoto, `SELECT `+photoColumns+` FROM photos WHERE id = $1`, id)
	if err != nil {
		return p, err
	}
	p.People, err = t.depicted(id)
	return p, err
}

func (t *tx) depicted(id programme.PhotoID) ([]programme.Depicted, error) {
	return all(t.ctx, t.q, func(r row) (d programme.Depicted, err error) { return d, r.Scan(&d.Person, &d.Name) },
		`SELECT coalesce(person_id, ''), name FROM photo_people WHERE photo_id = $1 ORDER BY rowid`, id)
}

func (t *tx) PhotosAt(place programme.PhotoPlace) ([]programme.Photo, error) {
	if place.Memo == "" {
		return t.photos(`event_id = $1 AND removed_at IS NULL ORDER BY at, id`, string(place.Event))
	}
	return t.photos(`memo_id = $1 AND removed_at IS NULL ORDER BY at, id`, string(place.Memo))
}

func (t *tx) PhotosShowing(id programme.PersonID) ([]programme.Photo, error) {
	return t.photos(`id IN (SELECT photo_id FROM photo_people WHERE person_id = $1) AND removed_at IS NULL ORDER BY at DESC, id`, string(id))
}

// photos are those of a condition, in its order, with who is in them.
func (t *tx) photos(where, arg string) ([]programme.Photo, error) {
	photos, err := all(t.ctx, t.q, scanPhoto, `SELECT `+photoColumns+` FROM photos WHERE `+where, arg)
	for i := range photos {
		if err == nil {
			photos[i].People, err = t.depicted(photos[i].ID)
		}
	}
	return photos, err
}

func (t *tx) PhotosUnmarked(notAbout programme.PersonID) ([]programme.PhotosToMark, error) {
	return all(t.ctx, t.q, func(r row) (w programme.PhotosToMark, err error) {
		return w, r.Scan(&w.Place.Memo, &w.Place.Event, &w.Count)
	}, `SELECT coalesce(p.memo_id, ''), coalesce(p.event_id, ''), count(*)
		FROM photos p LEFT JOIN memos m ON m.id = p.memo_id
		WHERE p.marked_at IS NULL AND p.removed_at IS NULL AND m.withdrawn_at IS NULL AND ($1 = '' OR coalesce(m.atsugi_id, '') <> $1)
		GROUP BY p.memo_id, p.event_id ORDER BY min(p.at), 1, 2`, notAbout)
}

func (t *tx) PhotoHashes() (map[string]bool, error) {
	hashes, err := all(t.ctx, t.q, single[string], `SELECT DISTINCT hash FROM photos WHERE removed_at IS NULL`)
	named := make(map[string]bool, len(hashes))
	for _, h := range hashes {
		named[h] = true
	}
	return named, err
}

const parcelColumns = `id, op, person_id, at, files, coalesce(memo_id, ''), coalesce(event_id, ''), caption, people,
	marked, state, kept, faults, version`

func scanParcel(r row) (p programme.Parcel, err error) {
	return p, r.Scan(&p.ID, &p.Op, &p.Person, Time{&p.At}, JSON{&p.Files}, &p.Memo, &p.Event, &p.Caption, JSON{&p.People},
		&p.Marked, &p.State, &p.Kept, JSON{&p.Faults}, &p.Version)
}

// parcelLists are the lists of a parcel as they are stored.
func parcelLists(p programme.Parcel) (files, people, faults string, err error) {
	if files, err = asJSON(p.Files); err != nil {
		return "", "", "", err
	}
	if people, err = asJSON(p.People); err != nil {
		return "", "", "", err
	}
	faults, err = asJSON(p.Faults)
	return files, people, faults, err
}

func (t *tx) CreateParcel(p programme.Parcel) error {
	files, people, faults, err := parcelLists(p)
	if err != nil {
		return err
	}
	return once(t.exec(`INSERT INTO photo_parcels (id, op, person_id, at, files, memo_id, event_id, caption, people, marked, state, kept, faults, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1) ON CONFLICT (op) DO NOTHING`,
		p.ID, p.Op, p.Person, stamp(p.At), files, orNull(p.Memo), orNull(p.Event), p.Caption, people, p.Marked, p.State, p.Kept, faults))
}

func (t *tx) SaveParcel(p programme.Parcel) error {
	files, people, faults, err := parcelLists(p)
	if err != nil {
		return err
	}
	return fresh(t.exec(`UPDATE photo_parcels SET files = $3, memo_id = $4, event_id = $5, caption = $6, people = $7, marked = $8,
			state = $9, kept = $10, faults = $11, version = version + 1
		WHERE id = $1 AND version = $2`,
		p.ID, p.Version, files, orNull(p.Memo), orNull(p.Event), p.Caption, people, p.Marked, p.State, p.Kept, faults))
}

func (t *tx) Parcel(id programme.ParcelID) (programme.Parcel, error) {
	return one(t.ctx, t.q, scanParcel, `SELECT `+parcelColumns+` FROM photo_parcels WHERE id = $1`, id)
}

func (t *tx) ParcelsWanted() ([]programme.Parcel, error) {
	return all(t.ctx, t.q, scanParcel, `SELECT `+parcelColumns+` FROM photo_parcels WHERE state = 'wanted' ORDER BY at, id`)
}

// CardAt looks among the notices of the kinds alone: there are few beside all others.
func (t *tx) CardAt(slackID, slackTS string, kinds []programme.NoticeKind) (programme.Notice, error) {
	args := []any{slackID, slackTS}
	var in []string
	for _, k := range kinds {
		args = append(args, k)
		in = append(in, fmt.Sprintf(`$%d`, len(args)))
	}
	d, err := one(t.ctx, t.q, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries
		WHERE kind IN (`+strings.Join(in, `, `)+`) AND slack_id = $1 AND slack_ts = $2 LIMIT 1`, args...)
	return d.Notice, err
}
