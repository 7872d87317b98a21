package db

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"tsugite/programme"
)

// The sizes that the design promises to be comfortable at (programme.md, design.md).
const (
	manyPeople     = 10_000
	manyDeliveries = 100_000
)

// grown is a database with many people and old deliveries, built once.
func grown(b *testing.B) *DB {
	b.Helper()
	db := newDB(b)
	ctx := context.Background()
	for chunk := range manyPeople / 1000 {
		write(b, db, func(tx programme.Tx) error {
			for i := range 1000 {
				p := person(programme.PersonID(fmt.Sprintf("P%05d", chunk*1000+i)), programme.Atsugi)
				p.SlackID, p.Cohorts = "U"+string(p.ID), []string{"R8"}
				if p.ID != "P00000" {
					p.Mentors = []programme.PersonID{"P00000"}
				}
				if err := tx.SavePerson(p); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for chunk := range manyDeliveries / 5000 {
		write(b, db, func(tx programme.Tx) error {
			for i := range 5000 {
				n := chunk*5000 + i
				if err := tx.Enqueue(fmt.Sprintf("OLD%06d", n), notice(oldRecipient(n), n/manyPeople)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if _, err := db.writer.ExecContext(ctx, `UPDATE deliveries SET state = 'sent', slack_id = 'D1', slack_ts = '1.2'`); err != nil {
		b.Fatal(err)
	}
	return db
}

func oldRecipient(n int) programme.Recipient {
	return programme.ToPerson(programme.PersonID(fmt.Sprintf("P%05d", n%manyPeople)))
}

// timings collects durations and reports their median and 99th percentile.
type timings []time.Duration

func (ts *timings) measure(f func()) {
	start := time.Now()
	f()
	*ts = append(*ts, time.Since(start))
}

func (ts timings) report(b *testing.B, name string) {
	if len(ts) == 0 {
		return
	}
	slices.Sort(ts)
	b.ReportMetric(float64(ts[len(ts)/2].Microseconds()), name+"-p50-µs")
	b.ReportMetric(float64(ts[len(ts)*99/100].Microseconds()), name+"-p99-µs")
}

// BenchmarkFsync is the machine's own figure, to read the others by.
func BenchmarkFsync(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "f"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var ts timings
	page := make([]byte, 4096)
	for b.Loop() {
		ts.measure(func() {
			if _, err := f.Write(page); err != nil {
				b.Fatal(err)
			}
			if err := f.Sync(); err != nil {
				b.Fatal(err)
			}
		})
	}
	ts.report(b, "fsync")
}

func BenchmarkReceive64(b *testing.B) {
	ctx, db := context.Background(), newDB(b)
	payload := make([]byte, 3000)
	var n atomic.Int64
	b.SetParallelism(32) // times GOMAXPROCS
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			key := fmt.Sprintf("Ev%d", n.Add(1))
			if _, _, err := db.Receive(ctx, programme.Inbound{Key: key, Who: "U1", Payload: payload, At: t0}); err != nil {
				b.Error(err)
			}
			if err := db.Finish(ctx, key); err != nil {
				b.Error(err)
			}
		}
	})
}

func BenchmarkClaimAndSettle(b *testing.B) {
	ctx, db := context.Background(), grown(b)
	var claims, settles timings
	var waiting int
	for b.Loop() {
		if waiting == 0 {
			write(b, db, func(tx programme.Tx) error {
				for range 1000 {
					n := notice(oldRecipient(rand.IntN(manyPeople)), rand.IntN(1e9)+100)
					n.Due = t0
					if err := tx.Enqueue(fmt.Sprintf("NEW%020d", rand.Int64()), n); err != nil {
						return err
					}
				}
				return nil
			})
			waiting = 1000
		}
		var claimed []programme.Delivery
		claims.measure(func() { claimed = must[[]programme.Delivery](b)(db.Claim(ctx, "me", t0, time.Minute, 8)) })
		outcomes := make([]programme.Outcome, len(claimed))
		for i, d := range claimed {
			outcomes[i] = programme.Outcome{Delivery: d, State: programme.Sent, SlackID: "D1", SlackTS: "1.2"}
		}
		settles.measure(func() { must[[]bool](b)(db.Settle(ctx, outcomes)) })
		waiting -= len(claimed)
	}
	claims.report(b, "claim")
	settles.report(b, "settle")
}

// BenchmarkClaimBehindALongLine has 5,000 messages for one channel waiting
// before the one that can be handed out.
func BenchmarkClaimBehindALongLine(b *testing.B) {
	ctx, db := context.Background(), newDB(b)
	write(b, db, func(tx programme.Tx) error {
		for i := range 5000 {
			n := notice("c:office", i)
			n.Due = t0
			if err := tx.Enqueue(fmt.Sprintf("A%05d", i), n); err != nil {
				return err
			}
		}
		return nil
	})
	must[[]programme.Delivery](b)(db.Claim(ctx, "me", t0, time.Hour, 1))
	var claims timings
	for i := 0; b.Loop(); i++ {
		n := notice(programme.Recipient(fmt.Sprintf("p:%d", i)), i)
		n.Due = t0
		enqueue(b, db, fmt.Sprintf("Z%09d", i), n)
		claims.measure(func() {
			if got := must[[]programme.Delivery](b)(db.Claim(ctx, "me", t0, time.Hour, 1)); len(got) != 1 {
				b.Fatal("nothing claimed")
			}
		})
	}
	claims.report(b, "claim")
}

// BenchmarkHome reads what the office's Home reads of the big tables.
func BenchmarkHome(b *testing.B) {
	db := grown(b)
	cases := map[string]func(tx programme.Tx) error{
		"DeliveryCounts": func(tx programme.Tx) error { _, err := tx.DeliveryCounts(); return err },
		"Unknown":        func(tx programme.Tx) error { _, err := tx.Deliveries(programme.Unknown, 3); return err },
		"Sent":           func(tx programme.Tx) error { _, err := tx.Deliveries(programme.Sent, 3); return err },
		"Person":         func(tx programme.Tx) error { _, err := tx.PersonBySlack("UP05000"); return err },
		"People":         func(tx programme.Tx) error { _, err := tx.People(); return err },
		"PeopleUncached": func(tx programme.Tx) error { db.roster.people = nil; _, err := tx.People(); return err },
		"NextAt":         func(programme.Tx) error { _, _, err := db.NextAt(context.Background()); return err },
		"CountByIndex": func(t programme.Tx) error {
			_, err := all(context.Background(), t.(*tx).q, single[string], `SELECT state || count(*) FROM deliveries GROUP BY state`)
			return err
		},
	}
	for name, f := range cases {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := db.Read(context.Background(), f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSavePeople(b *testing.B) {
	for b.Loop() {
		db := newDB(b)
		write(b, db, func(tx programme.Tx) error {
			for i := range 1000 {
				if err := tx.SavePerson(person(programme.PersonID(fmt.Sprintf("P%d", i)))); err != nil {
					return err
				}
			}
			return nil
		})
	}
}
