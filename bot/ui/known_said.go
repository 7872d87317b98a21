package ui

import (
	"strconv"
	"strings"
	"time"

	"tsugite/programme"
)

// knownMoment is a moment with its year: what is kept about somebody goes back for years.
func knownMoment(t time.Time, l Locale) string {
	return l.fullDate(programme.DateOf(t, l.zoneOrUTC())) + " " + l.in(t).Format("15:04")
}

// knownCohorts are the years in which somebody takes part, as one says them (令和8年度).
func knownCohorts(cohorts []string, l Locale) string {
	const before = 2018 // 令和元年 is 2019
	out := make([]string, len(cohorts))
	for i, c := range cohorts {
		out[i] = c
		year, found := strings.CutPrefix(c, "R")
		n, err := strconv.Atoi(year)
		if !found || err != nil {
			continue
		}
		switch {
		case l.Language() == "en":
			year = strconv.Itoa(before + n)
		case n == 1:
			year = "元"
		}
		out[i] = l.T("known.cohort", words{"Year": year})
	}
	return l.list(out)
}

// knownCorrectionRows are what the reader asked to have put right, and the answers.
func knownCorrectionRows(k programme.Known, l Locale) [][]string {
	var rows [][]string
	for _, c := range k.Corrections {
		rows = append(rows, []string{knownMoment(c.At, l), c.Text, correctionAnswer(c, l), c.Reason})
	}
	return rows
}

// knownActionRows are the next actions, and what was said of them when.
func knownActionRows(k programme.Known, l Locale) [][]string {
	var rows [][]string
	for _, a := range k.Actions {
		said := ""
		if !a.Said.IsZero() {
			said = knownMoment(a.Said, l)
		}
		rows = append(rows, []string{a.What, knownDate(a.Until, l), nextState(a.State, l), said})
	}
	return rows
}

// knownQuestionRows are what the reader asked the office about a text.
func knownQuestionRows(k programme.Known, l Locale) [][]string {
	var rows [][]string
	for _, q := range k.Questions {
		rows = append(rows, []string{knownMoment(q.At, l), q.Text})
	}
	return rows
}

// knownEnquiryRows are what the reader asked the office, and its answers.
func knownEnquiryRows(k programme.Known, l Locale) [][]string {
	var rows [][]string
	for _, v := range k.Enquiries {
		for _, w := range v.Words {
			who := name(v.Asker, l)
			if w.Side == programme.FromOffice {
				who = l.T("person.office", nil)
			}
			rows = append(rows, []string{knownMoment(w.At, l), who, w.Text})
		}
	}
	return rows
}
