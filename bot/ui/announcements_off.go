package ui

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// offAPage is how many people off Slack a page lists, each with a button.
const offAPage = 40

// AnnounceOff lists those whom the bot does not reach: the office tells them by mail or
// telephone, and ticks them.
func AnnounceOff(s programme.AnnouncementStanding, from int, l Locale) slack.ModalViewRequest {
	id, off := string(s.Announcement.ID), s.With(programme.ReceiptOff, programme.ReceiptTicked)
	blocks := []slack.Block{section(lines(bold(announceTitle(s.Announcement, l)),
		l.T("announce.off.help", words{"Left": s.Counts[programme.ReceiptOff], "Count": len(off)})), nil),
		row(button(ActionAnnounceMail, id, l.T("button.announce_mail", nil)))}
	from = min(max(from, 0), max(len(off)-1, 0))
	for _, r := range off[from:min(from+offAPage, len(off))] {
		blocks = append(blocks, offLine(id, r, from, l))
	}
	var turn []slack.BlockElement
	if from > 0 {
		turn = append(turn, button(PickID(ActionAnnounceOff, 0), id+"|"+strconv.Itoa(max(0, from-offAPage)), l.T("button.page_before", nil)))
	}
	if from+offAPage < len(off) {
		turn = append(turn, button(PickID(ActionAnnounceOff, 1), id+"|"+strconv.Itoa(from+offAPage), l.T("button.page_after", nil)))
	}
	if len(turn) > 0 {
		blocks = append(blocks, row(turn...))
	}
	return modal(l.T("announce.off.title", nil), l, blocks...)
}

// offLine is one of them: how to reach them, and the tick.
func offLine(id string, r programme.AnnouncementReceipt, from int, l Locale) slack.Block {
	phone := ""
	if r.Person.Phone != "" {
		phone = l.mrkdwn("announce.off.phone", words{"Phone": line(r.Person.Phone, 40)})
	}
	mail := escape(or(line(r.Person.Email, maxTitle), l.T("person.no_mail", nil)))
	tick, label, said := "1", "button.announce_tick", ""
	if !r.Ticked.IsZero() {
		tick, label, said = "0", "button.announce_untick", l.T("announce.off.ticked", words{"When": l.Moment(r.Ticked)})
	}
	value := strings.Join([]string{id, string(r.Person.ID), tick, strconv.Itoa(from)}, "|")
	return section(lines(bold(nameAndFirm(r.Person, l)), mail, phone, said), button(ActionAnnounceTick, value, l.T(label, nil)))
}

// AnnounceTick is what the button beside somebody off Slack says.
type AnnounceTick struct {
	ID     programme.AnnouncementID
	Person programme.PersonID
	Told   bool
	From   int // the page that it stands on
}

// ReadAnnounceTick reads such a value; one of another program is an Error of CodeClosed.
func ReadAnnounceTick(value string) (AnnounceTick, error) {
	parts := strings.Split(value, "|")
	if len(parts) != 4 || parts[0] == "" || parts[1] == "" {
		return AnnounceTick{}, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
	}
	from, err := strconv.Atoi(parts[3])
	if err != nil || from < 0 {
		from = 0
	}
	return AnnounceTick{programme.AnnouncementID(parts[0]), programme.PersonID(parts[1]), parts[2] == "1", from}, nil
}

// AnnounceMail is the way off Slack: addresses, a subject and a text for those who were not
// told yet.
func AnnounceMail(s programme.AnnouncementStanding, l Locale) slack.ModalViewRequest {
	a := s.Announcement
	var to []addressee
	for _, r := range s.With(programme.ReceiptOff) {
		to = append(to, addressee{name(r.Person, l), r.Person.Email})
	}
	if len(to) == 0 {
		return modal(l.T("mail.title", nil), l, section(lines(bold(announceTitle(a, l)), l.T("announce.off.nobody", nil)), nil))
	}
	blocks := []slack.Block{section(lines(bold(announceTitle(a, l)), l.T("mail.help", words{"Count": len(to)})), nil)}
	return mailForm(blocks, mailDraft{
		subject: announceTitle(a, l), text: announceMailText(s, l), about: string(a.ID), to: to,
	}, l)
}

// announceMailText is what the mail says: the text as it stands, and what is attached. Slack's
// marks for bold and slanted letters mean nothing in a mail, and stay as they were typed.
func announceMailText(s programme.AnnouncementStanding, l Locale) string {
	parts := []string{announceBody(s.Announcement, l)}
	if e := s.Attached.Event; e.ID != "" {
		parts = append(parts, lines(eventTitle(e, l), l.T("event.when", words{"When": l.Span(e.Start, e.End)}),
			l.T("event.where", words{"Where": eventPlace(e, programme.Undecided, l)}), l.T("announce.mail.event", nil)))
	}
	if v := s.Attached.Survey; v.ID != "" {
		parts = append(parts, lines(surveyTitle(v.Def, l), l.T("survey.invite.until", words{"Until": l.Moment(v.Closes)}), l.T("announce.mail.survey", nil)))
	}
	if s.Announcement.Acknowledge {
		parts = append(parts, l.T("announce.mail.acknowledge", nil))
	}
	return strings.Join(parts, "\n\n")
}
