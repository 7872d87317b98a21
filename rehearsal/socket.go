package rehearsal

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// Socket Mode, as slack.md Receiving has it.
const (
	maxConnections = 10
	maxAckBytes    = 20 << 10 // a larger acknowledgement is dropped
	ticketLife     = 30 * time.Second
	pingEvery      = 10 * time.Second
	pongWait       = 30 * time.Second
	warningTime    = 10 * time.Second // between "warning" and "refresh_requested"
	debugLife      = 6 * time.Minute  // of a connection with debug_reconnects=true
)

// envelope is what goes over a Socket Mode connection.
type envelope struct {
	ID             string          `json:"envelope_id"`
	Payload        json.RawMessage `json:"payload"`
	Type           string          `json:"type"`
	AcceptsPayload bool            `json:"accepts_response_payload"`
	RetryAttempt   *int            `json:"retry_attempt,omitempty"`
	RetryReason    *string         `json:"retry_reason,omitempty"`
}

// Types of envelopes.
const (
	envEvents      = "events_api"
	envInteractive = "interactive"
	envCommands    = "slash_commands"
)

// acknowledgement is how a payload fared.
type acknowledgement struct {
	payload json.RawMessage
	failure string // empty when it was acknowledged in time
}

// Failures of a delivery.
const (
	failTimeout      = "timeout"
	failNoConnection = "no_connection"
)

// socket holds the app's Socket Mode connections.
type socket struct {
	s *Server

	mu      sync.Mutex
	conns   []*connection
	next    int
	number  int
	waiting map[string]*waiter // by envelope id
	tickets map[string]time.Time
	closed  bool
	links   sync.WaitGroup
}

type waiter struct {
	timer *time.Timer
	tell  func(acknowledgement)
}

// connection is one WebSocket of the app. What is to be sent queues up without
// bound, so that giving it out never waits for a slow reader.
type connection struct {
	number   int
	ws       *websocket.Conn
	leaving  bool // warned: new payloads go elsewhere while there is an elsewhere
	mu       sync.Mutex
	queue    [][]byte
	wake     chan struct{}
	closing  context.CancelFunc
	lifetime time.Duration
}

func newSocket(s *Server) *socket {
	return &socket{s: s, waiting: map[string]*waiter{}, tickets: map[string]time.Time{}}
}

// ticketURL is where one connection may be opened, once.
func (k *socket) ticketURL() string {
	ticket := k.s.ids.uuid("ticket")
	k.mu.Lock()
	defer k.mu.Unlock()
	for t, until := range k.tickets {
		if time.Now().After(until) {
			delete(k.tickets, t)
		}
	}
	k.tickets[ticket] = time.Now().Add(ticketLife)
	return "ws" + strings.TrimPrefix(k.s.URL(), "http") + "link/?" +
		url.Values{"ticket": {ticket}, "app_id": {k.s.bot.app}}.Encode()
}

func (k *socket) redeem(ticket string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	until, ok := k.tickets[ticket]
	delete(k.tickets, ticket)
	return ok && time.Now().Before(until)
}

// serve is one connection from its handshake to its end.
func (k *socket) serve(w http.ResponseWriter, r *http.Request) {
	if !k.redeem(r.URL.Query().Get("ticket")) {
		refuse(w, http.StatusUnauthorized, "invalid_ticket", "a ticket opens one connection, soon after apps.connections.open")
		return
	}
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{OriginPatterns: []string{"api.slack.com", r.Host}})
	if err != nil {
		return
	}
	defer ws.CloseNow()
	ws.SetReadLimit(4 << 20)
	ctx, cancel := context.WithCancel(k.s.ctx)
	defer cancel()
	c := &connection{ws: ws, wake: make(chan struct{}, 1), closing: cancel, lifetime: k.s.opts.ConnectionLife}
	if r.URL.Query().Get("debug_reconnects") == "true" {
		c.lifetime = min(c.lifetime, debugLife)
	}
	count, ok := k.join(c)
	if !ok {
		_ = ws.Write(ctx, websocket.MessageText, k.farewell("too_many_websockets"))
		ws.Close(websocket.StatusNormalClosure, "")
		return
	}
	defer k.part(c)
	hello := encode(reply{"type": "hello", "num_connections": count, "connection_info": reply{"app_id": k.s.bot.app},
		"debug_info": reply{"host": "applink-local", "build_number": 1, "approximate_connection_time": int(c.lifetime.Seconds())}})
	k.s.record(LogEntry{Dir: dirOut, Method: "hello", Request: hello, Accepted: true, Conn: c.number})
	c.pushFirst(hello)
	var writing sync.WaitGroup
	writing.Go(func() { defer cancel(); c.write(ctx) })
	writing.Go(func() { defer cancel(); c.keepAlive(ctx) })
	refresh := time.AfterFunc(max(c.lifetime-warningTime, 0), func() { k.refresh(c, "warning") })
	defer refresh.Stop()
	k.read(ctx, c)
	cancel()
	writing.Wait()
}

// join counts a connection in; payloads may come from now on, after its hello.
func (k *socket) join(c *connection) (int, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed || len(k.conns) >= maxConnections {
		return 0, false
	}
	k.links.Add(1)
	k.number++
	c.number = k.number
	k.conns = append(k.conns, c)
	k.s.changed("connection", "", "", "")
	return len(k.conns), true
}

func (k *socket) part(c *connection) {
	k.mu.Lock()
	k.conns = slices.DeleteFunc(k.conns, func(o *connection) bool { return o == c })
	k.mu.Unlock()
	k.s.changed("connection", "", "", "")
	k.links.Done()
}

