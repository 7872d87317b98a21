package bot

import "sync"

// lanes run work in order per key, different keys side by side, a bounded number
// at once. Nobody's slow work holds up anybody else's.
type lanes struct {
	slots   chan struct{}
	mu      sync.Mutex
	waiting map[string][]func()
}

func newLanes(workers int) *lanes {
	return &lanes{slots: make(chan struct{}, workers), waiting: map[string][]func(){}}
}

// add queues f behind everything that was added for the key before.
func (l *lanes) add(key string, f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	queue, running := l.waiting[key]
	l.waiting[key] = append(queue, f)
	if !running {
		go l.run(key)
	}
}

func (l *lanes) run(key string) {
	for {
		l.mu.Lock()
		queue := l.waiting[key]
		if len(queue) == 0 {
			delete(l.waiting, key)
			l.mu.Unlock()
			return
		}
		f := queue[0]
		l.waiting[key] = queue[1:]
		l.mu.Unlock()

		l.slots <- struct{}{}
		f()
		<-l.slots
	}
}
