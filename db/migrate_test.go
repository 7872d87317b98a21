package db

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"tsugite/programme"
)

// schema is everything that the file's schema says.
func schema(t *testing.T, pool *sql.DB) []string {
	t.Helper()
	return must[[]string](t)(all(context.Background(), pool, single[string],
		`SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name`))
}

func TestMigratesFromEveryEarlierVersion(t *testing.T) {
	want := schema(t, newDB(t).writer)
	steps := must[int64](t)(one(t.Context(), newDB(t).writer, single[int64], `SELECT max(version_id) FROM goose_db_version`))
	for from := range steps {
		t.Run(fmt.Sprint("from ", from), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "t.db")
			if from > 0 {
				stopAt(t, path, from)
			}
			db := open(t, path)
			if got := schema(t, db.writer); !slices.Equal(got, want) {
				t.Errorf("the schema is\n%q, want\n%q", got, want)
			}
			if bad := must[[]string](t)(all(t.Context(), db.writer, single[string], `PRAGMA integrity_check`)); bad[0] != "ok" {
				t.Error(bad)
			}
			savePeople(t, db, person("after"))
			if got := must[string](t)(one(t.Context(), db.writer, single[string], `SELECT group_concat(id) FROM people`)); from > 0 && got != "after,before" && got != "before,after" {
				t.Errorf("people are %s", got)
			}
		})
	}
}

