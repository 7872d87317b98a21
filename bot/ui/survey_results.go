package ui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// Bounds of a message with results: under Slack's 50 blocks, and short enough to be
// read on a phone. What is left out is in the export.
const (
	marksListed   = 20 // choices of one question
	sayingsBlocks = 3  // sections of free text of one question
	crossListed   = 15 // groups of one question
	crossMarks    = 3  // choices named for a group
)

// surveyResults draws one message of results: counts as text that shows everywhere,
// and a chart where Slack draws it.
func surveyResults(m programme.Matter, l Locale) (string, []slack.Block) {
	r := m.Results
	at := words{"N": m.Part + 1, "All": r.Parts}
	blocks := []slack.Block{section(lines(
		bold(surveyTitle(r.Survey.Def, l)),
		l.T("survey.results.part", at),
		l.T("survey.results.asof", words{"When": l.Moment(r.Now)}),
		countsLine(r.Counts, l),
		unfinished(r, m.Part, l),
	), nil)}
	text := l.T("survey.results.text", at)
	if r.TooFew {
		return text, append(blocks, section(l.T("survey.results.too_few", words{"Few": programme.FewestShown}), nil))
	}
	charts := 0
	for _, t := range programme.ResultsOf(r, m.Part) {
		drawn := resultOf(t, r, &charts, l)
		if len(blocks)+len(drawn) > maxMessageBlocks-1 {
			blocks = append(blocks, small(l.T("survey.results.more", nil)))
			break
		}
		blocks = append(blocks, drawn...)
	}
	return text, blocks
}

// unfinished says that people who are still at it are counted, too, where a message
// shows answers while they can go on.
func unfinished(r programme.Results, part int, l Locale) string {
	present := func(t programme.Tally) bool { return !t.AtEnd }
	if r.Counts[programme.Started] == 0 || !r.Survey.OpenAt(r.Now) || !slices.ContainsFunc(programme.ResultsOf(r, part), present) {
		return ""
	}
	return l.T("survey.results.unfinished", nil)
}

// resultOf is what was answered to one question.
func resultOf(t programme.Tally, r programme.Results, charts *int, l Locale) []slack.Block {
	_, i := r.Survey.Def.Question(t.Question.ID)
	title := bold(strconv.Itoa(i+1) + ". " + line(l.Text(t.Question.Words), 500))
	if t.Hidden {
		why := l.T("survey.results.hidden", words{"Few": programme.FewestShown})
		if t.AtEnd {
			why = l.T("survey.results.at_end", nil)
		}
		return []slack.Block{divider(), section(lines(title, why), nil)}
	}
	blocks := []slack.Block{divider(), section(lines(title, answeredBy(t, l), average(t, l)), nil)}
	for _, part := range joined(markLines(t, l), "\n", maxSection) {
		blocks = append(blocks, section(part, nil))
	}
	if c := chart(t, l); c != nil && *charts < maxCharts {
		*charts++
		blocks = append(blocks, c)
	}
	blocks = append(blocks, sayings(t, r, l)...)
	blocks = append(blocks, crossed("survey.results.by_cohort", r.ByCohort[t.Question.ID], l)...)
	return append(blocks, crossed("survey.results.by_place", r.ByPlace[t.Question.ID], l)...)
}

// answeredBy is how many answered, and how many left the question out.
func answeredBy(t programme.Tally, l Locale) string {
	if t.Skipped > 0 {
		return l.T("survey.results.answered_skipped", words{"Count": t.Answered, "Skipped": t.Skipped})
	}
	return l.T("survey.results.answered", words{"Count": t.Answered})
}

// average is the mean and spread of a scale or number, and what its ends mean.
func average(t programme.Tally, l Locale) string {
	q := t.Question
	if t.Answered == 0 || !q.Measured() {
		return ""
	}
	unit := line(l.Text(q.Unit), 30)
	if !t.Ranged {
		return l.mrkdwn("survey.results.mean_short", words{"Mean": decimal(t.Mean), "Unit": unit})
	}
	out := l.mrkdwn("survey.results.mean", words{"Mean": decimal(t.Mean), "Spread": decimal(t.Spread), "Unit": unit})
	if q.Kind == programme.Number {
		return lines(out, l.mrkdwn("survey.results.range", words{"Median": decimal(t.Median), "Least": strconv.Itoa(t.Least),
			"Most": strconv.Itoa(t.Most), "Unit": unit}))
	}
	return lines(out, scaleEnds(q, l))
}

// decimal writes a mean with one place.
func decimal(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }

