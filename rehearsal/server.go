package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/net/netutil"

	"tsugite/rehearsal/page"
)

// Options say what workspace to run. The zero value is a small temporary workspace
// on a free port, on real time, with Slack's rate limits.
type Options struct {
	// Path is the file in which the workspace is kept; everything that was answered is
	// in it. Empty: nothing is kept.
	Path string
	// Addr is a loopback address such as 127.0.0.1:8484; empty picks a free port.
	Addr string
	// Seed decides all ids and tokens; 0 means 1. A kept workspace has its own.
	Seed int64
	// Now is where the clock begins (zero: wall time). A kept workspace goes on from
	// its own time.
	Now time.Time
	// Frozen: the clock stands still until it is moved. Otherwise it ticks.
	Frozen bool
	// Cast is who is there; nil is a small default. People and channels that a kept
	// workspace does not have yet are added to it.
	Cast *Cast
	// Manifest restricts the app to its commands, events, shortcuts and scopes; nil allows all.
	Manifest *Manifest
	// BotToken and AppToken override the tokens that follow from the seed.
	BotToken, AppToken string
	// Limits are the rate limits; nil means SlackLimits.
	Limits *Limits
	// LogBytes bounds the wire log; 0 means 16 MB.
	LogBytes int
	// OnLog sees every log entry as it is made. It must not block.
	OnLog func(LogEntry)
	// TriggerLife, AckWait: 3 s when zero, as Slack has it. ConnectionLife is when a
	// Socket Mode connection is refreshed: 4 h when zero.
	TriggerLife, AckWait, ConnectionLife time.Duration
	// Hooks connect an app in the same process; see SetHooks.
	Hooks Hooks
}

// Hooks let whoever runs an app in the same process share the clock with it.
type Hooks struct {
	// NextDue is when the app has something to do next; without it the page has no such button.
	NextDue func(context.Context) (time.Time, bool)
	// Settled returns once the app has done what is due by now.
	Settled func(context.Context) error
	// OnClock is told that the clock was moved.
	OnClock func(time.Time)
}

// Server is a running local Slack.
type Server struct {
	opts     Options
	listener net.Listener
	http     *http.Server
	unused   unused
	ctx      context.Context
	stop     context.CancelFunc
	done     sync.WaitGroup

	ids     *ids
	clock   *clock
	keeper  *keeper
	log     *wireLog
	limiter *limiter
	grants  grants
	bot     botIdentity
	tokens  map[string]tokenKind
	methods map[string]*method
	socket  *socket
	faults  faults
	changes changes
	traffic traffic
	retries atomic.Int64 // events that wait to be sent again

	hookMu sync.Mutex
	hooks  Hooks

	mu           sync.Mutex // guards what follows
	ws           *workspace
	contents     map[string][]byte // bytes of files, when nothing is kept
	triggers     triggers
	responseURLs map[string]*responseURL
	uploads      map[string]*upload
}

// botIdentity is who the app is in the workspace.
type botIdentity struct {
	user, id, app, name string
}

// tokenKind is what a token may be used for.
type tokenKind int

const (
	tokenNone tokenKind = iota
	tokenBot
	tokenApp
)

// Start runs a workspace until Close. It listens on loopback only.
func Start(o Options) (*Server, error) {
	o = o.withDefaults()
	listener, err := listen(o.Addr)
	if err != nil {
		return nil, err
	}
	s := &Server{opts: o, listener: listener, ws: newWorkspace(), hooks: o.Hooks}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.log = &wireLog{limit: o.LogBytes, tap: o.OnLog}
	s.limiter = newLimiter(*o.Limits)
	s.contents = map[string][]byte{}
	s.responseURLs, s.uploads = map[string]*responseURL{}, map[string]*upload{}
	s.triggers = newTriggers()
	if s.keeper, err = openKeeper(o.Path); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	if err := s.load(); err != nil {
		return nil, errors.Join(err, s.keeper.close(), listener.Close())
	}
	s.socket = newSocket(s)
	s.methods = methodTable()
	s.serve()
	return s, nil
}

func (o Options) withDefaults() Options {
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.Cast == nil {
		c := defaultCast()
		o.Cast = &c
	}
	if o.Limits == nil {
		l := SlackLimits()
		o.Limits = &l
	}
	if o.LogBytes == 0 {
		o.LogBytes = 16 << 20
	}
	if o.TriggerLife == 0 {
		o.TriggerLife = 3 * time.Second
	}
	if o.AckWait == 0 {
		o.AckWait = 3 * time.Second
	}
	if o.ConnectionLife == 0 {
		o.ConnectionLife = 4 * time.Hour
	}
	if o.Frozen && o.Now.IsZero() {
		o.Now = time.Now()
	}
	return o
}

