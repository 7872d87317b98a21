package db

import "tsugite/programme"

func (t *tx) RecordCopy(id string, c programme.Copy) error {
	_, err := t.exec(`INSERT INTO copies (id, kind, subject, version, recipient, occasion, reason, at)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE $6 = '' OR NOT EXISTS (SELECT 1 FROM copies
			WHERE kind = $2 AND subject = $3 AND version = $4 AND recipient = $5 AND occasion = $6)`,
		id, c.Kind, c.Subject, c.Version, string(c.To), c.Occasion, c.Reason, stamp(c.At))
	return err
}

func (t *tx) CopiesOf(subject string) ([]programme.Copy, error) {
	return all(t.ctx, t.q, func(r row) (c programme.Copy, err error) {
		return c, r.Scan(&c.Kind, &c.Subject, &c.Version, &c.To, &c.Occasion, &c.Reason, Time{&c.At})
	}, `SELECT kind, subject, version, recipient, occasion, reason, at FROM copies WHERE subject = $1 ORDER BY at, id`, subject)
}

// MemosUndigested leaves out what an earlier digest has: one that went out, or of which
// nobody can tell, or that is still on its way.
func (t *tx) MemosUndigested(occasion string) ([]programme.Memo, error) {
	return all(t.ctx, t.q, scanMemo, `SELECT `+memoColumns+` FROM memos m
		WHERE m.shared_version > 0 AND m.withdrawn_at IS NULL AND NOT EXISTS (
			SELECT 1 FROM copies c JOIN deliveries d ON d.kind = c.kind AND d.recipient = c.recipient AND d.occasion = c.occasion
			WHERE c.kind = $1 AND c.subject = m.id AND c.version = m.shared_version AND c.occasion <> $2
				AND d.state IN ('pending', 'sending', 'sent', 'unknown'))
		ORDER BY m.held, m.seq`, programme.CopyDigest, occasion)
}
