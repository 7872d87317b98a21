package bot

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// Inbox remembers what came in, so that nothing is lost by a crash and nothing
// is done twice by a repeat. Keys are kept 72 hours, payloads until handled.
type Inbox interface {
	// Receive keeps the inbound unless its key is known; then it answers what is
	// kept and fresh is false.
	Receive(ctx context.Context, in programme.Inbound) (kept programme.Inbound, fresh bool, err error)
	// Acknowledge keeps a submission's acknowledgement and marks it handled.
	Acknowledge(ctx context.Context, key string, ack []byte) error
	// Finish marks the inbound handled and wipes its payload.
	Finish(ctx context.Context, key string) error
	// Unfinished lists what was kept and not handled, in order of arrival.
	Unfinished(ctx context.Context) ([]programme.Inbound, error)
	// Forget drops what was handled and came before t.
	Forget(ctx context.Context, t time.Time) (int, error)
}

// inboxMemory is how long keys are remembered: the last redelivery of a delayed
// event comes after a day, a weekend's on top (slack.md Receiving).
const inboxMemory = 72 * time.Hour

// acknowledge sends the acknowledgement of one envelope; payload may be nil.
type acknowledge func(payload any) error

// receive takes one envelope: write down, acknowledge, then work; submissions are
// worked first, because their errors travel in the acknowledgement. It is called
// in order of arrival and waits only while too much is in hand; writing down runs
// beside the reader so that many commits can share one fsync.
func (b *Bot) receive(e envelope, ack acknowledge) {
	a, err := e.decode()
	if err != nil {
		b.Log.Warn("unreadable payload", "envelope", e.kind, "error", err.Error())
		b.send(ack, nil)
		return
	}
	if a.event != nil && a.event.overheard() && !a.event.underCard(b.OfficeChannel) {
		b.send(ack, nil)
		return
	}
	if a.key == "" {
		a.key = "n:" + e.id
	}
	b.intake <- struct{}{} // bounds what is in hand; Slack repeats what waits too long
	b.takeInHand()
	done := func() { b.letGo(); <-b.intake }

	if a.route.how == onSuggest {
		go func() { defer done(); b.suggest(a, ack) }()
		return
	}
	in := programme.Inbound{Key: a.key, Type: e.kind, Who: a.account, Payload: e.payload, At: b.Office.Now()}
	if a.route.how == onSubmit {
		in.Payload = nil // never replayed, and a ballot beside the name of its sender must not reach the disk
		go func() { defer done(); b.submit(a, in, ack) }()
		return
	}
	written := make(chan bool, 1)
	b.lanes.add(a.account, func() {
		defer done()
		if <-written {
			b.work(a)
		}
	})
	go func() { written <- b.writeDown(in, ack) }()
}

// takeInHand and letGo count what is being handled.
func (b *Bot) takeInHand() { b.inHand.Add(1) }
func (b *Bot) letGo()      { b.inHand.Add(-1) }

// writeDown commits the inbound and acknowledges it. It answers whether there is
// work to do. What could not be written is not acknowledged: Slack says so to
// the person, or brings it again.
func (b *Bot) writeDown(in programme.Inbound, ack acknowledge) bool {
	_, fresh, err := b.Inbox.Receive(b.life, in)
	if err != nil {
		b.Log.Error("inbound not written down", "envelope", in.Type, "error", err.Error())
		return false
	}
	b.send(ack, nil)
	return fresh
}

// work handles what was written down and acknowledged.
func (b *Bot) work(a act) {
	defer b.finish(a.key)
	defer b.rescue(a)
	if a.event != nil {
		if h := b.router.events[a.event.Type]; h != nil {
			if err := h(b.life, a); err != nil {
				b.logFault(a, err)
			}
		}
		return
	}
	b.answer(a)
}

func (b *Bot) finish(key string) {
	if err := b.Inbox.Finish(b.life, key); err != nil {
		b.Log.Error("inbound not marked as handled", "error", err.Error())
	}
}

// submit handles a view submission inside the three seconds and acknowledges it
// with what the rules say. A repeat gets the acknowledgement of the first.
func (b *Bot) submit(a act, in programme.Inbound, ack acknowledge) {
	kept, fresh, err := b.Inbox.Receive(b.life, in)
	switch {
	case err != nil:
		b.Log.Error("submission not written down", "error", err.Error())
		return
	case !fresh && kept.Ack != nil:
		b.send(ack, json.RawMessage(kept.Ack))
		return
	case !fresh:
		return // in hand: its own acknowledgement is on the way
	}
	response, later := b.decide(a)
	stored, err := json.Marshal(response)
	if err != nil {
		b.Log.Error("acknowledgement not written", "error", err.Error())
		return
	}
	if err := b.Inbox.Acknowledge(b.life, in.Key, stored); err != nil {
		b.Log.Error("acknowledgement not kept", "error", err.Error())
	}
	if response == nil {
		b.send(ack, nil)
	} else {
		b.send(ack, response)
	}
	if later != nil {
		defer b.rescue(a)
		later()
	}
}

// suggest answers a menu that asks what to offer. It changes nothing and is asked
// at every key, so it is not written down.
func (b *Bot) suggest(a act, ack acknowledge) {
	defer b.rescue(a)
	options := []*slack.OptionBlockObject{}
	req, err := b.request(b.life, a, false)
	if h := b.router.handlers[a.route]; err == nil && h != nil {
		var reply Reply
		if reply, err = h(b.life, req); len(reply.Options) > 0 {
			options = reply.Options
		}
	}
	if _, meant := programme.AsError(err); err != nil && !meant {
		b.logFault(a, err)
	}
	b.send(ack, map[string]any{"options": options})
}

// send gives the acknowledgement to the connection, with an end: its buffer
// blocks for ever when the connection is gone (slack.md Receiving).
func (b *Bot) send(ack acknowledge, payload any) {
	if err := ack(payload); err != nil {
		b.Log.Warn("acknowledgement not sent", "error", err.Error())
	}
}

// resume takes up what was written down before the program stopped. Submissions
// have no payload and are not replayed: the person was told that it failed, still
// has the form open and may have changed it since.
func (b *Bot) resume(ctx context.Context) error {
	left, err := b.Inbox.Unfinished(ctx)
	if err != nil {
		return err
	}
	for _, in := range left {
		a, err := envelope{kind: in.Type, payload: in.Payload}.decode()
		if len(in.Payload) == 0 || err != nil || a.route.how == onSubmit { // older programs kept those of submissions
			b.finish(in.Key)
			continue
		}
		a.trigger = "" // it lived for three seconds
		b.takeInHand()
		b.lanes.add(a.account, func() { defer b.letGo(); b.work(a) })
	}
	if len(left) > 0 {
		b.Log.Info("taken up after a stop", "inbound", len(left))
	}
	return nil
}

// rescue turns a panic in a handler into a logged fault: one person's bad luck
// must not stop the program for everyone.
func (b *Bot) rescue(a act) {
	if r := recover(); r != nil {
		b.Log.Error("handler panicked", slog.String("how", a.route.how), slog.String("name", b.router.known(a.route)), slog.Any("panic", r))
	}
}
