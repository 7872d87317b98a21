package yearreport

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
)

// WriteText writes the report for a terminal: what looks wrong first, then how many
// messages a week, then everybody's own.
func (r Report) WriteText(w io.Writer, l Language) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s  %s – %s\n", r.Settings.Name, r.From.Format(time.DateOnly), r.last().Format(time.DateOnly))
	fmt.Fprintln(out, r.cohort(l))
	n := r.totals()
	fmt.Fprintln(out, say(l, "rehearse.totals", args("Messages", n.messages, "Answers", n.answers, "Updates", n.updates, "People", n.people)))
	r.textWarnings(out, l)
	r.textWeeks(out, l)
	r.textLanes(out, l)
	if len(r.Skipped) > 0 {
		fmt.Fprintf(out, "\n%s\n", l.Say("rehearse.skipped", nil))
		for _, s := range r.Skipped {
			fmt.Fprintf(out, "  %s\n", s)
		}
	}
	return out.Flush()
}

// last is the last day of the period.
func (r Report) last() time.Time { return r.To.AddDate(0, 0, -1) }

func (r Report) cohort(l Language) string {
	if r.Cohort == "" {
		return say(l, "rehearse.cohort_sample", args("N", len(r.People)))
	}
	return say(l, "rehearse.cohort_file", args("N", len(r.People), "File", r.Cohort))
}

type totals struct{ messages, answers, updates, people int }

func (r Report) totals() (n totals) {
	for _, lane := range r.Lanes {
		n.messages += len(lane.Messages)
		n.answers += lane.Answers
		n.updates += lane.Updates
		if len(lane.Messages) > 0 {
			n.people++
		}
	}
	return n
}

func (r Report) textWarnings(out io.Writer, l Language) {
	if len(r.Warnings) == 0 {
		fmt.Fprintf(out, "\n%s\n", l.Say("rehearse.no_warnings", nil))
		return
	}
	fmt.Fprintf(out, "\n%s\n", say(l, "rehearse.warnings", args("N", len(r.Warnings))))
	for _, f := range r.Warnings {
		fmt.Fprintf(out, "  %s  %s [%s]\n", f.At.Format(time.DateOnly), f.Text(l), f.Code())
	}
}

// barWidth is how long the bar of the busiest week is.
const barWidth = 40

func (r Report) textWeeks(out io.Writer, l Language) {
	perWeek := r.perWeek()
	top := 1
	for _, n := range perWeek {
		top = max(top, n)
	}
	fmt.Fprintf(out, "\n%s\n", l.Say("rehearse.by_week", nil))
	for i, n := range perWeek {
		if n > 0 {
			fmt.Fprintf(out, "  %s %5d %s\n", r.Weeks[i].Format(time.DateOnly), n, strings.Repeat("#", max(1, n*barWidth/top)))
		}
	}
}

// perWeek is how many messages went to people in each week.
func (r Report) perWeek() []int {
	out := make([]int, len(r.Weeks))
	for _, lane := range r.Lanes {
		for i, n := range lane.PerWeek {
			out[i] += n
		}
	}
	return out
}

func (r Report) textLanes(out io.Writer, l Language) {
	fmt.Fprintf(out, "\n%s\n", l.Say("rehearse.by_person", nil))
	for _, lane := range r.Lanes {
		fmt.Fprintf(out, "  %-10s %4d ", lane.Person.SlackID, len(lane.Messages))
		for i, n := range lane.PerWeek {
			if n > 0 {
				fmt.Fprintf(out, " %s:%d", r.Weeks[i].Format("01-02"), n)
			}
		}
		fmt.Fprintf(out, "  %s\n", lane.Person.Name)
	}
}

// WriteJSON writes one change a line.
func (c Comparison) WriteJSON(w io.Writer) error { return writeLines(w, c.Changes) }

// WriteText writes what changes for whom.
func (c Comparison) WriteText(w io.Writer, l Language) error {
	out := bufio.NewWriter(w)
	if len(c.Changes) == 0 {
		fmt.Fprintln(out, l.Say("rehearse.no_changes", nil))
		return out.Flush()
	}
	n := tally[string]{}
	for _, ch := range c.Changes {
		n[ch.How]++
	}
	fmt.Fprintln(out, say(l, "rehearse.changes", args("Added", n[Added], "Gone", n[Gone], "Moved", n[Moved])))
	who := "-"
	for _, ch := range c.Changes {
		if ch.To != who {
			who = ch.To
			fmt.Fprintf(out, "\n%s %s\n", ch.To, ch.Name)
		}
		fmt.Fprintf(out, "  %s\n", ch.Text(l))
	}
	return out.Flush()
}

// changeKeys are the sentences for the ways in which a message differs.
var changeKeys = map[string]string{Added: "rehearse.change_added", Gone: "rehearse.change_gone", Moved: "rehearse.change_moved"}

// Text is the change as a sentence.
func (c Change) Text(l Language) string {
	what := noticeWords(l, c.Notice)
	if c.Event != "" {
		what = say(l, "rehearse.about", args("What", what, "Event", c.Event))
	}
	return say(l, changeKeys[c.How], args("What", what, "At", c.At, "Was", c.Was))
}
