package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// HomeStranger is the Home of an account that is in nobody's row of the roster:
// what this is and how to ask to join, or what became of that.
func HomeStranger(s programme.JoinStanding, l Locale) slack.HomeTabViewRequest {
	what := lines(l.T("stranger.what", nil), l.T("stranger.join", nil))
	if s.Left {
		what = l.T("stranger.left", nil)
	}
	return homeView(append([]slack.Block{header(l.T("home.title", nil)), section(what, nil)}, joinStanding(s, l)...), l)
}

// HelpPage is the Hint as a page.
func HelpPage(to programme.Person, l Locale) slack.ModalViewRequest {
	_, blocks := Hint(to, l)
	return modal(AppName, l, blocks...)
}

// Hint says what the bot can do, with a button for what could be typed. The zero
// Person is an account that is not in the roster: it learns how to ask to join.
func Hint(to programme.Person, l Locale) (text string, blocks []slack.Block) {
	if to.ID == "" {
		text = lines(l.T("stranger.what", nil), l.T("stranger.join", nil))
		return text, []slack.Block{section(text, nil), joinButton(l)}
	}
	body := []string{l.T("hint.home", nil), l.T("hint.survey", nil), l.T("hint.event", nil)}
	var buttons []slack.BlockElement
	overviews := to.Has(programme.Coordinator) || to.Has(programme.Bureau)
	if overviews || to.Has(programme.Atsugi) || to.Has(programme.Mentor) {
		action, label := ActionSessionList, "button.session_list"
		if overviews {
			action, label = ActionSessionBoard, "button.session_board"
		}
		body = append(body, l.T("hint.session", nil))
		buttons = append(buttons, button(action, "", l.T(label, nil)))
	}
	if to.WritesMemos() {
		body = append(body, l.T("hint.memo", nil))
		buttons = append(buttons, button(ActionMemoNew, "", l.T("button.memo_new", nil)))
	}
	if overviews {
		body = append(body, l.T("hint.events", nil))
		buttons = append(buttons, button(ActionEventList, "0", l.T("button.event_list", nil)))
	}
	if !to.Has(programme.Coordinator) {
		body = append(body, l.T("hint.ask", nil))
		buttons = append(buttons, button(ActionEnquiryNew, "", l.T("button.enquiry_new", nil)))
	}
	blocks = []slack.Block{
		section(bold(l.T("hint.title", nil)), nil),
		section(lines(body...), nil),
	}
	if len(buttons) > 0 {
		blocks = append(blocks, row(buttons...))
	}
	return l.T("hint.text", nil), append(blocks, small(l.T("hint.office", nil)))
}
