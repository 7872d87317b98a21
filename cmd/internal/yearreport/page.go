package yearreport

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"

	"tsugite/programme"
)

// The page is one file: no script, no picture, nothing fetched from anywhere.
//
//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

// pageData is what the page shows, in words.
type pageData struct {
	Lang, Title, Programme, Period, Cohort, Totals string

	Findings                                   []pageFinding
	FindingsTitle, Skipped                     string
	SkippedActs                                []string
	Calendar, CalendarHelp, People, PeopleHelp string
	Weekdays                                   []string
	Months                                     []pageMonth
	MonthMarks                                 []pageMark // beside the weeks of the lanes
	Lanes                                      []pageLane
	Nothing                                    string
	Changes                                    []pagePerson // of a comparison
}

type pageFinding struct{ Day, Text, Code string }

type pageMonth struct {
	Name  string
	Blank []struct{} // days of the week before the first
	Days  []pageDay
}

type pageDay struct {
	N      int
	Off    bool
	Out    bool // not in the period
	Shade  int  // 0 to 5
	Count  int
	Events []pageEvent
}

type pageEvent struct {
	Title, Time string
	Cancelled   string
}

// pageMark names a month over the weeks in which it begins; Weeks is how many weeks
// it spans.
type pageMark struct {
	Name  string
	Weeks int
}

type pageLane struct {
	Name, Organisation, Total string
	Weeks                     []pageWeek
	Messages                  []pageLine
}

type pageWeek struct {
	Shade int
	Title string
}

type pageLine struct{ When, What, Text string }

type pagePerson struct {
	Name  string
	Lines []pageLine
}

// WriteHTML writes the report as one page: what looks wrong, a calendar of the
// period, and a lane for everybody.
func (r Report) WriteHTML(w io.Writer, l Language) error {
	n := r.totals()
	d := r.head(l, "rehearse.page_title")
	d.Totals = say(l, "rehearse.totals", args("Messages", n.messages, "Answers", n.answers, "Updates", n.updates, "People", n.people))
	d.FindingsTitle = l.Say("rehearse.no_warnings", nil)
	if len(r.Warnings) > 0 {
		d.FindingsTitle = say(l, "rehearse.warnings", args("N", len(r.Warnings)))
	}
	for _, f := range r.Warnings {
		d.Findings = append(d.Findings, pageFinding{Day: l.Day(f.At), Text: f.Text(l), Code: f.Code()})
	}
	d.Calendar, d.CalendarHelp = l.Say("rehearse.page_calendar", nil), l.Say("rehearse.page_calendar_help", nil)
	d.People, d.PeopleHelp = l.Say("rehearse.page_people", nil), l.Say("rehearse.page_people_help", nil)
	d.Skipped, d.SkippedActs = l.Say("rehearse.skipped", nil), r.Skipped
	d.Nothing = l.Say("rehearse.page_none", nil)
	d.Weekdays = strings.Fields(l.Say("rehearse.page_weekdays", nil))
	d.Months = r.months(l)
	d.MonthMarks = r.monthMarks()
	d.Lanes = r.pageLanes(l)
	return page.Execute(w, d)
}

func (r Report) head(l Language, title string) pageData {
	return pageData{
		Lang: l.Tag(), Title: l.Say(title, nil), Programme: r.Settings.Name, Cohort: r.cohort(l),
		Period: r.From.Format(time.DateOnly) + " – " + r.last().Format(time.DateOnly),
	}
}

// shades are how dark a count is: more than none, 3, 10, 25, 60.
var shades = []int{0, 3, 10, 25, 60}

func shadeOf(n int, steps []int) int {
	for i, step := range steps {
		if n <= step {
			return i
		}
	}
	return len(steps)
}

