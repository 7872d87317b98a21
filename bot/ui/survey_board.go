package ui

import (
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// SurveyBoardData is what the page of a survey is drawn from.
type SurveyBoardData struct {
	Board programme.SurveyBoard
	From  int    // how many people come before the page
	Said  string // what was just done, "" for nothing
}

// How many people a page of the board has: as many as a menu offers.
const peopleAPage = maxChoices

// groupsListed is how many cohorts, and prefectures, the board has a line for.
const groupsListed = 30

// SurveyBoard shows the office how a survey stands and what can be done: the counts
// and buttons come before the names, which may be many.
func SurveyBoard(d SurveyBoardData, l Locale) slack.ModalViewRequest {
	b := d.Board
	var blocks []slack.Block
	if d.Said != "" {
		blocks = append(blocks, section(bold(d.Said), nil), divider())
	}
	blocks = append(blocks,
		section(lines(bold(surveyTitle(b.Survey.Def, l)), surveyStands(b.Survey, b.Now, l), anonymousMark(b, l)), nil),
		section(boardCounts(b, l), nil))
	if b.ToChase == 0 && b.Survey.OpenAt(b.Now) {
		blocks = append(blocks, small(l.T("survey.chase_nobody", nil)))
	}
	blocks = append(blocks, boardButtons(b, l)...)
	blocks = append(blocks, waitingNames(d, l)...)
	blocks = append(blocks, personMenu(d, l)...)
	blocks = append(blocks, groupLines("survey.board.cohorts", b.Cohorts, l)...)
	blocks = append(blocks, groupLines("survey.board.prefectures", b.Prefectures, l)...)
	return modal(l.T("survey.board.title", nil), l, blocks...)
}

func anonymousMark(b programme.SurveyBoard, l Locale) string {
	if b.Survey.Def.Anonymous {
		return l.T("survey.board.anonymous", nil)
	}
	return ""
}

// boardCounts are how many were asked and how far they are.
func boardCounts(b programme.SurveyBoard, l Locale) string {
	n, off, launching := b.Counts, "", ""
	switch {
	case b.OffSlack > 0 && b.Survey.Def.Anonymous: // nothing can be entered for them
		off = l.T("survey.board.off_anonymous", words{"Count": b.OffSlack})
	case b.OffSlack > 0:
		off = l.T("survey.board.off", words{"Count": b.OffSlack})
	}
	if b.Launching {
		launching = l.T("survey.board.launching", nil)
	}
	return lines(
		l.T("survey.board.share", words{"Done": n[programme.Done], "Total": n.Total(), "Share": percent(n[programme.Done], n.Total())})+
			"\n"+bar(n[programme.Done], n.Total()),
		l.T("survey.board.counts", words{"Sent": b.Sent, "Started": n[programme.Started], "Done": n[programme.Done],
			"Declined": n[programme.Declined], "Asked": n[programme.Asked]}),
		off, launching,
	)
}

// barCells is how many cells a bar of text has: a phone shows it on one line.
const barCells = 10

// bar draws a share as text: it is the same everywhere.
func bar(part, whole int) string {
	full := 0
	if whole > 0 {
		full = min(max((part*barCells*2+whole)/(whole*2), 0), barCells)
	}
	if part > 0 && full == 0 {
		full = 1
	}
	return strings.Repeat("■", full) + strings.Repeat("□", barCells-full)
}

// percent is a share in whole percent.
func percent(part, whole int) string {
	if whole <= 0 {
		return "0%"
	}
	return strconv.Itoa((part*200+whole)/(whole*2)) + "%"
}

// boardButtons are what can be done with the survey as it stands. Two buttons a row
// fit a phone.
func boardButtons(b programme.SurveyBoard, l Locale) []slack.Block {
	s, id := b.Survey, string(b.Survey.ID)
	press := func(action, label string) *slack.ButtonBlockElement { return button(action, id, l.T(label, nil)) }
	asked := func(action, label, ask string, args words) *slack.ButtonBlockElement {
		return button(action, id, l.T(label, args)).WithConfirm(sure(l, l.T(ask+"_title", nil), l.T(ask, args), l.T(ask+"_yes", nil)))
	}
	var rows [][]slack.BlockElement
	over := s.ClosedAt(b.Now)
	if b.ToChase > 0 {
		rows = append(rows, []slack.BlockElement{asked(ActionSurveyChase, "button.survey_chase", "survey.chase", words{"Count": b.ToChase})})
	}
	if !over && b.Newcomers > 0 {
		rows = append(rows, []slack.BlockElement{asked(ActionSurveyNewcomers, "button.survey_newcomers", "survey.newcomers", words{"Count": b.Newcomers})})
	}
	results := []slack.BlockElement{press(ActionSurveyResults, "button.survey_results")}
	if s.Def.Wish != "" {
		results = append(results, press(ActionSurveyWishes, "button.survey_wishes"))
	}
	rows = append(rows, results)
	if !over && !s.Def.Anonymous {
		rows = append(rows, []slack.BlockElement{press(ActionSurveyMail, "button.mail"), press(ActionSurveyPaper, "button.survey_paper")})
	}
	rows = append(rows, boardTimes(b, press, asked))
	var out []slack.Block
	for _, r := range rows {
		if len(r) > 0 {
			out = append(out, row(r...))
		}
	}
	return out
}

// boardTimes change until when the survey is open, and look again. An anonymous one
// that closed stays closed: its results may have been seen.
func boardTimes(b programme.SurveyBoard, press func(action, label string) *slack.ButtonBlockElement,
	asked func(action, label, ask string, args words) *slack.ButtonBlockElement) []slack.BlockElement {
	over := b.Survey.ClosedAt(b.Now)
	var out []slack.BlockElement
	if !over || !b.Survey.Def.Anonymous {
		label := "button.survey_extend"
		if over {
			label = "button.survey_again"
		}
		out = append(out, press(ActionSurveyExtend, label))
	}
	if !over {
		out = append(out, asked(ActionSurveyClose, "button.survey_close", "survey.close", nil).WithStyle(slack.StyleDanger))
	}
	fresh := press(ActionSurveyBoard, "button.redraw")
	fresh.ActionID = PickID(ActionSurveyBoard, 0)
	return append(out, fresh)
}

// waitingNames are those who have neither answered nor declined, n of m.
func waitingNames(d SurveyBoardData, l Locale) []slack.Block {
	var waiting []programme.SurveyAsked
	for _, a := range d.Board.Asked {
		if a.Dialogue.Response.State.Unanswered() {
			waiting = append(waiting, a)
		}
	}
	if len(waiting) == 0 {
		return nil
	}
	var names []string
	for _, a := range waiting[:min(len(waiting), peopleAPage)] {
		names = append(names, waitingLine(a, d.Board, l))
	}
	title := bold(l.T("survey.board.waiting", words{"Count": len(waiting), "All": d.Board.Counts.Total()}))
	blocks := []slack.Block{divider(), section(title, nil)}
	for _, part := range joined(names, "\n", maxSection) {
		blocks = append(blocks, section(part, nil))
	}
	if rest := len(waiting) - len(names); rest > 0 {
		blocks = append(blocks, small(l.T("survey.launch.more_people", words{"Count": rest})))
	}
	return blocks
}

// waitingLine is one who is waited for: how far, when they are asked again as they
// wished, unless it is closed for them by then, and whether the bot reaches them.
func waitingLine(a programme.SurveyAsked, b programme.SurveyBoard, l Locale) string {
	r := a.Dialogue.Response
	who := nameAndFirm(programme.Person{Name: a.Dialogue.Person.Name, Organisation: line(a.Dialogue.Person.Organisation, 40)}, l)
	parts := []string{"• " + escape(who)}
	if !a.Dialogue.Person.Reachable() {
		parts[0] = "★ " + escape(who)
	}
	if r.State == programme.Started && !b.Survey.Def.Anonymous {
		parts = append(parts, l.T("survey.board.at", words{"Done": a.Answered, "All": a.Due}))
	}
	if r.Later.After(b.Now) && a.Dialogue.Open(r.Later) {
		parts = append(parts, l.T("survey.board.later", words{"When": l.Moment(r.Later)}))
	}
	if key := inviteTrouble(a.Invite); key != "" {
		parts = append(parts, l.T(key, nil))
	}
	return strings.Join(parts, "　")
}

// inviteTrouble is the word for an invitation that does not stand, "" for one that does.
func inviteTrouble(s programme.DeliveryState) string {
	switch s {
	case programme.Pending, programme.Sending:
		return "survey.board.invite_pending"
	case programme.Refused, programme.Lapsed, programme.Cancelled:
		return "survey.board.invite_failed"
	case programme.Unknown:
		return "survey.board.invite_unknown"
	}
	return ""
}

// personMenu opens one person's page, a hundred names at a time. Of an anonymous
// survey there is none.
func personMenu(d SurveyBoardData, l Locale) []slack.Block {
	all := d.Board.Asked
	if len(all) == 0 || d.Board.Survey.Def.Anonymous {
		return nil
	}
	from := min(d.From, (len(all)-1)/peopleAPage*peopleAPage)
	var cs []labelled
	for _, a := range all[from:min(from+peopleAPage, len(all))] {
		label := l.T("survey.board.choose", words{"Name": line(a.Dialogue.Person.Name, 30), "State": l.T("survey.stands."+string(a.Dialogue.Response.State), nil)})
		cs = append(cs, labelled{string(a.Dialogue.Response.ID), label})
	}
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(l.T("survey.board.choose_hint", nil), maxPlaceholder),
		ActionSurveyPerson, options(cs, peopleAPage)...)
	// The block's name differs from one drawing to the next: Slack would keep the choice
	// and send nothing when the same person is chosen again.
	choose := slack.NewActionBlock("person|"+strconv.FormatInt(d.Board.Now.UnixNano(), 36), menu)
	blocks := []slack.Block{divider(), section(bold(l.T("survey.board.person", nil)), nil), choose}
	return append(blocks, turning(ActionSurveyBoard, string(d.Board.Survey.ID), from, peopleAPage, len(all), l)...)
}

