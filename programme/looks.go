package programme

import (
	"context"
	"fmt"
	"sync"
)

// Matter looks again at what a delivery is about. update is true when the
// message stands already and is only to be drawn anew: then it is withdrawn only
// if what it is about, or the person it went to, is gone.
//
// Looks that are asked for at the same time may share one snapshot, which is never
// older than the question. They show what was committed when they were asked for.
func (o *Office) Matter(ctx context.Context, n Notice, update bool) (m Matter, err error) {
	if !crowded[n.Kind] {
		err = o.read(ctx, func(tx Tx) error {
			m, err = o.matter(tx, n, update)
			return err
		})
		return m, err
	}
	l := &look{notice: n, update: update, done: make(chan struct{})}
	if o.looks.join(l) {
		go o.lookAll(context.WithoutCancel(ctx)) // for more than the one who asks
	}
	select {
	case <-l.done:
		return l.matter, l.err
	case <-ctx.Done():
		return Matter{Notice: n}, ctx.Err()
	}
}

// crowded are the kinds that go to many people at once, and for which a look takes
// no longer for one than for another. What they have in common, the event and what
// the coordinator decided about it, is then read once for all that share a snapshot.
var crowded = map[NoticeKind]bool{
	NoticeEventAsk: true, NoticeEventReminder: true, NoticeEventMoved: true, NoticeEventCancelled: true,
	NoticeEventThanks: true, NoticeEventCatchUp: true, NoticeSurveyInvite: true, NoticeSurveyChase: true,
}

// looks are the looks at what is sent that wait for the next snapshot. Nobody waits
// for company: one that comes alone is carried out at once, and those that come
// meanwhile share the next snapshot.
type looks struct {
	mu      sync.Mutex
	waiting []*look
	busy    bool // somebody looks, and will find what joins
}

// look is one question about a notice and, once done is closed, the answer.
type look struct {
	notice Notice
	update bool
	matter Matter
	err    error
	done   chan struct{}
}

// join adds a look. It is true if nobody is there to carry it out.
func (s *looks) join(l *look) (first bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting = append(s.waiting, l)
	first, s.busy = !s.busy, true
	return first
}

// take answers what waits; after nothing, the next to join is the first.
func (s *looks) take() []*look {
	s.mu.Lock()
	defer s.mu.Unlock()
	taken := s.waiting
	s.waiting, s.busy = nil, len(taken) > 0
	return taken
}

// lookAll carries out looks until none is left.
func (o *Office) lookAll(ctx context.Context) {
	for batch := o.looks.take(); len(batch) > 0; batch = o.looks.take() {
		left := batch
		err := o.read(ctx, func(tx Tx) error {
			for ; len(left) > 0; left = left[1:] {
				o.answer(tx, left[0])
			}
			return nil
		})
		for _, l := range left { // without a snapshot
			l.err = err
			close(l.done)
		}
	}
}

// answer carries out one look. One that breaks is the fault of that notice alone.
func (o *Office) answer(tx Tx, l *look) {
	defer close(l.done)
	defer func() {
		if r := recover(); r != nil {
			l.err = fmt.Errorf("programme: looking at %s broke: %v", l.notice.Kind, r)
		}
	}()
	l.matter, l.err = o.matter(tx, l.notice, l.update)
}
