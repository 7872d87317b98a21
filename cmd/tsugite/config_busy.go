package main

import (
	"fmt"
	"net/mail"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"tsugite/calendars"
	"tsugite/cmd/internal/strict"
	"tsugite/programme"
)

// How often experts' own calendars are read, and how many there may be.
const (
	usualBusy = 30 * time.Minute
	leastBusy = 5 * time.Minute
	mostBusy  = 24 * time.Hour
	maxBusy   = 200
)

// BusyPlan is whose own calendars are read, and how often. None unless configured.
type BusyPlan struct {
	Every     time.Duration
	Calendars []BusyCalendar
}

// BusyCalendar is one of them. Printed, it does not show its address.
type BusyCalendar struct {
	Person   string // the expert's mail address
	From     calendars.Source
	variable string // the environment variable that holds From, "" if it is there
}

var variableForm = regexp.MustCompile(`^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$`)

// readBusy reads which calendars block experts' published times; how sessions are offered
// must be read before.
func readBusy(c *Config, v strict.Value) {
	m := v.Map()
	c.Busy.Every = readDuration(m.Get("every"), usualBusy, mostBusy)
	if c.Busy.Every < leastBusy {
		m.Get("every").Fault("is too often", fmt.Sprintf("%dm at least", leastBusy/time.Minute))
	}
	if !v.Given() {
		return
	}
	if c.settings.Sessions.Offering != programme.OfferingOpen {
		v.Fault("calendars say when published times are taken", "set offering: open, or leave them out")
	}
	list := m.Need("calendars")
	for _, item := range list.List() {
		one := item.Map()
		person := one.Need("person")
		b := BusyCalendar{Person: readMail(person)}
		readSource(&b, one.Need("from"))
		if b.Person != "" && slices.Contains(c.Busy.Calendars, b) {
			person.Fault("the same calendar twice", "leave one of them out")
		}
		c.Busy.Calendars = append(c.Busy.Calendars, b)
	}
	if n := len(c.Busy.Calendars); n > maxBusy {
		list.Fault(fmt.Sprintf("%d calendars", n), fmt.Sprintf("%d at most", maxBusy))
	}
}

// readMail is a plain mail address, in the form in which addresses are compared.
func readMail(v strict.Value) string {
	s := v.TextUpTo(maxURL)
	if s == "" {
		return ""
	}
	if a, err := mail.ParseAddress(s); err != nil || a.Address != s {
		v.Fault("is not a mail address", "write the one that stands in the roster")
		return ""
	}
	return programme.FoldEmail(s)
}

// readSource is an address, the name of an environment variable that holds one, or a file.
// What was written is not repeated: whoever has the address can read the calendar.
func readSource(b *BusyCalendar, v strict.Value) {
	s := v.TextUpTo(maxURL)
	if s == "" {
		return
	}
	if m := variableForm.FindStringSubmatch(s); m != nil {
		b.variable = m[1]
		return
	}
	var err error
	if b.From, err = calendars.ParseSource(s); err != nil {
		v.Fault("is "+err.Error(), "write https://…, ${VARIABLE} that holds the address, or the name of a file")
	}
}

// beside makes the names of files relative to the configuration's folder.
func (p *BusyPlan) beside(dir string) {
	for i := range p.Calendars {
		if file := p.Calendars[i].From.File(); file != "" {
			p.Calendars[i].From = calendars.FileSource(beside(dir, file))
		}
	}
}

// open fetches the addresses that the environment holds.
func (p BusyPlan) open() ([]calendars.Calendar, error) {
	var out []calendars.Calendar
	for _, b := range p.Calendars {
		if b.variable != "" {
			s := strings.TrimSpace(os.Getenv(b.variable))
			if s == "" {
				return nil, fmt.Errorf("the environment variable %s is not set (it must hold the address of a calendar)", b.variable)
			}
			var err error
			if b.From, err = calendars.ParseSource(s); err != nil {
				return nil, fmt.Errorf("what the environment variable %s holds is %w (it must hold the address of a calendar)", b.variable, err)
			}
		}
		out = append(out, calendars.Calendar{Person: b.Person, From: b.From})
	}
	return out, nil
}
