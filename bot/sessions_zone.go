package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

const (
	// zoneFor is how long the zone of an account is believed: people travel.
	zoneFor = 12 * time.Hour
	// zoneAgain is when to ask once more about an account of which Slack said nothing.
	zoneAgain = 5 * time.Minute
)

// zones remembers in which zones people's Slack shows times: the card of a session says
// its time in theirs, too, where that differs from the programme's. It is kept in memory
// alone, as nothing is decided by it. The zero value knows nobody.
type zones struct {
	mu    sync.Mutex
	of    map[string]knownZone // by Slack account
	until time.Time            // Slack wants no more questions before
}

type knownZone struct {
	place *time.Location // nil if Slack named none
	until time.Time
}

// theirs is the zone of somebody's account, nil if it is not known. Slack is asked once in
// a while; what it does not answer at once, their message does not wait for.
func (z *zones) theirs(ctx context.Context, api *slack.Client, p programme.Person) *time.Location {
	if !p.Reachable() {
		return nil
	}
	now := time.Now()
	z.mu.Lock()
	known, asked := z.of[p.SlackID]
	fresh := asked && now.Before(known.until) || now.Before(z.until)
	z.mu.Unlock()
	if fresh {
		return known.place
	}
	ctx, cancel := context.WithTimeout(ctx, languageWithin)
	defer cancel()
	user, err := api.GetUserInfoContext(ctx, p.SlackID)
	next := knownZone{known.place, now.Add(zoneAgain)}
	if err == nil {
		next = knownZone{programme.ZoneNamed(user.TZ), now.Add(zoneFor)}
	}
	z.mu.Lock()
	defer z.mu.Unlock()
	var limited *slack.RateLimitedError
	if errors.As(err, &limited) {
		z.until = now.Add(limited.RetryAfter)
	}
	if z.of == nil {
		z.of = map[string]knownZone{}
	}
	z.of[p.SlackID] = next
	return next.place
}

// known are the zones of those people of whom Slack told one, without asking it.
func (z *zones) known(people []programme.Person) []*time.Location {
	z.mu.Lock()
	defer z.mu.Unlock()
	var out []*time.Location
	for _, p := range people {
		if of := z.of[p.SlackID]; of.place != nil {
			out = append(out, of.place)
		}
	}
	return out
}

// abroad is the locale of who asks for a page about sessions, with their own zone. It asks
// Slack, so it is not for submissions, which have three seconds.
func (b *Bot) abroad(ctx context.Context, r Request) ui.Locale {
	return r.Locale.Abroad(b.zones.theirs(ctx, b.API, r.Me))
}

// abroad is the locale of somebody to whom a letter goes; only sessions are agreed on
// between two people who may be far from each other.
func (p *Poster) abroad(ctx context.Context, n programme.Notice, to programme.Person, l ui.Locale) ui.Locale {
	if !n.Kind.OfSession() && n.Kind != programme.NoticeSessionFree {
		return l
	}
	return l.Abroad(p.zones.theirs(ctx, p.API, to))
}
