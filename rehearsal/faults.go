package rehearsal

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Fault is something that shall go wrong, as design.md 7 has it.
type Fault struct {
	// Method is a Web API method, or upload for the upload of a file's bytes; * or
	// nothing is any. For Redeliver and LateMS it is a type of envelope or of
	// payload, such as view_submission.
	Method string `json:"method,omitempty"`
	// Status answers with an HTTP status and does nothing; 429 with RetryAfter seconds.
	Status     int `json:"status,omitempty"`
	RetryAfter int `json:"retry_after,omitempty"`
	// Error answers {"ok":false} with this code and does nothing.
	Error string `json:"error,omitempty"`
	// AcceptThenDrop does what was asked and loses the answer.
	AcceptThenDrop bool `json:"accept_then_drop,omitempty"`
	// HangMS waits before the method runs; it runs even if the caller has gone.
	HangMS int `json:"hang_ms,omitempty"`
	// LatencyMS waits likewise; it is for any method and combines with other faults.
	LatencyMS int `json:"latency_ms,omitempty"`
	// Disconnect tells Times Socket Mode connections to leave, at once: true or
	// "refresh_requested" closes them, "warning" gives them ten seconds.
	Disconnect any `json:"disconnect,omitempty"`
	// Redeliver sends the next payload a second time although it was acknowledged.
	Redeliver bool `json:"redeliver,omitempty"`
	// LateMS keeps the next payload back, so that what people do afterwards arrives
	// before it: two connections have no common order.
	LateMS int `json:"late_ms,omitempty"`
	// Times is how often; 1 when zero, -1 until deleted.
	Times int `json:"times,omitempty"`
}

// faults are those that are still to come.
type faults struct {
	mu   sync.Mutex
	list []*Fault
}

func (f *Fault) fits(method string) bool {
	return f.Method == "" || f.Method == "*" || f.Method == method
}

// AddFault plans a fault.
func (s *Server) AddFault(f Fault) {
	if f.Times == 0 {
		f.Times = 1
	}
	if reason := f.disconnects(); reason != "" {
		s.socket.disconnect(f.Times, reason)
		return
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = append(s.faults.list, &f)
}

// ClearFaults forgets all faults that are still to come.
func (s *Server) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = nil
}

// disconnects is the reason to give, if this is a disconnect.
func (f *Fault) disconnects() string {
	switch v := f.Disconnect.(type) {
	case bool:
		if v {
			return "refresh_requested"
		}
	case string:
		if v == "warning" || v == "refresh_requested" {
			return v
		}
	}
	return ""
}

// maxFaultMS is the longest that a fault waits: ten minutes.
const maxFaultMS = 600_000

// check says what is wrong with a fault.
func (f *Fault) check() string {
	kinds := 0
	for _, is := range []bool{f.Status != 0, f.Error != "", f.AcceptThenDrop, f.HangMS != 0, f.LatencyMS != 0, f.disconnects() != "", f.Redeliver, f.LateMS != 0} {
		if is {
			kinds++
		}
	}
	switch {
	case kinds == 0:
		return "say what shall go wrong: status, error, accept_then_drop, hang_ms, latency_ms, disconnect, redeliver or late_ms"
	case f.Status != 0 && (f.Status < 200 || f.Status > 599):
		return "status is an HTTP status"
	case min(f.HangMS, f.LatencyMS, f.LateMS) < 0 || max(f.HangMS, f.LatencyMS, f.LateMS) > maxFaultMS:
		return "hang_ms, latency_ms and late_ms are between 0 and 600000"
	case f.Times < -1:
		return "times is a number, or -1 until deleted"
	}
	return ""
}

// trouble is what befalls one call.
type trouble struct {
	wait  time.Duration
	fault *Fault
}

