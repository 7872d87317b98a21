package ui

import (
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// AnnouncePageData is what the page of an announcement that was sent is drawn from.
type AnnouncePageData struct {
	Standing programme.AnnouncementStanding
	From     int    // how many names come before the page
	Said     string // what was just done, as a sentence
	LaidOn   string // action id of the page that it lies on, "" for none that shows it
}

// AnnouncePage shows how an announcement stands: what arrived where, and who acknowledged it.
// Nobody can tell who read it, so it never says so.
func AnnouncePage(d AnnouncePageData, l Locale) slack.ModalViewRequest {
	s := d.Standing
	blocks := announceNote(d.Said)
	blocks = append(blocks, section(lines(bold(announceTitle(s.Announcement, l)), announceStands(s.Announcement, l), announceCounts(s, l)), nil))
	blocks = append(blocks, announceControls(s, l)...)
	blocks = append(blocks, nameGroups(receiptGroups(s, l), d.From, ActionAnnounceOpen, string(s.Announcement.ID), l)...)
	blocks = append(blocks, divider(), small(l.T("announce.page.text", nil)))
	blocks = append(blocks, formatted(or(announceBody(s.Announcement, l), nothing))...)
	page := modal(l.T("announce.page.title", nil), l, blocks...)
	page.PrivateMetadata = Form{Op: string(s.Announcement.ID), From: d.LaidOn}.encode()
	return page
}

// announceStands says where an announcement stands, on one line.
func announceStands(a programme.Announcement, l Locale) string {
	args := words{}
	switch a.State {
	case programme.AnnouncementScheduled:
		args["When"] = l.Moment(a.At)
	case programme.AnnouncementSent:
		at := a.Sent
		if a.At.After(at) {
			at = a.At
		}
		args["When"] = l.Moment(at)
	case programme.AnnouncementRecalled:
		args["When"] = l.Moment(a.Recalled)
	}
	text := l.T("announce.state."+string(a.State), args)
	if a.Edition > 1 {
		text = lines(text, l.T("announce.edition", words{"Count": a.Edition - 1}))
	}
	return text
}

// announceCounts is how many messages stand how, and how many people acknowledged.
func announceCounts(s programme.AnnouncementStanding, l Locale) string {
	var counts []string
	for _, state := range receiptOrder {
		if n := s.Counts[state]; n > 0 {
			counts = append(counts, l.T("announce.count."+string(state), words{"Count": n}))
		}
	}
	ack := ""
	if s.Announcement.Acknowledge && s.Announcement.Direct && s.Announcement.State != programme.AnnouncementScheduled {
		ack = l.T("announce.count_ack", words{"Count": s.Acknowledged, "All": s.People})
	}
	return lines(strings.Join(counts, "　"), ack)
}

// receiptOrder is the order in which the office reads the states: what needs a person first.
var receiptOrder = []programme.ReceiptState{
	programme.ReceiptRefused, programme.ReceiptUnknown, programme.ReceiptKept, programme.ReceiptWaiting, programme.ReceiptDeleting,
	programme.ReceiptSent, programme.ReceiptOff, programme.ReceiptTicked, programme.ReceiptNot, programme.ReceiptDeleted,
}

// announceControls are what can be done with it now.
func announceControls(s programme.AnnouncementStanding, l Locale) []slack.Block {
	a, id := s.Announcement, string(s.Announcement.ID)
	out := goingButtons(a, l)
	if a.State != programme.AnnouncementRecalled {
		out = append(out, button(ActionAnnounceCorrect, id, l.T("button.announce_correct", nil)))
		recall := button(ActionAnnounceRecall, id, l.T("button.announce_recall", nil)).WithStyle(slack.StyleDanger)
		what := "announce.recall.what"
		if a.State == programme.AnnouncementScheduled {
			what = "announce.recall.what_scheduled"
		}
		recall.Confirm = sure(l, l.T("announce.recall.title", nil), l.T(what, nil), l.T("announce.recall.yes", nil))
		out = append(out, recall)
	} else if s.Counts[programme.ReceiptKept] > 0 {
		out = append(out, button(ActionAnnounceRecall, id, l.T("button.announce_recall_again", nil)))
	}
	out = append(out, button(PickID(ActionAnnounceOpen, 2), id, l.T("button.announce_refresh", nil)))
	after := []slack.BlockElement{button(ActionAnnounceCopy, id, l.T("button.announce_copy", nil))}
	if s.ToChase > 0 {
		after = append(after, button(ActionAnnounceChase, id, l.T("button.announce_chase", words{"Count": s.ToChase})))
	}
	if n := s.Counts[programme.ReceiptOff] + s.Counts[programme.ReceiptTicked]; n > 0 {
		after = append(after, button(ActionAnnounceOff, id, l.T("button.announce_off", words{"Count": n})))
	}
	return []slack.Block{row(out...), row(after...)}
}

// goingButtons stop it, or let it go on.
func goingButtons(a programme.Announcement, l Locale) []slack.BlockElement {
	switch a.State {
	case programme.AnnouncementScheduled:
		return []slack.BlockElement{button(ActionAnnounceStop, string(a.ID), l.T("button.announce_unplan", nil))}
	case programme.AnnouncementSending:
		return []slack.BlockElement{button(ActionAnnounceStop, string(a.ID), l.T("button.announce_stop", nil))}
	case programme.AnnouncementStopped:
		return []slack.BlockElement{button(ActionAnnounceGoOn, string(a.ID), l.T("button.announce_go_on", nil)).WithStyle(slack.StylePrimary)}
	}
	return nil
}

// receiptGroups are the recipients by where theirs stands: what needs a person first, then who
// acknowledged and who did not.
func receiptGroups(s programme.AnnouncementStanding, l Locale) []nameGroup {
	var groups []nameGroup
	add := func(title string, rs []programme.AnnouncementReceipt) {
		if len(rs) > 0 {
			groups = append(groups, nameGroup{title, receiptNames(rs, l)})
		}
	}
	asks := s.Announcement.Acknowledge && s.Announcement.Direct
	for _, state := range receiptOrder {
		rs := s.With(state)
		if state == programme.ReceiptSent && asks {
			var acked, silent, channels []programme.AnnouncementReceipt
			for _, r := range rs {
				switch {
				case r.Channel != "":
					channels = append(channels, r)
				case r.Acknowledged.IsZero():
					silent = append(silent, r)
				default:
					acked = append(acked, r)
				}
			}
			add(l.T("announce.group.silent", words{"Count": len(silent)}), silent)
			add(l.T("announce.group.acked", words{"Count": len(acked)}), acked)
			rs = channels
		}
		add(l.T("announce.group."+string(state), words{"Count": len(rs)}), rs)
	}
	return groups
}

// receiptNames are recipients as they are listed, with what is known of why.
func receiptNames(rs []programme.AnnouncementReceipt, l Locale) []string {
	var out []string
	for _, r := range rs {
		who := nameAndFirm(r.Person, l)
		if r.Channel != "" {
			who = channelWords(r.Channel, l)
		}
		if why := refusalWords(r.Error, l); why != "" {
			who = l.T("announce.named_why", words{"Name": who, "Why": why})
		}
		if !r.Acknowledged.IsZero() {
			who = l.T("announce.named_when", words{"Name": who, "When": l.Moment(r.Acknowledged)})
		}
		out = append(out, escape(who))
	}
	return out
}

// refusalWords say why Slack refused, in words where there are some, else by Slack's code.
func refusalWords(code string, l Locale) string {
	if code == "" {
		return ""
	}
	if s, ok := l.say("announce.refused."+code, nil); ok {
		return s
	}
	return line(code, maxName)
}

// announcementProgress is the coordinator's own message while it goes out, and afterwards.
func announcementProgress(m programme.Matter, l Locale) (string, []slack.Block) {
	s := m.Announcement.Standing
	if s.Announcement.ID == "" {
		s.Announcement = m.Announcement.Announcement
	}
	a := s.Announcement
	text := lines(l.mrkdwn("announce.progress.text", words{"Title": innerBrackets.Replace(announceTitle(a, l))}), announceStands(a, l), announceCounts(s, l))
	blocks := []slack.Block{section(lines(bold(announceTitle(a, l)), announceStands(a, l), announceCounts(s, l)), nil)}
	needs := ""
	for _, state := range []programme.ReceiptState{programme.ReceiptRefused, programme.ReceiptUnknown, programme.ReceiptKept} {
		if rs := s.With(state); len(rs) > 0 {
			needs = lines(needs, bold(l.T("announce.group."+string(state), words{"Count": len(rs)})), cutEscaped(l.list(receiptNames(rs, l)), maxProgressNames))
		}
	}
	if needs != "" {
		blocks = append(blocks, section(needs, nil))
	}
	open := button(ActionAnnounceOpen, string(a.ID), l.T("button.announce_open", nil))
	return text, append(blocks, row(append([]slack.BlockElement{open}, goingButtons(a, l)...)...))
}

// maxProgressNames bounds the names in the coordinator's message; the page has all of them.
const maxProgressNames = 600
