package ui

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// How much of each kind Home shows at most: within 100 blocks whatever the data,
// and little enough to find one's way on a phone.
const (
	homeDialogues    = 5
	homeEvents       = 6
	homePast         = 3
	homeMemos        = 8
	homeUnknownLines = 3
	homeSurveys      = 5
	homeAtsugi       = 30
	homeTargets      = 20
)

// Home is what a person sees first, by what they need first: what waits for
// them, then what lies ahead, then what there is to read. surveys are the
// definitions that the office may send out.
func Home(h programme.Home, surveys []programme.SurveyDef, l Locale) slack.HomeTabViewRequest {
	blocks := []slack.Block{
		header(or(h.Settings.Name, l.T("home.title", nil))),
		section(greeting(h.Me, l), nil),
	}
	blocks = append(blocks, homeHeld(h, l)...)
	blocks = append(blocks, homeFirst(h, l)...)
	blocks = append(blocks, homeActions(h, l)...)
	blocks = append(blocks, homeConsents(h, l)...)
	blocks = append(blocks, homeUnknown(h, l)...)
	blocks = append(blocks, homeOpenSurveys(h, l)...)
	blocks = append(blocks, homeNextActions(h, l)...)
	blocks = append(blocks, homeEnquiries(h, l)...)
	if h.Office || len(h.Progress) > 0 {
		return homeView(slices.Concat(blocks, homeOverview(h, surveys, l), homeAsk(h, l)), l, knownButton(l))
	}
	blocks = append(blocks, homeCode(h, l)...)
	blocks = append(blocks, homeSessions(h, l)...)
	blocks = append(blocks, homeOffer(h, l)...)
	blocks = append(blocks, homeEventLines(h, l)...)
	blocks = append(blocks, homePastLines(h, l)...)
	blocks = append(blocks, homeOwnAtsugi(h, l)...)
	blocks = append(blocks, homeMemoList(h, l)...)
	blocks = append(blocks, homeSurveyLines(h, nil, l)...)
	if len(h.Dialogues)+len(h.Actions)+len(h.Events)+len(h.Past)+len(h.Memos)+len(h.Surveys)+len(h.Sessions)+len(h.Engagements) == 0 && !h.Writes {
		blocks = append(blocks, section(l.T("home.nothing", nil), nil))
	}
	return homeView(append(blocks, homeAsk(h, l)...), l, knownButton(l))
}

// homeActions are what the person can begin from here: everything that can be typed
// as a command has a button (design.md 2b).
func homeActions(h programme.Home, l Locale) []slack.Block {
	var out []slack.BlockElement
	if h.Writes {
		out = append(out, button(ActionMemoNew, "", l.T("button.memo_new", nil)).WithStyle(slack.StylePrimary),
			button(ActionMemoDesk, "", l.T("button.memo_desk", nil)))
	}
	switch {
	case h.Office:
		out = append(out, homeAsked(h, l), button(ActionEventList, "0", l.T("button.event_manage", nil)),
			button(ActionAnnounceList, "0", l.T("button.announcements", nil)),
			button(ActionPublications, "", l.T("button.publications", nil)),
			button(ActionJoinList, "", l.T("button.join_list", nil)),
			button(ActionSupportBoard, "", l.T("button.support_board", nil)))
		if h.Settings.Workspace != nil {
			out = append(out, button(ActionWorkspace, "", l.T("button.workspace", nil)))
		}
	case len(h.Progress) > 0: // the bureau
		out = append(out, button(ActionEventList, "0", l.T("button.event_list", nil)))
	}
	if out = append(out, homeSupport(h, l)...); len(out) == 0 {
		return nil
	}
	return []slack.Block{row(out...)}
}

// homeOverview is the programme's state, for office and bureau.
func homeOverview(h programme.Home, surveys []programme.SurveyDef, l Locale) []slack.Block {
	blocks := slices.Concat(homeProgress(h, l), homeBoard(h, l), homeSessions(h, l), homeOffer(h, l), homeMemoList(h, l))
	if !h.Office {
		return slices.Concat(blocks, homeSurveyLines(h, nil, l), homeEventLines(h, l))
	}
	return slices.Concat(blocks, homeUpcoming(h, l), homeDeliveries(h, l), homeSurveyLines(h, surveys, l), homeEventLines(h, l))
}

func greeting(p programme.Person, l Locale) string {
	if who := line(p.Name, maxName); who != "" {
		return l.mrkdwn("home.greeting", words{"Name": who})
	}
	return l.T("home.greeting_unnamed", nil)
}

