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
		case programme.Text:
			if filled[k] = v.Ja; l.Tag() == "en" && v.En != "" {
				filled[k] = v.En
			}
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
	programme.NoticeEventAsk:         "rehearse.notice_ask",
	programme.NoticeEventReminder:    "rehearse.notice_reminder",
	programme.NoticeEventThanks:      "rehearse.notice_thanks",
	programme.NoticeEventCatchUp:     "rehearse.notice_catch_up",
	programme.NoticeEventMemo:        "rehearse.notice_event_memo",
	programme.NoticeEventMoved:       "rehearse.notice_moved",
	programme.NoticeEventCancelled:   "rehearse.notice_cancelled",
	programme.NoticeEventPlace:       "rehearse.notice_place",
	programme.NoticeEventCalendar:    "rehearse.notice_calendar",
	programme.NoticeSpeakerAsk:       "rehearse.notice_speaker",
	programme.NoticeDigestWeek:       "rehearse.notice_week",
	programme.NoticeDigestMonth:      "rehearse.notice_month",
	programme.NoticeDigestSupport:    "rehearse.notice_support",
	programme.NoticeKeyDate:          "rehearse.notice_key_date",
	programme.NoticeSurveyInvite:     "rehearse.notice_survey",
	programme.NoticeSurveyQuestion:   "rehearse.notice_question",
	programme.NoticeSurveyReceipt:    "rehearse.notice_receipt",
	programme.NoticeSurveyChase:      "rehearse.notice_chase",
	programme.NoticeSurveyLater:      "rehearse.notice_later",
	programme.NoticeSurveyStop:       "rehearse.notice_stop",
	programme.NoticeSurveyReopened:   "rehearse.notice_reopened",
	programme.NoticeSurveyChanged:    "rehearse.notice_changed",
	programme.NoticeEngagement:       "rehearse.notice_engagement",
	programme.NoticeSessionProposed:  "rehearse.notice_session_times",
	programme.NoticeSessionBooked:    "rehearse.notice_session_booked",
	programme.NoticeSessionCalendar:  "rehearse.notice_calendar",
	programme.NoticeSessionCancelled: "rehearse.notice_session_off",
	programme.NoticeSessionDeclined:  "rehearse.notice_session_declined",
	programme.NoticeSessionBehalf:    "rehearse.notice_session_behalf",
	programme.NoticeSessionLapsed:    "rehearse.notice_session_lapsed",
	programme.NoticeSessionNudge:     "rehearse.notice_session_nudge",
	programme.NoticeSessionFree:      "rehearse.notice_session_free",
	programme.NoticeSessionRoom:      "rehearse.notice_session_room",
	programme.NoticeSessionReminder:  "rehearse.notice_session_reminder",
	programme.NoticeSessionBriefing:  "rehearse.notice_briefing",
	programme.NoticeSessionAfter:     "rehearse.notice_session_after",
	programme.NoticeSessionDisputed:  "rehearse.notice_session_disputed",
	programme.NoticeSessionReopened:  "rehearse.notice_session_reopened",
	programme.NoticeSessionOrphaned:  "rehearse.notice_session_orphaned",
	programme.NoticeMemoWritten:      "rehearse.notice_memo",
	programme.NoticeMemoOwn:          "rehearse.notice_memo_own",
	programme.NoticeMemoShared:       "rehearse.notice_memo_shared",
	programme.NoticeMemoCorrection:   "rehearse.notice_memo_correction",
	programme.NoticeMemoDecided:      "rehearse.notice_memo_decided",
	programme.NoticeMemoCorrected:    "rehearse.notice_memo_corrected",
	programme.NoticeMemoOpened:       "rehearse.notice_memo_opened",
	programme.NoticeMemoReshared:     "rehearse.notice_memo_reshared",
	programme.NoticeMemoWithdrawn:    "rehearse.notice_memo_withdrawn",
	programme.NoticeMemoQuestion:     "rehearse.notice_memo_question",
	programme.NoticeMemoAsked:        "rehearse.notice_memo_question",
	programme.NoticeMemoAnswer:       "rehearse.notice_memo_answer",
	programme.NoticeMemoDigest:       "rehearse.notice_memo_digest",
	programme.NoticeHiddenChanged:    "rehearse.notice_hidden_changed",
	programme.NoticeWallStands:       "rehearse.notice_wall_stands",
	programme.NoticeMemoHelp:         "rehearse.notice_memo_help",
	programme.NoticeMemoDue:          "rehearse.notice_memo_due",
	programme.NoticeMemoOverdue:      "rehearse.notice_memo_overdue",
	programme.NoticeConsentAsk:       "rehearse.notice_consent_ask",
	programme.NoticeConsentChanged:   "rehearse.notice_consent_changed",
	programme.NoticeConsentProof:     "rehearse.notice_consent_proof",
	programme.NoticeConsentPaper:     "rehearse.notice_consent_paper",
	programme.NoticeConsentReworded:  "rehearse.notice_consent_reworded",
	programme.NoticeConsentQuestion:  "rehearse.notice_consent_question",
	programme.NoticeConsentWithdrawn: "rehearse.notice_consent_withdrawn",
	programme.NoticeHint:             "rehearse.notice_hint",
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
