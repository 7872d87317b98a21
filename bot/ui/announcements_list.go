package ui

import (
	"strconv"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// announcementsAPage is how many announcements the list shows at once.
const announcementsAPage = 30

// announceOrder is the order in which the list shows the states: what is still to do first.
var announceOrder = []programme.AnnouncementState{
	programme.AnnouncementDraft, programme.AnnouncementStopped, programme.AnnouncementScheduled,
	programme.AnnouncementSending, programme.AnnouncementSent, programme.AnnouncementRecalled,
}

// AnnounceList shows a page of all announcements by where they stand, the newest first.
func AnnounceList(all []programme.AnnouncementLine, from int, said string, l Locale) slack.ModalViewRequest {
	blocks := announceNote(said)
	blocks = append(blocks, row(button(ActionAnnounceNew, "", l.T("button.announce_new", nil)).WithStyle(slack.StylePrimary)))
	var sorted []programme.AnnouncementLine
	for _, state := range announceOrder {
		for _, a := range all {
			if a.State == state {
				sorted = append(sorted, a)
			}
		}
	}
	if len(sorted) == 0 {
		blocks = append(blocks, section(l.T("announce.list.none", nil), nil))
	}
	from = min(max(from, 0), max(len(sorted)-1, 0))
	for i, a := range sorted[from:min(from+announcementsAPage, len(sorted))] {
		if i == 0 || sorted[from+i-1].State != a.State {
			blocks = append(blocks, header(l.T("announce.list."+string(a.State), nil)))
		}
		blocks = append(blocks, announceLine(a, l))
	}
	var turn []slack.BlockElement
	if from > 0 {
		turn = append(turn, button(PickID(ActionAnnounceList, 0), strconv.Itoa(max(0, from-announcementsAPage)), l.T("button.page_before", nil)))
	}
	if from+announcementsAPage < len(sorted) {
		turn = append(turn, button(PickID(ActionAnnounceList, 1), strconv.Itoa(from+announcementsAPage), l.T("button.page_after", nil)))
	}
	if len(turn) > 0 {
		blocks = append(blocks, row(turn...))
	}
	list := modal(l.T("announce.list.title", nil), l, blocks...)
	list.PrivateMetadata = Form{Op: ActionAnnounceList, From: ActionAnnounceList}.encode() // what opens from it lies on it
	return list
}

// announceLine is one announcement: a draft is gone on with, any other opened.
func announceLine(a programme.AnnouncementLine, l Locale) slack.Block {
	id := string(a.ID)
	if a.State == programme.AnnouncementDraft {
		by := l.mrkdwn("announce.list.by", words{"Name": or(line(a.ByName, maxName), l.T("person.unnamed", nil)), "When": l.Moment(a.Made)})
		return section(lines(bold(announceTitle(a.Announcement, l)), by), button(ActionAnnounceEdit, id, l.T("button.announce_write_on", nil)))
	}
	people := ""
	if a.People > 0 {
		people = l.T("announce.list.people", words{"Count": a.People})
	}
	return section(lines(bold(announceTitle(a.Announcement, l)), announceStands(a.Announcement, l), people), button(ActionAnnounceOpen, id, l.T("button.announce_open", nil)))
}
