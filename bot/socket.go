package bot

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

const (
	// stagger keeps the connections apart, so that Slack does not refresh both
	// at once (slack.md Receiving).
	stagger = 30 * time.Second
	// ackDeadline bounds handing an acknowledgement to the connection.
	ackDeadline = 2 * time.Second
	// retryAfter is the pause before a connection that gave up is tried again.
	retryAfter = 5 * time.Second
	// drainFor bounds how long a clean stop waits for what is in hand.
	drainFor = 10 * time.Second
)

// Run listens until ctx ends, then finishes what is in hand and only then lets
// the connections go: acknowledgements travel on them. It returns early only
// when Slack refuses the tokens, which no retry can mend.
func (b *Bot) Run(ctx context.Context) error {
	if err := b.resume(ctx); err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	wire, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	defer hangUp()
	var conns, chores sync.WaitGroup
	for i := range b.Connections {
		conns.Go(func() {
			if i > 0 && !pause(ctx, time.Duration(i)*stagger) {
				return
			}
			if err := b.listen(ctx, wire); err != nil {
				stop(err)
			}
		})
	}
	chores.Go(func() { b.homes.run(ctx, b.publish) })
	chores.Go(func() { b.forget(ctx) })
	chores.Go(func() { b.fetchPhotos(b.life) })
	<-ctx.Done()
	b.drain()
	hangUp()
	conns.Wait()
	chores.Wait()
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// drain waits for what is in hand. What does not finish is taken up at the next
// start: it was written down.
func (b *Bot) drain() {
	ctx, cancel := context.WithTimeout(context.Background(), drainFor)
	defer cancel()
	if b.Quiet(ctx) != nil {
		b.Log.Warn("stopped with work in hand; it is taken up at the next start")
	}
	b.end()
}

// Quiet waits until what people did so far is handled.
func (b *Bot) Quiet(ctx context.Context) error {
	for b.inHand.Load() > 0 {
		if !pause(ctx, quietStep) {
			return ctx.Err()
		}
	}
	return nil
}

// quietStep is how often Quiet looks: when the clock was moved, and at the end.
const quietStep = 5 * time.Millisecond

// forget drops old keys of the inbox once an hour, what people typed and said no more
// about, and who was not taken up.
func (b *Bot) forget(ctx context.Context) {
	for {
		if _, err := b.Inbox.Forget(ctx, b.Office.Now().Add(-inboxMemory)); err != nil && ctx.Err() == nil {
			b.Log.Error("old inbound not forgotten", "error", err.Error())
		}
		if err := b.Office.ForgetFound(ctx); err != nil && ctx.Err() == nil {
			b.Log.Error("old questions not forgotten", "error", err.Error())
		}
		if err := b.Office.ForgetJoining(ctx); err != nil && ctx.Err() == nil {
			b.Log.Error("accounts in nobody's row not forgotten", "error", err.Error())
		}
		if !pause(ctx, time.Hour) {
			return
		}
	}
}

// listen keeps one connection open on the wire until ctx ends.
func (b *Bot) listen(ctx, wire context.Context) error {
	for {
		client := socketmode.New(b.API)
		over, ended := context.WithCancel(ctx)
		var reading sync.WaitGroup
		reading.Go(func() { b.read(over, client) })
		err := client.RunContext(wire)
		ended()
		reading.Wait()
		switch {
		case ctx.Err() != nil:
			return nil
		case hopeless(err):
			return &TokenError{Token: "app", Reason: err.Error()}
		}
		b.Log.Warn("connection lost", "error", err.Error())
		if !pause(ctx, retryAfter) {
			return nil
		}
	}
}

// TokenError says that Slack refuses a token. Token is "app" or "bot".
type TokenError struct{ Token, Reason string }

func (e *TokenError) Error() string { return "Slack refuses the " + e.Token + " token: " + e.Reason }

// hopeless says whether trying again cannot help.
func hopeless(err error) bool {
	var status slack.StatusCodeError
	if errors.As(err, &status) && status.Code == 404 {
		return true
	}
	var refused slack.SlackErrorResponse
	if !errors.As(err, &refused) {
		return false
	}
	switch refused.Err {
	case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "not_allowed_token_type":
		return true
	}
	return false
}

// read is the connection's reader: it only hands on what came.
func (b *Bot) read(ctx context.Context, client *socketmode.Client) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-client.Events:
			b.take(ctx, client, e)
		}
	}
}

func (b *Bot) take(ctx context.Context, client *socketmode.Client, e socketmode.Event) {
	switch e.Type {
	case socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive, socketmode.EventTypeEventsAPI:
		b.receive(envelope{id: e.Request.EnvelopeID, kind: e.Request.Type, payload: e.Request.Payload, parsed: e.Data}, acker(client, e.Request.EnvelopeID))
	case socketmode.EventTypeErrorBadMessage:
		b.takeUnknown(client, e)
	case socketmode.EventTypeErrorWriteFailed:
		b.Log.Warn("acknowledgement not written to the connection")
	case socketmode.EventTypeHello:
		b.greeted(e.Request.NumConnections)
	case socketmode.EventTypeConnectionError:
		if failed, ok := e.Data.(*slack.ConnectionErrorEvent); ok && ctx.Err() == nil {
			b.Log.Warn("no connection yet", "attempt", failed.Attempt, "again_in", failed.Backoff.String())
		}
	}
}

// takeUnknown takes what slack-go cannot parse: it would be left unacknowledged
// and come again and again (slack.md Receiving).
func (b *Bot) takeUnknown(client *socketmode.Client, e socketmode.Event) {
	bad, ok := e.Data.(*socketmode.ErrorBadMessage)
	if !ok {
		return
	}
	var outer struct {
		ID      string          `json:"envelope_id"`
		Type    string          `json:"type"`
		Payload json.RawMessage `json:"payload"`
	}
	if err := json.Unmarshal(bad.Message, &outer); err != nil || outer.ID == "" {
		b.Log.Warn("unreadable message on the connection")
		return
	}
	b.receive(envelope{id: outer.ID, kind: outer.Type, payload: outer.Payload}, acker(client, outer.ID))
}

func acker(client *socketmode.Client, id string) acknowledge {
	return func(payload any) error {
		ctx, cancel := context.WithTimeout(context.Background(), ackDeadline)
		defer cancel()
		return client.AckCtx(ctx, id, payload)
	}
}

// greeted notes that a connection stands. More connections than ours mean that
// another program, or a ghost of ours, takes part of what people do.
func (b *Bot) greeted(connections int) {
	b.ready()
	if connections > b.Connections {
		b.Log.Warn("more connections than ours: clicks may go elsewhere", "connections", connections, "ours", b.Connections)
	}
}

// pause waits for d; false means that ctx ended first.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
