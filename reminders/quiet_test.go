package reminders_test

import (
	"strings"
	"testing"

	"tsugite/programme"
	"tsugite/reminders"
)

func quiet(t testing.TB, s string) reminders.QuietHours {
	t.Helper()
	q, err := reminders.ParseQuietHours(s)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestParseQuietHours(t *testing.T) {
	for s, says := range map[string]string{
		"21:00":       "write 21:00-07:30",
		"21-7":        "write 00:00 to 23:59",
		"21:00-24:00": "write 00:00 to 23:59",
		"08:00-08:00": "begin and end at the same time",
	} {
		if _, err := reminders.ParseQuietHours(s); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: error %v, want one that says %q", s, err, says)
		}
	}
	if q := quiet(t, ""); q != (reminders.QuietHours{}) {
		t.Errorf("no quiet hours were read as %v", q)
	}
	if q := quiet(t, "21:00-07:30"); q.String() != "21:00-07:30" {
		t.Errorf("written back as %q", q)
	}
}

func TestAsleep(t *testing.T) {
	for _, c := range []struct {
		rule, hours string
		kind        programme.NoticeKind
		at          string
		want        string // "": goes out, "planned": comes back by the plan, else until when it waits
	}{
		{"the first moment", "21:00-07:30", programme.NoticeEventAsk, "2026-09-18T21:00:00+09:00", "planned"},
		{"the moment before", "21:00-07:30", programme.NoticeEventAsk, "2026-09-18T20:59:59+09:00", ""},
		{"after midnight", "21:00-07:30", programme.NoticeEventReminder, "2026-09-19T02:00:00+09:00", "planned"},
		{"the end is awake", "21:00-07:30", programme.NoticeEventReminder, "2026-09-19T07:30:00+09:00", ""},
		{"hours within a day", "12:00-13:00", programme.NoticeEventReminder, "2026-09-19T12:30:00+09:00", "planned"},
		{"outside hours within a day", "12:00-13:00", programme.NoticeEventReminder, "2026-09-19T02:30:00+09:00", ""},
		{"what answers a press never sleeps", "21:00-07:30", programme.NoticeSurveyQuestion, "2026-09-18T22:00:00+09:00", ""},
		{"an invitation waits for the morning", "21:00-07:30", programme.NoticeSurveyInvite, "2026-09-18T22:00:00+09:00", "2026-09-19T07:30:00+09:00"},
		{"so does a chaser", "21:00-07:30", programme.NoticeSurveyChase, "2026-09-19T02:00:00+09:00", "2026-09-19T07:30:00+09:00"},
		{"so does what was asked for later", "21:00-07:30", programme.NoticeSurveyLater, "2026-09-18T21:00:00+09:00", "2026-09-19T07:30:00+09:00"},
		{"by day it goes out", "21:00-07:30", programme.NoticeSurveyInvite, "2026-09-18T20:59:59+09:00", ""},
		{"no quiet hours", "", programme.NoticeEventAsk, "2026-09-18T02:00:00+09:00", ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			asleep := quiet(t, c.hours).Asleep(zone(t, "Asia/Tokyo"))
			until, got := asleep(programme.Notice{Kind: c.kind}, moment(t, c.at))
			switch {
			case got != (c.want != ""):
				t.Errorf("asleep: %v", got)
			case c.want == "planned" && !until.IsZero(), got && c.want != "planned" && !until.Equal(moment(t, c.want)):
				t.Errorf("asleep until %v, want %s", until, c.want)
			}
		})
	}
}
