package db

import (
	"errors"
	"time"

	"tsugite/programme"
)

const newcomerColumns = `id, slack_id, name, email, locale, stranger, guest, seen_at, state, coalesce(person_id, ''), decided_at, coalesce(decided_by, ''), version`

func scanNewcomer(r row) (n programme.Newcomer, err error) {
	return n, r.Scan(&n.ID, &n.SlackID, &n.Name, &n.Email, &n.Locale, &n.Stranger, &n.Guest, Time{&n.Seen}, &n.State, &n.Person,
		Time{&n.Decided}, &n.DecidedBy, &n.Version)
}

func (t *tx) SaveNewcomer(n programme.Newcomer) error {
	if n.Version == 0 {
		return fresh(t.exec(`INSERT INTO newcomers (id, slack_id, name, email, locale, stranger, guest, seen_at, state, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1) ON CONFLICT DO NOTHING`,
			n.ID, n.SlackID, n.Name, n.Email, n.Locale, n.Stranger, n.Guest, stamp(n.Seen), n.State))
	}
	return fresh(t.exec(`UPDATE newcomers SET stranger = $2, state = $3, person_id = $4, decided_at = $5, decided_by = $6, version = version + 1
		WHERE id = $1 AND version = $7`, n.ID, n.Stranger, n.State, orNull(n.Person), stamp(n.Decided), orNull(n.DecidedBy), n.Version))
}

func (t *tx) Newcomer(id string) (programme.Newcomer, error) {
	return one(t.ctx, t.q, scanNewcomer, `SELECT `+newcomerColumns+` FROM newcomers WHERE id = $1`, id)
}

func (t *tx) NewcomerBySlack(slackID string) (programme.Newcomer, error) {
	return one(t.ctx, t.q, scanNewcomer, `SELECT `+newcomerColumns+` FROM newcomers WHERE slack_id = $1`, slackID)
}

func (t *tx) Newcomers(limit int) ([]programme.Newcomer, error) {
	return all(t.ctx, t.q, scanNewcomer, `SELECT `+newcomerColumns+` FROM newcomers WHERE state = 'waits' ORDER BY seen_at DESC, id LIMIT $1`, limit)
}

func (t *tx) CountNewcomers(since time.Time) (int, error) {
	return one(t.ctx, t.q, single[int], `SELECT count(*) FROM newcomers WHERE seen_at > $1`, stamp(since))
}

const joinColumns = `id, slack_id, name, kana, organisation, told_by, message, made_at, state, reason, coalesce(person_id, ''), decided_at, coalesce(decided_by, ''), version`

func scanJoin(r row) (j programme.JoinRequest, err error) {
	return j, r.Scan(&j.ID, &j.SlackID, &j.Name, &j.Kana, &j.Organisation, &j.ToldBy, &j.Message, Time{&j.Made}, &j.State, &j.Reason,
		&j.Person, Time{&j.Decided}, &j.DecidedBy, &j.Version)
}

func (t *tx) CreateJoinRequest(op string, j programme.JoinRequest) error {
	_, err := one(t.ctx, t.q, single[string], `SELECT id FROM join_requests WHERE slack_id = $1 AND state = 'open' AND op <> $2`, j.SlackID, op)
	if err == nil {
		return programme.ErrTaken
	}
	if !errors.Is(err, programme.ErrNoRow) {
		return err
	}
	return once(t.exec(`INSERT INTO join_requests (id, op, slack_id, name, kana, organisation, told_by, message, made_at, state, reason, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', 1) ON CONFLICT (op) DO NOTHING`,
		j.ID, op, j.SlackID, j.Name, j.Kana, j.Organisation, j.ToldBy, j.Message, stamp(j.Made), j.State))
}

func (t *tx) JoinRequest(id string) (programme.JoinRequest, error) {
	return one(t.ctx, t.q, scanJoin, `SELECT `+joinColumns+` FROM join_requests WHERE id = $1`, id)
}

func (t *tx) JoinRequestsOf(slackID string) ([]programme.JoinRequest, error) {
	return all(t.ctx, t.q, scanJoin, `SELECT `+joinColumns+` FROM join_requests WHERE slack_id = $1 ORDER BY made_at DESC, id DESC`, slackID)
}

func (t *tx) JoinRequests(limit int) ([]programme.JoinRequest, error) {
	return all(t.ctx, t.q, scanJoin, `SELECT `+joinColumns+` FROM join_requests WHERE state = 'open' ORDER BY made_at, id LIMIT $1`, limit)
}

func (t *tx) SaveJoinRequest(j programme.JoinRequest) error {
	return fresh(t.exec(`UPDATE join_requests SET state = $2, reason = $3, person_id = $4, decided_at = $5, decided_by = $6, version = version + 1
		WHERE id = $1 AND version = $7`, j.ID, j.State, j.Reason, orNull(j.Person), stamp(j.Decided), orNull(j.DecidedBy), j.Version))
}