// turning are the buttons to the part before and after of what a page shows.
func turning(action, about string, from, a, all int, l Locale) []slack.Block {
	var out []slack.BlockElement
	place := func(n int) string { return about + "|" + strconv.Itoa(n) }
	if from > 0 {
		out = append(out, button(PickID(action, 1), place(max(0, from-a)), l.T("button.page_before", nil)))
	}
	if from+a < all {
		out = append(out, button(PickID(action, 2), place(from+a), l.T("button.page_after", nil)))
	}
	if len(out) == 0 {
		return nil
	}
	shown := small(l.T("survey.board.part", words{"From": from + 1, "To": min(from+a, all), "All": all}))
	return []slack.Block{shown, row(out...)}
}

// groupLines are how far the groups of people are, a line each.
func groupLines(key string, groups []programme.Group, l Locale) []slack.Block {
	if len(groups) == 0 {
		return nil
	}
	var out []string
	for _, g := range groups[:min(len(groups), groupsListed)] {
		out = append(out, l.mrkdwn("survey.board.group", words{"Group": surveyGroup(g.Name, l), "Done": g.Counts[programme.Done], "Total": g.Counts.Total(),
			"Started": g.Counts[programme.Started], "Declined": g.Counts[programme.Declined], "Asked": g.Counts[programme.Asked]}))
	}
	if rest := len(groups) - groupsListed; rest > 0 {
		out = append(out, l.T("survey.board.more_groups", words{"Count": rest}))
	}
	blocks := []slack.Block{divider(), section(bold(l.T(key, nil)), nil)}
	for _, part := range joined(out, "\n", maxSection) {
		blocks = append(blocks, section(part, nil))
	}
	return blocks
}

