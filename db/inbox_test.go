package db

import (
	"context"
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
	if err := db.Finish(ctx, "Ev1"); err != nil {
		t.Fatal(err)
	}
	stored, fresh, err := db.Receive(ctx, in)
	if err != nil || fresh || !stored.Handled || stored.Payload != nil {
		t.Fatalf("repeat after it was handled: %+v %v %v", stored, fresh, err)
	}
	if stored.Ack == nil || len(stored.Ack) != 0 {
		t.Fatalf("the empty acknowledgement came back as %#v", stored.Ack)
	}
	wantError(t, db.Finish(ctx, "nothing"), programme.ErrNoRow)
}

func TestQueueGoesThrough(t *testing.T) {
	ctx, db := context.Background(), newDB(t)
	enqueue(t, db, "d1", notice("p:a", 0))
	claimed := must[[]programme.Delivery](t)(db.Claim(ctx, "me", t0, 60e9, 10))
	if len(claimed) != 1 || claimed[0].Owner != "me" || claimed[0].Attempts != 1 || !claimed[0].FirstTryAt.Equal(t0) {
		t.Fatalf("claimed %+v", claimed)
	}
	ok := must[[]bool](t)(db.Settle(ctx, []programme.Outcome{
		{Delivery: claimed[0], State: programme.Sent, SlackID: "D1", SlackTS: "1.2"},
	}))
	if !ok[0] {
		t.Fatal("the outcome was not accepted")
	}
	if d := delivery(t, db, "d1"); d.State != programme.Sent || d.SlackTS != "1.2" || d.Owner != "" {
		t.Fatalf("delivery is %+v", d)
	}
}
