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
	all   time.Time            // before which everybody's is not asked for again
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

// zonesWithin bounds the question for everybody's zone, and zonePages its length: some 10,000.
const (
	zonesWithin = 30 * time.Second
	zonePages   = 12
)

// learn asks Slack for everybody's zone at once, and not again for a while. Nothing waits for it;
// what Slack does not say is not known.
func (z *zones) learn(ctx context.Context, api *slack.Client) {
	now := time.Now()
	z.mu.Lock()
	fresh := now.Before(z.all) || now.Before(z.until)
	if !fresh {
		z.all = now.Add(zoneFor)
	}
	z.mu.Unlock()
	if fresh {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, zonesWithin)
	defer cancel()
	page, err := api.GetUsersPaginated(slack.GetUsersOptionLimit(1000)).Next(ctx)
	for range zonePages {
		if err != nil {
			break
		}
		z.keep(page.Users, now.Add(zoneFor))
		page, err = page.Next(ctx)
	}
	if err == nil || page.Done(err) {
		return
	}
	z.mu.Lock()
	defer z.mu.Unlock()
	z.all = now.Add(zoneAgain)
	var limited *slack.RateLimitedError
	if errors.As(err, &limited) {
		z.until = now.Add(limited.RetryAfter)
	}
}

func (z *zones) keep(users []slack.User, until time.Time) {
	z.mu.Lock()
	defer z.mu.Unlock()
	if z.of == nil {
		z.of = map[string]knownZone{}
	}
	for _, u := range users {
		if !u.Deleted && !u.IsBot {
			z.of[u.ID] = knownZone{programme.ZoneNamed(u.TZ), until}
		}
	}
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
