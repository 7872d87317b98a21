package db

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"testing"

	"tsugite/programme"
)

// details are of an entry without one, as all older ones are, and of one with it.
var details = []string{"", "state=open>booked"}

func trail(t *testing.T, db *DB, entries int) {
	t.Helper()
	write(t, db, func(tx programme.Tx) error {
		for i := range entries {
			if err := tx.Audit(programme.AuditEntry{
				ID: fmt.Sprintf("01A%02d", i), At: minutes(i), By: programme.ByPerson, Person: "p1", Action: "memo.read", Subject: fmt.Sprint("memo", i),
				Detail: details[i%len(details)],
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestAuditTrailIsWhole(t *testing.T) {
	db := newDB(t)
	if got, err := db.VerifyAudit(t.Context()); err != nil || got.Entries != 0 {
		t.Fatalf("empty: %+v %v", got, err)
	}
	trail(t, db, 5)
	got, err := db.VerifyAudit(t.Context())
	if err != nil || got.Entries != 5 || len(got.Head) != 64 {
		t.Fatalf("%+v %v", got, err)
	}
	newest := read(t, db, func(tx programme.Tx) ([]programme.AuditEntry, error) { return tx.AuditTrail(2) })
	if len(newest) != 2 || newest[0].Subject != "memo4" || newest[1].Subject != "memo3" || newest[0].Detail != details[0] || newest[1].Detail != details[1] {
		t.Errorf("newest first: %v", newest)
	}
}

// TestWhatIsCountedOfTheTrail: what that person did to that record since, and nothing else.
func TestWhatIsCountedOfTheTrail(t *testing.T) {
	db := newDB(t)
	write(t, db, func(tx programme.Tx) error {
		for i, e := range []programme.AuditEntry{
			{At: minutes(1)}, {At: minutes(2)}, {At: minutes(3)}, {At: minutes(3), Person: "p2"},
			{At: minutes(3), Action: "session.book"}, {At: minutes(3), Subject: "other"}, {At: minutes(3), By: programme.ByOperator},
		} {
			e.ID, e.By, e.Person = fmt.Sprint("01A", i), cmp.Or(e.By, programme.ByPerson), cmp.Or(e.Person, "p1")
			e.Action, e.Subject = cmp.Or(e.Action, "session.venue"), cmp.Or(e.Subject, "s")
			if err := tx.Audit(e); err != nil {
				return err
			}
		}
		return nil
	})
	for after, want := range map[int]int{0: 3, 1: 2, 3: 0} {
		got := read(t, db, func(tx programme.Tx) (int, error) { return tx.CountAudited("p1", "session.venue", "s", minutes(after)) })
		if got != want {
			t.Errorf("after minute %d: %d, want %d", after, got, want)
		}
	}
}

func TestAuditTrailIsAppendOnly(t *testing.T) {
	db := newDB(t)
	trail(t, db, 2)
	for _, query := range []string{`UPDATE audit SET action = 'x'`, `DELETE FROM audit`} {
		if _, err := db.writer.Exec(query); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", query, err)
		}
	}
}

// Somebody with the file and SQL can drop the triggers; then it shows.
func TestAlteredAuditTrailShows(t *testing.T) {
	for rule, c := range map[string]struct {
		alter string
		seq   int64
	}{
		"an entry changed":         {`UPDATE audit SET subject = 'memo9' WHERE seq = 3`, 3},
		"a detail changed":         {`UPDATE audit SET detail = 'state=open>held' WHERE seq = 2`, 2},
		"a detail added":           {`UPDATE audit SET detail = 'state=open>held' WHERE seq = 3`, 3},
		"a detail removed":         {`UPDATE audit SET detail = '' WHERE seq = 2`, 2},
		"a moment changed":         {`UPDATE audit SET at = '2026-09-02 00:00:00+00:00' WHERE seq = 2`, 2},
		"text moved between words": {`UPDATE audit SET action = 'memo', subject = '.readmemo2' WHERE seq = 3`, 3},
		"the first removed":        {`DELETE FROM audit WHERE seq = 1`, 1},
		"one removed":              {`DELETE FROM audit WHERE seq = 3`, 3},
		"one removed, renumbered":  {`DELETE FROM audit WHERE seq = 3; UPDATE audit SET seq = seq - 1 WHERE seq > 3`, 3},
		"the end cut off":          {`DELETE FROM audit WHERE seq > 3`, 4},
		"all removed":              {`DELETE FROM audit`, 1},
		"two exchanged":            {`UPDATE audit SET seq = -2 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = -2`, 2},
	} {
		t.Run(rule, func(t *testing.T) {
			db := newDB(t)
			trail(t, db, 5)
			if _, err := db.writer.Exec(`DROP TRIGGER audit_unchanged; DROP TRIGGER audit_kept; ` + c.alter); err != nil {
				t.Fatal(err)
			}
			_, err := db.VerifyAudit(t.Context())
			var tampered *TamperedError
			if !errors.As(err, &tampered) || tampered.Seq != c.seq {
				t.Errorf("error is %v, want entry %d", err, c.seq)
			}
		})
	}
}

// No two entries have the same text, whatever is in their fields.
func TestAuditTextIsUnambiguous(t *testing.T) {
	for _, between := range []string{"", " ", "\n", "\n0:", "\n1:"} {
		a := auditLine{entry: programme.AuditEntry{Action: "a" + between + "b", Subject: "c"}}
		b := auditLine{entry: programme.AuditEntry{Action: "a", Subject: "b" + between + "c"}}
		if a.sum() == b.sum() {
			t.Errorf("with %q between two words their border does not count", between)
		}
		b = a
		b.entry.Subject, b.entry.Detail = "", "c"+between
		if a.sum() == b.sum() {
			t.Errorf("with %q a detail is a subject", between)
		}
	}
}
