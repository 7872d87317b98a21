package calendars_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/calendars"
	"tsugite/programme"
)

// desk is where a Reader leaves what it read: of experts whose id is their address.
type desk struct {
	*calendars.Reader
	mu     sync.Mutex
	kept   map[programme.PersonID][]string
	failed map[programme.PersonID]programme.BusyFault
	read   [][]programme.PersonID
	log    bytes.Buffer
	rounds chan struct{}
}

func newDesk(from ...string) *desk {
	d := &desk{kept: map[programme.PersonID][]string{}, failed: map[programme.PersonID]programme.BusyFault{}, rounds: make(chan struct{}, 100)}
	d.Reader = &calendars.Reader{
		Every: time.Hour, Now: func() time.Time { return window.From.Add(24 * time.Hour) }, Zone: tokyo, Patience: 5 * time.Second,
		Log: slog.New(slog.NewTextHandler(&d.log, nil)),
		Find: func(_ context.Context, email string) (programme.PersonID, error) {
			if strings.HasPrefix(email, "nobody") {
				return "", &programme.Error{Code: programme.CodeNotFound}
			}
			return programme.PersonID(email), nil
		},
		Keep: func(_ context.Context, p programme.PersonID, spans []programme.Span) error {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.kept[p] = written(spans)
			return nil
		},
		Failed: func(_ context.Context, p programme.PersonID, why programme.BusyFault) error {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.failed[p] = why
			return nil
		},
		Forget: func(_ context.Context, read []programme.PersonID) error {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.read = append(d.read, read)
			d.rounds <- struct{}{}
			return nil
		},
	}
	for _, f := range from {
		d.add("a@example.jp", f)
	}
	return d
}

func (d *desk) add(person, from string) {
	s, err := calendars.ParseSource(from)
	if err != nil {
		panic(err)
	}
	d.Calendars = append(d.Calendars, calendars.Calendar{Person: person, From: s})
}

func (d *desk) round(t *testing.T) {
	t.Helper()
	if err := d.Round(t.Context()); err != nil {
		t.Fatal(err)
	}
}

var hour = ics(event("SUMMARY:秘密の用事", "DTSTART:20260910T140000", "DURATION:PT1H"))

const onThe10th = "09-10 14:00-15:00"

// serving is a server of one handler; its address is that of this machine.
func serving(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func give(data []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(data) }
}

func TestCalendarIsReadAndItsPersonsTimesKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "own.ics")
	if err := os.WriteFile(file, ics(event("DTSTART:20260911T100000", "DURATION:PT2H")), 0o600); err != nil {
		t.Fatal(err)
	}
	d := newDesk(serving(t, give(hour)), file)
	d.add("b@example.jp", serving(t, give(ics())))
	d.add("nobody@example.jp", serving(t, func(http.ResponseWriter, *http.Request) { t.Error("a stranger's calendar was read") }))
	d.add("c@example.jp", serving(t, give(ics(event("DTSTART:soon")))))
	d.round(t)
	want := map[programme.PersonID][]string{"a@example.jp": {onThe10th, "09-11 10:00-12:00"}, "b@example.jp": nil, "c@example.jp": nil}
	if diff := cmp.Diff(want, d.kept); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[programme.PersonID]programme.BusyFault{"c@example.jp": programme.BusyPartly}, d.failed); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([][]programme.PersonID{{"a@example.jp", "b@example.jp", "c@example.jp"}}, d.read); diff != "" {
		t.Error("others are forgotten: ", diff)
	}
}