// markLines are the choices with how many picked them, each with its bar. Of many
// choices those come first that were picked most.
func markLines(t programme.Tally, l Locale) []string {
	marks, rest := t.Marks, 0
	if len(marks) > marksListed {
		marks = slices.Clone(marks)
		slices.SortStableFunc(marks, func(a, b programme.Mark) int { return b.N - a.N })
		marks, rest = marks[:marksListed], len(marks)-marksListed
	}
	key := "survey.results.mark"
	whole := t.Answered
	if t.Question.Kind == programme.Ranking {
		key, whole = "survey.results.points", 0
		for _, m := range t.Marks {
			whole += m.N
		}
	}
	var out []string
	for _, m := range marks {
		between := "\n"
		if t.Question.Kind == programme.Scale { // a number, and its bar beside it
			between = "　"
		}
		out = append(out, escape(markLabel(m, 150, l))+between+
			l.T(key, words{"Bar": bar(m.N, whole), "N": m.N, "Share": percent(m.N, whole)}))
	}
	if rest > 0 {
		out = append(out, l.T("survey.results.more_choices", words{"Count": rest}))
	}
	return out
}

// markLabel is a choice as a person reads it.
func markLabel(m programme.Mark, most int, l Locale) string {
	return or(line(l.Text(m.Choice.Words), most), line(or(m.Choice.ID, nothing), most))
}

// sayings are the free answers to a question, with who said it where the reader may
// know, as many as fit.
func sayings(t programme.Tally, r programme.Results, l Locale) []slack.Block {
	if len(t.Said) == 0 {
		return nil
	}
	var first []string
	room := sayingsBlocks * maxSection
	for _, s := range t.Said {
		said := saying(t.Question, s, r, l)
		if room -= size(said); room < 0 {
			break
		}
		first = append(first, said)
	}
	parts := joined(first, "\n", maxSection)
	more := len(first) < len(t.Said) || len(parts) > sayingsBlocks
	var blocks []slack.Block
	for _, part := range parts[:min(len(parts), sayingsBlocks)] {
		blocks = append(blocks, section(part, nil))
	}
	if more {
		blocks = append(blocks, small(l.T("survey.results.more_said", words{"Count": len(t.Said)})))
	}
	return blocks
}

// saying is one free answer.
func saying(q programme.Question, s programme.Saying, r programme.Results, l Locale) string {
	words := line(s.Answer.Text, 1000)
	if words == "" {
		words = shortAnswer(q, s.Answer, r.People, l)
	}
	if s.Choice != "" {
		for _, c := range q.Choices {
			if c.ID == s.Choice {
				words = line(l.Text(c.Words), 40) + "：" + words
			}
		}
	}
	if s.Person.ID == "" {
		return "• " + escape(words)
	}
	return "• " + escape(words+" ― "+nameAndFirm(s.Person, l))
}

// crossed is a question by groups of people, in small type: a line each.
func crossed(key string, groups []programme.Cross, l Locale) []slack.Block {
	groups = slices.DeleteFunc(slices.Clone(groups), func(g programme.Cross) bool {
		return !g.Tally.Hidden && (g.Tally.Answered == 0 || len(g.Tally.Marks) == 0 && !g.Tally.Question.Measured())
	})
	if len(groups) < 2 { // one alone says what stands above
		return nil
	}
	out := []string{l.T(key, nil)}
	for _, g := range groups[:min(len(groups), crossListed)] {
		out = append(out, l.mrkdwn("survey.results.group", words{"Group": surveyGroup(g.Group, l) + groupSize(g.Tally, l), "Shares": groupShares(g.Tally, l)}))
	}
	if rest := len(groups) - crossListed; rest > 0 {
		out = append(out, l.T("survey.board.more_groups", words{"Count": rest}))
	}
	return []slack.Block{small(cutEscaped(strings.Join(out, "\n"), maxContext))}
}

// groupSize is how many of a group answered, "" if that is too few to say more.
func groupSize(t programme.Tally, l Locale) string {
	if t.Hidden {
		return ""
	}
	return l.T("survey.results.people", words{"Count": t.Answered})
}

// groupShares are the marks of a group in short: the mean, or what was picked most.
func groupShares(t programme.Tally, l Locale) string {
	switch {
	case t.Hidden:
		return l.T("survey.results.hidden", words{"Few": programme.FewestShown})
	case t.Question.Measured():
		return l.T("survey.results.mean_short", words{"Mean": decimal(t.Mean), "Unit": line(l.Text(t.Question.Unit), 30)})
	}
	marks := slices.DeleteFunc(slices.Clone(t.Marks), func(m programme.Mark) bool { return m.N == 0 })
	slices.SortStableFunc(marks, func(a, b programme.Mark) int { return b.N - a.N })
	var out []string
	for _, m := range marks[:min(len(marks), crossMarks)] {
		out = append(out, markLabel(m, 40, l)+" "+strconv.Itoa(m.N))
	}
	return l.list(out)
}
