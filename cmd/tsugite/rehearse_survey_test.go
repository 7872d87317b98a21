package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pulse is a survey of one question that is open for two weeks.
const pulse = `
id: pulse
title: {ja: 近況, en: Pulse}
intro: {ja: 近況を教えてください。, en: How are you?}
minutes: 1
open_days: 14
audience: {roles: [atsugi]}
questions:
  - {id: well, kind: yes_no, words: {ja: 順調ですか。, en: Are you well?}}
`

const pulseYear = smallYear + `    - {id: survey-1w, kind: survey, offset: "-7d 10:00"}
    - {id: survey-2bd, kind: survey, offset: "-2bd 10:00"}
  business_days: true
surveys: [pulse.yaml]
`

const pulseScript = `
surveys:
  - {share: 100, after: 3h, does: answer}
silent: [U0RENREN]
acts:
  - {at: 2026-10-05 22:00, survey: pulse}
`

// TestWhoDoesNotAnswerIsChased: the survey goes out at night, so it is there in the
// morning, and closes on Monday 19 October. Akane answers; Ren is chased before the
// holiday of the 12th and on Thursday the 15th, and no more.
func TestWhoDoesNotAnswerIsChased(t *testing.T) {
	lines := rehearseFiles(t, map[string]string{
		"c.yaml": pulseYear, "p.csv": smallPeople, "s.yaml": pulseScript, "pulse.yaml": pulse,
	})
	var got []string
	for _, r := range lines {
		if r.Notice != nil && strings.HasPrefix(*r.Notice, "survey.") && r.Kind == "message" {
			got = append(got, r.At[:13]+r.short()[16:]) // by the hour: people have their own pace
		}
		if r.Kind == "warning" && strings.Contains(string(r.Payload), "quiet_hours") {
			t.Errorf("a message at night: %s", r.Payload)
		}
	}
	want := []string{
		"2026-10-06T08 message U0AKANE survey.invite",
		"2026-10-06T08 message U0RENREN survey.invite",
		"2026-10-06T11 message U0AKANE survey.question",
		"2026-10-06T11 message U0AKANE survey.receipt",
		"2026-10-09T10 message U0RENREN survey.chase",
		"2026-10-15T10 message U0RENREN survey.chase",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
