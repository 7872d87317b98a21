package ui

import (
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// SessionBoardData is what the board of the sessions is drawn from.
type SessionBoardData struct {
	Board programme.Board
	From  int // how many firms come before the page
	// Experts are those whose published times the office can look at and change.
	Experts []programme.Person
}

// Bounds of the board: within 100 blocks whatever the data.
const (
	boardAPage   = 15 // firms
	boardListed  = 6  // sessions of each sort
	boardMentors = 30
)

// SessionBoard shows how the sessions of the programme stand: first what there is to do,
// then each firm, then what the experts have.
func SessionBoard(d SessionBoardData, l Locale) slack.ModalViewRequest {
	b := d.Board
	blocks := []slack.Block{section(sessionNumbers(b.Counts, b.Most, l), nil), boardWays(d, l)}
	blocks = append(blocks, boardOffers(d.Experts, l)...)
	blocks = append(blocks, boardClashes(b.Clashes, l)...)
	for _, part := range []struct {
		key  string
		list []programme.SessionView
		age  func(programme.SessionView) time.Time
	}{
		{"session.board.disputed", b.Disputed, nil},
		{"session.board.stuck", b.Stuck, programme.SessionView.Since},
		{"session.board.waiting", b.Waiting, programme.SessionView.Since},
		{"session.board.unsaid", b.Unsaid, nil},
		{"session.board.no_memo", b.NoMemo, nil},
		{"session.board.no_papers", b.NoPapers, nil},
	} {
		blocks = append(blocks, boardPart(part.key, part.list, part.age, b.Now, l)...)
	}
	blocks = append(blocks, boardFirms(d, l)...)
	return modal(l.T("session.board.title", nil), l, append(blocks, boardLoads(b.Mentors, l)...)...)
}

// sessionNumbers is how many sessions there are of each kind: the limit is of 2-③b alone.
func sessionNumbers(n programme.SessionTallies, most int, l Locale) string {
	between := ""
	if n.Between != (programme.SessionTally{}) {
		between = lines(bold(kindName(programme.Between, l)), l.T("session.board.counts_between", tallied(n.Between)))
	}
	follow := tallied(n.FollowUp)
	follow["Most"] = most
	return lines(bold(kindName(programme.FollowUp, l)), l.T("session.board.counts", follow), between)
}

func tallied(n programme.SessionTally) words {
	return words{"Held": n.Held, "Booked": n.Booked, "Open": n.Open}
}

// boardWays lead on from the board: to a new session, or, as long as no expert was given to
// anybody, to that first.
func boardWays(d SessionBoardData, l Locale) slack.Block {
	all := button(ActionSessionList, "", l.T("button.session_list", nil))
	if !d.Board.Office {
		return row(all)
	}
	first := button(ActionEngageAny, "", l.T("button.engage_any", nil))
	if d.books() {
		first = button(ActionSessionBook, "", l.T("button.session_book_new", nil))
	}
	return row(first.WithStyle(slack.StylePrimary), button(ActionSessionTwo, "", l.T("button.session_two", nil)), all)
}

// books says whether there is an engagement to book a session of.
func (d SessionBoardData) books() bool {
	return slices.ContainsFunc(d.Board.Engagements, func(e programme.EngagementLine) bool { return e.Runs() })
}

// boardPart lists sessions of one sort; age is since when they are, for those of which
// that counts.
func boardPart(key string, list []programme.SessionView, age func(programme.SessionView) time.Time, now time.Time, l Locale) []slack.Block {
	if len(list) == 0 {
		return nil
	}
	blocks := []slack.Block{divider(), section(bold(l.T(key, words{"Count": len(list)})), nil)}
	for _, v := range list[:min(len(list), boardListed)] {
		since := ""
		if age != nil && days(age(v), now) > 0 {
			since = l.T("session.board.days", words{"Count": days(age(v), now)})
		}
		blocks = append(blocks, section(lines(sessionPair(v, "", l), kindName(v.Kind, l), sessionStands(v, "", l), moveStands(v, l), since), openSession(v, l)))
	}
	if rest := len(list) - boardListed; rest > 0 {
		blocks = append(blocks, small(l.T("session.more", words{"Count": rest})))
	}
	return blocks
}

// moveStands is where a request to change the agreed time stands, "" if there is none.
func moveStands(v programme.SessionView, l Locale) string {
	switch {
	case v.State != programme.SessionBooked:
		return ""
	case v.Waits():
		return l.T("session.board.move_asked", nil)
	case v.Unmoved():
		return l.T("session.board.unmoved", nil)
	}
	return ""
}

// days are the whole days from a moment until now.
func days(from, now time.Time) int { return max(0, int(now.Sub(from)/(24*time.Hour))) }

// boardFirms is each firm with a mark for each session: held, booked, to come. First the
// engagements, then what is of none.
func boardFirms(d SessionBoardData, l Locale) []slack.Block {
	follow, between := d.Board.Engagements, d.Board.Between
	blocks := append(title("session.board.engagements", l), small(l.T("home.progress_marks", nil)))
	if d.Board.Office {
		blocks = append(blocks, row(engageWays(d, l)...))
	}
	if len(follow) == 0 {
		blocks = append(blocks, section(l.T("session.board.none", nil), nil))
	}
	all := len(follow) + len(between)
	from := min(d.From, max(0, all-1)/boardAPage*boardAPage)
	for i := from; i < min(from+boardAPage, all); i++ {
		if i < len(follow) {
			blocks = append(blocks, followLine(follow[i], d.Board.Office, l))
			continue
		}
		if i == max(from, len(follow)) {
			blocks = append(blocks, title("session.board.between", l)...)
		}
		blocks = append(blocks, betweenLine(between[i-len(follow)], l))
	}
	return append(blocks, turning(ActionSessionBoard, "", from, boardAPage, all, l)...)
}

// engageWays lead to the engagements; to a new one from the top of the board, where there
// is none yet.
func engageWays(d SessionBoardData, l Locale) []slack.BlockElement {
	list := button(ActionEngagements, "0", l.T("button.engagements", nil))
	if !d.books() {
		return []slack.BlockElement{list}
	}
	return []slack.BlockElement{button(ActionEngageAny, "", l.T("button.engage_any", nil)), list}
}

func followLine(e programme.EngagementLine, office bool, l Locale) slack.Block {
	ended := ""
	if !e.Runs() {
		ended = l.T("engagement.ended", words{"When": l.Moment(e.Ended)})
	}
	var next slack.BlockElement
	if office && e.Runs() && e.Held+e.Booked+e.Open < e.Sessions {
		next = button(ActionSessionNew, string(e.ID), l.T("button.session_times", nil))
	}
	stands := tallied(e.SessionTally)
	stands["Expert"], stands["All"] = name(e.MentorPerson, l), e.Sessions
	return section(lines(
		bold(nameAndFirm(e.AtsugiPerson, l))+" "+sessionMarks(e.SessionTally, e.Sessions),
		l.mrkdwn("session.board.line", stands), ended), next)
}

func betweenLine(b programme.BetweenLine, l Locale) slack.Block {
	stands := tallied(b.SessionTally)
	stands["Expert"] = name(b.MentorPerson, l)
	return section(lines(
		bold(nameAndFirm(b.AtsugiPerson, l))+" "+sessionMarks(b.SessionTally, 0), l.mrkdwn("session.board.line_between", stands)), nil)
}

// sessionMarks draws held, booked and missing sessions as ●○－, as targets are drawn.
func sessionMarks(n programme.SessionTally, all int) string {
	missing := max(0, all-n.Held-n.Booked)
	if n.Held+n.Booked+missing > 20 {
		return ""
	}
	return strings.Repeat("●", n.Held) + strings.Repeat("○", n.Booked) + strings.Repeat("－", missing)
}

// boardLoads is what each expert has.
func boardLoads(loads []programme.MentorLoad, l Locale) []slack.Block {
	if len(loads) == 0 {
		return nil
	}
	var out []string
	for _, m := range loads[:min(len(loads), boardMentors)] {
		load, key := tallied(m.FollowUp), "session.board.load"
		if n := m.Between; n != (programme.SessionTally{}) {
			key = "session.board.load_both"
			load["BetweenHeld"], load["BetweenBooked"] = n.Held, n.Booked
		}
		load["Who"], load["Week"] = name(m.Person, l), m.ThisWeek
		out = append(out, l.mrkdwn(key, load))
	}
	if rest := len(loads) - boardMentors; rest > 0 {
		out = append(out, l.T("home.more_people", words{"Count": rest}))
	}
	return append(title("session.board.mentors", l), section(cutEscaped(strings.Join(out, "\n"), maxSection), nil))
}
