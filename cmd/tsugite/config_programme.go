package main

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"time"

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
)

// How long texts of an event may be, in characters: what fits the blocks that
// show them (slack.md Sizes), with room for the words around it.
const (
	maxTitle = 100
	maxPlace = 200
	maxURL   = 500
	maxBring = 300
)

func readProgramme(c *Config, m *strict.Map) {
	s := &c.settings
	s.Name = m.Need("name").TextUpTo(maxTitle)
	s.FiscalYear = m.Need("fiscal_year").Int(2019, 2100)
	s.Zone = readZone(m.Need("time_zone"))
	s.Contract = readDate(m.Need("contract"))
	completion := m.Need("completion")
	s.Completion = readDate(completion)
	last := programme.Date(fmt.Sprintf("%d-03-31", s.FiscalYear+1))
	switch {
	case s.Completion == "" || s.FiscalYear == 0:
	case s.Completion > last:
		completion.Fault("is after the end of the fiscal year", "at the latest "+string(last))
	case s.Contract >= s.Completion:
		completion.Fault("is not after the contract of "+string(s.Contract), "check both dates")
	}
	if v := m.Get("targets"); v.Given() {
		s.Targets = readTargets(v)
	}
	if v := m.Get("people"); v.Given() {
		c.PeopleFile = readFileName(v)
	}
	c.events = readEvents(m.Get("events"), *s)
}

func readZone(v strict.Value) *time.Location {
	name := v.Text()
	if name == "" {
		return time.UTC
	}
	zone := programme.ZoneNamed(name)
	if zone == nil {
		v.Fault(fmt.Sprintf("unknown time zone %q", name), "write Asia/Tokyo")
		return time.UTC
	}
	return zone
}

func readDate(v strict.Value) programme.Date {
	s := v.Text()
	if s == "" {
		return ""
	}
	d, err := programme.ParseDate(s)
	if err != nil {
		v.Fault(fmt.Sprintf("%q is not a date", s), "write 2026-09-18")
	}
	return d
}

func readTargets(v strict.Value) []programme.Target {
	var codes []string
	for _, t := range programme.DefaultTargets() {
		codes = append(codes, string(t.Code))
	}
	var out []programme.Target
	seen := map[programme.TargetCode]bool{}
	for _, item := range v.List() {
		m := item.Map()
		code, most := m.Need("code"), m.Get("most")
		t := programme.Target{
			Code:  programme.TargetCode(code.OneOf(codes...)),
			Least: m.Need("least").Int(1, 1000),
			Most:  most.Int(1, 1000),
		}
		if t.Code != "" && seen[t.Code] {
			code.Fault("the same target twice", "keep one of them")
		}
		if most.Given() && t.Most < t.Least {
			most.Fault("is less than least", "leave it out, or make it larger")
		}
		seen[t.Code] = true
		out = append(out, t)
	}
	return out
}

