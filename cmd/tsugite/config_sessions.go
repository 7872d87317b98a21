package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
)

// How far the settings of sessions may go: beyond these a number is a slip.
const (
	maxBuffer = 4 * time.Hour
	maxCutOff = 14 * 24 * time.Hour
	maxMoves  = 20
	maxQuota  = 1000

	maxFields = 10 // checkboxes of one group on Slack
	maxField  = 40 // characters
)

// readSessions reads what is said of sessions; what is not said keeps its default. The
// targets must be read before.
func readSessions(c *Config, m *strict.Map) {
	s := &c.settings.Sessions
	if v := m.Get("offering"); v.Given() {
		s.Offering = programme.Offering(v.OneOf(string(programme.OfferingOffice), string(programme.OfferingOpen)))
	}
	s.Length = readLength(m.Get("length"), s.Length)
	buffer := m.Get("buffer")
	s.Buffer = readDuration(buffer, s.Buffer, maxBuffer)
	if s.Buffer%programme.Grid != 0 {
		buffer.Fault(fmt.Sprintf("is not a multiple of %d minutes", programme.Grid/time.Minute), "write 0m, 10m or 15m")
	}
	s.CutOff = readDuration(m.Get("cut_off"), s.CutOff, maxCutOff)
	if v := m.Get("moves"); v.Given() {
		s.Moves = v.Int(0, maxMoves)
	}
	if v := m.Get("fields"); v.Given() {
		s.Fields = readFields(v)
	}
	readQuotas(c, m.Get("quotas").Map())
	if v := m.Get("group"); v.Given() {
		s.Group = programme.GroupChat(v.OneOf(words([]programme.GroupChat{programme.GroupNone, programme.GroupTwo, programme.GroupOffice})...))
	}
	readBusy(c, m.Get("busy"))
}

// readFields is what experts can say that they help with: Japanese words, or words in both
// languages. What is kept of an expert is the Japanese.
func readFields(v strict.Value) []programme.Text {
	items := v.List()
	if len(items) > maxFields {
		v.Fault(fmt.Sprintf("has %d entries", len(items)), fmt.Sprintf("%d at most", maxFields))
		return nil
	}
	var out []programme.Text
	for _, item := range items {
		field := readField(item)
		if slices.ContainsFunc(out, func(t programme.Text) bool { return t.Ja == field.Ja }) {
			item.Fault(fmt.Sprintf("%q is there twice", field.Ja), "keep one of them")
		}
		if field.Ja != "" {
			out = append(out, field)
		}
	}
	return out
}

func readField(v strict.Value) programme.Text {
	if v.IsMap() {
		return readText(v, maxField)
	}
	return programme.Text{Ja: v.TextUpTo(maxField)}
}

// readLength is one of the lengths that can be chosen.
func readLength(v strict.Value, fallback time.Duration) time.Duration {
	length := readDuration(v, fallback, 24*time.Hour)
	if !slices.Contains(programme.SessionLengths, length) {
		var lengths []string
		for _, l := range programme.SessionLengths {
			lengths = append(lengths, fmt.Sprintf("%dm", l/time.Minute))
		}
		v.Fault(fmt.Sprintf("a session does not take %s", v.Text()), "one of: "+strings.Join(lengths, ", "))
	}
	return length
}

func readQuotas(c *Config, m *strict.Map) {
	s := &c.settings.Sessions
	quota := func(key string, n *int) {
		if v := m.Get(key); v.Given() {
			*n = v.Int(1, maxQuota)
		}
	}
	quota("atsugi", &s.PerAtsugi)
	quota("week", &s.PerWeek)
	quota("programme", &s.Most)
	i := slices.IndexFunc(c.settings.Targets, func(t programme.Target) bool { return t.Code == programme.TargetFollowUp })
	if i < 0 {
		return
	}
	target := c.settings.Targets[i]
	switch v := m.Get("programme"); {
	case !v.Given(): // a target that was set higher can still be met
		s.Most = max(s.Most, target.Least, target.Most)
	case s.Most != 0 && s.Most < target.Least:
		v.Fault(fmt.Sprintf("is less than the target %s of %d", target.Code, target.Least), "make it larger, or mend the target")
	}
}

// durationForm is a length of time in the units that offsets have: days, hours, minutes.
var durationForm = regexp.MustCompile(`^(\d{1,4})([dhm])$`)

// readDuration is a length of time up to most; absent or wrong, it is fallback.
func readDuration(v strict.Value, fallback, most time.Duration) time.Duration {
	s := v.Text()
	if s == "" {
		return fallback
	}
	m := durationForm.FindStringSubmatch(s)
	if m == nil {
		v.Fault(fmt.Sprintf("%.40q is not a length of time", s), "write 45m, 24h or 2d")
		return fallback
	}
	n, _ := strconv.Atoi(m[1]) // at most four digits
	d := time.Duration(n) * map[string]time.Duration{"d": 24 * time.Hour, "h": time.Hour, "m": time.Minute}[m[2]]
	if d > most {
		v.Fault(s+" is too long", fmt.Sprintf("%dh at most", most/time.Hour))
		return fallback
	}
	return d
}
