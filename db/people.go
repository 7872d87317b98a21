package db

import (
	"context"
	"slices"
	"sync"

	"tsugite/programme"
)

const personColumns = `id, slack_id, name, kana, email, roles, kind, organisation, prefecture, cohorts,
	recommended_by, craft, bank, notified, pledged, note, locale, left_at, version, phone, off_slack_at`

// personFields are those columns and who advises the person, as JSON: on the
// roster, in its order, and by running engagements.
const personFields = personColumns + `,
	(SELECT iif(count(*) = 0, 'null', json_group_array(mentor_id ORDER BY position, mentor_id))
		FROM assignments WHERE atsugi_id = people.id),
	(SELECT iif(count(*) = 0, 'null', json_group_array(mentor_id ORDER BY made_at, mentor_id))
		FROM engagements WHERE atsugi_id = people.id AND ended_at IS NULL)`

func scanPerson(r row) (programme.Person, error) {
	var p programme.Person
	err := r.Scan(&p.ID, &p.SlackID, &p.Name, &p.Kana, &p.Email, JSON{&p.Roles}, &p.Kind, &p.Organisation,
		&p.Prefecture, JSON{&p.Cohorts}, &p.RecommendedBy, &p.Craft, &p.Bank, &p.Notified, &p.Pledged,
		&p.Note, &p.Locale, Time{&p.Left}, &p.Version, &p.Phone, Time{&p.OffSlack}, JSON{&p.Mentors}, JSON{&p.Engaged})
	return p, err
}

func (t *tx) Person(id programme.PersonID) (programme.Person, error) {
	return one(t.ctx, t.q, scanPerson, `SELECT `+personFields+` FROM people WHERE id = $1`, id)
}

func (t *tx) PersonBySlack(slackID string) (programme.Person, error) {
	return one(t.ctx, t.q, scanPerson, `SELECT `+personFields+` FROM people WHERE slack_id = $1 AND slack_id <> ''`, slackID)
}

func (t *tx) PeopleByEmail(email string) ([]programme.Person, error) {
	return t.few(`WHERE email_folded = $1 AND email_folded <> ''`, programme.FoldEmail(email))
}

func (t *tx) AssignedTo(mentor programme.PersonID) ([]programme.Person, error) {
	return t.few(`WHERE id IN (SELECT atsugi_id FROM assignments WHERE mentor_id = $1
		UNION SELECT atsugi_id FROM engagements WHERE mentor_id = $1 AND ended_at IS NULL)`, mentor)
}

// few reads some people, by kana then name.
func (t *tx) few(where string, arg any) ([]programme.Person, error) {
	return all(t.ctx, t.q, scanPerson, `SELECT `+personFields+` FROM people `+where+` ORDER BY kana, name, id`, arg)
}

// roster keeps the last list of everyone that a reader read, with its revision.
// Reading 10,000 rows takes longer than a click may; copying them does not.
type roster struct {
	mu     sync.Mutex
	rev    int64
	people []programme.Person // nil until the first reading
}

// People lists everyone. The list is shared between callers: at 10,000 people a
// copy for each would cost more than the rest of a click.
func (t *tx) People() ([]programme.Person, error) {
	if t.people == nil {
		people, err := t.loadPeople()
		if err != nil {
			return nil, err
		}
		t.people = people
	}
	return slices.Clip(t.people), nil
}

func (t *tx) loadPeople() ([]programme.Person, error) {
	rev, err := one(t.ctx, t.q, single[int64], `SELECT rev FROM revisions WHERE name = 'people'`)
	if err != nil {
		return nil, err
	}
	cache := &t.db.roster
	cache.mu.Lock()
	known, at := cache.people, cache.rev
	cache.mu.Unlock()
	if known != nil && at == rev {
		return known, nil
	}
	people, err := readPeople(t.ctx, t.q)
	if err != nil || t.writes { // a writer's revision may be rolled back and given again
		return people, err
	}
	cache.mu.Lock()
	if cache.people == nil || rev > cache.rev {
		cache.rev, cache.people = rev, people
	}
	cache.mu.Unlock()
	return people, nil
}

func readPeople(ctx context.Context, q querier) ([]programme.Person, error) {
	people, err := all(ctx, q, scanPerson, `SELECT `+personFields+` FROM people ORDER BY kana, name, id`)
	for i := range people {
		p := &people[i] // shared lists leave no room to append in place
		p.Roles, p.Cohorts = slices.Clip(p.Roles), slices.Clip(p.Cohorts)
		p.Mentors, p.Engaged = slices.Clip(p.Mentors), slices.Clip(p.Engaged)
	}
	return people, err
}

func (t *tx) SavePerson(p programme.Person) error {
	t.people = nil
	roles, err := asJSON(p.Roles)
	if err != nil {
		return err
	}
	cohorts, err := asJSON(p.Cohorts)
	if err != nil {
		return err
	}
	args := []any{
		p.ID, p.SlackID, p.Name, p.Kana, p.Email, roles, p.Kind, p.Organisation, p.Prefecture, cohorts,
		p.RecommendedBy, p.Craft, p.Bank, p.Notified, p.Pledged, p.Note, p.Locale, stamp(p.Left),
		programme.FoldEmail(p.Email), p.Version, p.Phone, stamp(p.OffSlack),
	}
	if p.Version == 0 {
		err = fresh(t.exec(`INSERT INTO people (`+personColumns+`, email_folded)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $20 + 1, $21, $22, $19)
			ON CONFLICT (id) DO NOTHING`, args...))
	} else {
		err = fresh(t.exec(`UPDATE people SET slack_id = $2, name = $3, kana = $4, email = $5, roles = $6, kind = $7,
			organisation = $8, prefecture = $9, cohorts = $10, recommended_by = $11, craft = $12, bank = $13,
			notified = $14, pledged = $15, note = $16, locale = $17, left_at = $18, email_folded = $19, version = $20 + 1, phone = $21,
			off_slack_at = $22
			WHERE id = $1 AND version = $20`, args...))
	}
	if err != nil {
		return err
	}
	return t.saveMentors(p)
}

func (t *tx) saveMentors(p programme.Person) error {
	if p.Version > 0 {
		kept, err := all(t.ctx, t.q, single[programme.PersonID],
			`SELECT mentor_id FROM assignments WHERE atsugi_id = $1 ORDER BY position`, p.ID)
		if err != nil {
			return err
		}
		if slices.Equal(kept, p.Mentors) {
			return nil
		}
		if _, err := t.exec(`DELETE FROM assignments WHERE atsugi_id = $1`, p.ID); err != nil {
			return err
		}
	}
	for i, mentor := range p.Mentors {
		// An expert named twice is assigned once.
		if _, err := t.exec(`INSERT INTO assignments (atsugi_id, mentor_id, position) VALUES ($1, $2, $3)
			ON CONFLICT (atsugi_id, mentor_id) DO NOTHING`, p.ID, mentor, i); err != nil {
			return err
		}
	}
	return nil
}
