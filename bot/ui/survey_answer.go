package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// answerWords is an answer as people read it, in lines. What somebody wrote stands
// in it as they wrote it: it belongs into plain text, never into markup. people are
// those whom answers name.
func answerWords(q programme.Question, a programme.Answer, people map[programme.PersonID]programme.Person, l Locale) string {
	switch {
	case a.Skipped:
		return l.T("survey.skipped", nil)
	case q.Kind == programme.Scale:
		return scaleWords(q, a.Number, l)
	case q.Kind == programme.Number:
		return l.T("survey.number", words{"N": grouped(a.Number), "Unit": l.Text(q.Unit)})
	case q.Kind == programme.Day:
		return l.fullDate(a.Date)
	case q.Kind == programme.Whom:
		return namedIn(a, people, l)
	case q.Kind == programme.Ranking:
		return strings.Join(rankedWords(q, a, l), "\n")
	case len(a.Picked) > 0:
		return strings.Join(pickedWords(q, a, l), "\n")
	}
	return or(a.Text, nothing)
}

// shortAnswer is an answer on one line of a list.
func shortAnswer(q programme.Question, a programme.Answer, people map[programme.PersonID]programme.Person, l Locale) string {
	var parts []string
	for _, part := range strings.Split(answerWords(q, a, people, l), "\n") {
		if part = line(part, maxAnswer); part != "" {
			parts = append(parts, part)
		}
	}
	return or(line(l.list(parts), maxAnswer), nothing)
}

// choiceWords are the words of a choice on one line.
func choiceWords(c programme.Choice, l Locale) string {
	return or(line(l.Text(c.Words), 300), c.ID)
}

// pickedWords are the choices that were picked, with what was written out.
func pickedWords(q programme.Question, a programme.Answer, l Locale) []string {
	var out []string
	for _, c := range q.Options() {
		if slices.Contains(a.Picked, c.ID) {
			out = append(out, written(c, a, l))
		}
	}
	return out
}

// rankedWords are the places of a ranking.
func rankedWords(q programme.Question, a programme.Answer, l Locale) []string {
	var out []string
	for i, id := range a.Picked {
		for _, c := range q.Choices {
			if c.ID == id {
				out = append(out, fmt.Sprintf("%d. %s", i+1, written(c, a, l)))
			}
		}
	}
	return out
}

// written is a choice with what was written out for it.
func written(c programme.Choice, a programme.Answer, l Locale) string {
	if c.Write && strings.TrimSpace(a.Text) != "" {
		return l.T("survey.written", words{"Choice": choiceWords(c, l), "Text": a.Text})
	}
	return choiceWords(c, l)
}

func namedIn(a programme.Answer, people map[programme.PersonID]programme.Person, l Locale) string {
	var out []string
	for _, id := range a.Picked {
		out = append(out, nameAndFirm(people[programme.PersonID(id)], l))
	}
	return or(strings.Join(out, "\n"), nothing)
}

// scaleWords are a number of a scale with what it means, at an end, or of how many it
// is.
func scaleWords(q programme.Question, n int, l Locale) string {
	if meaning := endOf(q, n, l); meaning != "" {
		return l.T("survey.scale_end", words{"N": n, "Words": meaning})
	}
	return l.T("survey.scale", words{"N": n, "Max": q.Max})
}

// endOf says what an end of a scale means, "" for what is none.
func endOf(q programme.Question, n int, l Locale) string {
	switch n {
	case 1:
		return line(l.Text(q.Low), maxTitle)
	case q.Max:
		return line(l.Text(q.High), maxTitle)
	}
	return ""
}

// grouped writes a number with commas: 1,200.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// fullDate writes a calendar day with its year: 2027年4月1日(木), Thu 1 Apr 2027.
func (l Locale) fullDate(d programme.Date) string {
	t := d.At(12, 0, time.UTC)
	if t.IsZero() {
		return nothing
	}
	if l.Language() == "en" {
		return t.Format("Mon 2 Jan 2006")
	}
	return fmt.Sprintf("%d年%d月%d日(%s)", t.Year(), t.Month(), t.Day(), weekdaysJa[t.Weekday()])
}

// enteredBy says that the office entered an answer, and from where; "" if the person
// gave it.
func enteredBy(a programme.Answer, l Locale) string {
	switch a.Via {
	case programme.ViaPhone:
		return l.T("survey.via_phone", nil)
	case programme.ViaPaper:
		return l.T("survey.via_paper", nil)
	}
	return ""
}

// answerBlocks show an answer exactly as it was given, with an element beside it, and
// who entered it.
func answerBlocks(q programme.Question, a programme.Answer, d programme.Dialogue, beside slack.BlockElement, l Locale) []slack.Block {
	blocks := verbatim(answerWords(q, a, d.People, l))
	if first, ok := blocks[0].(*slack.SectionBlock); ok && beside != nil {
		first.Accessory = slack.NewAccessory(beside)
	}
	if by := enteredBy(a, l); by != "" {
		blocks = append(blocks, small(by))
	}
	return blocks
}
