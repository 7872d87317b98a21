package ui

import (
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// SessionBoardData is what the board of the sessions is drawn from.
type SessionBoardData struct {
	Board  programme.Board
	From   int  // how many engagements come before the page
	Office bool // may book and decide; the bureau sees only
	// Experts are those whose published times the office can look at and change.
	Experts []programme.Person
}

// Bounds of the board: within 100 blocks whatever the data.
const (
	boardAPage   = 20 // engagements
	boardListed  = 8  // sessions of each sort
	boardMentors = 30
)

// SessionBoard shows how the sessions of the programme stand: first what there is to do,
// then each firm, then what the experts have.
func SessionBoard(d SessionBoardData, l Locale) slack.ModalViewRequest {
	b := d.Board
	blocks := []slack.Block{section(bold(l.T("session.board.counts", words{
		"Held": b.Counts[programme.SessionHeld], "Booked": b.Counts[programme.SessionBooked], "Most": b.Most,
	})), nil)}
	all := button(ActionSessionList, "", l.T("button.session_list", nil))
	if d.Office {
		blocks = append(blocks, row(
			button(ActionSessionBook, "", l.T("button.session_book_new", nil)).WithStyle(slack.StylePrimary),
			button(ActionSessionTwo, "", l.T("button.session_two", nil)), all))
	} else {
		blocks = append(blocks, row(all))
	}
	blocks = append(blocks, boardOffers(d.Experts, l)...)
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
	blocks = append(blocks, boardEngagements(d, l)...)
	return modal(l.T("session.board.title", nil), l, append(blocks, boardLoads(b.Mentors, l)...)...)
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
		blocks = append(blocks, section(lines(sessionPair(v, "", l), sessionStands(v, "", l), moveStands(v, l), since), openSession(v, l)))
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

// boardEngagements is each firm with a mark for each session: held, booked, to come.
func boardEngagements(d SessionBoardData, l Locale) []slack.Block {
	all := d.Board.Engagements
	blocks := append(title("session.board.engagements", l), small(l.T("home.progress_marks", nil)))
	if d.Office {
		blocks = append(blocks, row(
			button(ActionEngageAny, "", l.T("button.engage_any", nil)),
			button(ActionEngagements, "0", l.T("button.engagements", nil))))
	}
	if len(all) == 0 {
		return append(blocks, section(l.T("session.board.none", nil), nil))
	}
	from := min(d.From, (len(all)-1)/boardAPage*boardAPage)
	for _, e := range all[from:min(from+boardAPage, len(all))] {
		ended := ""
		if !e.Runs() {
			ended = l.T("engagement.ended", words{"When": l.Moment(e.Ended)})
		}
		var next slack.BlockElement
		if d.Office && e.Runs() && e.Held+e.Booked+e.Open < e.Sessions {
			next = button(ActionSessionNew, string(e.ID), l.T("button.session_times", nil))
		}
		blocks = append(blocks, section(lines(
			bold(nameAndFirm(e.AtsugiPerson, l))+" "+sessionMarks(e),
			l.mrkdwn("session.board.line", words{"Expert": name(e.MentorPerson, l), "Held": e.Held, "Booked": e.Booked, "Open": e.Open, "All": e.Sessions}),
			ended), next))
	}
	return append(blocks, turning(ActionSessionBoard, "", from, boardAPage, len(all), l)...)
}

// sessionMarks draws held, booked and missing sessions as ●○－, as targets are drawn.
func sessionMarks(e programme.EngagementLine) string {
	missing := max(0, e.Sessions-e.Held-e.Booked)
	if e.Held+e.Booked+missing > 20 {
		return ""
	}
	return strings.Repeat("●", e.Held) + strings.Repeat("○", e.Booked) + strings.Repeat("－", missing)
}

// boardLoads is what each expert has.
func boardLoads(loads []programme.MentorLoad, l Locale) []slack.Block {
	if len(loads) == 0 {
		return nil
	}
	var out []string
	for _, m := range loads[:min(len(loads), boardMentors)] {
		out = append(out, l.mrkdwn("session.board.load", words{"Who": name(m.Person, l), "Held": m.Held, "Booked": m.Booked, "Week": m.ThisWeek}))
	}
	if rest := len(loads) - boardMentors; rest > 0 {
		out = append(out, l.T("home.more_people", words{"Count": rest}))
	}
	return append(title("session.board.mentors", l), section(cutEscaped(strings.Join(out, "\n"), maxSection), nil))
}
