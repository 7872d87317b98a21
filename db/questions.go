package db

import (
	"strings"
	"time"

	"tsugite/programme"
)

const enquiryColumns = `id, person_id, state, begun_at, opened_at, asked_at, answered_at, closed_at, coalesce(closed_by, ''), shown, version`

func scanEnquiry(r row) (e programme.Enquiry, err error) {
	return e, r.Scan(&e.ID, &e.Person, &e.State, Time{&e.Begun}, Time{&e.Opened}, Time{&e.Asked}, Time{&e.Answered},
		Time{&e.Closed}, &e.ClosedBy, &e.Shown, &e.Version)
}

func (t *tx) SaveEnquiry(e programme.Enquiry) error {
	args := []any{e.ID, e.Person, e.State, stamp(e.Begun), stamp(e.Opened), stamp(e.Asked), stamp(e.Answered),
		stamp(e.Closed), orNull(e.ClosedBy), e.Shown, e.Version}
	if e.Version == 0 {
		return fresh(t.exec(`INSERT INTO enquiries (id, person_id, state, begun_at, opened_at, asked_at, answered_at, closed_at, closed_by, shown, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 + 1) ON CONFLICT (id) DO NOTHING`, args...))
	}
	return fresh(t.exec(`UPDATE enquiries SET state = $3, begun_at = $4, opened_at = $5, asked_at = $6, answered_at = $7,
			closed_at = $8, closed_by = $9, shown = $10, version = $11 + 1
		WHERE id = $1 AND person_id = $2 AND version = $11`, args...))
}

func (t *tx) Enquiry(id programme.EnquiryID) (programme.Enquiry, error) {
	return one(t.ctx, t.q, scanEnquiry, `SELECT `+enquiryColumns+` FROM enquiries WHERE id = $1`, id)
}

func (t *tx) EnquiriesOf(p programme.PersonID, limit int, states ...programme.EnquiryState) ([]programme.Enquiry, error) {
	names := make([]string, len(states))
	for i, s := range states {
		names[i] = string(s)
	}
	return all(t.ctx, t.q, scanEnquiry, `SELECT `+enquiryColumns+` FROM enquiries
		WHERE person_id = $1 AND instr($3, ',' || state || ',') > 0
		ORDER BY max(asked_at, coalesce(answered_at, asked_at)) DESC, id DESC LIMIT $2`, p, limit, ","+strings.Join(names, ",")+",")
}

func (t *tx) Enquiries(state programme.EnquiryState, limit int) ([]programme.Enquiry, error) {
	return all(t.ctx, t.q, scanEnquiry, `SELECT `+enquiryColumns+` FROM enquiries WHERE state = $1
		ORDER BY opened_at, id LIMIT $2`, state, limit)
}

func (t *tx) FoundBefore(then time.Time, limit int) ([]programme.Enquiry, error) {
	return all(t.ctx, t.q, scanEnquiry, `SELECT `+enquiryColumns+` FROM enquiries WHERE state = $1 AND asked_at < $2
		ORDER BY asked_at, id LIMIT $3`, programme.EnquiryFound, stamp(then), limit)
}

const enquiryWordColumns = `id, op, enquiry_id, side, coalesce(by_id, ''), channel, ts, text, at, edited_at, deleted_at, inside, version`

func scanEnquiryWord(r row) (w programme.EnquiryWord, err error) {
	return w, r.Scan(&w.ID, &w.Op, &w.Enquiry, &w.Side, &w.By, &w.Channel, &w.TS, &w.Text, Time{&w.At}, Time{&w.Edited},
		Time{&w.Deleted}, &w.Inside, &w.Version)
}

func (t *tx) CreateEnquiryWord(w programme.EnquiryWord) error {
	return once(t.exec(`INSERT INTO enquiry_words (id, op, enquiry_id, side, by_id, channel, ts, text, at, edited_at, deleted_at, inside, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1) ON CONFLICT (op) DO NOTHING`,
		w.ID, w.Op, w.Enquiry, w.Side, orNull(w.By), w.Channel, w.TS, w.Text, stamp(w.At), stamp(w.Edited), stamp(w.Deleted), w.Inside))
}

func (t *tx) SaveEnquiryWord(w programme.EnquiryWord) error {
	if _, err := t.exec(`INSERT INTO enquiry_word_versions (word_id, version, text, until)
		SELECT id, version, text, $4 FROM enquiry_words WHERE id = $1 AND version = $2 AND text <> $3`,
		w.ID, w.Version, w.Text, stamp(w.Edited)); err != nil {
		return err
	}
	return fresh(t.exec(`UPDATE enquiry_words SET text = $3, edited_at = $4, deleted_at = $5, inside = $6, version = version + 1
		WHERE id = $1 AND version = $2`, w.ID, w.Version, w.Text, stamp(w.Edited), stamp(w.Deleted), w.Inside))
}