// idForm is what ids in files look like: they are stored for ever and appear in
// exports, so they stay plain.
var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,62}$`)

func readID(v strict.Value) string {
	s := v.Text()
	if s != "" && !idForm.MatchString(s) {
		v.Fault(fmt.Sprintf("%q is not an id", s), "small letters, digits, - and _, such as workshop-1")
		return ""
	}
	return s
}

func readEvents(v strict.Value, s programme.Settings) []programme.Event {
	var out []programme.Event
	seen := map[programme.EventID]bool{}
	for _, item := range v.List() {
		m := item.Map()
		id := m.Need("id")
		e := readEvent(m, s)
		e.ID = programme.EventID(readID(id))
		if e.ID != "" && seen[e.ID] {
			id.Fault(fmt.Sprintf("a second event with the id %q", e.ID), "give each event an id of its own and never change it")
		}
		seen[e.ID] = true
		out = append(out, e)
	}
	return out
}

func readEvent(m *strict.Map, s programme.Settings) programme.Event {
	start, end := m.Need("start"), m.Need("end")
	e := programme.Event{
		Kind:     programme.EventKind(m.Need("kind").OneOf(words(programme.EventKinds)...)),
		Title:    m.Need("title").TextUpTo(maxTitle),
		Start:    readTime(start, s.Zone),
		End:      readTime(end, s.Zone),
		Place:    m.Get("place").TextUpTo(maxPlace),
		URL:      readURL(m.Get("url")),
		Audience: readAudience(m.Need("audience").Map()),
		Capacity: m.Get("capacity").Int(0, 100000),
		Bring:    m.Get("bring").TextUpTo(maxBring),
		Approved: readDate(m.Get("approved")),

		Map:       readURL(m.Get("map")),
		Deadline:  readTime(m.Get("deadline"), s.Zone),
		Host:      programme.Host(m.Get("host").OneOf(words([]programme.Host{programme.ByBureau, programme.ByOffice})...)),
		CoHosts:   m.Get("co_hosts").Texts(),
		Materials: m.Get("materials").TextUpTo(programme.MaxEventText),
		Notes:     m.Get("notes").TextUpTo(programme.MaxEventNotes),
		Survey:    readSurveyID(m.Get("survey"), s.Surveys),
	}
	if !m.Get("place").Given() && !m.Get("url").Given() {
		m.Fault("has neither place nor url", "say where it takes place")
	}
	if e.Start.IsZero() || e.End.IsZero() {
		return e
	}
	if e.Deadline.After(e.Start) {
		m.Get("deadline").Fault("is after the start", "until when people register; leave it out for no deadline")
	}
	if !e.End.After(e.Start) {
		end.Fault("is not after the start", "write the day as well: 2026-09-18 17:00")
	}
	if day := programme.DateOf(e.Start, s.Zone); s.Contract != "" && day < s.Contract {
		start.Fault("is before the contract of "+string(s.Contract), "check the year")
	}
	if day := programme.DateOf(e.End, s.Zone); s.Completion != "" && day > s.Completion {
		end.Fault("is after the completion on "+string(s.Completion), "check the year")
	}
	return e
}

// readSurveyID names the questionnaire that follows an event.
func readSurveyID(v strict.Value, defs []programme.SurveyDef) string {
	id := v.Text()
	if id != "" && !slices.ContainsFunc(defs, func(d programme.SurveyDef) bool { return d.ID == id }) {
		v.Fault(fmt.Sprintf("no survey has the id %q", id), "list its file under surveys, such as "+bundled+"event, and name its id here")
		return ""
	}
	return id
}

// readTime is a moment in the programme's zone.
func readTime(v strict.Value, zone *time.Location) time.Time {
	s := v.Text()
	if s == "" {
		return time.Time{}
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t
		}
	}
	v.Fault(fmt.Sprintf("%q is not a day and time", s), "write 2026-09-18 14:00, in the programme's time zone")
	return time.Time{}
}

func readURL(v strict.Value) string {
	s := v.TextUpTo(maxURL)
	if s == "" {
		return ""
	}
	if u, err := url.Parse(s); err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		v.Fault("is not a web address", "write https://…, without a user name or password")
		return ""
	}
	return s
}

func readAudience(m *strict.Map) programme.Audience {
	var a programme.Audience
	for _, v := range m.Get("roles").List() {
		if r := v.OneOf(words(programme.Roles)...); r != "" {
			a.Roles = append(a.Roles, programme.Role(r))
		}
	}
	a.Cohorts = readWords(m.Get("cohorts"), programme.ParseCohort, "write R8")
	a.Prefectures = readWords(m.Get("prefectures"), programme.ParsePrefecture, "write 茨城県")
	a.Organisations = m.Get("organisations").Texts()
	if m.Given() && a.Empty() {
		m.Fault("names nobody", "write roles: [atsugi], and narrow it with cohorts, prefectures or organisations")
	}
	return a
}

func readWords(v strict.Value, parse func(string) (string, bool), mend string) []string {
	var out []string
	for _, item := range v.List() {
		s := item.Text()
		word, ok := parse(s)
		if s != "" && !ok {
			item.Fault(fmt.Sprintf("unknown word %q", s), mend)
			continue
		}
		out = append(out, word)
	}
	return out
}

// words are the stored strings of a list of constants.
func words[T ~string](ids []T) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}