// homeView ends with what the program keeps and whom it contacts (programme.md
// duty 16), and what is last beside it.
func homeView(blocks []slack.Block, l Locale, last ...slack.Block) slack.HomeTabViewRequest {
	tail := append([]slack.Block{divider(), small(l.T("home.privacy", nil))}, last...)
	return slack.HomeTabViewRequest{
		Type:   slack.VTHomeTab,
		Blocks: fit(blocks, tail, small(l.T("page.more", nil))),
	}
}

// title begins a part of Home.
func title(key string, l Locale) []slack.Block {
	return []slack.Block{divider(), header(l.T(key, nil))}
}

// homeUnknown lists messages of which nobody can tell whether they arrived.
func homeUnknown(h programme.Home, l Locale) []slack.Block {
	if !h.Office || len(h.Panel.UnknownLines) == 0 {
		return nil
	}
	blocks := append(title("home.unknown", l), small(l.T("home.unknown_help", nil)))
	for _, d := range h.Panel.UnknownLines[:min(len(h.Panel.UnknownLines), homeUnknownLines)] {
		blocks = append(blocks,
			section(panelLine(d, l), nil),
			unknownButtons(d, l))
	}
	return blocks
}

// unsettledTo is to whom a message went.
func unsettledTo(d programme.UnsettledLine, l Locale) string {
	if d.To.Room() != "" {
		return l.T("home.unknown_room", nil)
	}
	if d.Person.ID == "" {
		return l.T("home.unknown_channel", nil)
	}
	return nameAndFirm(d.Person, l)
}

func noticeWords(k programme.NoticeKind, l Locale) string {
	if s, ok := l.say("notice."+string(k), nil); ok {
		return s
	}
	return string(k)
}

// homeEventLines are the events ahead: with buttons for one's own answer, with
// counts for those who see them.
func homeEventLines(h programme.Home, l Locale) []slack.Block {
	if len(h.Events) == 0 {
		return nil
	}
	blocks := title("home.events", l)
	for _, line := range h.Events[:min(len(h.Events), homeEvents)] {
		v := invitedBy(line, h)
		blocks = append(blocks, section(lines(bold(eventTitle(v.event, l)), eventFacts(v.event, v.coming(), l), registerBy(v, l), movedLine(line, l), eventCounts(line, l), unapprovedLine(line, h, l)), pageButton(line, h, l)))
		if v.speaker.Status != "" {
			blocks = append(blocks, speakerAnswer(v, l)...)
		}
		switch {
		case line.Here:
			blocks = append(blocks, section(bold(l.T("event.here", nil)), nil))
		case v.answers && !v.speaking():
			blocks = append(blocks, eventAnswer(v, l)...)
		}
		blocks = append(blocks, onlineRoom(v, l)...)
	}
	return append(blocks, moreEvents(h, l)...)
}

// moreEvents says how many events Home has no room for; office and bureau can see
// them all.
func moreEvents(h programme.Home, l Locale) []slack.Block {
	if h.More == 0 {
		return nil
	}
	more := l.T("home.more_events", words{"Count": h.More})
	if !h.Office && len(h.Progress) == 0 {
		return []slack.Block{small(more)}
	}
	return []slack.Block{section(more, button(PickID(ActionEventList, 0), "0", l.T("button.event_list", nil)))}
}

// pageButton leads to the event's page, for those who see who comes: office, bureau,
// staff of a co-hosting organisation, and experts who speak there (design.md
// section 5).
func pageButton(line programme.EventLine, h programme.Home, l Locale) slack.BlockElement {
	coHosts := h.Me.Has(programme.Supporter) && slices.Contains(line.Event.CoHosts, h.Me.Organisation)
	speaks := h.Me.Has(programme.Mentor) && line.Speaker.Status.Speaks()
	if line.Counts == nil && !coHosts && !speaks {
		return nil
	}
	return button(ActionEventOpen, string(line.Event.ID), l.T("button.open", nil))
}

// invitedBy is the reader's part in a line of their Home.
func invitedBy(line programme.EventLine, h programme.Home) invited {
	return invited{
		event: line.Event, answer: programme.Attendance{Answer: line.Answer, Reason: line.Reason}, speaker: line.Speaker,
		answers: line.Mine, closed: !line.Event.Registers(h.Now), meetings: line.Meetings,
	}
}

// movedLine says that an event is no longer as it was announced.
func movedLine(line programme.EventLine, l Locale) string {
	if !line.Moved || line.Counts != nil {
		return ""
	}
	return l.T("event.moved.line", nil)
}

