package programme_test

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tsugite/db"
	"tsugite/programme"
)

// deliver sends everything that is due, as the Courier does: what the facts
// withdraw is cancelled, the rest stands. It answers the new messages, in order, as
// "kind to", and of a moved event " old → new" in days and places.
func (h *house) deliver() []string {
	h.t.Helper()
	h.now = h.now.Add(time.Second)
	store := h.Store.(*db.DB)
	var said []string
	for {
		claimed, err := store.Claim(context.Background(), "courier", h.now, time.Hour, 100)
		if err != nil {
			h.t.Fatal(err)
		}
		if len(claimed) == 0 {
			slices.Sort(said)
			return said
		}
		var outcomes []programme.Outcome
		for _, d := range claimed {
			update := d.Op == programme.OpUpdate
			m, err := h.Matter(context.Background(), d.Notice, update)
			if err != nil {
				h.t.Fatal(err)
			}
			o := programme.Outcome{Delivery: d, State: programme.Sent, SlackID: "D1", SlackTS: fmt.Sprintf("%d.000100", h.now.Unix())}
			switch {
			case m.Withdrawn != "":
				o = programme.Outcome{Delivery: d, State: programme.Cancelled, Error: m.Withdrawn}
			case !update:
				said = append(said, saying(d, m))
			}
			outcomes = append(outcomes, o)
		}
		if _, err := store.Settle(context.Background(), outcomes); err != nil {
			h.t.Fatal(err)
		}
	}
}

func saying(d programme.Delivery, m programme.Matter) string {
	s := string(d.Kind) + " " + string(d.To)
	if d.Kind == programme.NoticeEventMoved {
		at := func(c programme.EventChange) string { return c.Start.In(tokyo).Format("1/2 ") + c.Place }
		s += " " + at(m.Before) + " → " + at(m.After)
	}
	return s
}

// ask leaves the question whether they come, as the planner does, with these people.
func (h *house) ask(e programme.Event, people ...programme.PersonID) {
	h.t.Helper()
	var ns []programme.Notice
	for _, p := range people {
		ns = append(ns, programme.Notice{
			Kind: programme.NoticeEventAsk, Subject: string(e.ID), To: programme.ToPerson(p),
			Occasion: programme.EventOccasion("ask", e), Due: h.now, UsefulUntil: e.End,
		})
	}
	if err := h.EnqueueAll(context.Background(), ns); err != nil {
		h.t.Fatal(err)
	}
}

// event reads an event as it is now.
func (h *house) event(id programme.EventID) programme.Event {
	h.t.Helper()
	var e programme.Event
	err := h.Store.Read(context.Background(), func(tx programme.Tx) (err error) {
		e, err = tx.Event(id)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}
