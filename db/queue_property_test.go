package db

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tsugite/programme"
)

// couriers plays several Couriers, one of which may be frozen or dead, against
// one queue, and knows by itself what must never happen.
type couriers struct {
	db      *DB
	t       *rapid.T
	now     time.Time
	held    []programme.Delivery // claims whose outcome is to come, also stale ones
	holder  map[string]programme.Delivery
	planned map[string]bool // every id that was enqueued
	posted  map[programme.Recipient][]string
}

func TestQueueUnderAnyOrderOfEvents(t *testing.T) {
	db := newDB(t)
	rapid.Check(t, func(r *rapid.T) {
		if _, err := db.writer.Exec(`DELETE FROM deliveries`); err != nil {
			r.Fatal(err)
		}
		c := &couriers{
			db: db, t: r, now: t0, holder: map[string]programme.Delivery{}, planned: map[string]bool{},
			posted: map[programme.Recipient][]string{},
		}
		r.Repeat(map[string]func(*rapid.T){
			"enqueue": c.enqueue, "claim": c.claim, "settle": c.settle, "wait": c.wait, "redraw": c.redraw, "": c.check,
		})
		c.drain()
	})
}

func (c *couriers) fail(err error) {
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *couriers) write(f func(programme.Tx) error) { c.fail(c.db.Write(c.t.Context(), f)) }

func (c *couriers) enqueue(r *rapid.T) {
	n := len(c.planned)
	id := fmt.Sprintf("%04d", n)
	to := programme.Recipient(rapid.SampledFrom([]string{"p:1", "p:2", "c:office"}).Draw(r, "to"))
	c.planned[id] = true
	c.write(func(tx programme.Tx) error {
		return tx.Enqueue(id, programme.Notice{Kind: "k", Subject: "s", To: to, Occasion: id, Due: c.now})
	})
}

func (c *couriers) wait(r *rapid.T) {
	c.now = c.now.Add(time.Duration(rapid.IntRange(1, 90).Draw(r, "seconds")) * time.Second)
}

func (c *couriers) redraw(*rapid.T) {
	c.write(func(tx programme.Tx) error { return tx.Redraw(programme.Notice{Kind: "k", Subject: "s"}, c.now) })
}

func (c *couriers) claim(r *rapid.T) {
	c.now = c.now.Add(1) // a claim is told from the one before by the end of its lease
	owner := rapid.SampledFrom([]string{"x", "y"}).Draw(r, "owner")
	got, err := c.db.Claim(c.t.Context(), owner, c.now, lease, rapid.IntRange(1, 3).Draw(r, "n"))
	c.fail(err)
	for i, d := range got {
		if h, taken := c.holder[d.ID]; taken && h.NextAt.After(c.now) {
			r.Fatalf("%s was handed to %s while %s holds it until %v", d.ID, owner, h.Owner, h.NextAt)
		}
		for id, h := range c.holder {
			if id != d.ID && h.To == d.To {
				r.Fatalf("%s was handed out beside %s of the same recipient", d.ID, id)
			}
		}
		if i > 0 && slices.ContainsFunc(got[:i], func(o programme.Delivery) bool { return o.To == d.To }) {
			r.Fatalf("two of one recipient in one batch")
		}
	}
	for _, d := range got {
		c.holder[d.ID] = d
		c.held = append(c.held, d)
	}
}

func (c *couriers) settle(r *rapid.T) {
	if len(c.held) == 0 {
		r.Skip("nothing was claimed")
	}
	i := rapid.IntRange(0, len(c.held)-1).Draw(r, "which")
	d := c.held[i]
	o := programme.Outcome{Delivery: d, NextAt: c.now.Add(20 * time.Second)}
	switch rapid.IntRange(0, 4).Draw(r, "outcome") {
	case 0, 1:
		o.State, o.SlackID, o.SlackTS = programme.Sent, "D", "1."+d.ID
	case 2:
		o.State, o.GiveBack = programme.Pending, true
	case 3:
		o.State = programme.Pending
	case 4:
		o.State, o.Unsure = programme.Sending, true
	}
	accepted, err := c.db.Settle(c.t.Context(), []programme.Outcome{o})
	c.fail(err)
	current, holds := c.holder[d.ID]
	holds = holds && current.Owner == d.Owner && current.Attempts == d.Attempts && current.NextAt.Equal(d.NextAt)
	if accepted[0] != holds {
		r.Fatalf("outcome of %s (attempt %d of %s): accepted %v, while the claim held: %v", d.ID, d.Attempts, d.Owner, accepted[0], holds)
	}
	if !accepted[0] {
		return // a stale outcome may be brought again and again
	}
	delete(c.holder, d.ID)
	if o.State == programme.Sending { // nobody's, but still on its way
		d.Owner, d.NextAt = "", o.NextAt
		c.holder[d.ID] = d
	}
	if o.State == programme.Sent && d.Op == programme.OpPost {
		c.posted[d.To] = append(c.posted[d.To], d.ID)
	}
}

// check holds after every step: nothing is lost, everybody's messages are in
// order, and NextAt tells when Claim has something.
func (c *couriers) check(r *rapid.T) {
	for to, ids := range c.posted {
		if !slices.IsSorted(ids) {
			r.Fatalf("%s got %v: out of order", to, ids)
		}
	}
	var counts programme.DeliveryCounts
	c.fail(c.db.Read(c.t.Context(), func(tx programme.Tx) (err error) {
		counts, err = tx.DeliveryCounts()
		return err
	}))
	total := 0
	for _, n := range counts {
		total += n
	}
	if total != len(c.planned) {
		r.Fatalf("%d deliveries are counted, %d were enqueued", total, len(c.planned))
	}
}

// drain lets one Courier finish: everything is sent in the end, at the moments
// that NextAt names.
func (c *couriers) drain() {
	for range 10 * (len(c.planned) + 1) {
		at, ok, err := c.db.NextAt(c.t.Context())
		c.fail(err)
		if !ok {
			break
		}
		if at.After(c.now) {
			c.now = at
		}
		got, err := c.db.Claim(c.t.Context(), "last", c.now, lease, 100)
		c.fail(err)
		if len(got) == 0 {
			c.t.Fatalf("something should have been due at %v", at)
		}
		outcomes := make([]programme.Outcome, len(got))
		for i, d := range got {
			outcomes[i] = sent(d)
			if d.Op == programme.OpPost {
				c.posted[d.To] = append(c.posted[d.To], d.ID)
			}
		}
		_, err = c.db.Settle(c.t.Context(), outcomes)
		c.fail(err)
	}
	c.check(c.t)
	n := 0
	for _, ids := range c.posted {
		n += len(ids)
	}
	if n != len(c.planned) {
		c.t.Fatalf("%d of %d were posted", n, len(c.planned))
	}
}