// ForgetJoining keeps a newcomer as long as a request of the account is kept.
func (t *tx) ForgetJoining(before time.Time) (int, error) {
	n, err := t.exec(`DELETE FROM join_requests WHERE made_at < $1`, stamp(before))
	if err != nil {
		return 0, err
	}
	m, err := t.exec(`DELETE FROM newcomers WHERE seen_at < $1
		AND NOT EXISTS (SELECT 1 FROM join_requests r WHERE r.slack_id = newcomers.slack_id)`, stamp(before))
	return int(n + m), err
}

const profileColumns = `person_id, wants, confirmed_at, shown_to, fields, share, version`

func scanProfile(r row) (p programme.Profile, err error) {
	return p, r.Scan(&p.Person, &p.Wants, Time{&p.Confirmed}, &p.Shown, JSON{&p.Fields}, &p.Share, &p.Version)
}

func (t *tx) Profile(id programme.PersonID) (programme.Profile, error) {
	return one(t.ctx, t.q, scanProfile, `SELECT `+profileColumns+` FROM profiles WHERE person_id = $1`, id)
}

func (t *tx) SaveProfile(p programme.Profile) error {
	fields, err := asJSON(p.Fields)
	if err != nil {
		return err
	}
	if p.Version == 0 {
		return fresh(t.exec(`INSERT INTO profiles (`+profileColumns+`) VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT DO NOTHING`,
			p.Person, p.Wants, stamp(p.Confirmed), p.Shown, fields, p.Share))
	}
	return fresh(t.exec(`UPDATE profiles SET wants = $2, confirmed_at = $3, shown_to = $4, fields = $5, share = $6, version = version + 1
		WHERE person_id = $1 AND version = $7`, p.Person, p.Wants, stamp(p.Confirmed), p.Shown, fields, p.Share, p.Version))
}

func (t *tx) ShownProfiles() ([]programme.Profile, error) {
	return all(t.ctx, t.q, scanProfile, `SELECT `+profileColumns+` FROM profiles WHERE shown_to <> ''`)
}

func (t *tx) HiddenOfShown() (map[programme.PersonID][]programme.HiddenEntry, error) {
	type line struct {
		of programme.PersonID
		programme.HiddenEntry
	}
	lines, err := all(t.ctx, t.q, func(r row) (l line, err error) {
		return l, r.Scan(&l.of, &l.Hidden, Time{&l.At}, &l.By)
	}, `SELECT person_id, other, at, coalesce(entered_by, '') FROM hidden_from
		WHERE person_id IN (SELECT person_id FROM profiles WHERE shown_to <> '') ORDER BY at, other`)
	out := map[programme.PersonID][]programme.HiddenEntry{}
	for _, l := range lines {
		out[l.of] = append(out[l.of], l.HiddenEntry)
	}
	return out, err
}

const changeColumns = `id, person_id, source, applied, fields, made_at, state, decided_at, coalesce(decided_by, ''), version`

func scanChange(r row) (c programme.ProfileChange, err error) {
	return c, r.Scan(&c.ID, &c.Person, &c.Source, &c.Applied, JSON{&c.Fields}, Time{&c.Made}, &c.State, Time{&c.Decided}, &c.DecidedBy, &c.Version)
}

func (t *tx) CreateProfileChange(op string, c programme.ProfileChange) error {
	fields, err := asJSON(c.Fields)
	if err != nil {
		return err
	}
	return once(t.exec(`INSERT INTO profile_changes (id, op, person_id, source, applied, fields, made_at, state, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) ON CONFLICT (op) DO NOTHING`, c.ID, op, c.Person, c.Source, c.Applied, fields, stamp(c.Made), c.State))
}

func (t *tx) ProfileChange(id string) (programme.ProfileChange, error) {
	return one(t.ctx, t.q, scanChange, `SELECT `+changeColumns+` FROM profile_changes WHERE id = $1`, id)
}

func (t *tx) OpenProfileChanges(id programme.PersonID) ([]programme.ProfileChange, error) {
	return all(t.ctx, t.q, scanChange, `SELECT `+changeColumns+` FROM profile_changes WHERE person_id = $1 AND state = 'open' ORDER BY made_at, id`, id)
}

func (t *tx) SaveProfileChange(c programme.ProfileChange) error {
	return fresh(t.exec(`UPDATE profile_changes SET state = $2, decided_at = $3, decided_by = $4, version = version + 1
		WHERE id = $1 AND version = $5`, c.ID, c.State, stamp(c.Decided), orNull(c.DecidedBy), c.Version))
}

func (t *tx) SlackAccount(id programme.PersonID) (programme.AccountSeen, error) {
	return one(t.ctx, t.q, func(r row) (a programme.AccountSeen, err error) {
		return a, r.Scan(&a.Person, &a.SlackID, &a.Name, &a.Email, &a.Guest, Time{&a.At})
	}, `SELECT person_id, slack_id, name, email, guest, at FROM accounts WHERE person_id = $1`, id)
}

func (t *tx) SaveSlackAccount(a programme.AccountSeen) error {
	_, err := t.exec(`INSERT INTO accounts (person_id, slack_id, name, email, guest, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (person_id) DO UPDATE SET slack_id = $2, name = $3, email = $4, guest = $5, at = $6`,
		a.Person, a.SlackID, a.Name, a.Email, a.Guest, stamp(a.At))
	return err
}