func listen(addr string) (net.Listener, error) {
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("%s is not a loopback address: the local Slack is for this machine only", host)
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	return netutil.LimitListener(l, maxClients), nil
}

// maxClients bounds the open connections of all kinds.
const maxClients = 4096

func (s *Server) serve() {
	s.http = &http.Server{
		Handler:           s.guard(s.routes()),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		BaseContext:       func(net.Listener) context.Context { return s.ctx },
		ConnState:         s.unused.note,
	}
	s.done.Go(func() { s.clock.run(s.ctx.Done()) })
	s.done.Go(func() {
		if err := s.http.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
			s.stop()
		}
	})
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method...}", s.serveMethod)
	mux.HandleFunc("GET /link/", s.socket.serve)
	mux.HandleFunc("POST /response/{secret...}", s.serveResponseURL)
	mux.HandleFunc("POST /upload/v1/{id}", s.serveUpload)
	mux.HandleFunc("GET /files-pri/{id}/{name...}", s.serveFile)
	mux.HandleFunc("GET /_/people", s.servePeople)
	mux.HandleFunc("GET /_/state", s.serveState)
	mux.HandleFunc("POST /_/act", s.serveAct)
	mux.HandleFunc("GET /_/clock", s.serveClock)
	mux.HandleFunc("POST /_/clock", s.serveMoveClock)
	mux.HandleFunc("GET /_/faults", s.serveFaults)
	mux.HandleFunc("POST /_/faults", s.serveAddFault)
	mux.HandleFunc("DELETE /_/faults", s.serveClearFaults)
	mux.HandleFunc("GET /_/log", s.serveLog)
	mux.HandleFunc("GET /_/events", s.serveChanges)
	mux.HandleFunc("GET /_/files/{id}", s.servePersonsFile)
	mux.HandleFunc("GET /_/avatars/{name}", s.serveAvatar)
	mux.HandleFunc("/_/", func(w http.ResponseWriter, r *http.Request) {
		refuse(w, http.StatusNotFound, "not_found", "no such endpoint, or not with this method")
	})
	mux.Handle("/", page.Handler())
	return mux
}

// guard turns away requests that a foreign web page could have caused: another
// Host (DNS rebinding) or another Origin. Slack's own origin is what official
// Socket Mode clients send, on the link only.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := r.Header.Get("Origin")
		slack := strings.HasPrefix(r.URL.Path, "/link/") && origin == "https://api.slack.com"
		if !loopbackHost(r.Host) || origin != "" && !slack && origin != "http://"+r.Host {
			refuse(w, http.StatusForbidden, "forbidden", "this workspace is for this machine only")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func loopbackHost(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// URL is where the page is, with a slash at the end.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() + "/" }

// APIURL is what an app uses in place of https://slack.com/api/, with a slash at the end.
func (s *Server) APIURL() string { return s.URL() + "api/" }

// BotToken is the app's xoxb token.
func (s *Server) BotToken() string { return s.token(tokenBot) }

// AppToken is the app's xapp token, for Socket Mode.
func (s *Server) AppToken() string { return s.token(tokenApp) }

func (s *Server) token(kind tokenKind) string {
	for t, k := range s.tokens {
		if k == kind {
			return t
		}
	}
	return ""
}

// BotUserID is the user id of the app's bot.
func (s *Server) BotUserID() string { return s.bot.user }

// Now is the workspace's time, in UTC.
func (s *Server) Now() time.Time { return s.clock.now() }

// SetHooks replaces Options.Hooks, for an app that is built after the workspace.
func (s *Server) SetHooks(h Hooks) {
	s.hookMu.Lock()
	defer s.hookMu.Unlock()
	s.hooks = h
}

func (s *Server) hook() Hooks {
	s.hookMu.Lock()
	defer s.hookMu.Unlock()
	return s.hooks
}

// Close ends all connections, writes what is pending and closes the file.
func (s *Server) Close() error {
	s.stop()
	s.socket.close()
	s.unused.close()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	err := s.http.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.http.Close()
	}
	s.done.Wait()
	return errors.Join(err, s.keeper.close())
}
