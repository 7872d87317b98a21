package calendars

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"tsugite/programme"
)

const (
	// Patience is how long one calendar may take.
	Patience = 10 * time.Second
	// MaxSize is how large a calendar may be, after unpacking.
	MaxSize = 5 << 20
	// maxHops is how often a server may send on to another address.
	maxHops = 3
)

// Fault is why a calendar was not read. It holds neither its address nor its content.
type Fault struct{ Why programme.BusyFault }

func (f *Fault) Error() string { return "calendars: " + string(f.Why) }

func fault(why programme.BusyFault) error { return &Fault{why} }

// Source is where a calendar is read from. Printed, it does not show its address: whoever
// has that can read the calendar.
type Source struct {
	at   string // "" for a file
	file string
}

// ParseSource reads an address (http, https, or webcal, which means https) or the name of
// a file. Its errors do not repeat what was written.
func ParseSource(s string) (Source, error) {
	scheme, _, isURL := strings.Cut(s, "://")
	switch {
	case s == "" || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return Source{}, errors.New("neither an address nor a file name")
	case !isURL:
		return FileSource(s), nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || u.Opaque != "" {
		return Source{}, errors.New("not a whole address")
	}
	switch strings.ToLower(scheme) {
	case "http", "https":
	case "webcal", "webcals":
		u.Scheme = "https"
	default:
		return Source{}, errors.New("not a web address")
	}
	u.Fragment = ""
	return Source{at: u.String()}, nil
}

// FileSource is a calendar in a file.
func FileSource(name string) Source { return Source{file: name} }

// File is the name of the file, "" for an address.
func (s Source) File() string { return s.file }

// String says no more than what sort of source it is.
func (s Source) String() string {
	if s.at != "" {
		return "an address"
	}
	return "a file"
}

// GoString keeps %#v from showing more than String.
func (s Source) GoString() string { return s.String() }

// fetch gets the calendar's text while ctx lasts, or a Fault.
func (s Source) fetch(ctx context.Context) ([]byte, error) {
	if s.at == "" {
		return s.readFile()
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.at, nil)
	if err != nil {
		return nil, fault(programme.BusyUnreachable)
	}
	client := clientFor(req.URL)
	defer client.CloseIdleConnections()
	req.Header.Set("Accept", "text/calendar, */*;q=0.1")
	req.Header.Set("User-Agent", "tsugite")
	resp, err := client.Do(req)
	if err != nil {
		return nil, unreached(err)
	}
	defer func() { _ = resp.Body.Close() }() // read as far as it is wanted
	if resp.StatusCode != http.StatusOK {
		return nil, fault(programme.BusyRefused)
	}
	return readUpTo(resp.Body)
}

// clientFor goes to the addresses that the guard lets through, and to no others: neither by
// a redirect nor by a name that stands for another machine than it seems to. It uses no
// proxy, behind which the guard would see nothing.
func clientFor(at *url.URL) *http.Client {
	g := guardFor(at)
	dialer := &net.Dialer{Timeout: Patience, Control: g.control}
	return &http.Client{
		Transport: &http.Transport{
			DialContext: dialer.DialContext, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: Patience, ResponseHeaderTimeout: Patience, MaxResponseHeaderBytes: 64 << 10,
		},
		CheckRedirect: func(next *http.Request, before []*http.Request) error {
			next.Header.Del("Referer") // the address is a secret
			last := before[len(before)-1].URL.Scheme
			switch {
			case len(before) > maxHops:
				return fault(programme.BusyForbidden)
			case next.URL.Scheme == "https" || next.URL.Scheme == "http" && last == "http":
				return nil
			default: // another protocol, or the same in the open
				return fault(programme.BusyForbidden)
			}
		},
	}
}

// unreached keeps of an error what may be told: its text holds the address.
func unreached(err error) error {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return fault(programme.BusyUnreachable)
}

// readFile reads what stands in a file now; pipes and devices are none.
func (s Source) readFile() ([]byte, error) {
	info, err := os.Stat(s.file)
	if err != nil || !info.Mode().IsRegular() {
		return nil, fault(programme.BusyUnreachable)
	}
	f, err := os.Open(s.file)
	if err != nil {
		return nil, fault(programme.BusyUnreachable)
	}
	defer func() { _ = f.Close() }() // only read
	return readUpTo(f)
}

func readUpTo(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	switch {
	case err != nil:
		return nil, unreached(fmt.Errorf("reading: %w", err))
	case len(data) > MaxSize:
		return nil, fault(programme.BusyTooLarge)
	default:
		return data, nil
	}
}
