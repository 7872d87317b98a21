package ui

import (
	"errors"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// AnnounceCorrect is the form for another text of what was sent, with the one that stands.
func AnnounceCorrect(s programme.AnnouncementStanding, f Form, l Locale) slack.ModalViewRequest {
	in, a := fields{announceForm, l}, s.Announcement
	f.Subject, f.Version = string(a.ID), a.Version
	return formView(l.T("announce.correct.title", nil), l.T("button.announce_correct_save", nil), CallbackAnnounceCorrect, f, l,
		section(l.T("announce.correct.help", nil), nil),
		in.input("title", in.words(a.Title.Ja, programme.MaxAnnouncementTitle, false)),
		in.input("body", in.words(a.Body.Ja, programme.MaxAnnouncementBody, true)),
		in.optional("title_en", in.words(a.Title.En, programme.MaxAnnouncementTitle, false)),
		in.optional("body_en", in.words(a.Body.En, programme.MaxAnnouncementBody, true)))
}

// ReadAnnounceCorrect reads what the form brought.
func ReadAnnounceCorrect(view slack.View) (form Form, title, body programme.Text, err error) {
	form, err = ReadForm(view.PrivateMetadata)
	var f programme.AnnouncementForm
	ReadAnnounceText(view, &f)
	return form, f.Title, f.Body, err
}

// AnnounceConflict says that somebody else kept the announcement meanwhile, and what stands
// now. It lies on the form, in which everything that was typed stays.
func AnnounceConflict(a programme.Announcement, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{
		section(l.T("announce.conflict.what", nil), nil),
		row(button(PickID(ActionAnnounceEdit, 0), string(a.ID), l.T("button.announce_theirs", nil))),
		divider(), small(l.T("announce.conflict.stands", nil)), header(announceTitle(a, l)),
	}
	if a.State != programme.AnnouncementDraft {
		blocks[1] = row(button(PickID(ActionAnnounceOpen, 0), string(a.ID), l.T("button.announce_open", nil)))
	}
	return modal(l.T("announce.conflict.title", nil), l, append(blocks, verbatim(or(a.Body.Ja, nothing))...)...)
}

// AnnounceLacks says what an announcement still lacks for being sent, a line for each field; ok
// is false if the error says something else.
func AnnounceLacks(err error, l Locale) (said string, ok bool) {
	var faults programme.Faults
	if one, meant := programme.AsError(err); meant && one.Field != "" {
		faults = programme.Faults{one}
	}
	errors.As(err, &faults)
	for _, f := range faults {
		_, why := Sentence(f, "", l)
		if field, known := l.say("announce.form."+f.Field, nil); known {
			why = l.T("announce.lacks", words{"Field": field, "Why": why})
		}
		said = lines(said, why)
	}
	return said, said != ""
}

// AnnounceSent, AnnounceKept, AnnounceDropped, AnnounceCorrected, AnnounceStopped,
// AnnounceGoesOn, AnnounceRecalled and AnnounceChased say what was done.
func AnnounceSent(a programme.Announcement, l Locale) string {
	if a.State == programme.AnnouncementScheduled {
		return l.T("announce.planned", words{"When": l.Moment(a.At)})
	}
	return l.T("announce.sent", nil)
}

// AnnouncePutBack says that what was planned is a draft again.
func AnnouncePutBack(l Locale) string { return l.T("announce.put_back", nil) }

func AnnounceKept(l Locale) string      { return l.T("announce.kept", nil) }
func AnnounceDropped(l Locale) string   { return l.T("announce.dropped", nil) }
func AnnounceCorrected(l Locale) string { return l.T("announce.corrected_said", nil) }
func AnnounceStopped(l Locale) string   { return l.T("announce.stopped", nil) }
func AnnounceGoesOn(l Locale) string    { return l.T("announce.goes_on", nil) }
func AnnounceRecalled(l Locale) string  { return l.T("announce.recalled", nil) }

func AnnounceChased(told int, l Locale) string {
	return l.T("announce.chased", words{"Count": told})
}

// OwnEventPage is the reader's own card of an event, with what they answered so far.
func OwnEventPage(m programme.Matter, l Locale) slack.ModalViewRequest {
	v := invitedTo(m)
	blocks := append(eventHead("", v, l), eventAnswer(v, l)...)
	if m.Over {
		blocks = append(withoutControls(blocks), small(l.T("error.event_over", nil)))
	} else if !v.answers {
		blocks = append(blocks, small(l.T("announce.event_not_asked", nil)))
	}
	page := modal(l.T("announce.event_title", nil), l, blocks...)
	page.PrivateMetadata = Form{Op: string(m.Event.ID), Subject: string(m.Event.ID), From: ActionAnnounceEvent}.encode()
	return page
}

// AnnounceSurveyBegun says where the questions are to be found.
func AnnounceSurveyBegun(l Locale) string { return l.T("announce.survey_begun", nil) }