// surveyGroup is what a group is called; the roster may say nothing.
func surveyGroup(s string, l Locale) string {
	return or(line(s, maxName), l.T("survey.group_none", nil))
}

// SurveyExtend is the form for another closing.
func SurveyExtend(s programme.Survey, now time.Time, form Form, l Locale) slack.ModalViewRequest {
	closes := s.Closes
	if s.ClosedAt(now) {
		closes = aWeekOn(now, l)
	}
	f := fields{form: "survey_extend", l: l}
	v := modal(l.T("survey.extend.title", nil), l,
		section(lines(bold(surveyTitle(s.Def, l)), surveyStands(s, now, l), l.T("survey.extend.help", nil)), nil),
		f.input("closes", f.moment(closes)))
	return asForm(v, CallbackSurveyExtend, "button.survey_extend_yes", form, l)
}

// ReadSurveyExtend reads until when the survey is to be open.
func ReadSurveyExtend(view slack.View) time.Time { return readFields(view).moment("closes") }

// aWeekOn is the end of the day a week from now.
func aWeekOn(now time.Time, l Locale) time.Time {
	zone := l.in(now).Location()
	return programme.DateOf(now.AddDate(0, 0, 7), zone).At(23, 59, zone)
}

// asForm makes a page one that is submitted.
func asForm(v slack.ModalViewRequest, callback, submit string, form Form, l Locale) slack.ModalViewRequest {
	v.Submit = plain(l.T(submit, nil), maxModalWord)
	v.CallbackID, v.PrivateMetadata = callback, form.encode()
	return v
}

// What the board says after an act.
func SurveyChased(told int, l Locale) string {
	if told == 0 {
		return l.T("survey.chased_nobody", nil)
	}
	return l.T("survey.chased", words{"Count": told})
}

func SurveyAskedNewcomers(n int, l Locale) string {
	return l.T("survey.newcomers_asked", words{"Count": n})
}
func SurveyClosed(l Locale) string { return l.T("survey.closed_now", nil) }
func SurveyExtended(s programme.Survey, l Locale) string {
	return l.T("survey.extended", words{"Until": l.Moment(s.Closes)})
}
func SurveySheetOnItsWay(l Locale) string { return l.T("survey.sheet_on_its_way", nil) }
func SurveyResultsOnTheirWay(parts int, l Locale) string {
	return l.T("survey.results_on_their_way", words{"Count": parts})
}