// homePastLines lead to the materials of what is over.
func homePastLines(h programme.Home, l Locale) []slack.Block {
	if len(h.Past) == 0 {
		return nil
	}
	blocks := title("home.past", l)
	for _, line := range h.Past[:min(len(h.Past), homePast)] {
		e := line.Event
		blocks = append(blocks, section(lines(bold(eventTitle(e, l)), l.T("event.when", words{"When": l.Span(e.Start, e.End)})), nil))
		blocks = append(blocks, materials(e, l)...)
	}
	return blocks
}

// homeCode is where to type the code of the day: on days with an event of theirs.
func homeCode(h programme.Home, l Locale) []slack.Block {
	if !h.Today {
		return nil
	}
	return []slack.Block{row(button(ActionCode, "", l.T("button.code", nil)).WithStyle(slack.StylePrimary))}
}

// eventCounts is who answered what.
func eventCounts(line programme.EventLine, l Locale) string {
	if line.Counts == nil {
		return ""
	}
	n := line.Counts
	waiting, silent := "", ""
	if n[programme.Waiting] > 0 {
		waiting = l.T("event.counts_waiting", words{"N": n[programme.Waiting]})
	}
	if line.Silent > 0 {
		silent = l.T("event.counts_silent", words{"N": line.Silent})
	}
	return lines(l.T("event.counts", words{
		"Yes": n[programme.Yes], "Online": n[programme.Online], "No": n[programme.No],
		"Later": n[programme.NotYet], "Open": n[programme.Undecided], "Asked": line.Asked,
	}), waiting, silent)
}

// unapprovedLine says to office and bureau that participants do not know of the
// event yet.
func unapprovedLine(line programme.EventLine, h programme.Home, l Locale) string {
	if line.Counts == nil {
		return ""
	}
	return lines(notPublic(line.Event, h.Settings.Today(h.Now), l), returnedWords(line.Event, h.Office, l))
}

// homeOwnAtsugi names an expert's own atsugi.
func homeOwnAtsugi(h programme.Home, l Locale) []slack.Block {
	if len(h.Atsugi) == 0 {
		return nil
	}
	var names []string
	for _, p := range h.Atsugi[:min(len(h.Atsugi), homeAtsugi)] {
		names = append(names, "• "+escape(nameAndFirm(p, l)))
	}
	if rest := len(h.Atsugi) - len(names); rest > 0 {
		names = append(names, l.T("home.more_people", words{"Count": rest}))
	}
	return append(title("home.atsugi", l), section(cutEscaped(strings.Join(names, "\n"), maxSection), sharedMenu(h.Atsugi, l)))
}

// targetWords are the keys of the activities that the contract counts.
var targetWords = map[programme.TargetCode]string{
	programme.TargetSeminar:  "target.seminar",
	programme.TargetWorkshop: "target.workshop",
	programme.TargetReport:   "target.report",
	programme.TargetSurvey:   "target.survey",
	programme.TargetFollowUp: "target.follow_up",
	programme.TargetStepUp:   "target.step_up",
}

// homeProgress is how far each target is, a mark for each occurrence.
func homeProgress(h programme.Home, l Locale) []slack.Block {
	if len(h.Progress) == 0 {
		return nil
	}
	blocks := append(title("home.progress", l), small(l.T("home.progress_marks", nil)))
	for _, p := range h.Progress[:min(len(h.Progress), homeTargets)] {
		blocks = append(blocks, section(targetLine(p, l), nil))
	}
	return blocks
}

func targetLine(p programme.Progress, l Locale) string {
	what := string(p.Code)
	if key, ok := targetWords[p.Code]; ok {
		what = l.T(key, nil)
	}
	next := ""
	if !p.Next.IsZero() {
		next = l.T("home.progress_next", words{"When": l.Moment(p.Next)})
	}
	goal := l.T("home.goal", words{"Least": p.Least})
	if p.Most > p.Least {
		goal = l.T("home.goal_range", words{"Least": p.Least, "Most": p.Most})
	}
	return lines(
		bold(what)+" "+marks(p),
		l.T("home.progress_line", words{"Done": p.Done, "Planned": p.Planned, "Missing": p.Missing(), "Goal": goal}),
		next,
	)
}

// marks draws done, planned and missing as ●○－, unless they are too many.
func marks(p programme.Progress) string {
	const most = 20
	if p.Done+p.Planned+p.Missing() > most {
		return ""
	}
	return strings.Repeat("●", max(0, p.Done)) + strings.Repeat("○", max(0, p.Planned)) + strings.Repeat("－", p.Missing())
}
