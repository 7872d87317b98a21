package db

import "tsugite/programme"

const recommendationColumns = `id, organisation, by_id, contact_id, at, state, since, firm, name, kana, prefecture, craft, why,
	may_contact, email, phone, own_no, reason, told, coalesce(person_id, ''), version`

func scanRecommendation(r row) (x programme.Recommendation, err error) {
	return x, r.Scan(&x.ID, &x.Organisation, &x.By, &x.Contact, Time{&x.At}, &x.State, Time{&x.Since}, &x.Firm, &x.Name, &x.Kana,
		&x.Prefecture, &x.Craft, &x.Why, &x.MayContact, &x.Email, &x.Phone, &x.OwnNo, &x.Reason, &x.Told, &x.Person, &x.Version)
}

func (t *tx) CreateRecommendation(op string, r programme.Recommendation) error {
	return once(t.exec(`INSERT INTO recommendations (id, op, organisation, by_id, contact_id, at, state, since, firm, name, kana,
		prefecture, craft, why, may_contact, email, phone, own_no, reason, told, person_id, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, 1)
		ON CONFLICT (op) DO NOTHING`,
		r.ID, op, r.Organisation, r.By, r.Contact, stamp(r.At), r.State, stamp(r.Since), r.Firm, r.Name, r.Kana,
		r.Prefecture, r.Craft, r.Why, r.MayContact, r.Email, r.Phone, r.OwnNo, r.Reason, r.Told, orNull(r.Person)))
}

func (t *tx) Recommendation(id programme.RecommendationID) (programme.Recommendation, error) {
	return t.recommendation(`id = $1`, id)
}

func (t *tx) RecommendationByOp(op string) (programme.Recommendation, error) {
	return t.recommendation(`op = $1`, op)
}

func (t *tx) recommendation(where string, arg any) (programme.Recommendation, error) {
	return one(t.ctx, t.q, scanRecommendation, `SELECT `+recommendationColumns+` FROM recommendations WHERE `+where, arg)
}

func (t *tx) Recommendations() ([]programme.Recommendation, error) {
	return all(t.ctx, t.q, scanRecommendation, `SELECT `+recommendationColumns+` FROM recommendations ORDER BY at DESC, id DESC`)
}

func (t *tx) RecommendationsOf(organisation string) ([]programme.Recommendation, error) {
	return all(t.ctx, t.q, scanRecommendation, `SELECT `+recommendationColumns+` FROM recommendations
		WHERE organisation = $1 ORDER BY at DESC, id DESC`, organisation)
}

func (t *tx) SaveRecommendation(r programme.Recommendation) error {
	return fresh(t.exec(`UPDATE recommendations SET contact_id = $3, state = $4, since = $5, email = $6, phone = $7, own_no = $8,
		reason = $9, told = $10, person_id = $11, version = version + 1 WHERE id = $1 AND version = $2`,
		r.ID, r.Version, r.Contact, r.State, stamp(r.Since), r.Email, r.Phone, r.OwnNo, r.Reason, r.Told, orNull(r.Person)))
}

func (t *tx) AddAllowance(op string, a programme.Allowance) error {
	return once(t.exec(`INSERT INTO recommend_quotas (op, organisation, quota, reason, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (op) DO NOTHING`, op, a.Organisation, a.Quota, a.Reason, orNull(a.By), stamp(a.At)))
}

func (t *tx) Allowances() ([]programme.Allowance, error) {
	return all(t.ctx, t.q, func(r row) (a programme.Allowance, err error) {
		return a, r.Scan(&a.Organisation, &a.Quota, &a.Reason, &a.By, Time{&a.At})
	}, `SELECT organisation, quota, reason, coalesce(by_id, ''), at FROM recommend_quotas ORDER BY at, rowid`)
}
