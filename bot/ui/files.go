package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// CalendarWords are what a calendar's entry says about an event to one person.
type CalendarWords struct {
	Title, Place, Notes string
	Link                string // of the online room, for those who come online
}

// CalendarEntry finds the words of an entry. They are plain text: a calendar knows
// no markup.
func CalendarEntry(m programme.Matter, l Locale) CalendarWords {
	e, coming := m.Event, m.Attendance.Answer
	w := CalendarWords{Title: eventTitle(e, l), Place: eventPlace(e, coming, l)}
	if !e.Cancelled.IsZero() {
		w.Title = l.T("file.calendar.cancelled_title", words{"Event": w.Title})
	}
	var bring, way string
	if e.Bring != "" {
		bring = l.T("event.bring", words{"Bring": line(e.Bring, maxPlace)})
	}
	switch online := coming == programme.Online || e.Place == ""; {
	case online && e.URL != "":
		w.Link = link(e.URL)
		way = l.T("file.calendar.online", words{"URL": line(e.URL, maxPlace)})
	case !online && e.Map != "":
		way = l.T("file.calendar.map", words{"Map": line(e.Map, maxPlace)})
	}
	w.Notes = lines(bring, way)
	return w
}

// FileName is how the file of a notice is called: short, and without what the
// event is about, because a phone shows it to whoever looks. Calendar files of events and
// of sessions are told apart, and by their start those of a day.
func FileName(m programme.Matter, l Locale) string {
	at := l.in(fileDay(m))
	day, start := at.Format("20060102"), at.Format("20060102-1504")
	switch m.Notice.Kind {
	case programme.NoticeSessionCalendar:
		return l.T("file.calendar.session_name", words{"Start": start})
	case programme.NoticeMemoPhoto, programme.NoticeConsentPhoto:
		return l.T("file.photo.name", words{"Day": l.in(m.Photo.Photo.At).Format("20060102"), "Kind": photoExtension(m.Photo.Photo)})
	case programme.NoticeMemoDigest:
		return l.T("memo.digest.name", words{"Day": day})
	case programme.NoticeEventPack:
		return l.T("file.pack.name", words{"Day": day})
	case programme.NoticeOwnData:
		return l.T("file.own_data.name", words{"Day": l.in(m.Known.Now).Format("20060102")})
	case programme.NoticeSupportMonth:
		return l.T("month.file.name", words{"Month": string(m.Month.First)[:min(7, len(m.Month.First))]})
	case programme.NoticeSurveySheet:
		return l.T("file.sheet.name", nil)
	case programme.NoticeEnquiryFile:
		return relayedFileName(m)
	}
	return l.T("file.calendar.name", words{"Start": start})
}

// eventCalendar is the comment beside a calendar's file.
func eventCalendar(m programme.Matter, l Locale) (string, []slack.Block) {
	key := "file.calendar.text"
	switch e := m.Event; {
	case !e.Cancelled.IsZero():
		key = "file.calendar.cancelled"
	case m.Refiled:
		key = "file.calendar.changed"
	}
	return l.T(key, words{"When": l.Span(m.Event.Start, m.Event.End)}), nil
}

// eventPack is the comment beside a print pack, which Slack reads as markup.
func eventPack(m programme.Matter, l Locale) (string, []slack.Block) {
	return l.mrkdwn("file.pack.text", words{"Event": quotedTitle(m.Event, l), "When": l.Span(m.Event.Start, m.Event.End)}), nil
}

// surveySheet is the comment beside a survey's sheet to print, which Slack reads as
// markup.
func surveySheet(m programme.Matter, l Locale) (string, []slack.Block) {
	return l.mrkdwn("file.sheet.text", words{"Survey": surveyTitle(m.Survey.Def, l), "Until": l.Moment(m.Survey.Closes)}), nil
}
