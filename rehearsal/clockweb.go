package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Timing of a move of the clock, on wall time.
const (
	settleMost  = 10 * time.Second
	settleQuiet = 150 * time.Millisecond
)

// ClockState is what /_/clock answers.
type ClockState struct {
	Now     time.Time `json:"now"`
	Settled bool      `json:"settled"` // nothing is under way any more
	Ticking bool      `json:"ticking"`
	// NextDue is when the app has something to do next. Nobody can tell: it is left
	// out. Nothing is due: null.
	NextDue *nullTime `json:"next_due,omitempty"`
}

// nullTime is a time or null.
type nullTime struct{ time.Time }

// MarshalJSON writes a zero time as null.
func (t nullTime) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	return t.Time.MarshalJSON()
}

// Advance moves the clock forward to a time and waits until what became due is
// done, ten seconds at most. Going back is an error, and so are more than ten years at once.
func (s *Server) Advance(ctx context.Context, to time.Time) (ClockState, error) {
	if err := s.Move(to); err != nil {
		return ClockState{}, err
	}
	return s.clockState(ctx, true), nil
}

// Move moves the clock as Advance does and waits for nothing. It is for whoever
// runs the app in the same process and knows better when that is done.
func (s *Server) Move(to time.Time) error {
	if err := s.clock.move(to); err != nil {
		return err
	}
	if err := s.change(func(ch *change) error { ch.keepClock(); return nil }); err != nil {
		return err
	}
	s.changed("clock", "", "", "")
	if tell := s.hook().OnClock; tell != nil {
		tell(s.clock.now())
	}
	return nil
}

// Idle waits until nothing is on the wire: no call is being answered, and the app
// has acknowledged everything. What it does after an acknowledgement it knows itself.
func (s *Server) Idle(ctx context.Context) error {
	if !s.traffic.quiet(ctx, 0) {
		return ctx.Err()
	}
	return nil
}

// clockState is the clock now, or once everything has settled.
func (s *Server) clockState(ctx context.Context, wait bool) ClockState {
	hooks := s.hook()
	settled := s.traffic.calm() >= 0
	if wait {
		within, cancel := context.WithTimeout(ctx, settleMost)
		defer cancel()
		settled = s.settleDown(within, hooks)
	}
	out := ClockState{Now: s.clock.now(), Settled: settled, Ticking: !s.clock.frozen}
	if hooks.NextDue != nil {
		next, ok := hooks.NextDue(ctx)
		if !ok {
			next = time.Time{}
		}
		out.NextDue = &nullTime{next}
	}
	return out
}

// settleDown waits until the app says that it is done and the wire is quiet.
func (s *Server) settleDown(ctx context.Context, hooks Hooks) bool {
	if hooks.Settled != nil && hooks.Settled(ctx) != nil {
		return false
	}
	return s.traffic.quiet(ctx, settleQuiet)
}

func (s *Server) serveClock(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, encode(s.clockState(r.Context(), false)))
}

// finishHere lets an app that can say so finish what is due at this moment, before
// the clock leaves it: else the answer to a press would come days after it.
func (s *Server) finishHere(ctx context.Context) {
	if settled := s.hook().Settled; settled != nil {
		within, cancel := context.WithTimeout(ctx, settleMost)
		defer cancel()
		_ = settled(within) // the move itself says whether the app keeps up
	}
}

// clockMove is the body of POST /_/clock: one of the three.
type clockMove struct {
	Now     *time.Time `json:"now"`
	Advance string     `json:"advance"`
	Next    bool       `json:"next"`
}

var (
	errClockMove = errors.New("give one of now (RFC 3339), advance (such as 36h or 2d) and next")
	errNoNext    = errors.New("nothing is due next")
)

func (s *Server) serveMoveClock(w http.ResponseWriter, r *http.Request) {
	var m clockMove
	if err := readBody(w, r, 1<<16, &m); err != nil {
		refuse(w, http.StatusBadRequest, "invalid_request", err.Error())
		return
	}
	s.finishHere(r.Context())
	to, err := s.destination(r.Context(), m)
	if err != nil {
		refuse(w, http.StatusBadRequest, "invalid_time", err.Error())
		return
	}
	state, err := s.Advance(r.Context(), to)
	switch {
	case errors.Is(err, errBackwards):
		refuse(w, http.StatusConflict, "backwards", err.Error())
	case errors.Is(err, errTooFar):
		refuse(w, http.StatusBadRequest, "invalid_time", err.Error())
	case err != nil:
		refuse(w, http.StatusInternalServerError, "internal_error", err.Error())
	default:
		writeJSON(w, http.StatusOK, encode(state))
	}
}

// destination is the time that a move asks for.
func (s *Server) destination(ctx context.Context, m clockMove) (time.Time, error) {
	switch {
	case m.Now != nil && m.Advance == "" && !m.Next:
		return *m.Now, nil
	case m.Now == nil && m.Advance != "" && !m.Next:
		d, err := durationOf(m.Advance)
		return s.clock.now().Add(d), err
	case m.Now == nil && m.Advance == "" && m.Next:
		if tell := s.hook().NextDue; tell != nil {
			if next, ok := tell(ctx); ok {
				return next, nil
			}
		}
		return time.Time{}, errNoNext
	}
	return time.Time{}, errClockMove
}

// durationOf reads a duration, days among its units.
func durationOf(text string) (time.Duration, error) {
	days, rest, found := strings.Cut(text, "d")
	if !found {
		return time.ParseDuration(text)
	}
	n, err := strconv.Atoi(days)
	if err != nil || n < -36500 || n > 36500 {
		return 0, fmt.Errorf("%q is not a duration such as 36h or 2d", text)
	}
	d := time.Duration(n) * 24 * time.Hour
	if rest == "" {
		return d, nil
	}
	more, err := time.ParseDuration(rest)
	return d + more, err
}
