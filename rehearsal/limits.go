package rehearsal

import (
	"math"
	"sync"
	"time"
)

// Limits is how much the workspace lets an app do, on the workspace's clock.
// A zero field is unlimited.
type Limits struct {
	// ChannelPerSecond is how many messages a second one channel takes; ChannelBurst
	// how many may come at once (at least 1).
	ChannelPerSecond float64
	ChannelBurst     int
	// WorkspacePerMinute is how many messages a minute the workspace takes in all.
	WorkspacePerMinute int
	// Tiers are the calls a minute of methods of Slack's tiers 1 to 4, per method.
	Tiers [5]int
}

// SlackLimits are Slack's published limits: a message a second and channel with
// short bursts, several hundred a minute and workspace, tiered methods.
func SlackLimits() Limits {
	return Limits{ChannelPerSecond: 1, ChannelBurst: 5, WorkspacePerMinute: 600, Tiers: [5]int{0, 1, 20, 50, 100}}
}

// Unlimited lets an app do as much as it can.
func Unlimited() Limits { return Limits{} }

// limiter holds token buckets by key.
type limiter struct {
	Limits
	mu      sync.Mutex
	buckets map[string]*bucket
}

type bucket struct {
	tokens float64
	at     time.Time
}

func newLimiter(l Limits) *limiter { return &limiter{Limits: l, buckets: map[string]*bucket{}} }

// level is what a bucket would hold now.
func (b *bucket) level(now time.Time, perSecond, burst float64) float64 {
	return math.Min(burst, b.tokens+math.Max(0, now.Sub(b.at).Seconds())*perSecond)
}

// quota is one bucket that a call draws from.
type quota struct {
	key       string
	perSecond float64
	burst     float64
}

// take draws one from every quota, or from none and says how long to wait.
func (l *limiter) take(now time.Time, quotas ...quota) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, q := range quotas {
		if q.perSecond <= 0 {
			continue
		}
		b := l.bucket(now, q)
		if have := b.level(now, q.perSecond, q.burst); have < 1 {
			wait = max(wait, time.Duration((1-have)/q.perSecond*float64(time.Second)))
		}
	}
	if wait > 0 {
		return wait
	}
	for _, q := range quotas {
		if q.perSecond <= 0 {
			continue
		}
		b := l.bucket(now, q)
		b.tokens, b.at = b.level(now, q.perSecond, q.burst)-1, now
	}
	return 0
}

func (l *limiter) bucket(now time.Time, q quota) *bucket {
	b := l.buckets[q.key]
	if b == nil {
		if len(l.buckets) > 20000 {
			l.sweep(now)
		}
		b = &bucket{tokens: q.burst, at: now}
		l.buckets[q.key] = b
	}
	return b
}

// sweep forgets buckets that have long been full again.
func (l *limiter) sweep(now time.Time) {
	for key, b := range l.buckets {
		if now.Sub(b.at) > 2*time.Minute {
			delete(l.buckets, key)
		}
	}
}

func (l *limiter) method(name string, tier int) quota {
	if tier <= 0 || tier >= len(l.Tiers) {
		return quota{}
	}
	n := float64(l.Tiers[tier])
	return quota{"method " + name, n / 60, math.Max(1, n)}
}

func (l *limiter) posting(channel string) []quota {
	perMinute := float64(l.WorkspacePerMinute)
	return []quota{
		{"channel " + channel, l.ChannelPerSecond, math.Max(1, float64(l.ChannelBurst))},
		{"workspace", perMinute / 60, math.Max(1, perMinute/10)},
	}
}

// ratelimited is the error of a call that must wait, in whole seconds.
func ratelimited(wait time.Duration) *apiError {
	return &apiError{code: "ratelimited", status: 429, retryAfter: max(1, int(math.Ceil(wait.Seconds())))}
}
