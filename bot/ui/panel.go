package ui

import (
	"net/url"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// homeHeld says clearly, before all else, that nothing goes out, why, and how it
// goes on.
func homeHeld(h programme.Home, l Locale) []slack.Block {
	if !h.Office || !h.Panel.Held {
		return nil
	}
	return []slack.Block{
		section(heldWords(h.Panel, l), nil),
		row(goButton(h.Panel, l)),
		divider(),
	}
}

// heldWords is that nothing goes out and why, as escaped markup.
func heldWords(p programme.Panel, l Locale) string {
	why := ""
	switch p.HeldWhy {
	case programme.HeldByPerson:
		why = l.T("hold.why_person", nil)
	case programme.HeldRestored:
		why = l.T("hold.why_restored", nil)
	case programme.HeldClock:
		why = l.T("hold.why_clock", nil)
	}
	return lines(bold(l.T("hold.banner", nil)), why, l.T("hold.waiting", words{"Count": p.Due}))
}

func goButton(p programme.Panel, l Locale) *slack.ButtonBlockElement {
	ask := sure(l, l.T("hold.go_title", nil), l.T("hold.go_ask", words{"Count": p.Due}), l.T("button.go", nil))
	return button(ActionGo, "", l.T("button.go", nil)).WithStyle(slack.StylePrimary).WithConfirm(ask)
}

func holdButton(l Locale) *slack.ButtonBlockElement {
	ask := sure(l, l.T("hold.hold_title", nil), l.T("hold.hold_ask", nil), l.T("button.hold", nil))
	return button(ActionHold, "", l.T("button.hold", nil)).WithStyle(slack.StyleDanger).WithConfirm(ask)
}

// HoldPage is what the commands to hold and to go on open: how things stand, and
// the button that is meant.
func HoldPage(p programme.Panel, l Locale) slack.ModalViewRequest {
	if p.Held {
		return modal(l.T("hold.title", nil), l, section(heldWords(p, l), nil), row(goButton(p, l)))
	}
	return modal(l.T("hold.title", nil), l, section(lines(bold(l.T("hold.running", nil)), panelCounts(p, l)), nil),
		small(l.T("hold.hold_ask", nil)), row(holdButton(l)))
}

// homeDeliveries is how the deliveries stand, in one line.
func homeDeliveries(h programme.Home, l Locale) []slack.Block {
	blocks := append(title("home.deliveries", l), section(panelCounts(h.Panel, l), nil))
	buttons := []slack.BlockElement{button(ActionPanel, "", l.T("button.panel", nil))}
	if !h.Panel.Held {
		buttons = append(buttons, holdButton(l))
	}
	return append(blocks, row(buttons...))
}

func panelCounts(p programme.Panel, l Locale) string {
	return l.T("panel.counts", words{"Due": p.Due, "Sent": p.Sent, "Late": p.Late,
		"Lapsed": p.Lapsed, "Refused": p.Refused, "Unknown": p.Unknown})
}

// PanelPage lists what did not go as planned, and what to do about it. workspace is
// Slack's address of the workspace, for links to channels.
func PanelPage(p programme.Panel, workspace string, l Locale) slack.ModalViewRequest {
	var blocks []slack.Block
	if p.Held {
		blocks = append(blocks, section(heldWords(p, l), nil), row(goButton(p, l)))
	}
	blocks = append(blocks, section(panelCounts(p, l), nil))
	blocks = append(blocks, panelUnknown(p, l)...)
	for _, part := range []struct {
		title, help string
		all         int
		lines       []programme.UnsettledLine
		tell        func(programme.UnsettledLine, Locale) string
	}{
		{"panel.refused", "", p.Refused, p.RefusedLines, refusedAdvice},
		{"panel.lapsed", "panel.lapsed_help", p.Lapsed, p.LapsedLines, nil},
		{"panel.late", "panel.late_help", p.Late, p.LateLines, sentWhen},
	} {
		if len(part.lines) == 0 {
			continue
		}
		blocks = append(blocks, divider(), section(bold(l.T(part.title, words{"N": part.all})), nil))
		if part.help != "" {
			blocks = append(blocks, small(l.T(part.help, nil)))
		}
		for _, d := range part.lines {
			tell := ""
			if part.tell != nil {
				tell = part.tell(d, l)
			}
			blocks = append(blocks, section(lines(panelLine(d, l), tell), messageLink(d, workspace, l)))
		}
		if rest := part.all - len(part.lines); rest > 0 {
			blocks = append(blocks, small(l.T("panel.more", words{"Count": rest})))
		}
	}
	return modal(l.T("panel.title", nil), l, blocks...)
}

// panelLine is whom a message was for, what it was and when it was due.
func panelLine(d programme.UnsettledLine, l Locale) string {
	return l.mrkdwn("home.unknown_line", words{"What": noticeWords(d.Kind, l), "Who": unsettledTo(d, l), "When": l.Moment(d.Due)})
}

// panelUnknown lets the office say of each whether it arrived.
func panelUnknown(p programme.Panel, l Locale) []slack.Block {
	if len(p.UnknownLines) == 0 {
		return nil
	}
	blocks := []slack.Block{divider(), section(bold(l.T("panel.unknown", words{"N": p.Unknown})), nil), small(l.T("home.unknown_help", nil))}
	for _, d := range p.UnknownLines {
		blocks = append(blocks, section(panelLine(d, l), nil), unknownButtons(d, l))
	}
	if rest := p.Unknown - len(p.UnknownLines); rest > 0 {
		blocks = append(blocks, small(l.T("panel.more", words{"Count": rest})))
	}
	return blocks
}

func unknownButtons(d programme.UnsettledLine, l Locale) slack.Block {
	return row(button(ActionArrived, d.ID, l.T("button.arrived", nil)), button(ActionSendAgain, d.ID, l.T("button.again", nil)))
}

// refusals are Slack's reasons for refusing a message, by what to do about them
// (slack.md Sending).
var refusals = map[string]string{
	"user_disabled":                       "refusal.left",
	"account_inactive":                    "refusal.left",
	"user_not_found":                      "refusal.left",
	"users_not_found":                     "refusal.left",
	"user_not_visible":                    "refusal.left",
	"cannot_dm_bot":                       "refusal.left",
	"channel_not_found":                   "refusal.no_channel",
	"not_in_channel":                      "refusal.not_in_channel",
	"is_archived":                         "refusal.archived",
	"message_limit_exceeded":              "refusal.limit",
	"restricted_action":                   "refusal.restricted",
	"restricted_action_read_only_channel": "refusal.restricted",
	"ekm_access_denied":                   "refusal.restricted",
	"not_authed":                          "refusal.token",
	"invalid_auth":                        "refusal.token",
	"token_revoked":                       "refusal.token",
	"token_expired":                       "refusal.token",
	"missing_scope":                       "refusal.token",
	"no_permission":                       "refusal.token",
	"msg_too_long":                        "refusal.words",
	"msg_blocks_too_long":                 "refusal.words",
	"invalid_blocks":                      "refusal.words",
	"no_text":                             "refusal.words",
}

// refusedAdvice is what the office can do about a message that Slack refused for
// good, with Slack's own word for those who look after the app.
func refusedAdvice(d programme.UnsettledLine, l Locale) string {
	code := line(d.LastError, 60)
	key, known := refusals[code]
	if !known {
		key = "refusal.other"
	}
	if key == "refusal.no_channel" && d.To.Person() != "" {
		key = "refusal.left"
	}
	return lines(l.T(key, nil), l.mrkdwn("refusal.code", words{"Code": or(code, nothing)}))
}

// sentWhen is when a late message arrived.
func sentWhen(d programme.UnsettledLine, l Locale) string {
	at := programme.Moment(d.SlackTS)
	if at.IsZero() {
		return l.T("panel.still_waiting", nil)
	}
	return l.T("panel.sent_at", words{"When": l.Moment(at)})
}

// messageLink opens a message of a channel; other people's direct messages are
// theirs alone.
func messageLink(d programme.UnsettledLine, workspace string, l Locale) slack.BlockElement {
	if d.To.Channel() == "" || d.SlackTS == "" || d.SlackID == "" {
		return nil
	}
	address := link(strings.TrimSuffix(workspace, "/") + "/archives/" + url.PathEscape(d.SlackID) + "/p" + strings.ReplaceAll(d.SlackTS, ".", ""))
	if address == "" {
		return nil
	}
	return button(ActionLink, "", l.T("button.open_message", nil)).WithURL(address)
}
