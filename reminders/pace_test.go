package reminders

import (
	"fmt"
	"testing"
	"time"

	"tsugite/programme"
)

// window is a limit as Slack's may be: so many in each window, counted from its
// first message, with whole seconds to wait.
type window struct {
	most   int
	length time.Duration
	began  time.Time
	n      int
}

func (w *window) take(now time.Time) (retryAfter time.Duration, ok bool) {
	if now.Sub(w.began) >= w.length {
		w.began, w.n = now, 0
	}
	if w.n++; w.n <= w.most {
		return 0, true
	}
	return (w.began.Add(w.length).Sub(now) + time.Second - 1).Truncate(time.Second), false
}

// bucket is a limit of the other sort: tokens that drip in.
type bucket struct {
	most   float64
	drip   float64 // a second
	tokens float64
	at     time.Time
}

func (b *bucket) take(now time.Time) (retryAfter time.Duration, ok bool) {
	b.tokens = min(b.most, b.tokens+now.Sub(b.at).Seconds()*b.drip)
	b.at = now
	if b.tokens < 1 {
		return time.Second, false
	}
	b.tokens--
	return 0, true
}

// drive sends n messages to as many people as fast as the pace lets it, on a
// clock that leaps, and says how long it took and how many 429s it met.
func drive(p *pace, n int, take func(time.Time) (time.Duration, bool)) (took time.Duration, limited int) {
	now := noon
	for i := 0; i < n; {
		room, at := p.room(now, 32, 0)
		if room == 0 {
			now = at
			continue
		}
		for range min(room, n-i) {
			to := programme.ToAccount(fmt.Sprint("U", i))
			if _, ok := p.admit(now, to); !ok {
				break
			}
			if wait, ok := take(now); !ok {
				p.limited(now, to, wait)
				limited++
				continue
			}
			p.sent(now, to)
			i++
		}
	}
	return now.Sub(noon), limited
}

func TestPaceLearnsWhatIsAllowed(t *testing.T) {
	const n = 10_000
	for _, c := range []struct {
		rule     string
		take     func(time.Time) (time.Duration, bool)
		allowed  time.Duration // what the limit allows: n messages at 300 a minute, less the first burst
		mostHits int
	}{
		{"300 in each minute", (&window{most: 300, length: time.Minute}).take, 33 * time.Minute, 600},
		{"5 a second, 300 at once", (&bucket{most: 300, tokens: 300, drip: 5, at: noon}).take, (n - 300) / 5 * time.Second, 600},
		{"5 a second", (&bucket{most: 5, tokens: 5, drip: 5, at: noon}).take, (n - 5) / 5 * time.Second, 600},
	} {
		t.Run(c.rule, func(t *testing.T) {
			took, hits := drive(new(pace), n, c.take)
			t.Logf("took %v of %v allowed, %d times 429", took, c.allowed, hits)
			if over := took.Seconds()/c.allowed.Seconds() - 1; over > 0.03 {
				t.Errorf("took %v, %.1f %% more than the limit allows", took, 100*over)
			}
			if hits > c.mostHits {
				t.Errorf("%d times 429 for %d messages, want at most %d", hits, n, c.mostHits)
			}
		})
	}
}

func TestPaceRecoversFromOneGlitch(t *testing.T) {
	for _, after := range []int{0, 1, 20, 500} {
		seen := 0
		took, _ := drive(new(pace), 2000, func(time.Time) (time.Duration, bool) {
			seen++
			return 30 * time.Second, seen != after+1
		})
		if took > 6*time.Minute {
			t.Errorf("2000 messages took %v after a single 429 behind the first %d", took, after)
		}
	}
}

func TestPaceLearnsNothingFromIdleTime(t *testing.T) {
	var p pace
	p.sent(noon.Add(-time.Hour), "p:z")
	took, _ := drive(&p, 2000, (&bucket{most: 300, tokens: 300, drip: 5, at: noon}).take)
	if allowed := (2000 - 300) / 5 * time.Second; took > allowed*103/100 {
		t.Errorf("2000 messages after an hour of rest took %v, the limit allows %v", took, allowed)
	}
}

