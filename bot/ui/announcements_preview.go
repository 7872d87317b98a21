package ui

import (
	"slices"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// AnnouncePreviewData is what the page before sending is drawn from.
type AnnouncePreviewData struct {
	Preview programme.AnnouncementPreview
	Form    Form // Op
	From    int  // how many names come before the page
	Now     time.Time
	Zones   []*time.Location // of those recipients who are known to be elsewhere, one for each
	Held    bool             // deliveries are on hold
	Said    string           // what was just done, as a sentence
}

// AnnouncePreview shows the office what would go where and to whom, by name, and the message
// as it is seen; submitting sends it.
func AnnouncePreview(d AnnouncePreviewData, l Locale) slack.ModalViewRequest {
	p := d.Preview
	a, id := p.Announcement, string(p.Announcement.ID)
	blocks := announceNote(d.Said)
	if d.Held {
		blocks = append(blocks, section(l.T("announce.preview.held", nil), nil))
	}
	blocks = append(blocks, section(lines(bold(announceTitle(a, l)), d.when(l), whereWords(p, l)), nil),
		row(button(ActionAnnounceTest, id, l.T("button.announce_test", nil)),
			button(ActionAnnounceEdit, id, l.T("button.announce_edit", nil))))
	var groups []nameGroup
	if a.Direct {
		groups = []nameGroup{
			{l.T("announce.preview.reach", words{"Count": len(p.Reach)}), namesOf(p.Reach, l)},
			{l.T("announce.preview.off", words{"Count": len(p.Off)}), unreachedNames(p.Off, l)},
		}
	}
	blocks = append(blocks, nameGroups(groups, d.From, ActionAnnouncePreview, id, l)...)
	blocks = append(blocks, d.seen(l)...)
	if len(p.Reach)+len(p.Off)+len(a.Channels) == 0 {
		blocks = append(blocks, section(l.T("error.audience_empty", nil), nil))
		return modal(l.T("announce.preview.title", nil), l, blocks...)
	}
	send := "button.announce_send"
	if a.At.After(d.Now) {
		send = "button.announce_plan"
	}
	d.Form.Subject, d.Form.Version, d.Form.Item = id, a.Version, p.Fingerprint
	v := formView(l.T("announce.preview.title", nil), l.T(send, nil), CallbackAnnounceSend, d.Form, l, blocks...)
	v.Close = plain(l.T("button.announce_not_now", nil), maxModalWord)
	return v
}

// seen is the message as its readers see it, in the languages in which it goes out.
func (d AnnouncePreviewData) seen(l Locale) []slack.Block {
	p := d.Preview
	v := announced{a: p.Announcement, event: p.Attached.Event, survey: p.Attached.Survey, trial: true, channel: !p.Announcement.Direct}
	v.over.event, v.over.survey = !v.event.Open(d.Now), v.survey.ClosedAt(d.Now)
	ja := NewLocale("ja", l.zone)
	blocks := append([]slack.Block{divider(), small(l.T("announce.preview.seen", nil))}, v.blocks("", ja)...)
	if p.Announcement.Body.En != "" || p.Announcement.Title.En != "" {
		en := NewLocale("en", l.zone)
		blocks = append(append(blocks, divider(), small(l.T("announce.preview.seen_en", nil))), v.blocks("", en)...)
	}
	return blocks
}

// when says when it goes out, and what time that is for those elsewhere.
func (d AnnouncePreviewData) when(l Locale) string {
	at, text := d.Preview.Announcement.At, ""
	if at.After(d.Now) {
		text = l.T("announce.preview.at", words{"When": l.Moment(at)})
	} else {
		at, text = d.Now, l.T("announce.preview.at_once", nil)
	}
	there := map[string]int{}
	var order []string
	for _, z := range d.Zones {
		local := NewLocale(l.lang, z).Moment(at)
		if local == l.Moment(at) {
			continue
		}
		if there[local]++; there[local] == 1 {
			order = append(order, local)
		}
	}
	slices.Sort(order)
	for _, local := range order {
		text = lines(text, l.T("announce.preview.elsewhere", words{"Count": there[local], "When": local}))
	}
	return text
}

// whereWords say where it goes and to how many.
func whereWords(p programme.AnnouncementPreview, l Locale) string {
	a, text := p.Announcement, ""
	if a.Direct {
		text = l.T("announce.preview.direct", words{"Count": len(p.Reach) + len(p.Off), "Reach": len(p.Reach), "Off": len(p.Off)})
	}
	if len(a.Channels) > 0 {
		text = lines(text, l.T("announce.preview.channels", words{"Channels": l.list(channelNames(a.Channels, l))}))
	}
	ack := ""
	if a.Acknowledge {
		ack = l.T("announce.preview.acknowledge", nil)
	}
	return lines(text, ack)
}

func channelNames(purposes []programme.Purpose, l Locale) []string {
	var out []string
	for _, p := range purposes {
		out = append(out, channelWords(p, l))
	}
	return out
}

// ReadAnnounceSend reads which announcement is sent, as it was shown.
func ReadAnnounceSend(view slack.View) (form Form, id programme.AnnouncementID, err error) {
	form, err = ReadForm(view.PrivateMetadata)
	return form, programme.AnnouncementID(form.Subject), err
}

// AnnounceTested says where the test is to be found.
func AnnounceTested(l Locale) string { return l.T("announce.tested", nil) }
