package rehearsal

import (
	"net"
	"net/http"
	"sync"
)

// unused are connections on which nothing was asked yet. Browsers and clients open
// some in advance, and a server that is shut down would wait for them.
type unused struct {
	mu    sync.Mutex
	conns map[net.Conn]bool
	over  bool
}

// note is for http.Server.ConnState.
func (u *unused) note(c net.Conn, state http.ConnState) {
	u.mu.Lock()
	defer u.mu.Unlock()
	switch {
	case state != http.StateNew:
		delete(u.conns, c)
	case u.over:
		_ = c.Close() // nobody has asked anything on it
	default:
		if u.conns == nil {
			u.conns = map[net.Conn]bool{}
		}
		u.conns[c] = true
	}
}

// close ends them; requests under way are on others.
func (u *unused) close() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.over = true
	for c := range u.conns {
		_ = c.Close()
	}
	clear(u.conns)
}
