package yearreport

import (
	"time"

	"tsugite/programme"
)

// Language says things in one language.
type Language interface {
	// Say is the sentence under key, its slots filled from args.
	Say(key string, args map[string]any) string
	Moment(time.Time) string
	Day(time.Time) string
	Tag() string // ja or en
}

// say fills moments in as the language writes them.
func say(l Language, key string, args map[string]any) string {
	filled := make(map[string]any, len(args))
	for k, v := range args {
		switch v := v.(type) {
		case time.Time:
			filled[k] = l.Moment(v)
		case day:
			filled[k] = l.Day(time.Time(v))
		case programme.NoticeKind:
			filled[k] = noticeWords(l, v)
		default:
			filled[k] = v
		}
	}
	return l.Say(key, filled)
}

// day is a moment of which only the day is said.
type day time.Time

// args makes args of alternating names and values.
func args(kv ...any) map[string]any {
	m := make(map[string]any, len(kv)/2)
	for i := 0; i+1 < len(kv); i += 2 {
		m[kv[i].(string)] = kv[i+1]
	}
	return m
}

// noticeKeys are the words for kinds of notices; one without words is shown by
// its stored name.
var noticeKeys = map[programme.NoticeKind]string{
	"event.ask":       "rehearse.notice_ask",
	"event.reminder":  "rehearse.notice_reminder",
	"event.thanks":    "rehearse.notice_thanks",
	"event.catch_up":  "rehearse.notice_catch_up",
	"event.memo":      "rehearse.notice_event_memo",
	"event.moved":     "rehearse.notice_moved",
	"event.cancelled": "rehearse.notice_cancelled",
	"event.place":     "rehearse.notice_place",
	"event.calendar":  "rehearse.notice_calendar",
	"event.speaker":   "rehearse.notice_speaker",
	"digest.week":     "rehearse.notice_week",
	"digest.month":    "rehearse.notice_month",
	"digest.support":  "rehearse.notice_support",
	"key_date":        "rehearse.notice_key_date",
	"survey.invite":   "rehearse.notice_survey",
	"survey.question": "rehearse.notice_question",
	"survey.receipt":  "rehearse.notice_receipt",
	"memo.written":    "rehearse.notice_memo",
	"memo.shared":     "rehearse.notice_memo_shared",
	"hint":            "rehearse.notice_hint",
}

func noticeWords(l Language, k programme.NoticeKind) string {
	switch key, known := noticeKeys[k]; {
	case known:
		return l.Say(key, nil)
	case k == "":
		return l.Say("rehearse.notice_answer", nil)
	}
	return string(k)
}
