package yearreport

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

var tokyo = time.FixedZone("JST", 9*3600)

// at is a moment of September 2026, which begins on a Tuesday.
func at(day, hour int) time.Time { return time.Date(2026, 9, day, hour, 0, 0, 0, tokyo) }

// plain says keys and arguments as they are.
type plain struct{}

func (plain) Say(key string, args map[string]any) string { return key + fmt.Sprint(args) }
func (plain) Moment(t time.Time) string                  { return t.Format("02T15:04") }
func (plain) Day(t time.Time) string                     { return t.Format("02") }
func (plain) Tag() string                                { return "en" }

func person(id string, roles ...programme.Role) programme.Person {
	return programme.Person{ID: programme.PersonID(id), SlackID: "U" + id, Name: "<" + id + ">", Roles: roles}
}

// event is a workshop of two hours for every atsugi, approved in time.
func event(id string, day, hour int) programme.Event {
	return programme.Event{
		ID: programme.EventID(id), Kind: programme.Workshop, Title: id, Start: at(day, hour), End: at(day, hour+2), Approved: "2026-09-01",
		Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}},
	}
}

// told is a message about an event that reaches somebody.
func told(to string, day, hour int, kind programme.NoticeKind, id string) Record {
	return Record{At: at(day, hour), Kind: Message, To: "U" + to, Channel: "D" + to, Notice: kind, Payload: json.RawMessage(`{}`),
		About: programme.Notice{Kind: kind, Subject: id, Occasion: "step@x"}}
}

// facts is a month of two atsugi in which nothing is wrong; quiet is from 21 to 8,
// and people work from Monday to Friday.
func facts() Facts {
	return Facts{
		Settings: programme.Settings{Name: "P", Zone: tokyo, Contract: "2026-09-01", Completion: "2026-09-30"},
		From:     at(1, 0), To: at(31, 0),
		People: []programme.Person{person("A", programme.Atsugi), person("B", programme.Atsugi)},
		Quiet:  func(t time.Time) bool { return t.Hour() >= 21 || t.Hour() < 8 },
		Open:   func(t time.Time) bool { return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday },
	}
}

