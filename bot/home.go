package bot

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

const (
	// homeAwake is how long after the last thing somebody did their Home is kept
	// up to date (design.md 2b); later it is drawn when it is opened.
	homeAwake = 10 * time.Minute
	// homeSettle collects changes that come together into one drawing.
	homeSettle = 300 * time.Millisecond
)

// homes remembers who has their Home open, and what was drawn there last, so
// that it is published when it would look different and at no other time.
type homes struct {
	mu    sync.Mutex
	seen  map[string]time.Time // account → last act, programme's clock
	drawn map[string][]byte    // account → hash of what stands
	wake  chan struct{}
}

func newHomes() *homes {
	return &homes{seen: map[string]time.Time{}, drawn: map[string][]byte{}, wake: make(chan struct{}, 1)}
}

// touch notes that somebody whose Home was opened is still about.
func (h *homes) touch(account string, now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, open := h.drawn[account]; open {
		h.seen[account] = now
	}
}

// changed asks for the open Homes to be looked at again.
func (h *homes) changed() {
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

// run publishes the Homes of those who are about whenever something changed.
func (h *homes) run(ctx context.Context, publish func(context.Context, string) error) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.wake:
		}
		if !pause(ctx, homeSettle) {
			return
		}
		for _, account := range h.awake() {
			_ = publish(ctx, account) // logged there; the next opening draws it anew
		}
	}
}

func (h *homes) awake() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var accounts []string
	for account := range h.seen {
		accounts = append(accounts, account)
	}
	return accounts
}

// stands says whether exactly this was drawn last, and notes it if not.
func (h *homes) stands(account string, hash []byte, now time.Time, opened bool) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if opened {
		h.seen[account] = now
	}
	if now.Sub(h.seen[account]) > homeAwake {
		delete(h.seen, account)
		delete(h.drawn, account)
		return true
	}
	same := bytes.Equal(h.drawn[account], hash)
	h.drawn[account] = hash
	return same && !opened
}

// forget makes the next drawing go out, after one that failed.
func (h *homes) forget(account string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.drawn, account)
	delete(h.seen, account)
}

// HomesChanged asks for the Homes that are open to be drawn again.
func (b *Bot) HomesChanged() { b.homes.changed() }

// homeOpened answers app_home_opened.
func (b *Bot) homeOpened(ctx context.Context, a act) error {
	if a.event.Tab != "" && a.event.Tab != "home" {
		return nil
	}
	return b.draw(ctx, a, true)
}

func (b *Bot) publish(ctx context.Context, account string) error {
	a := act{account: account, route: route{onEvent, "home"}}
	err := b.draw(ctx, a, false)
	if err != nil && ctx.Err() == nil {
		b.logFault(a, err)
	}
	return err
}

func (b *Bot) draw(ctx context.Context, a act, opened bool) error {
	view, err := b.home(ctx, a, opened)
	if err != nil {
		return err
	}
	body, err := json.Marshal(view)
	if err != nil {
		return err
	}
	hash := sha256.Sum256(body)
	if b.homes.stands(a.account, hash[:], b.Office.Now(), opened) {
		return nil
	}
	_, err = b.API.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: a.account, View: view})
	if err != nil {
		b.homes.forget(a.account)
	}
	return err
}

// home draws what the account sees first; accounts in nobody's row are shown how
// to ask to join.
func (b *Bot) home(ctx context.Context, a act, opened bool) (slack.HomeTabViewRequest, error) {
	req, err := b.request(ctx, a, opened)
	var refused *programme.Error
	if errors.As(err, &refused) && refused.Code == programme.CodeUnknown {
		return ui.HomeStranger(req.Locale), nil
	}
	if err != nil {
		return slack.HomeTabViewRequest{}, err
	}
	h, err := b.Office.Home(ctx, req.Who)
	if err != nil {
		return slack.HomeTabViewRequest{}, err
	}
	return ui.Home(h, b.Surveys, req.Locale), nil
}