func (t *tx) EnquiryWord(id programme.EnquiryWordID) (programme.EnquiryWord, error) {
	return one(t.ctx, t.q, scanEnquiryWord, `SELECT `+enquiryWordColumns+` FROM enquiry_words WHERE id = $1`, id)
}

func (t *tx) EnquiryWordByOp(op string) (programme.EnquiryWord, error) {
	return one(t.ctx, t.q, scanEnquiryWord, `SELECT `+enquiryWordColumns+` FROM enquiry_words WHERE op = $1`, op)
}

func (t *tx) EnquiryWords(id programme.EnquiryID) ([]programme.EnquiryWord, error) {
	return all(t.ctx, t.q, scanEnquiryWord, `SELECT `+enquiryWordColumns+` FROM enquiry_words WHERE enquiry_id = $1 ORDER BY at, id`, id)
}

func (t *tx) CountEnquiryWords(by programme.PersonID, since time.Time) (int, error) {
	return one(t.ctx, t.q, single[int], `SELECT count(*) FROM enquiry_words WHERE by_id = $1 AND at > $2`, by, stamp(since))
}

func (t *tx) ForgetEnquiryWords(id programme.EnquiryID) error {
	_, err := t.exec(`UPDATE enquiry_words SET text = '' WHERE enquiry_id = $1`, id)
	if err == nil {
		_, err = t.exec(`DELETE FROM enquiry_word_versions WHERE word_id IN (SELECT id FROM enquiry_words WHERE enquiry_id = $1)`, id)
	}
	if err == nil {
		_, err = t.exec(`DELETE FROM enquiry_files WHERE word_id IN (SELECT id FROM enquiry_words WHERE enquiry_id = $1)`, id)
	}
	return err
}

const enquiryFileColumns = `id, word_id, slack_id, name, mimetype, bytes, state`

func scanEnquiryFile(r row) (f programme.EnquiryFile, err error) {
	return f, r.Scan(&f.ID, &f.Word, &f.SlackID, &f.Name, &f.Mimetype, &f.Bytes, &f.State)
}

func (t *tx) AddEnquiryFile(f programme.EnquiryFile) error {
	_, err := t.exec(`INSERT INTO enquiry_files (id, word_id, slack_id, name, mimetype, bytes, state)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`, f.ID, f.Word, f.SlackID, f.Name, f.Mimetype, f.Bytes, f.State)
	return err
}

func (t *tx) EnquiryFiles(id programme.EnquiryWordID) ([]programme.EnquiryFile, error) {
	return all(t.ctx, t.q, scanEnquiryFile, `SELECT `+enquiryFileColumns+` FROM enquiry_files WHERE word_id = $1 ORDER BY id`, id)
}

func (t *tx) EnquiryFile(id string) (programme.EnquiryFile, error) {
	return one(t.ctx, t.q, scanEnquiryFile, `SELECT `+enquiryFileColumns+` FROM enquiry_files WHERE id = $1`, id)
}

const faqColumns = `id, question_ja, question_en, answer_ja, answer_en, made_at, coalesce(by_id, ''), coalesce(enquiry_id, ''), retired_at, version`

func scanFaq(r row) (f programme.FaqEntry, err error) {
	return f, r.Scan(&f.ID, &f.Question.Ja, &f.Question.En, &f.Answer.Ja, &f.Answer.En, Time{&f.Made}, &f.By, &f.Source, Time{&f.Retired}, &f.Version)
}

func (t *tx) CreateFaq(op string, f programme.FaqEntry) error {
	return once(t.exec(`INSERT INTO faq (id, op, question_ja, question_en, answer_ja, answer_en, made_at, by_id, enquiry_id, retired_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) ON CONFLICT (op) DO NOTHING`, f.ID, op, f.Question.Ja, f.Question.En,
		f.Answer.Ja, f.Answer.En, stamp(f.Made), orNull(f.By), orNull(f.Source), stamp(f.Retired)))
}

func (t *tx) FaqByOp(op string) (programme.FaqEntry, error) {
	return one(t.ctx, t.q, scanFaq, `SELECT `+faqColumns+` FROM faq WHERE op = $1`, op)
}

func (t *tx) Faq(id string) (programme.FaqEntry, error) {
	return one(t.ctx, t.q, scanFaq, `SELECT `+faqColumns+` FROM faq WHERE id = $1`, id)
}

func (t *tx) FaqEntries() ([]programme.FaqEntry, error) {
	return all(t.ctx, t.q, scanFaq, `SELECT `+faqColumns+` FROM faq WHERE retired_at IS NULL ORDER BY made_at DESC, id DESC`)
}

func (t *tx) SaveFaq(f programme.FaqEntry) error {
	return fresh(t.exec(`UPDATE faq SET question_ja = $2, question_en = $3, answer_ja = $4, answer_en = $5, retired_at = $6, version = version + 1
		WHERE id = $1 AND version = $7`, f.ID, f.Question.Ja, f.Question.En, f.Answer.Ja, f.Answer.En, stamp(f.Retired), f.Version))
}