// connections is how many the app has open.
func (k *socket) connections() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.conns)
}

// pushFirst puts the hello before anything that was given out meanwhile.
func (c *connection) pushFirst(frame []byte) {
	c.mu.Lock()
	c.queue = append([][]byte{frame}, c.queue...)
	c.mu.Unlock()
	c.poke()
}

func (c *connection) push(frame []byte) {
	c.mu.Lock()
	c.queue = append(c.queue, frame)
	c.mu.Unlock()
	c.poke()
}

func (c *connection) poke() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *connection) take() [][]byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	frames := c.queue
	c.queue = nil
	return frames
}

func (c *connection) write(ctx context.Context) {
	for {
		for _, frame := range c.take() {
			if frame == nil { // the mark of a farewell: everything before it has gone out
				c.ws.Close(websocket.StatusNormalClosure, "")
				return
			}
			if c.ws.Write(ctx, websocket.MessageText, frame) != nil {
				return
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-c.wake:
		}
	}
}

// keepAlive pings at once and then regularly; who does not answer is cut off.
func (c *connection) keepAlive(ctx context.Context) {
	for {
		one, cancel := context.WithTimeout(ctx, pongWait)
		err := c.ws.Ping(one)
		cancel()
		if err != nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pingEvery):
		}
	}
}

func (k *socket) read(ctx context.Context, c *connection) {
	for {
		kind, frame, err := c.ws.Read(ctx)
		if err != nil {
			return
		}
		if kind == websocket.MessageText {
			k.acknowledge(c, frame)
		}
	}
}

// acknowledge matches an answer with the payload that waits for it.
func (k *socket) acknowledge(c *connection, frame []byte) {
	var ack struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	if json.Unmarshal(frame, &ack) != nil || ack.EnvelopeID == "" {
		if !json.Valid(frame) {
			frame = encode(string(frame))
		}
		k.s.record(LogEntry{Dir: dirIn, Method: "unknown", Request: frame, Conn: c.number})
		return
	}
	var w *waiter
	if len(frame) <= maxAckBytes {
		k.mu.Lock()
		w = k.waiting[ack.EnvelopeID]
		delete(k.waiting, ack.EnvelopeID)
		k.mu.Unlock()
	}
	k.s.record(LogEntry{Dir: dirIn, Method: "ack", Request: frame, Accepted: w != nil, Conn: c.number})
	if w == nil {
		return
	}
	w.timer.Stop()
	k.s.traffic.touch()
	w.tell(acknowledgement{payload: ack.Payload})
}

// send gives an envelope to one connection, in turn. tell is called exactly once,
// when it was acknowledged or could not be in time. It never blocks.
func (k *socket) send(e envelope, tell func(acknowledgement)) {
	if e.ID == "" {
		e.ID = k.s.ids.uuid("envelope")
	}
	done := k.s.traffic.begin()
	answer := func(a acknowledgement) { tell(a); done() }
	k.mu.Lock()
	c := k.pick()
	if c == nil {
		k.mu.Unlock()
		answer(acknowledgement{failure: failNoConnection})
		return
	}
	w := &waiter{tell: answer}
	k.waiting[e.ID] = w
	w.timer = time.AfterFunc(k.s.opts.AckWait, func() { k.expire(e.ID) })
	k.s.record(LogEntry{Dir: dirOut, Method: e.Type, Request: encode(e), Accepted: true, Conn: c.number})
	c.push(encode(e))
	k.mu.Unlock()
}

func (k *socket) expire(id string) {
	k.mu.Lock()
	w := k.waiting[id]
	delete(k.waiting, id)
	k.mu.Unlock()
	if w != nil {
		w.tell(acknowledgement{failure: failTimeout})
	}
}

// pick is the next connection in turn; one that was told to leave only if there is no other.
func (k *socket) pick() *connection {
	var spare *connection
	for range k.conns {
		k.next++
		c := k.conns[k.next%len(k.conns)]
		if !c.leaving {
			return c
		}
		spare = c
	}
	return spare
}

func (k *socket) farewell(reason string) []byte {
	frame := encode(reply{"type": "disconnect", "reason": reason, "debug_info": reply{"host": "applink-local"}})
	k.s.record(LogEntry{Dir: dirOut, Method: "disconnect", Request: frame, Accepted: true})
	return frame
}

// refresh tells a connection to go: with a warning and ten more seconds, or now.
func (k *socket) refresh(c *connection, reason string) {
	k.mu.Lock()
	c.leaving = true
	k.mu.Unlock()
	c.push(k.farewell(reason))
	if reason == "warning" {
		time.AfterFunc(warningTime, func() { k.refresh(c, "refresh_requested") })
		return
	}
	c.push(nil)
}

// disconnect tells the next n connections to leave.
func (k *socket) disconnect(n int, reason string) {
	k.mu.Lock()
	var chosen []*connection
	for _, c := range k.conns {
		if n != 0 && !c.leaving {
			chosen = append(chosen, c)
			n--
		}
	}
	k.mu.Unlock()
	for _, c := range chosen {
		k.refresh(c, reason)
	}
}

// close ends every connection and waits for them.
func (k *socket) close() {
	k.mu.Lock()
	k.closed = true
	for _, c := range k.conns {
		c.closing()
	}
	waiting := k.waiting
	k.waiting = map[string]*waiter{}
	k.mu.Unlock()
	for _, w := range waiting {
		w.timer.Stop()
		w.tell(acknowledgement{failure: failTimeout})
	}
	k.links.Wait()
}
