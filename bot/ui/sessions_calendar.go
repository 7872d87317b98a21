package ui

import (
	"net/url"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// SessionEntry finds the words of a session's calendar entry. Others see calendars:
// they name nobody and nothing that is talked about.
func SessionEntry(v programme.SessionView, l Locale) CalendarWords {
	w := CalendarWords{Title: l.T("session.title", nil), Place: sessionWhere(v.Mode, v.Place, l)}
	if v.State == programme.SessionCancelled {
		w.Title = l.T("file.calendar.cancelled_title", words{"Event": w.Title})
	}
	if v.Mode == programme.ModeOnline && v.URL != "" {
		w.Link = link(v.URL)
		w.Notes = l.T("file.calendar.online", words{"URL": line(v.URL, maxPlace)})
	}
	return w
}

// googleLink opens Google's calendar with the session filled in.
func googleLink(v programme.SessionView, l Locale) string {
	const stamp = "20060102T150405Z"
	w := SessionEntry(v, l)
	q := url.Values{
		"action": {"TEMPLATE"}, "text": {w.Title}, "location": {or(w.Link, cut(w.Place, maxTitle))},
		"dates": {v.Span.From.UTC().Format(stamp) + "/" + v.Span.Until.UTC().Format(stamp)},
	}
	if address := "https://calendar.google.com/calendar/render?" + q.Encode(); link(address) != "" {
		return address
	}
	q.Del("location") // an address so long that no button carries it
	return "https://calendar.google.com/calendar/render?" + q.Encode()
}

// sessionCalendar is the comment beside a session's calendar file.
func sessionCalendar(m programme.Matter, l Locale) (string, []slack.Block) {
	key := "session.calendar.text"
	switch v := m.Session; {
	case v.State == programme.SessionCancelled:
		key = "session.calendar.cancelled"
	case m.Refiled:
		key = "session.calendar.changed"
	}
	return l.T(key, words{"When": l.Span(m.Session.Span.From, m.Session.Span.Until)}), nil
}

// fileDay is the moment that a calendar's file is called by.
func fileDay(m programme.Matter) time.Time {
	switch {
	case m.Notice.Kind == programme.NoticeMemoDigest:
		return m.Notice.Due
	case m.Notice.Kind != programme.NoticeSessionCalendar:
		return m.Event.Start
	case m.Session.Span.From.IsZero():
		return m.Notice.Due
	}
	return m.Session.Span.From
}