// months are the months of the period, each with all of its days.
func (r Report) months(l Language) []pageMonth {
	perDay := map[string]int{}
	for _, lane := range r.Lanes {
		for _, rec := range lane.Messages {
			perDay[rec.At.Format(time.DateOnly)]++
		}
	}
	events := map[string][]pageEvent{}
	for _, e := range r.Events {
		start := e.Start.In(r.Settings.Zone)
		one := pageEvent{Title: e.Title, Time: start.Format("15:04")}
		if !e.Cancelled.IsZero() {
			one.Cancelled = l.Say("rehearse.page_cancelled", nil)
		}
		events[start.Format(time.DateOnly)] = append(events[start.Format(time.DateOnly)], one)
	}
	var out []pageMonth
	for first := firstOfMonth(r.From); first.Before(r.To); first = first.AddDate(0, 1, 0) {
		m := pageMonth{
			Name:  say(l, "rehearse.page_month", args("Year", first.Year(), "Month", int(first.Month()))),
			Blank: make([]struct{}, (int(first.Weekday())+6)%7),
		}
		for d := first; d.Month() == first.Month(); d = d.AddDate(0, 0, 1) {
			date := d.Format(time.DateOnly)
			m.Days = append(m.Days, pageDay{
				N: d.Day(), Off: !r.Open(d), Out: d.Before(r.From) || !d.Before(r.To),
				Count: perDay[date], Shade: shadeOf(perDay[date], shades), Events: events[date],
			})
		}
		out = append(out, m)
	}
	return out
}

func firstOfMonth(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, t.Location())
}

// monthMarks name the months over the lanes' weeks: a week belongs to the month of
// its Monday.
func (r Report) monthMarks() []pageMark {
	var out []pageMark
	last := time.Month(0)
	for _, monday := range r.Weeks {
		if monday.Month() != last {
			out = append(out, pageMark{Name: fmt.Sprint(int(monday.Month()))})
			last = monday.Month()
		}
		out[len(out)-1].Weeks++
	}
	return out
}

// weekShades are how dark a week of one person is.
var weekShades = []int{0, 1, 2, 4, 7}

func (r Report) pageLanes(l Language) []pageLane {
	out := make([]pageLane, len(r.Lanes))
	for i, lane := range r.Lanes {
		p := pageLane{Name: lane.Person.Name, Organisation: lane.Person.Organisation,
			Total: say(l, "rehearse.page_messages", args("N", len(lane.Messages)))}
		for k, n := range lane.PerWeek {
			title := ""
			if n > 0 {
				title = l.Day(r.Weeks[k]) + " " + say(l, "rehearse.page_messages", args("N", n))
			}
			p.Weeks = append(p.Weeks, pageWeek{Shade: shadeOf(n, weekShades), Title: title})
		}
		for _, rec := range lane.Messages {
			p.Messages = append(p.Messages, pageLine{When: l.Moment(rec.At), What: r.what(l, rec.About), Text: rec.text()})
		}
		out[i] = p
	}
	return out
}

// what is a message in a few words.
func (r Report) what(l Language, n programme.Notice) string {
	what := noticeWords(l, n.Kind)
	if title := r.title(n); title != "" {
		return say(l, "rehearse.about", args("What", what, "Event", title))
	}
	return what
}

// WriteHTML writes what changes for whom as one page.
func (c Comparison) WriteHTML(w io.Writer, l Language) error {
	d := c.New.head(l, "rehearse.page_compare")
	n := tally[string]{}
	for _, ch := range c.Changes {
		n[ch.How]++
		if len(d.Changes) == 0 || d.Changes[len(d.Changes)-1].Name != ch.Name {
			d.Changes = append(d.Changes, pagePerson{Name: ch.Name})
		}
		last := &d.Changes[len(d.Changes)-1]
		last.Lines = append(last.Lines, pageLine{What: ch.Text(l)})
	}
	d.Totals = l.Say("rehearse.no_changes", nil)
	if len(c.Changes) > 0 {
		d.Totals = say(l, "rehearse.changes", args("Added", n[Added], "Gone", n[Gone], "Moved", n[Moved]))
	}
	return page.Execute(w, d)
}
