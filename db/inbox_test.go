package db

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"tsugite/programme"
)

func TestInboxTellsRepeats(t *testing.T) {
	ctx, db := context.Background(), newDB(t)
	in := programme.Inbound{Key: "Ev1", Type: "events_api", Who: "U1", Payload: []byte(`{"a":1}`), At: t0}
	if stored, fresh, err := db.Receive(ctx, in); err != nil || !fresh || string(stored.Payload) != `{"a":1}` {
		t.Fatalf("first: %+v %v %v", stored, fresh, err)
	}
	if stored, fresh, err := db.Receive(ctx, in); err != nil || fresh || stored.Handled || stored.Ack != nil {
		t.Fatalf("repeat before it was handled: %+v %v %v", stored, fresh, err)
	}
	if err := db.Acknowledge(ctx, "Ev1", []byte{}); err != nil {
		t.Fatal(err)
	}
	stored, fresh, err := db.Receive(ctx, in)
	if err != nil || fresh || !stored.Handled || stored.Payload != nil {
		t.Fatalf("repeat after it was acknowledged: %+v %v %v", stored, fresh, err)
	}
	if stored.Ack == nil || len(stored.Ack) != 0 {
		t.Fatalf("the empty acknowledgement came back as %#v", stored.Ack)
	}
	wantError(t, db.Finish(ctx, "nothing"), programme.ErrNoRow)
}

func TestUnfinishedIsInOrderOfArrival(t *testing.T) {
	ctx, db := t.Context(), newDB(t)
	for i, key := range []string{"z", "a", "m", "b"} {
		if _, _, err := db.Receive(ctx, programme.Inbound{Key: key, Payload: []byte(key), At: minutes(-i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Finish(ctx, "a"); err != nil {
		t.Fatal(err)
	}
	order := ""
	for _, in := range must[[]programme.Inbound](t)(db.Unfinished(ctx)) {
		order += in.Key
	}
	if order != "zmb" {
		t.Errorf("unfinished are %s, want zmb", order)
	}
}

func TestForgetKeepsWhatWasNotHandled(t *testing.T) {
	ctx, db := t.Context(), newDB(t)
	for i := range 1200 { // more than one chunk
		in := programme.Inbound{Key: fmt.Sprint(i), At: minutes(i), Handled: i%4 != 0}
		if _, _, err := db.Receive(ctx, in); err != nil {
			t.Fatal(err)
		}
	}
	if n := must[int](t)(db.Forget(ctx, minutes(1000))); n != 750 {
		t.Errorf("forgot %d, want the 750 handled ones before", n)
	}
	if n := must[int](t)(one(ctx, db.writer, single[int], `SELECT count(*) FROM inbox WHERE handled = 0`)); n != 300 {
		t.Errorf("%d unhandled are left, want 300", n)
	}
}

func TestOnlyOneOfManyRepeatsIsFresh(t *testing.T) {
	db := newDB(t)
	var fresh atomic.Int64
	var wg sync.WaitGroup
	for i := range 400 {
		wg.Go(func() {
			key := fmt.Sprint(i % 20)
			_, first, err := db.Receive(t.Context(), programme.Inbound{Key: key, At: t0})
			if err != nil {
				t.Error(err)
			}
			if first {
				fresh.Add(1)
			}
			if err := db.Finish(t.Context(), key); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if fresh.Load() != 20 {
		t.Errorf("%d were fresh, want 20", fresh.Load())
	}
}
