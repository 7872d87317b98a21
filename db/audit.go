package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"tsugite/programme"
)

// auditLine is an entry as the trail holds it: numbered without a gap and bound
// to the one before.
type auditLine struct {
	seq        int64
	entry      programme.AuditEntry
	prev, hash string
}

const auditColumns = `seq, id, at, by_kind, person, action, subject, detail, prev, hash`

func scanAudit(r row) (auditLine, error) {
	var l auditLine
	e := &l.entry
	err := r.Scan(&l.seq, &e.ID, Time{&e.At}, &e.By, &e.Person, &e.Action, &e.Subject, &e.Detail, &l.prev, &l.hash)
	return l, err
}

// sum is SHA-256 over the line's canonical text: each field with its length, so
// that no two lines have the same text. The detail comes last, and only where there is one:
// entries older than it keep their hash.
func (l auditLine) sum() string {
	e := l.entry
	var text strings.Builder
	fields := []string{
		strconv.FormatInt(l.seq, 10), e.ID, e.At.UTC().Format(time.RFC3339Nano), string(e.By), string(e.Person),
		e.Action, e.Subject, l.prev,
	}
	if e.Detail != "" {
		fields = append(fields, e.Detail)
	}
	for _, field := range fields {
		fmt.Fprintf(&text, "%d:%s\n", len(field), field)
	}
	h := sha256.Sum256([]byte(text.String()))
	return hex.EncodeToString(h[:])
}

func (t *tx) Audit(e programme.AuditEntry) error {
	last, err := one(t.ctx, t.q, scanAudit, `SELECT `+auditColumns+` FROM audit ORDER BY seq DESC LIMIT 1`)
	if err != nil && !errors.Is(err, programme.ErrNoRow) {
		return err
	}
	l := auditLine{seq: last.seq + 1, entry: e, prev: last.hash}
	_, err = t.exec(`INSERT INTO audit (`+auditColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		l.seq, e.ID, stamp(e.At), e.By, e.Person, e.Action, e.Subject, e.Detail, l.prev, l.sum())
	return err
}

func (t *tx) AuditTrail(limit int) ([]programme.AuditEntry, error) {
	return all(t.ctx, t.q, func(r row) (programme.AuditEntry, error) {
		l, err := scanAudit(r)
		return l.entry, err
	}, `SELECT `+auditColumns+` FROM audit ORDER BY seq DESC LIMIT $1`, limit)
}

func (t *tx) CountAudited(by programme.PersonID, action, subject string, after time.Time) (int, error) {
	return one(t.ctx, t.q, single[int], `SELECT count(*) FROM audit WHERE by_kind = $1 AND person = $2 AND action = $3 AND subject = $4 AND at > $5`,
		programme.ByPerson, by, action, subject, stamp(after))
}

// Trail is what VerifyAudit read: how many entries, and the hash of the last.
// Noted down elsewhere, the hash also proves that nobody wrote the whole trail
// anew.
type Trail struct {
	Entries int64
	Head    string
}

// TamperedError says where the audit trail was altered.
type TamperedError struct {
	Seq    int64 // number of the entry where it shows
	Reason string
}

func (e *TamperedError) Error() string {
	return fmt.Sprintf("the audit trail was altered at entry %d: %s", e.Seq, e.Reason)
}

// VerifyAudit reads the whole trail and answers a *TamperedError if an entry was
// changed, removed or put in, or if its end was cut off.
func (db *DB) VerifyAudit(ctx context.Context) (Trail, error) {
	var trail Trail
	q, err := db.reading.begin(ctx)
	if err != nil {
		return trail, err
	}
	defer q.Rollback() // a reader leaves nothing behind
	_, err = all(ctx, q, func(r row) (struct{}, error) {
		l, err := scanAudit(r)
		if err != nil {
			return struct{}{}, err
		}
		switch {
		case l.seq != trail.Entries+1:
			return struct{}{}, &TamperedError{Seq: trail.Entries + 1, Reason: "an entry is missing"}
		case l.prev != trail.Head:
			return struct{}{}, &TamperedError{Seq: l.seq, Reason: "it does not follow the entry before"}
		case l.hash != l.sum():
			return struct{}{}, &TamperedError{Seq: l.seq, Reason: "its text does not fit its hash"}
		}
		trail = Trail{Entries: l.seq, Head: l.hash}
		return struct{}{}, nil
	}, `SELECT `+auditColumns+` FROM audit ORDER BY seq`)
	if err != nil {
		return trail, err
	}
	given, err := one(ctx, q, single[int64], `SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'audit'`)
	if err == nil && given != trail.Entries {
		err = &TamperedError{Seq: trail.Entries + 1, Reason: "the end is missing"}
	}
	return trail, err
}