func TestWhatLooksWrongIsFound(t *testing.T) {
	const ask, remind = programme.NoticeEventAsk, programme.NoticeEventReminder
	for name, c := range map[string]struct {
		change func(*Facts)
		want   []string // code, subject, to
	}{
		"nothing": {func(f *Facts) {
			f.Events = []programme.Event{event("w", 18, 14)}
			f.Records = []Record{told("A", 4, 10, ask, "w"), told("B", 4, 10, ask, "w"), told("A", 17, 10, remind, "w")}
		}, nil},
		"messages at night, one finding for those who get them together": {func(f *Facts) {
			f.Events = []programme.Event{event("w", 18, 14)}
			f.Records = []Record{told("A", 4, 22, ask, "w"), told("B", 4, 22, ask, "w"), told("A", 8, 7, ask, "w")}
		}, []string{"quiet_hours event:w ", "quiet_hours event:w UA"}},
		"the answer to one's own act at night is no disturbance": {func(f *Facts) {
			r := told("A", 4, 23, ask, "w")
			r.Answering = true
			f.Records = []Record{r}
		}, nil},
		"nor is a message that was drawn anew": {func(f *Facts) {
			r := told("A", 4, 23, ask, "w")
			r.Kind = Update
			f.Records = []Record{r}
		}, nil},
		"a message on a Sunday": {func(f *Facts) {
			f.Events = []programme.Event{event("w", 18, 14)}
			f.Records = []Record{told("A", 6, 10, ask, "w")}
		}, []string{"day_off event:w UA"}},
		"an event on a Sunday, and not its reminder of the same day": {func(f *Facts) {
			f.Events = []programme.Event{event("w", 20, 14)}
			f.Records = []Record{told("A", 20, 13, remind, "w")}
		}, []string{"event_day_off event:w "}},
		"four messages to one person in a day, three to another": {func(f *Facts) {
			for i := range 4 {
				f.Records = append(f.Records, told("A", 3, 10+i, "survey.invite", "s"))
				if i > 0 {
					f.Records = append(f.Records, told("B", 3, 10+i, "survey.invite", "s"))
				}
			}
		}, []string{"too_many person:UA UA"}},
		"a reminder after the start": {func(f *Facts) {
			f.Events = []programme.Event{event("w", 18, 14)}
			f.Records = []Record{told("A", 18, 14, remind, "w"), told("B", 18, 15, "event.thanks", "w")}
		}, []string{"after_start event:w "}},
		"events at the same time, for those who did not decline one": {func(f *Facts) {
			f.Events = []programme.Event{event("w", 18, 14), event("x", 18, 15)}
			f.Attendance = []programme.Attendance{{Event: "x", Person: "A", Answer: programme.No}}
		}, []string{"collision event:w event:x "}},
		"everybody declined one of the two": {func(f *Facts) {
			f.Events = []programme.Event{event("w", 18, 14), event("x", 18, 15)}
			f.Attendance = []programme.Attendance{{Event: "x", Person: "A", Answer: programme.No}, {Event: "w", Person: "B", Answer: programme.No}}
		}, nil},
		"one ends when the other begins": {func(f *Facts) {
			f.Events = []programme.Event{event("w", 18, 14), event("x", 18, 16)}
		}, nil},
		"an event after the completion": {func(f *Facts) {
			f.Settings.Completion = "2026-09-17"
			f.Events = []programme.Event{event("w", 18, 14)}
		}, []string{"outside_period event:w "}},
		"an audience without anybody": {func(f *Facts) {
			e := event("w", 18, 14)
			e.Audience = programme.Audience{Roles: []programme.Role{programme.Bureau}}
			f.Events = []programme.Event{e}
		}, []string{"empty_audience event:w "}},
		"an event that is never approved": {func(f *Facts) {
			e := event("w", 18, 14)
			e.Approved = ""
			f.Events = []programme.Event{e}
		}, []string{"unapproved event:w "}},
		"a cancelled event has no faults": {func(f *Facts) {
			e := event("w", 20, 14)
			e.Approved, e.Cancelled = "", at(2, 10)
			f.Events = []programme.Event{e}
		}, nil},
		"a compressed ladder": {func(f *Facts) {
			f.Events = []programme.Event{event("w", 18, 14), event("x", 25, 14)}
			f.Ladders = []Ladder{{Event: "w", Full: 4, Left: 2}, {Event: "x", Full: 4, Left: 4}}
		}, []string{"compressed event:w "}},
		"a survey that is open for too short a time, and one that is not": {func(f *Facts) {
			f.Surveys = []programme.Survey{{ID: "s1", Def: programme.SurveyDef{ID: "status"}}, {ID: "s2", Def: programme.SurveyDef{ID: "other"}}}
			f.Ladders = []Ladder{{Survey: "s1", Full: 2, Left: 1}, {Survey: "s2", Full: 2, Left: 2}}
		}, []string{"short_survey survey:status "}},
		"a third chaser for one survey": {func(f *Facts) {
			for i := range 3 {
				f.Records = append(f.Records, told("A", 2+i, 10, programme.NoticeSurveyChase, "s1"))
			}
			f.Records = append(f.Records, told("B", 2, 10, programme.NoticeSurveyChase, "s1"), told("B", 3, 10, programme.NoticeSurveyChase, "s1"),
				told("B", 4, 10, programme.NoticeSurveyChase, "s2"))
		}, []string{"chased person:UA UA"}},
		"people who are not on Slack": {func(f *Facts) {
			f.People[1].SlackID = ""
		}, []string{"not_on_slack person:<B> "}},
		"messages that were refused, by reason": {func(f *Facts) {
			lost := func(state programme.DeliveryState, why string) programme.Delivery {
				return programme.Delivery{Notice: programme.Notice{To: programme.ToPerson("A"), Due: at(3, 10)}, State: state, LastError: why}
			}
			f.Lost = []programme.Delivery{lost(programme.Refused, "user_disabled"), lost(programme.Refused, "user_disabled"), lost(programme.Lapsed, "too_late")}
		}, []string{"lapsed person:UA UA", "refused person:UA UA"}},
		"a target that the plan misses": {func(f *Facts) {
			f.Progress = []programme.Progress{
				{Target: programme.Target{Code: programme.TargetWorkshop, Least: 3}, Done: 1, Planned: 1},
				{Target: programme.Target{Code: programme.TargetSeminar, Least: 1}, Done: 1},
			}
		}, []string{"target target:2-② "}},
	} {
		t.Run(name, func(t *testing.T) {
			f := facts()
			c.change(&f)
			var got []string
			for _, w := range Evaluate(f).Warnings {
				got = append(got, w.Code()+" "+w.Subject+" "+w.To)
				if w.At.Before(f.From) || !w.At.Before(f.To) {
					t.Errorf("%s at %s is outside the period", w.Code(), w.At)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWeeksBeginOnMondaysAndCountEverybodysMessages(t *testing.T) {
	f := facts()
	f.Records = []Record{told("A", 6, 10, "survey.invite", "s"), told("A", 7, 10, "survey.invite", "s"), told("B", 30, 23, "survey.invite", "s")}
	r := Evaluate(f)
	var mondays []string
	for _, w := range r.Weeks {
		mondays = append(mondays, w.Format("01-02"))
	}
	if diff := cmp.Diff([]string{"08-31", "09-07", "09-14", "09-21", "09-28"}, mondays); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]int{1, 1, 0, 0, 1}, r.perWeek()); diff != "" {
		t.Error(diff)
	}
}

func TestLinesAreNumberedInOrderAndSayNullWhereThereIsNothing(t *testing.T) {
	f := facts()
	f.People[1].SlackID = ""
	channel := Record{At: at(2, 10).UTC(), Kind: Message, Channel: "C1", Payload: json.RawMessage(`{"text":"<あ>"}`)}
	f.Records = []Record{told("A", 1, 0, "survey.invite", "s"), channel}
	lines, err := Evaluate(f).Lines(plain{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := WriteJSON(&out, lines); err != nil {
		t.Fatal(err)
	}
	want := []string{
		`{"seq":1,"at":"2026-09-01T00:00:00+09:00","kind":"message","to":"UA","channel":"DA","notice":"survey.invite","payload":{}}`,
		`{"seq":2,"at":"2026-09-01T00:00:00+09:00","kind":"warning","to":null,"channel":null,"notice":null,"payload":{"code":"not_on_slack","text":"rehearse.warn_not_on_slackmap[Name:<B>]","subject":"person:<B>"}}`,
		`{"seq":3,"at":"2026-09-01T00:00:00+09:00","kind":"warning","to":"UA","channel":null,"notice":null,"payload":{"code":"quiet_hours","text":"rehearse.warn_quiet_hoursmap[Event: N:1 What:rehearse.notice_surveymap[] When:01T00:00]","subject":"survey.invite"}}`,
		`{"seq":4,"at":"2026-09-02T10:00:00+09:00","kind":"message","to":null,"channel":"C1","notice":null,"payload":{"text":"<あ>"}}`,
	}
	if diff := cmp.Diff(want, strings.Split(strings.TrimSpace(out.String()), "\n")); diff != "" {
		t.Error(diff)
	}
}

func TestTwoYearsAreComparedByWhatTheMessagesAreAbout(t *testing.T) {
	old, now := facts(), facts()
	old.Events, now.Events = []programme.Event{event("w", 18, 14)}, []programme.Event{event("w", 25, 14), event("x", 29, 14)}
	const ask, remind = programme.NoticeEventAsk, programme.NoticeEventReminder
	answer := told("A", 5, 10, ask, "w")
	answer.Answering = true
	old.Records = []Record{told("A", 4, 10, ask, "w"), answer, told("B", 4, 10, ask, "w"), told("B", 17, 10, remind, "w")}
	now.Records = []Record{told("A", 11, 10, ask, "w"), told("B", 4, 10, ask, "w"), told("B", 15, 10, ask, "x")}
	d := Compare(Evaluate(old), Evaluate(now))
	var got []string
	for _, c := range d.Changes {
		got = append(got, strings.Join([]string{c.How, c.To, string(c.Notice), c.Subject, c.Was.Format("02"), c.At.Format("02")}, " "))
	}
	want := []string{
		"moved UA event.ask event:w 04 11",
		"added UB event.ask event:x 01 15",
		"gone UB event.reminder event:w 17 01",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if same := Compare(Evaluate(now), Evaluate(now)).Changes; len(same) != 0 {
		t.Errorf("a year differs from itself: %v", same)
	}
}

// TestThePageStandsAlone: nothing is fetched, nothing runs, and names are text.
func TestThePageStandsAlone(t *testing.T) {
	f := facts()
	f.People[0].Name = `<script>alert(1)</script>`
	f.People[0].Organisation = `"><img src=x>`
	e := event("w", 18, 14)
	e.Title = `</li><a href="https://example.com">`
	f.Events, f.Records = []programme.Event{e}, []Record{told("A", 4, 10, programme.NoticeEventAsk, "w")}
	var report, changes bytes.Buffer
	r := Evaluate(f)
	if err := r.WriteHTML(&report, plain{}); err != nil {
		t.Fatal(err)
	}
	if err := Compare(Evaluate(facts()), r).WriteHTML(&changes, plain{}); err != nil {
		t.Fatal(err)
	}
	foreign := regexp.MustCompile(`(?i)<script|<img|<link|<a |<iframe|url\(|@import|\son[a-z]+=`)
	for name, page := range map[string]string{"the report": report.String(), "what changes": changes.String()} {
		if found := foreign.FindAllString(page, -1); len(found) > 0 {
			t.Errorf("%s holds %q", name, slices.Compact(found))
		}
		if !strings.Contains(page, "alert(1)") {
			t.Errorf("%s does not name who gets something", name)
		}
	}
}
