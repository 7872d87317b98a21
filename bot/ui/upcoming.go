package ui

import (
	"encoding/json"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// How many planned notices a page lists, two blocks each, and Home.
const (
	UpcomingMost = 30
	HomeUpcoming = 3
)

// UpcomingPage is what is due next and to how many, with what can be decided about
// each.
func UpcomingPage(next []programme.Upcoming, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{small(l.T("upcoming.help", nil))}
	if len(next) == 0 {
		blocks = []slack.Block{section(l.T("upcoming.none", nil), nil)}
	}
	for _, u := range next[:min(len(next), UpcomingMost)] {
		blocks = append(blocks, section(upcomingLine(u, l), nil))
		if buttons := upcomingButtons(u, l); len(buttons) > 0 {
			blocks = append(blocks, row(buttons...))
		}
	}
	return modal(l.T("upcoming.title", nil), l, blocks...)
}

// upcomingLine is when, what, about what and to how many, as escaped markup.
func upcomingLine(u programme.Upcoming, l Locale) string {
	about := ""
	if t := or(line(u.Title, maxTitle), line(l.Text(u.Survey), maxTitle)); t != "" {
		about = l.mrkdwn("upcoming.about", words{"What": innerBrackets.Replace(t)})
	}
	state := ""
	if u.Action != "" {
		state = "*" + l.T("upcoming.state_"+string(u.Action), nil) + "*"
	}
	return lines(
		bold(l.Moment(u.Due)+" "+noticeWords(u.Kind, l)),
		about,
		l.T("upcoming.people", words{"Count": u.People}),
		state,
	)
}

func upcomingButtons(u programme.Upcoming, l Locale) []slack.BlockElement {
	value := noticeValue(u)
	if size(value) > maxValue {
		return nil // an id of the configuration that no button can carry
	}
	back := button(ActionNoticeBack, value, l.T("button.notice_back", nil))
	switch u.Action {
	case "":
	case programme.OverrideHold:
		back = button(ActionNoticeBack, value, l.T("button.notice_release", nil))
		return []slack.BlockElement{back}
	default:
		return []slack.BlockElement{back}
	}
	now := sure(l, l.T("upcoming.early_title", nil), l.T("upcoming.early_ask", words{"Count": u.People}), l.T("button.notice_early", nil))
	return []slack.BlockElement{
		button(ActionNoticeHold, value, l.T("button.notice_hold", nil)),
		button(ActionNoticeSkip, value, l.T("button.notice_skip", nil)),
		button(ActionNoticeEarly, value, l.T("button.notice_early", nil)).WithConfirm(now),
	}
}

// maxValue is how long the value of a button may be.
const maxValue = 2000

// noticeValue names a planned notice in a button.
func noticeValue(u programme.Upcoming) string {
	raw, err := json.Marshal([]string{u.Subject, string(u.Kind), u.Occasion})
	if err != nil { // strings marshal
		return ""
	}
	return string(raw)
}

// ReadNotice reads which planned notice a button is about. A button of another
// program is an Error.
func ReadNotice(value string) (programme.Override, error) {
	var parts []string
	if json.Unmarshal([]byte(value), &parts) != nil || len(parts) != 3 {
		return programme.Override{}, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
	}
	return programme.Override{Subject: parts[0], Kind: programme.NoticeKind(parts[1]), Occasion: parts[2]}, nil
}

// homeUpcoming is what is due next, on the coordinator's Home.
func homeUpcoming(h programme.Home, l Locale) []slack.Block {
	if !h.Office || len(h.Upcoming) == 0 {
		return nil
	}
	blocks := title("home.upcoming", l)
	for _, u := range h.Upcoming[:min(len(h.Upcoming), HomeUpcoming)] {
		blocks = append(blocks, section(upcomingLine(u, l), nil))
	}
	return append(blocks, row(button(ActionUpcoming, "", l.T("button.upcoming", nil))))
}