func TestPaceLearnsOnceFromOneGate(t *testing.T) {
	var p pace
	for i := range 10 {
		p.sent(noon.Add(time.Duration(i)*100*time.Millisecond), programme.ToAccount(fmt.Sprint("U", i)))
	}
	limited := noon.Add(time.Second)
	p.limited(limited, "p:a", time.Second) // 10 in 2 s
	p.sent(limited, "p:b")                 // was under way when the gate fell
	p.limited(limited, "p:c", time.Second) // so was this
	opens := limited.Add(time.Second)
	if n, _ := p.room(opens, 32, 0); n != 1 {
		t.Errorf("room for %d when the gate opens, want one", n)
	}
	if at, ok := p.admit(opens, "p:a"); !ok {
		t.Errorf("the first may go at %v", at)
	}
	if at, ok := p.admit(opens, "p:c"); ok || !at.Equal(opens.Add(200*time.Millisecond)) {
		t.Errorf("the second: %v at %v, want 200 ms later", ok, at)
	}
}

// What was claimed and has not asked yet takes the place of what may be claimed:
// else it would be claimed only to be handed back, behind all that is due.
func TestPaceLeavesRoomForWhatWasClaimed(t *testing.T) {
	opens := noon.Add(time.Second)
	for _, c := range []struct {
		rule   string
		at     time.Time
		asking int
		room   int
		next   time.Time
	}{
		{"nothing was claimed", opens, 0, 1, opens},
		{"the one that may go was claimed", opens, 1, 0, opens.Add(100 * time.Millisecond)},
		{"three were claimed", opens, 3, 0, opens.Add(300 * time.Millisecond)},
		{"one was claimed and more time passed", opens.Add(300 * time.Millisecond), 1, 3, opens.Add(300 * time.Millisecond)},
		{"three were claimed after a long rest", noon.Add(time.Hour), 3, 8, noon.Add(time.Hour)},
	} {
		t.Run(c.rule, func(t *testing.T) {
			var p pace
			for i := range 10 {
				p.sent(noon, programme.ToAccount(fmt.Sprint("U", i)))
			}
			p.limited(noon, "p:a", time.Second) // 10 in a second
			if n, at := p.room(c.at, 32, c.asking); n != c.room || !at.Equal(c.next) {
				t.Errorf("room for %d at %v, want %d at %v", n, at, c.room, c.next)
			}
		})
	}
}

func TestPaceGate(t *testing.T) {
	var p pace
	if at := p.limited(noon, "p:a", 30*time.Second); !at.Equal(noon.Add(30 * time.Second)) {
		t.Errorf("the gate opens at %v", at)
	}
	if at := p.limited(noon.Add(time.Second), "p:b", time.Second); !at.Equal(noon.Add(30 * time.Second)) {
		t.Errorf("a shorter 429 under way moved the gate to %v", at)
	}
	if _, ok := p.admit(noon.Add(29*time.Second), "p:c"); ok {
		t.Error("the gate is for everybody")
	}
	if n, at := p.room(noon.Add(29*time.Second), 5, 0); n != 0 || !at.Equal(noon.Add(30*time.Second)) {
		t.Errorf("room for %d, next at %v", n, at)
	}
	if _, ok := p.open(noon.Add(29 * time.Second)); ok {
		t.Error("updates pass the gate")
	}
	if _, ok := p.admit(noon.Add(30*time.Second), "p:c"); !ok {
		t.Error("the gate does not open")
	}
}

func TestPaceWithinOneChannel(t *testing.T) {
	var p pace
	p.sent(noon, "c:office")
	p.sent(noon, "p:a")
	p.limited(noon.Add(200*time.Millisecond), "c:office", time.Second)
	opens := noon.Add(1200 * time.Millisecond)
	for _, to := range []programme.Recipient{"p:b", "p:c", "p:d"} {
		if _, ok := p.admit(opens, to); !ok {
			t.Errorf("%s is spaced because of a channel", to)
		}
	}
	p.sent(opens, "c:office")
	if at, ok := p.admit(opens.Add(time.Second), "c:office"); ok || !at.Equal(opens.Add(1200*time.Millisecond)) {
		t.Errorf("within the channel: %v at %v", ok, at)
	}
	if _, ok := p.admit(opens.Add(1200*time.Millisecond), "c:office"); !ok {
		t.Error("the channel does not open")
	}
}
