package yearreport

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"tsugite/programme"
)

// Facts are what a rehearsal found out. All moments are in the programme's zone.
type Facts struct {
	Settings programme.Settings
	From, To time.Time // the period: From is in it, To is not
	// Cohort says who played: the name of a roster file, "" for the sample cohort.
	Cohort  string
	Skipped []string // acts of the script that fit nothing in this programme

	Records []Record // as the local Slack accepted them

	People     []programme.Person // in the order of the roster
	Events     []programme.Event  // as they stood in the end, by start
	Attendance []programme.Attendance
	Progress   []programme.Progress // of the targets, in the end
	Surveys    []programme.Survey   // that were sent out by themselves, as they stood in the end
	Ladders    []Ladder
	Lost       []programme.Delivery // refused, lapsed or unknown

	// Quiet says whether a moment lies in the quiet hours, Open whether people
	// work on a day.
	Quiet func(time.Time) bool
	Open  func(time.Time) bool
}

// Ladder is how many notices of one event's or survey's ladder remain of those that
// the configuration has, because the event was made or approved late, or the survey
// is open for a short time.
type Ladder struct {
	Event      programme.EventID  // "" of a survey's
	Survey     programme.SurveyID // "" of an event's
	Full, Left int
}

// Report is a rehearsed year, evaluated.
type Report struct {
	Facts
	Warnings []Finding
	Lanes    []Lane
	Weeks    []time.Time // Mondays, midnight
}

// Lane is one person's year.
type Lane struct {
	Person   programme.Person
	Messages []Record // that reached them by themselves, in order
	Answers  int      // messages that answered their own acts
	Updates  int
	PerWeek  []int // of Messages, beside Report.Weeks
}

// Evaluate counts and looks for what is wrong.
func Evaluate(f Facts) Report {
	r := Report{Facts: f, Weeks: weeks(f.From, f.To)}
	bySlack := map[string]int{}
	for _, p := range f.People {
		if p.SlackID != "" {
			bySlack[p.SlackID] = len(r.Lanes)
		}
		r.Lanes = append(r.Lanes, Lane{Person: p, PerWeek: make([]int, len(r.Weeks))})
	}
	for _, rec := range f.Records {
		i, known := bySlack[rec.To]
		if !known {
			continue
		}
		r.Lanes[i].add(rec, r.weekOf(rec.At))
	}
	r.Warnings = r.findings()
	return r
}

func (l *Lane) add(rec Record, week int) {
	switch {
	case rec.Kind == Update:
		l.Updates++
	case rec.disturbs():
		l.Messages = append(l.Messages, rec)
		l.PerWeek[week]++
	case rec.Kind == Message || rec.Kind == File:
		l.Answers++
	}
}

// weeks are the Mondays of the weeks that the period touches.
func weeks(from, to time.Time) []time.Time {
	var out []time.Time
	for monday := mondayOf(from); monday.Before(to); monday = monday.AddDate(0, 0, 7) {
		out = append(out, monday)
	}
	return out
}

func mondayOf(t time.Time) time.Time {
	return midnight(t).AddDate(0, 0, -(int(t.Weekday())+6)%7)
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// weekOf is the index of the week that t lies in. What settles at the very end
// of the period counts to its last week.
func (r Report) weekOf(t time.Time) int {
	monday := mondayOf(t)
	i, _ := slices.BinarySearchFunc(r.Weeks, monday, time.Time.Compare)
	return min(i, len(r.Weeks)-1)
}

// event finds an event by its id.
func (f Facts) event(id programme.EventID) (programme.Event, bool) {
	i := slices.IndexFunc(f.Events, func(e programme.Event) bool { return e.ID == id })
	if i < 0 {
		return programme.Event{}, false
	}
	return f.Events[i], true
}

// eventOf is the event that a notice is about, if it is about one.
func (f Facts) eventOf(n programme.Notice) (programme.Event, bool) {
	if !strings.HasPrefix(string(n.Kind), "event.") {
		return programme.Event{}, false
	}
	return f.event(programme.EventID(n.Subject))
}

// Lines are all records, warnings among them, numbered in order of (at, seq).
func (r Report) Lines(l Language) ([]Record, error) {
	lines := slices.Clone(r.Records)
	for _, w := range r.Warnings {
		payload, err := marshal(struct {
			Code    string `json:"code"`
			Text    string `json:"text"`
			Subject string `json:"subject"`
		}{w.Code(), w.Text(l), w.Subject})
		if err != nil {
			return nil, err
		}
		lines = append(lines, Record{At: w.At, Kind: Warning, To: w.To, Payload: payload})
	}
	slices.SortStableFunc(lines, func(a, b Record) int { return a.At.Compare(b.At) })
	for i := range lines {
		lines[i].Seq = i + 1
		lines[i].At = lines[i].At.In(r.Settings.Zone)
	}
	return lines, nil
}

// marshal is JSON without HTML's escapes, so that Japanese and <…> stay readable.
func marshal(v any) ([]byte, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return []byte(strings.TrimSuffix(b.String(), "\n")), err
}

// tally counts things by a key and gives the keys back in order.
type tally[K cmp.Ordered] map[K]int

func (t tally[K]) keys() []K {
	keys := make([]K, 0, len(t))
	for k := range t {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
