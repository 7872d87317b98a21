package rehearsal

import (
	"bufio"
	"encoding/json"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// LogEntry is a line of the wire log: what went between the app and this Slack,
// and what people did. Tokens are never in it.
type LogEntry struct {
	Seq      int64           `json:"seq"`
	At       time.Time       `json:"at"`   // the workspace's clock
	Wall     time.Time       `json:"wall"` // wall time: when a call came in, or a payload went out
	Dir      string          `json:"dir"`  // in, out or act
	Method   string          `json:"method"`
	Request  json.RawMessage `json:"request"`
	Status   int             `json:"status"`
	Response json.RawMessage `json:"response"`
	Accepted bool            `json:"accepted"`
	Conn     int             `json:"conn"`
}

// Directions of log entries.
const (
	dirIn  = "in"
	dirOut = "out"
	dirAct = "act"
)

// wireLog keeps the last entries, bounded by their size.
type wireLog struct {
	mu      sync.Mutex
	entries []LogEntry
	first   int // index of the oldest that is still kept
	size    int
	limit   int
	seq     int64
	tap     func(LogEntry)
}

const entryOverhead = 200 // bytes of an entry beside its request and response

func (e *LogEntry) weight() int { return entryOverhead + len(e.Request) + len(e.Response) }

// add numbers an entry and keeps it.
func (l *wireLog) add(e LogEntry) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seq++
	e.Seq = l.seq
	l.entries = append(l.entries, e)
	l.size += e.weight()
	for l.size > l.limit && l.first < len(l.entries)-1 {
		l.size -= l.entries[l.first].weight()
		l.entries[l.first] = LogEntry{}
		l.first++
	}
	if l.first > 1024 && l.first > len(l.entries)/2 {
		l.entries = append([]LogEntry(nil), l.entries[l.first:]...)
		l.first = 0
	}
	if l.tap != nil {
		l.tap(e)
	}
	return e.Seq
}

func (l *wireLog) last() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.seq
}

// since copies the kept entries after a sequence number.
func (l *wireLog) since(seq int64) []LogEntry {
	l.mu.Lock()
	defer l.mu.Unlock()
	kept := l.entries[l.first:]
	skip := len(kept) - int(l.seq-seq)
	if skip < 0 {
		skip = 0
	}
	if skip >= len(kept) {
		return nil
	}
	return append([]LogEntry(nil), kept[skip:]...)
}

// record adds an entry with both times.
func (s *Server) record(e LogEntry) int64 {
	if e.Wall.IsZero() {
		e.Wall = time.Now().UTC()
	}
	e.At = s.clock.now()
	return s.log.add(e)
}

// Log returns the kept entries after a sequence number (0 for all), oldest first.
// Old entries are dropped when the log outgrows Options.LogBytes.
func (s *Server) Log(since int64) []LogEntry { return s.log.since(since) }

func (s *Server) serveLog(w http.ResponseWriter, r *http.Request) {
	since, err := strconv.ParseInt(r.URL.Query().Get("since"), 10, 64)
	if err != nil && r.URL.Query().Get("since") != "" {
		refuse(w, http.StatusBadRequest, "invalid_since", "since is a sequence number")
		return
	}
	w.Header().Set("Content-Type", "application/x-ndjson; charset=utf-8")
	out := bufio.NewWriter(w)
	for _, e := range s.log.since(since) {
		line, err := marshal(e)
		if err != nil {
			return
		}
		out.Write(line)
		out.WriteByte('\n')
	}
	out.Flush()
}
