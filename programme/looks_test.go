package programme_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"tsugite/programme"
)

// slowStore keeps every snapshot open, after it was looked at, until it is let go.
type slowStore struct {
	programme.Store
	open chan struct{}
	end  chan struct{}
}

func (s slowStore) Read(ctx context.Context, f func(programme.Tx) error) error {
	return s.Store.Read(ctx, func(tx programme.Tx) error {
		err := f(tx)
		s.open <- struct{}{}
		<-s.end
		return err
	})
}

func slow(h *house) slowStore {
	s := slowStore{Store: h.Store, open: make(chan struct{}), end: make(chan struct{})}
	h.Store = s
	return s
}

// letGo ends the snapshot that is open.
func (s slowStore) letGo() { <-s.open; s.end <- struct{}{} }

type looked struct {
	programme.Matter
	err error
}

// looks asks what an event's question to a person is about.
func (h *house) looks(ctx context.Context, e programme.Event, p programme.PersonID) <-chan looked {
	n := programme.Notice{Kind: programme.NoticeEventAsk, Subject: string(e.ID), To: programme.ToPerson(p),
		Occasion: programme.EventOccasion("ask", e), Due: h.now, UsefulUntil: e.End}
	answer := make(chan looked, 1)
	go func() {
		m, err := h.Matter(ctx, n, false)
		answer <- looked{m, err}
	}()
	return answer
}

// waiting waits until so many looks wait for the next snapshot.
func (h *house) waiting(n int) {
	h.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); h.LooksWaiting() != n; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			h.t.Fatalf("%d looks wait, want %d", h.LooksWaiting(), n)
		}
	}
}

func TestLooksThatComeTogetherShareASnapshot(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	store := slow(h)
	first := h.looks(t.Context(), e, "atsugi")
	<-store.open
	crowd := map[programme.PersonID]<-chan looked{}
	for _, p := range []programme.PersonID{"atsugi", "other-atsugi", "expert", "nobody"} {
		crowd[p] = h.looks(t.Context(), e, p)
	}
	h.waiting(len(crowd))
	store.end <- struct{}{}
	store.letGo() // one more snapshot for all of them
	if m := <-first; m.err != nil || m.To.ID != "atsugi" {
		t.Errorf("the first: %q %v", m.To.ID, m.err)
	}
	for p, answer := range crowd {
		m := <-answer
		if p == "nobody" {
			if m.err != nil || m.Withdrawn != "gone" {
				t.Errorf("nobody: withdrawn %q, %v", m.Withdrawn, m.err)
			}
			continue
		}
		if m.err != nil || m.To.ID != p || m.Event.ID != e.ID {
			t.Errorf("%s: %q about %q, %v", p, m.To.ID, m.Event.ID, m.err)
		}
	}
}

func TestALookIsNeverOlderThanItsQuestion(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	store := slow(h)
	if m := h.looks(t.Context(), e, "atsugi"); (<-m).Withdrawn != "" {
		t.Fatal("withdrawn before anything happened")
	}
	<-store.open // this snapshot knows of no cancellation
	h.write(func(tx programme.Tx) error {
		stored, err := tx.Event(e.ID)
		if err != nil {
			return err
		}
		stored.Cancelled = h.now
		return tx.SaveEvent(stored)
	})
	m := h.looks(t.Context(), e, "other-atsugi")
	h.waiting(1)
	store.end <- struct{}{}
	store.letGo()
	if got := <-m; got.err != nil || got.Withdrawn != "cancelled" {
		t.Errorf("withdrawn %q, %v, want cancelled", got.Withdrawn, got.err)
	}
}

func TestWhoGivesUpALookWaitsForNobody(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	store := slow(h)
	h.looks(t.Context(), e, "atsugi")
	<-store.open
	ctx, cancel := context.WithCancel(t.Context())
	second := h.looks(ctx, e, "other-atsugi")
	h.waiting(1)
	cancel()
	if m := <-second; !errors.Is(m.err, context.Canceled) {
		t.Errorf("error %v", m.err)
	}
	store.end <- struct{}{}
	store.letGo()
}

// brokenStore has no snapshots, or breaks at one person.
type brokenStore struct {
	programme.Store
	err error
}

func (s brokenStore) Read(ctx context.Context, f func(programme.Tx) error) error {
	if s.err != nil {
		return s.err
	}
	return s.Store.Read(ctx, func(tx programme.Tx) error { return f(brokenTx{tx}) })
}

type brokenTx struct{ programme.Tx }

func (t brokenTx) Person(id programme.PersonID) (programme.Person, error) {
	if id == "atsugi" {
		panic("a broken person")
	}
	return t.Tx.Person(id)
}

func TestALookThatBreaksIsItsOwnFault(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	whole, failure := h.Store, errors.New("no disk")
	h.Store = brokenStore{Store: whole, err: failure}
	if m := <-h.looks(t.Context(), e, "atsugi"); !errors.Is(m.err, failure) {
		t.Errorf("without a snapshot: %v", m.err)
	}
	h.Store = brokenStore{Store: whole}
	if m := <-h.looks(t.Context(), e, "atsugi"); m.err == nil {
		t.Error("a look that broke answers no error")
	}
	if m := <-h.looks(t.Context(), e, "other-atsugi"); m.err != nil || m.To.ID != "other-atsugi" {
		t.Errorf("the next: %q %v", m.To.ID, m.err)
	}
}