// take uses up what befalls a call of a method: every latency, and the first other fault.
func (f *faults) take(method string) trouble {
	f.mu.Lock()
	defer f.mu.Unlock()
	var t trouble
	if len(f.list) == 0 {
		return t
	}
	for _, one := range f.list {
		if one.ofPayloads() || !one.fits(method) {
			continue
		}
		if one.LatencyMS > 0 {
			t.wait += time.Duration(one.LatencyMS) * time.Millisecond
			one.use()
			continue
		}
		if t.fault == nil {
			copied := *one
			t.fault = &copied
			t.wait += time.Duration(one.HangMS) * time.Millisecond
			one.use()
		}
	}
	f.sweep()
	return t
}

func (f *Fault) use() {
	if f.Times > 0 {
		f.Times--
	}
}

func (f *faults) sweep() {
	f.list = slices.DeleteFunc(f.list, func(one *Fault) bool { return one.Times == 0 })
}

// ofPayloads says whether the fault is of what the app is sent, not of what it calls.
func (f *Fault) ofPayloads() bool { return f.Redeliver || f.LateMS > 0 }

// redeliver uses up a redelivery of a payload.
func (f *faults) redeliver(envelopeType string, payload json.RawMessage) bool {
	return f.takeFor(envelopeType, payload, func(one *Fault) bool { return one.Redeliver }) != nil
}

// late uses up a delay of a payload.
func (f *faults) late(envelopeType string, payload json.RawMessage) time.Duration {
	one := f.takeFor(envelopeType, payload, func(one *Fault) bool { return one.LateMS > 0 })
	if one == nil {
		return 0
	}
	return time.Duration(one.LateMS) * time.Millisecond
}

// takeFor uses up the first fault of a sort that fits a payload.
func (f *faults) takeFor(envelopeType string, payload json.RawMessage, sort func(*Fault) bool) *Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, one := range f.list {
		if !sort(one) {
			continue
		}
		var p struct {
			Type string `json:"type"`
		}
		if one.Method != "" && one.Method != "*" && one.Method != envelopeType {
			if json.Unmarshal(payload, &p) != nil || p.Type != one.Method {
				continue
			}
		}
		one.use()
		f.sweep()
		return one
	}
	return nil
}

// hold waits as long as the trouble says, on wall time.
func (t trouble) hold(ctx context.Context) {
	if t.wait <= 0 {
		return
	}
	timer := time.NewTimer(t.wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

func (t trouble) refuses() bool {
	return t.fault != nil && (t.fault.Status != 0 || t.fault.Error != "")
}
func (t trouble) drops() bool { return t.fault != nil && t.fault.AcceptThenDrop }

func (t trouble) apiError() error {
	f := t.fault
	e := &apiError{code: f.Error, status: f.Status, retryAfter: f.RetryAfter}
	if e.code == "" {
		e.code = "internal_error"
	}
	if f.Status == http.StatusTooManyRequests {
		e.retryAfter = max(e.retryAfter, 1)
		if f.Error == "" {
			e.code = "ratelimited"
		}
	}
	return e
}

func (s *Server) serveFaults(w http.ResponseWriter, r *http.Request) { s.answerFaults(w) }

func (s *Server) answerFaults(w http.ResponseWriter) {
	s.faults.mu.Lock()
	list := make([]Fault, len(s.faults.list))
	for i, f := range s.faults.list {
		list[i] = *f
	}
	s.faults.mu.Unlock()
	writeJSON(w, http.StatusOK, encode(reply{"ok": true, "faults": list}))
}

func (s *Server) serveAddFault(w http.ResponseWriter, r *http.Request) {
	var f Fault
	if err := readBody(w, r, 1<<16, &f); err != nil {
		refuse(w, http.StatusBadRequest, "invalid_request", err.Error())
		return
	}
	if problem := f.check(); problem != "" {
		refuse(w, http.StatusBadRequest, "invalid_fault", problem)
		return
	}
	s.AddFault(f)
	s.answerFaults(w)
}

func (s *Server) serveClearFaults(w http.ResponseWriter, r *http.Request) {
	s.ClearFaults()
	s.answerFaults(w)
}
