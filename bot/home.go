package bot

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
)

const (
	// homeAwake is how long after the last thing somebody did their Home is kept
	// up to date (design.md 2b); later it is drawn when it is opened.
	homeAwake = 10 * time.Minute
	// homeSettle collects what one person does into one drawing of their Home.
	homeSettle = 300 * time.Millisecond
	// homeSweep is how often, at most, what somebody else did is looked for in
	// the Homes of everyone who is about.
	homeSweep = 3 * time.Second
	// homesAtOnce is how many Homes are drawn side by side.
	homesAtOnce = 4
	// homesASweep bounds a sweep; those left wait for the next one.
	homesASweep = 50
)

// homes remembers who has their Home open, and what was drawn there last, so
// that it is published when it would look different and at no other time.
type homes struct {
	mu    sync.Mutex
	seen  map[string]time.Time // account → last act, programme's clock
	drawn map[string][]byte    // account → hash of what stands
	soon  map[string]bool      // accounts that just did something
	rest  []string             // accounts that the sweep has not come to
	lanes *lanes               // an account's Home is drawn by one at a time: an older drawing never lands last
	acted chan struct{}        // soon is not empty
	other chan struct{}        // something changed that may show anywhere
}

func newHomes() *homes {
	return &homes{
		seen: map[string]time.Time{}, drawn: map[string][]byte{}, soon: map[string]bool{},
		lanes: newLanes(homesAtOnce),
		acted: make(chan struct{}, 1), other: make(chan struct{}, 1),
	}
}

// touch notes that somebody did something: if their Home is open, it is looked at
// again.
func (h *homes) touch(account string, now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, open := h.drawn[account]; open {
		h.seen[account] = now
		h.soon[account] = true
		raise(h.acted)
	}
}

// changed asks for all open Homes to be looked at again.
func (h *homes) changed() { raise(h.other) }

// raise marks that there is something to do; marking it twice is once.
func raise(flag chan struct{}) {
	select {
	case flag <- struct{}{}:
	default:
	}
}

// run publishes the Homes of those who are about: one's own soon after one did
// something, everyone's now and then after anything changed.
func (h *homes) run(ctx context.Context, publish func(context.Context, string)) {
	var both sync.WaitGroup
	both.Go(func() { h.follow(ctx, h.other, homeSweep, h.nextSweep, publish) })
	both.Go(func() { h.follow(ctx, h.acted, homeSettle, h.justActed, publish) })
	both.Wait()
}

func (h *homes) follow(ctx context.Context, flag chan struct{}, settle time.Duration, who func() []string, publish func(context.Context, string)) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-flag:
		}
		if !pause(ctx, settle) {
			return
		}
		var drawing sync.WaitGroup
		for _, account := range who() {
			drawing.Add(1)
			h.lanes.add(account, func() { defer drawing.Done(); publish(ctx, account) })
		}
		drawing.Wait()
	}
}

// nextSweep are some of those who are about; when there are more, the sweep goes
// on after a while.
func (h *homes) nextSweep() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.rest) == 0 {
		h.rest = slices.Collect(maps.Keys(h.seen))
	}
	n := min(len(h.rest), homesASweep)
	some := h.rest[:n]
	if h.rest = h.rest[n:]; len(h.rest) > 0 {
		raise(h.other)
	}
	return some
}

func (h *homes) justActed() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	accounts := slices.Collect(maps.Keys(h.soon))
	clear(h.soon)
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
	done := make(chan error, 1)
	b.homes.lanes.add(a.account, func() {
		defer close(done)
		defer b.rescue(a)
		done <- b.draw(ctx, a, true)
	})
	return <-done
}

// publish draws the Home of somebody who is about again. What fails is logged; the
// next opening draws it anew.
func (b *Bot) publish(ctx context.Context, account string) {
	a := act{account: account, route: route{onEvent, "home"}}
	defer b.rescue(a)
	if err := b.draw(ctx, a, false); err != nil && ctx.Err() == nil {
		b.logFault(a, err)
	}
}

func (b *Bot) draw(ctx context.Context, a act, opened bool) error {
	view, err := b.home(ctx, a)
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
func (b *Bot) home(ctx context.Context, a act) (slack.HomeTabViewRequest, error) {
	req, err := b.request(ctx, a, true)
	if notInRoster(err) {
		return b.homeOutside(ctx, a, req.Locale)
	}
	if err != nil {
		return slack.HomeTabViewRequest{}, err
	}
	h, err := b.Office.Home(ctx, req.Who)
	if err != nil {
		return slack.HomeTabViewRequest{}, err
	}
	if h.Office && b.Upcoming != nil {
		if h.Upcoming, err = b.Upcoming(ctx, ui.HomeUpcoming); err != nil {
			return slack.HomeTabViewRequest{}, err
		}
	}
	if h.Offer, err = b.ownOffer(ctx, req); err != nil {
		return slack.HomeTabViewRequest{}, err
	}
	l := req.Locale
	if len(h.Sessions) > 0 {
		l = b.abroad(ctx, req)
	}
	return ui.Home(h, b.sendable(), l), nil
}
