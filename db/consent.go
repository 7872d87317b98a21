package db

import (
	"errors"
	"fmt"
	"time"

	"tsugite/programme"
)

const consentColumns = `id, op, kind, coalesce(publication_id, ''), person_id, party, party_name, hash, decision, at, paper,
	witness, coalesce(entered_by, '')`

func scanConsent(r row) (c programme.Consent, err error) {
	return c, r.Scan(&c.ID, &c.Op, &c.Kind, &c.Publication, &c.Person, &c.Party, &c.Name, &c.Hash, &c.Decision, Time{&c.At},
		&c.Paper, &c.Witness, &c.EnteredBy)
}

func (t *tx) AddConsent(c programme.Consent) error {
	return once(t.exec(`INSERT INTO consents (id, op, kind, publication_id, person_id, party, party_name, hash, decision, at,
			paper, witness, entered_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (op) DO NOTHING`,
		c.ID, c.Op, c.Kind, orNull(c.Publication), c.Person, c.Party, c.Name, c.Hash, c.Decision, stamp(c.At),
		c.Paper, c.Witness, orNull(c.EnteredBy)))
}

// saidOrder is when it was said, then as it came in: rows are never deleted, so that
// their numbers grow.
const saidOrder = ` ORDER BY at, rowid`

func (t *tx) ConsentsOf(person programme.PersonID, kind programme.ConsentKind) ([]programme.Consent, error) {
	return all(t.ctx, t.q, scanConsent, `SELECT `+consentColumns+` FROM consents
		WHERE person_id = $1 AND ($2 = '' OR kind = $2)`+saidOrder, person, kind)
}

func (t *tx) AllConsents() ([]programme.Consent, error) {
	return all(t.ctx, t.q, scanConsent, `SELECT `+consentColumns+` FROM consents`+saidOrder)
}

func (t *tx) PublicationConsents(id programme.PublicationID) ([]programme.Consent, error) {
	return all(t.ctx, t.q, scanConsent, `SELECT `+consentColumns+` FROM consents WHERE publication_id = $1`+saidOrder, id)
}

const publicationColumns = `p.id, p.op, p.kind, p.source, coalesce(p.person_id, ''), p.text, p.hash, p.needs, p.made_at,
	coalesce(p.by_id, ''), p.dropped_at, p.proof_at, p.version`

func scanPublication(r row) (p programme.Publication, err error) {
	return p, r.Scan(&p.ID, &p.Op, &p.Kind, &p.Source, &p.Person, &p.Text, &p.Hash, JSON{&p.Needs}, Time{&p.Made},
		&p.By, Time{&p.Dropped}, Time{&p.Proof}, &p.Version)
}

func (t *tx) CreatePublication(p programme.Publication) error {
	needs, err := asJSON(p.Needs)
	if err != nil {
		return err
	}
	err = once(t.exec(`INSERT INTO publications (id, op, kind, source, person_id, text, hash, needs, made_at, by_id, dropped_at,
			proof_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1) ON CONFLICT (op) DO NOTHING`,
		p.ID, p.Op, p.Kind, p.Source, orNull(p.Person), p.Text, p.Hash, needs, stamp(p.Made), orNull(p.By), stamp(p.Dropped),
		stamp(p.Proof)))
	if err != nil {
		return err
	}
	return t.addPublicationText(p)
}

func (t *tx) addPublicationText(p programme.Publication) error {
	w := p.Last()
	if w.Version == 0 {
		return fmt.Errorf("db: publication %s has no text", p.ID)
	}
	_, err := t.exec(`INSERT INTO publication_texts (publication_id, version, text, hash, by_id, at, spelling)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, p.ID, w.Version, w.Text, w.Hash, orNull(w.By), stamp(w.At), w.Spelling)
	return err
}

func (t *tx) AddPublicationText(p programme.Publication) error {
	if err := t.SavePublication(p); err != nil {
		return err
	}
	return t.addPublicationText(p)
}

func (t *tx) SavePublication(p programme.Publication) error {
	needs, err := asJSON(p.Needs)
	if err != nil {
		return err
	}
	return fresh(t.exec(`UPDATE publications SET text = $3, hash = $4, needs = $5, dropped_at = $6, proof_at = $7, version = version + 1
		WHERE id = $1 AND version = $2`, p.ID, p.Version, p.Text, p.Hash, needs, stamp(p.Dropped), stamp(p.Proof)))
}

// withTexts are the publications with every wording.
func (t *tx) withTexts(ps ...programme.Publication) ([]programme.Publication, error) {
	for i := range ps {
		texts, err := all(t.ctx, t.q, func(r row) (w programme.PublicationText, err error) {
			return w, r.Scan(&w.Version, &w.Text, &w.Hash, &w.By, Time{&w.At}, &w.Spelling)
		}, `SELECT version, text, hash, coalesce(by_id, ''), at, spelling FROM publication_texts
			WHERE publication_id = $1 ORDER BY version`, ps[i].ID)
		if err != nil {
			return nil, err
		}
		ps[i].Texts = texts
	}
	return ps, nil
}

func (t *tx) Publication(id programme.PublicationID) (programme.Publication, error) {
	return t.onePublication(`p.id = $1`, string(id))
}

func (t *tx) PublicationByOp(op string) (programme.Publication, error) {
	return t.onePublication(`p.op = $1`, op)
}

func (t *tx) onePublication(where, arg string) (programme.Publication, error) {
	p, err := one(t.ctx, t.q, scanPublication, `SELECT `+publicationColumns+` FROM publications p WHERE `+where, arg)
	if err != nil {
		return p, err
	}
	ps, err := t.withTexts(p)
	if err != nil {
		return p, err
	}
	return ps[0], nil
}

func (t *tx) Publications(person programme.PersonID) ([]programme.Publication, error) {
	ps, err := all(t.ctx, t.q, scanPublication, `SELECT `+publicationColumns+` FROM publications p
		WHERE $1 = '' OR p.person_id = $1
			OR EXISTS (SELECT 1 FROM json_each(p.needs) n WHERE json_extract(n.value, '$.person') = $1)
		ORDER BY p.made_at DESC, p.id DESC`, person)
	if err != nil {
		return nil, err
	}
	return t.withTexts(ps...)
}

// delivered is the moment's name.
const delivered = "delivered"

func (t *tx) Delivered() (time.Time, error) {
	at, err := one(t.ctx, t.q, func(r row) (at time.Time, err error) { return at, r.Scan(Time{&at}) },
		`SELECT at FROM moments WHERE name = $1`, delivered)
	if errors.Is(err, programme.ErrNoRow) {
		err = nil
	}
	return at, err
}

func (t *tx) KeepDelivered(at time.Time) error {
	_, err := t.exec(`INSERT INTO moments (name, at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`, delivered, stamp(at))
	return err
}

func (t *tx) ForgetDelivered() error {
	_, err := t.exec(`DELETE FROM moments WHERE name = $1`, delivered)
	return err
}