// stopAt makes a database of an earlier version, with a row in it.
func stopAt(t *testing.T, path string, version int64) {
	t.Helper()
	pool, err := sql.Open("sqlite", dsn(path, writerOptions))
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	provider, err := migrations(pool)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(context.Background(), version); err != nil {
		t.Fatal(err)
	}
	_, err = pool.Exec(`INSERT INTO people (id, slack_id, name, kana, email, email_folded, roles, kind, organisation,
		prefecture, cohorts, recommended_by, craft, bank, notified, pledged, note, locale, left_at, version)
		VALUES ('before', '', '', '', '', '', '[]', '', '', '', '[]', '', '', '', '', '', '', '', NULL, 1)`)
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryTableHasAVerdict(t *testing.T) {
	tables := must[[]string](t)(all(t.Context(), newDB(t).writer, single[string],
		`SELECT name FROM pragma_table_list WHERE type IN ('table', 'virtual') AND schema = 'main' AND name NOT LIKE 'sqlite_%'`))
	for _, name := range tables {
		switch Verdicts[name] {
		case Keep, Anonymise, Delete:
		default:
			t.Errorf("table %s has no verdict: say in verdicts.go what erasure does with it", name)
		}
	}
	for name := range Verdicts {
		if !slices.Contains(tables, name) {
			t.Errorf("there is no table %s any more", name)
		}
	}
}

// TestHotQueriesUseTheirIndex: without it they walk what has grown for years.
func TestHotQueriesUseTheirIndex(t *testing.T) {
	db := newDB(t)
	for query, want := range map[string]string{
		`SELECT d.next_at FROM deliveries d INDEXED BY deliveries_due WHERE ` + ready + ` ORDER BY d.next_at, d.id LIMIT 1`:                                          "SCAN d USING INDEX deliveries_due",
		`SELECT * FROM deliveries WHERE state = 'unknown' ORDER BY id DESC LIMIT 3`:                                                                                  "SEARCH deliveries USING INDEX deliveries_state (state=?)",
		`UPDATE deliveries SET rev = rev + 1 WHERE kind = 'k' AND subject = 's' AND recipient = 'r'`:                                                                 "SEARCH deliveries USING INDEX deliveries_notice (kind=? AND subject=? AND recipient=?)",
		`UPDATE deliveries SET rev = rev + 1 WHERE kind = 'k' AND subject = 's'`:                                                                                     "SEARCH deliveries USING INDEX deliveries_notice (kind=? AND subject=?)",
		`SELECT id FROM people WHERE slack_id = 'U' AND slack_id <> ''`:                                                                                              "SEARCH people USING INDEX people_slack (slack_id=?)",
		`SELECT id FROM people WHERE email_folded = 'a' AND email_folded <> ''`:                                                                                      "SEARCH people USING INDEX people_email (email_folded=?)",
		`SELECT state, count(*) FROM responses WHERE survey_id = 's' GROUP BY state`:                                                                                 "SEARCH responses USING COVERING INDEX responses_survey (survey_id=?)",
		`SELECT key FROM inbox WHERE handled = 0 ORDER BY seq`:                                                                                                       "SCAN inbox USING INDEX inbox_unfinished",
		`SELECT seq FROM inbox WHERE handled = 1 AND at < '2026' ORDER BY at LIMIT 500`:                                                                              "SEARCH inbox USING COVERING INDEX inbox_old (at<?)",
		`SELECT * FROM deliveries INDEXED BY deliveries_late WHERE ` + late + ` ORDER BY id DESC LIMIT 5`:                                                            "SCAN deliveries USING INDEX deliveries_late",
		`SELECT subject FROM overrides WHERE subject = 'e' ORDER BY kind, occasion`:                                                                                  "SEARCH overrides USING PRIMARY KEY (subject=?)",
		`SELECT id FROM guests WHERE event_id = 'e' ORDER BY kana, name, id`:                                                                                         "SEARCH guests USING INDEX guests_event (event_id=?)",
		`SELECT cell FROM occupied WHERE person_id = 'p' AND cell >= 1 AND cell < 9 ORDER BY cell`:                                                                   "SEARCH occupied USING PRIMARY KEY (person_id=? AND cell>? AND cell<?)",
		`DELETE FROM occupied WHERE holder = 's'`:                                                                                                                    "SEARCH occupied USING INDEX occupied_holder (holder=?)",
		`SELECT m.id FROM memos m WHERE 1 = 1 AND m.reviewed_at IS NULL AND m.withdrawn_at IS NULL ORDER BY m.written_at, m.id LIMIT 20`:                             "SCAN m USING INDEX memos_to_review",
		`SELECT m.id FROM memos m WHERE 1 = 1 AND m.shared_version < m.version AND m.reviewed_at IS NOT NULL AND m.withdrawn_at IS NULL ORDER BY m.written_at, m.id`: "SCAN m USING INDEX memos_to_share",
		`UPDATE deliveries SET next_at = 1 WHERE state = 'sending'`:                                                                                                  "SEARCH deliveries USING INDEX deliveries_state (state=?)",
	} {
		plan, err := all(t.Context(), db.writer, func(r row) (detail string, err error) {
			var ignored int
			return detail, r.Scan(&ignored, &ignored, &ignored, &detail)
		}, `EXPLAIN QUERY PLAN `+query)
		if err != nil {
			t.Fatal(query, err)
		}
		if !slices.Contains(plan, want) {
			t.Errorf("%s\nis done by %q, want %s", query, plan, want)
		}
	}
}

// TestEventsOfAnEarlierVersionHaveTheirFirstChange: moving one tells from what.
func TestEventsOfAnEarlierVersionHaveTheirFirstChange(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	stopAt(t, path, 2)
	pool, err := sql.Open("sqlite", dsn(path, writerOptions))
	if err != nil {
		t.Fatal(err)
	}
	_, err = pool.Exec(`INSERT INTO events (id, kind, title, start_at, end_at, place, url, audience, capacity, bring, approved, cancelled_at, touched, version)
		VALUES ('old', 'workshop', '題', $1, $2, '会館', 'https://example.jp/', '{}', 3, '', '2026-08-01', NULL, 1, 5)`, stamp(t0), stamp(minutes(60)))
	if err != nil {
		t.Fatal(err)
	}
	if err := pool.Close(); err != nil {
		t.Fatal(err)
	}
	db := open(t, path)
	e := read(t, db, func(tx programme.Tx) (programme.Event, error) { return tx.Event("old") })
	exact(t, e, programme.Event{
		ID: "old", Kind: programme.Workshop, Title: "題", Start: t0, End: minutes(60), Place: "会館", URL: "https://example.jp/",
		Capacity: 3, Host: programme.ByBureau, Approved: "2026-08-01", Touched: true, Version: 5,
	})
	changes := read(t, db, func(tx programme.Tx) ([]programme.EventChange, error) { return tx.EventChanges("old") })
	exact(t, changes, []programme.EventChange{{
		Event: "old", Title: "題", Start: t0, End: minutes(60), Place: "会館", URL: "https://example.jp/", At: t0,
	}})
}