// Whatever goes wrong has its word, and nothing is put in the place of what was read
// before.
func TestWhatIsNotReadIsToldInAWord(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "large.ics")
	if err := os.WriteFile(large, bytes.Repeat([]byte("X\n"), calendars.MaxSize), 0o600); err != nil {
		t.Fatal(err)
	}
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(code)
			_, _ = w.Write(hour)
		}
	}
	for rule, c := range map[string]struct {
		from string
		want programme.BusyFault
	}{
		"no such page":             {serving(t, status(404)), programme.BusyRefused},
		"a password is wanted":     {serving(t, status(401)), programme.BusyRefused},
		"the server is down":       {serving(t, status(503)), programme.BusyRefused},
		"an empty answer":          {serving(t, status(204)), programme.BusyRefused},
		"a page to sign in":        {serving(t, give([]byte("<html>"))), programme.BusyNoCalendar},
		"an answer that stops":     {serving(t, breakOff), programme.BusyUnreachable},
		"a calendar that stops":    {serving(t, give(hour[:len(hour)-9])), programme.BusyNoCalendar},
		"nobody answers":           {gone(t), programme.BusyUnreachable},
		"another protocol":         {serving(t, sendTo("ftp://127.0.0.1/x.ics")), programme.BusyForbidden},
		"a file of the machine":    {serving(t, sendTo("file:///etc/passwd")), programme.BusyForbidden},
		"a machine of one's own":   {serving(t, sendTo(serving(t, give(hour)))), programme.BusyForbidden},
		"the same by another name": {serving(t, sendTo(strings.Replace(serving(t, give(hour)), "127.0.0.1", "localhost", 1))), programme.BusyForbidden},
		"addresses of the cloud":   {serving(t, sendTo("http://169.254.169.254/latest/meta-data/")), programme.BusyForbidden},
		"in circles":               {serving(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }), programme.BusyForbidden},
		"no such file":             {filepath.Join(dir, "none.ics"), programme.BusyUnreachable},
		"a folder":                 {dir, programme.BusyUnreachable},
		"a device":                 {"/dev/zero", programme.BusyUnreachable},
		"a large file":             {large, programme.BusyTooLarge},
	} {
		t.Run(rule, func(t *testing.T) {
			d := newDesk(serving(t, give(hour)), c.from)
			d.round(t)
			if diff := cmp.Diff(map[programme.PersonID]programme.BusyFault{"a@example.jp": c.want}, d.failed); diff != "" || len(d.kept) > 0 {
				t.Error(d.kept, diff)
			}
			if !slices.Contains(d.read[0], "a@example.jp") {
				t.Error("what was read before is forgotten")
			}
		})
	}
}

func sendTo(address string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, address, http.StatusFound) }
}

func breakOff(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "10000")
	_, _ = w.Write(hour)
}

// gone is an address at which nobody listens any more.
func gone(t *testing.T) string {
	s := httptest.NewServer(give(hour))
	s.Close()
	return s.URL
}

// The address may move three times, on its own machine at least; the next server is not
// told where the last one was, for that address is a secret.
func TestAddressMayMoveThreeTimes(t *testing.T) {
	for hops, want := range map[int]programme.BusyFault{3: "", 4: programme.BusyForbidden} {
		at := serving(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Referer() != "" {
				t.Errorf("the address is told: %s", r.Referer())
			}
			var n int
			_, _ = fmt.Sscanf(r.URL.Path, "/%d", &n)
			if n == 0 {
				_, _ = w.Write(hour)
				return
			}
			http.Redirect(w, r, fmt.Sprintf("/%d", n-1), http.StatusMovedPermanently)
		})
		d := newDesk(fmt.Sprintf("%s/%d", at, hops))
		d.round(t)
		if got := d.failed["a@example.jp"]; got != want || (want == "") != (len(d.kept) == 1) {
			t.Errorf("%d hops: %q %v", hops, got, d.kept)
		}
	}
}

// A server that never begins, or never ends, is given up; one that only began slowly would
// be waited for.
func TestServerThatHangsIsGivenUp(t *testing.T) {
	for rule, before := range map[string][]byte{"at once": nil, "in the middle": hour[:40]} {
		t.Run(rule, func(t *testing.T) {
			given := make(chan struct{})
			d := newDesk(serving(t, func(w http.ResponseWriter, r *http.Request) {
				if before != nil {
					_, _ = w.Write(before)
					w.(http.Flusher).Flush()
				}
				<-r.Context().Done()
				close(given)
			}))
			d.Patience = 50 * time.Millisecond
			d.round(t)
			if d.failed["a@example.jp"] != programme.BusyUnreachable || len(d.kept) > 0 {
				t.Error(d.failed, d.kept)
			}
			select {
			case <-given:
			case <-time.After(10 * time.Second):
				t.Error("the connection is still open")
			}
		})
	}
}

// A hundred megabytes are not read to their end, packed or not.
func TestFloodIsCutOff(t *testing.T) {
	const all = 100 << 20
	chunk := bytes.Repeat([]byte("X-FLOOD:0123456789012345678901234567890123456789012345\r\n"), 1<<10)
	for _, packed := range []bool{false, true} {
		sent := make(chan int, 1)
		d := newDesk(serving(t, func(w http.ResponseWriter, _ *http.Request) {
			var to io.Writer = w
			if packed {
				w.Header().Set("Content-Encoding", "gzip")
				z := gzip.NewWriter(w)
				defer func() { _ = z.Close() }()
				to = z
			}
			n, _ := to.Write([]byte("BEGIN:VCALENDAR\r\n"))
			for n < all {
				m, err := to.Write(chunk)
				if n += m; err != nil {
					break
				}
			}
			sent <- n
		}))
		d.round(t)
		if d.failed["a@example.jp"] != programme.BusyTooLarge || len(d.kept) > 0 {
			t.Error(packed, d.failed, d.kept)
		}
		if n := <-sent; !packed && n >= all {
			t.Errorf("%d bytes were taken", n)
		}
	}
}

