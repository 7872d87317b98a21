package ui

import (
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// SurveysPage is the list of surveys that Home has, as a page of its own: those put
// to the reader, and what the reader may see or do of the others. defs are those
// that the office may send out.
func SurveysPage(h programme.Home, defs []programme.SurveyDef, l Locale) slack.ModalViewRequest {
	if !h.Office {
		defs = nil
	}
	blocks := append(homeOpenSurveys(h, l), surveyLines(h, defs, surveysListed, l)...)
	if len(blocks) == 0 {
		return modal(l.T("survey.list.title", nil), l, section(l.T("survey.list.none", nil), nil))
	}
	blocks = blocks[1:] // nothing stands above the first part that a line would divide it from
	return modal(l.T("survey.list.title", nil), l, blocks...)
}

// surveysListed is how many surveys the page shows: within 100 blocks.
const surveysListed = 20

// homeSurveyLines are the newest surveys, with a way to the others.
func homeSurveyLines(h programme.Home, defs []programme.SurveyDef, l Locale) []slack.Block {
	blocks := surveyLines(h, defs, homeSurveys, l)
	if len(h.Surveys) > homeSurveys {
		blocks = append(blocks, row(button(ActionSurveys, "", l.T("button.surveys", nil))))
	}
	return blocks
}

// surveyLines are the surveys that went out with how many answered, and for the
// office those that can be sent; most at most of each.
func surveyLines(h programme.Home, defs []programme.SurveyDef, most int, l Locale) []slack.Block {
	if len(h.Surveys)+len(defs) == 0 {
		return nil
	}
	blocks := title("home.surveys", l)
	sent, open := map[string]bool{}, map[string]bool{}
	for _, line := range h.Surveys {
		id := line.Survey.Def.ID
		sent[id] = true
		open[id] = open[id] || line.Survey.Event == "" && !line.Survey.ClosedAt(h.Now)
	}
	for _, line := range h.Surveys[:min(len(h.Surveys), most)] {
		blocks = append(blocks, sentSurvey(line, h, l)...)
	}
	if len(defs) > 0 {
		blocks = append(blocks, small(l.T("survey.list.sendable", nil)))
	}
	for _, def := range defs[:min(len(defs), most)] {
		blocks = append(blocks, sendableSurvey(def, sent[def.ID], open[def.ID], l)...)
	}
	if h.Office {
		blocks = append(blocks, row(button(ActionEngagements, "0", l.T("button.engagements", nil))))
	}
	return blocks
}

// sentSurvey is a survey that went out: the office follows it, others may ask for its
// results.
func sentSurvey(line programme.SurveyLine, h programme.Home, l Locale) []slack.Block {
	s, id := line.Survey, string(line.Survey.ID)
	results := button(ActionSurveyResults, id, l.T("button.survey_results", nil))
	what := section(lines(bold(surveyTitle(s.Def, l)), surveyStands(s, h.Now, l), countsLine(line.Counts, l)), nil)
	if !h.Office {
		return []slack.Block{what, row(results)}
	}
	board := button(ActionSurveyBoard, id, l.T("button.survey_board", nil))
	if s.OpenAt(h.Now) {
		board = board.WithStyle(slack.StylePrimary)
	}
	return []slack.Block{what, row(board, results)}
}

// sendableSurvey is a survey that the office can send out: to itself first, and to
// all unless it is out already.
func sendableSurvey(def programme.SurveyDef, sent, open bool, l Locale) []slack.Block {
	buttons := []slack.BlockElement{button(ActionSurveyTry, def.ID, l.T("button.survey_try", nil))}
	label := "button.survey_preview"
	if sent {
		label = "button.survey_preview_again"
	}
	if !open {
		buttons = append(buttons, button(ActionSurveyPreview, def.ID, l.T(label, nil)))
	}
	return []slack.Block{section(lines(bold(surveyTitle(def, l)), surveyAtAGlance(def, 0, l)), nil), row(buttons...)}
}

// surveyStands says from when or until when a survey takes answers, or that it is over.
func surveyStands(s programme.Survey, now time.Time, l Locale) string {
	edition := ""
	if s.Edition > 1 {
		edition = l.T("survey.edition", words{"N": s.Edition})
	}
	key := "survey.stands.open"
	switch {
	case now.Before(s.Opens):
		key = "survey.stands.before"
	case s.ClosedAt(now):
		key = "survey.stands.closed"
	}
	return lines(edition, l.T(key, words{"From": l.Moment(s.Opens), "Until": l.Moment(s.Closes)}))
}

// countsLine is how many people are how far, on one line.
func countsLine(n programme.SurveyCounts, l Locale) string {
	return l.T("survey.counts", words{
		"Total": n.Total(), "Done": n[programme.Done], "Started": n[programme.Started],
		"Asked": n[programme.Asked], "Declined": n[programme.Declined],
	})
}
