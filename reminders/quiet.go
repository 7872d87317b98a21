package reminders

import (
	"fmt"
	"strings"
	"time"

	"tsugite/programme"
)

// QuietHours are the hours in which no reminder goes out, written 21:00-07:30:
// from the first moment on, up to but not including the second. The zero
// QuietHours are none.
type QuietHours struct {
	from, to clockTime
}

// ParseQuietHours reads quiet hours; "" is none.
func ParseQuietHours(s string) (QuietHours, error) {
	if s == "" {
		return QuietHours{}, nil
	}
	a, b, found := strings.Cut(s, "-")
	if !found {
		return QuietHours{}, fmt.Errorf("%.40q are not quiet hours (write 21:00-07:30)", s)
	}
	from, err := parseClock(a)
	if err != nil {
		return QuietHours{}, fmt.Errorf("quiet hours: %w", err)
	}
	to, err := parseClock(b)
	if err != nil {
		return QuietHours{}, fmt.Errorf("quiet hours: %w", err)
	}
	if from == to {
		return QuietHours{}, fmt.Errorf("quiet hours %q begin and end at the same time (leave them out for none)", s)
	}
	return QuietHours{from: from, to: to}, nil
}

// String writes the hours as the configuration does.
func (q QuietHours) String() string {
	if q == (QuietHours{}) {
		return ""
	}
	return q.from.String() + "-" + q.to.String()
}

// around finds the quiet hours that t lies in: their first moment and their
// end. ok is false when t is not in any.
func (q QuietHours) around(t time.Time, zone *time.Location) (from, to time.Time, ok bool) {
	if q == (QuietHours{}) {
		return
	}
	today := dayOf(t.In(zone))
	for _, day := range []time.Time{today.AddDate(0, 0, -1), today} {
		end := day
		if q.to < q.from {
			end = day.AddDate(0, 0, 1)
		}
		from, to = q.from.on(day, zone), q.to.on(end, zone)
		if !t.Before(from) && t.Before(to) {
			return from, to, true
		}
	}
	return time.Time{}, time.Time{}, false
}

// beforeQuiet is how long before the quiet hours a moved reminder goes out, so
// that many of them are through before the hours begin.
const beforeQuiet = 30 * time.Minute

// earlier moves a moment in the quiet hours to the evening before them.
func (q QuietHours) earlier(t time.Time, zone *time.Location) time.Time {
	if from, _, quiet := q.around(t, zone); quiet {
		return from.Add(-beforeQuiet)
	}
	return t
}

// later moves a moment in the quiet hours to their end.
func (q QuietHours) later(t time.Time, zone *time.Location) time.Time {
	if _, to, quiet := q.around(t, zone); quiet {
		return to
	}
	return t
}

// Asleep is for Courier.Asleep: a planned reminder that is late, because of an
// outage, does not wake anybody, and neither do the messages of a survey that somebody
// has to answer by themselves: invitations that the office sends out at night, or the
// rest of a long list in the evening, chasers, and what was asked for later and kept
// back by an outage; nor does the news that an expert has time, or has written a memo, nor what the office announces. Those are in no plan that
// could bring them back, so they wait for the morning. What answers somebody's own press never does.
func (q QuietHours) Asleep(zone *time.Location) func(programme.Notice, time.Time) (until time.Time, asleep bool) {
	return func(n programme.Notice, now time.Time) (until time.Time, asleep bool) {
		_, morning, quiet := q.around(now, zone)
		switch n.Kind {
		case programme.NoticeSurveyInvite, programme.NoticeSurveyChase, programme.NoticeSurveyLater, programme.NoticeSessionFree, programme.NoticeMemoOwn,
			programme.NoticeAnnouncement, programme.NoticeAnnouncementChase:
			return morning, quiet
		}
		return time.Time{}, quiet && n.Kind.Planned()
	}
}