// What was read before stands through a failure; the log says once that it failed, and
// once that it works again, and neither whose it is nor where.
func TestLogTellsNewsAndNoSecrets(t *testing.T) {
	answer := http.StatusOK
	at := serving(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(answer)
		_, _ = w.Write(hour)
	})
	d := newDesk(at + "/private-5a3f/basic.ics?token=geheim")
	d.add("nobody@example.jp", at)
	for _, status := range []int{200, 200, 404, 404, 200, 200} {
		answer = status
		d.round(t)
	}
	if diff := cmp.Diff([]string{onThe10th}, d.kept["a@example.jp"]); diff != "" {
		t.Error(diff)
	}
	log := d.log.String()
	for _, secret := range []string{"example.jp", "127.0.0.1", "5a3f", "geheim", "秘密"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log tells %s:\n%s", secret, log)
		}
	}
	if n := strings.Count(log, "\n"); n != 3 || !strings.Contains(log, "why=refused") || !strings.Contains(log, "read again") {
		t.Errorf("three news are wanted: nobody's address, failed, works again:\n%s", log)
	}
}

func TestSourceIsNotPrinted(t *testing.T) {
	s, err := calendars.ParseSource("https://user:pw@calendar.example/secret.ics")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{fmt.Sprint(s), fmt.Sprintf("%+v", s), fmt.Sprintf("%#v", s)} {
		if text != "an address" {
			t.Error(text)
		}
	}
}

func TestSourcesThatAreNone(t *testing.T) {
	for _, s := range []string{"", "ftp://example.jp/x.ics", "file:///x.ics", "https://", "https:///x", "http://[::1/x", "a\nb", "javascript://x"} {
		if got, err := calendars.ParseSource(s); err == nil {
			t.Errorf("%q is %#v", s, got)
		} else if s != "" && strings.Contains(err.Error(), s) {
			t.Errorf("the error repeats %q", s)
		}
	}
	for s, file := range map[string]string{"webcal://example.jp/x": "", "HTTPS://example.jp/x#y": "", "own.ics": "own.ics"} {
		if got, err := calendars.ParseSource(s); err != nil || got.File() != file {
			t.Errorf("%q: %q %v", s, got.File(), err)
		}
	}
}

// Run reads at once, and again every so often, until it is to end; then it does not blame
// a calendar that it was just reading.
func TestRunReadsUntilItEnds(t *testing.T) {
	hang := make(chan bool, 1)
	reached := make(chan struct{}, 1)
	d := newDesk(serving(t, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-hang:
			reached <- struct{}{}
			<-r.Context().Done()
		default:
			_, _ = w.Write(hour)
		}
	}))
	d.Every, d.Patience = time.Millisecond, time.Minute
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- d.Run(ctx) }()
	wait := func(c <-chan struct{}) {
		t.Helper()
		select {
		case <-c:
		case <-time.After(10 * time.Second):
			t.Fatal("nothing is read")
		}
	}
	for range 3 {
		wait(d.rounds)
	}
	hang <- true
	wait(reached)
	stop()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it does not end")
	}
	if len(d.failed) > 0 {
		t.Error(d.failed)
	}
}

// Without calendars nobody's are kept, and there is nothing to wait for.
func TestRunWithoutCalendarsForgetsAll(t *testing.T) {
	d := newDesk()
	if err := d.Run(t.Context()); err != nil || len(d.read) != 1 || len(d.read[0]) > 0 {
		t.Error(err, d.read)
	}
}

// While it is not certain who somebody is, nobody is forgotten.
func TestNobodyIsForgottenWhenTheRosterCannotBeRead(t *testing.T) {
	d := newDesk(serving(t, give(hour)))
	broken := errors.New("disk full")
	d.Find = func(context.Context, string) (programme.PersonID, error) { return "", broken }
	if err := d.Round(t.Context()); !errors.Is(err, broken) || len(d.read) > 0 {
		t.Error(err, d.read)
	}
}
