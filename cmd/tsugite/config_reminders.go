package main

import (
	"cmp"
	"fmt"
	"slices"

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
	"tsugite/reminders"
)

func readReminders(c *Config, m *strict.Map) {
	c.Rules = reminders.Rules{Steps: defaultSteps(), KeyDates: offsets("-14d 10:00", "-3bd 10:00", "0d 09:00")}
	c.Rules.Quiet = readWith(m.Get("quiet_hours"), "21:00-08:00", reminders.ParseQuietHours)
	c.Rules.BusinessDays = m.Get("business_days").Bool()
	for _, v := range m.Get("closed").List() {
		c.Rules.Closed = append(c.Rules.Closed, readWith(v, "", reminders.ParsePeriod))
	}
	if v := m.Get("steps"); v.Given() {
		c.Rules.Steps = readSteps(v)
	}
	c.Rules.Digests = readDigests(m.Get("digests"))
	if v := m.Get("key_dates"); v.Given() {
		c.Rules.KeyDates = readOffsets(v)
	}
	if err := c.Rules.Check(); err != nil && m.Given() && m.Sound() {
		m.Fault(err.Error(), "")
	}
}

// readWith parses a text whose parser says what to write; absent, it is fallback.
func readWith[T any](v strict.Value, fallback string, parse func(string) (T, error)) T {
	s := fallback
	if v.Given() {
		s = v.Text()
	}
	out, err := parse(s)
	if err != nil {
		v.Fault(err.Error(), "")
	}
	return out
}

// offsets are ours, not a file's: one that is none is the zero Offset, which
// Rules.Check refuses, and a test sees that.
func offsets(texts ...string) []reminders.Offset {
	out := make([]reminders.Offset, len(texts))
	for i, s := range texts {
		if o, err := reminders.ParseOffset(s); err == nil {
			out[i] = o
		}
	}
	return out
}

func readOffsets(v strict.Value) []reminders.Offset {
	out := []reminders.Offset{}
	for _, item := range v.List() {
		out = append(out, readWith(item, "0d 09:00", reminders.ParseOffset))
	}
	return out
}

// defaultSteps ask early and remind late; the day before is the one that a busy
// workshop owner acts on. On the working day after, people are thanked, who could
// not come gets the materials, and the office is told of the memo to write. Who has
// not answered a survey hears of it a week before it closes, and once more. The two
// of a session are reminded twice, and its expert gets a page about the atsugi.
func defaultSteps() []reminders.Step {
	step := func(id string, kind programme.NoticeKind, offset string) reminders.Step {
		return reminders.Step{ID: id, Kind: kind, Offset: offsets(offset)[0]}
	}
	return []reminders.Step{
		step("ask-2w", programme.NoticeEventAsk, "-14d 10:00"),
		step("ask-1d", programme.NoticeEventAsk, "-1d 10:00"),
		step("remind-1d", programme.NoticeEventReminder, "-1d 10:00"),
		step("remind-1h", programme.NoticeEventReminder, "-1h"),
		step("thanks", programme.NoticeEventThanks, "+1bd 10:00"),
		step("catch-up", programme.NoticeEventCatchUp, "+1bd 10:00"),
		step("memo", programme.NoticeEventMemo, "+1bd 10:00"),
		step("survey-1w", programme.NoticeSurveyChase, "-7d 10:00"),
		step("survey-2bd", programme.NoticeSurveyChase, "-2bd 10:00"),
		step("session-1d", programme.NoticeSessionReminder, "-1d 10:00"),
		step("session-1h", programme.NoticeSessionReminder, "-1h"),
		step("briefing-1d", programme.NoticeSessionBriefing, "-1d 10:00"),
	}
}

// stepKinds are the words for what a step does: whoever has not answered is asked,
// whoever comes is reminded, whoever was there is thanked, whoever could not come
// catches up, and the office writes its memo. Whoever has not answered a survey is
// chased. The two of a session are reminded, and its expert is briefed.
var stepKinds = map[string]programme.NoticeKind{
	"ask": programme.NoticeEventAsk, "reminder": programme.NoticeEventReminder,
	"thanks": programme.NoticeEventThanks, "catch_up": programme.NoticeEventCatchUp, "memo": programme.NoticeEventMemo,
	"survey": programme.NoticeSurveyChase, "session": programme.NoticeSessionReminder, "briefing": programme.NoticeSessionBriefing,
}

func readSteps(v strict.Value) []reminders.Step {
	var steps []reminders.Step
	for _, item := range v.List() {
		m := item.Map()
		s := reminders.Step{
			ID:     readID(m.Need("id")),
			Kind:   stepKinds[m.Need("kind").OneOf("ask", "reminder", "thanks", "catch_up", "memo", "survey", "session", "briefing")],
			Offset: readWith(m.Need("offset"), "-1d", reminders.ParseOffset),
		}
		for _, k := range m.Get("events").List() {
			if word := k.OneOf(words(programme.EventKinds)...); word != "" {
				s.Events = append(s.Events, programme.EventKind(word))
			}
		}
		steps = append(steps, s)
	}
	return steps
}

// digestKinds are the words for who gets which digest.
var digestKinds = map[string]programme.NoticeKind{
	"week": programme.NoticeDigestWeek, "month": programme.NoticeDigestMonth, "support": programme.NoticeDigestSupport,
}

func readDigests(v strict.Value) []reminders.Digest {
	var digests []reminders.Digest
	for _, item := range v.List() {
		m := item.Map()
		digests = append(digests, reminders.Digest{
			ID:       readID(m.Need("id")),
			Kind:     digestKinds[m.Need("kind").OneOf("week", "month", "support")],
			Schedule: readWith(m.Need("cron"), "0 9 * * 1", reminders.ParseSchedule),
		})
	}
	return digests
}

// readKeyDates reads the programme's deadlines, once it is known which days people
// work. Unless said otherwise they are the coordinator's.
func readKeyDates(c *Config, v strict.Value) {
	calendar := reminders.NewCalendar(c.settings.Zone, c.Rules.Closed)
	taken := map[string]string{}
	for _, e := range c.events {
		taken[string(e.ID)] = "an event"
	}
	for _, d := range c.Rules.Digests {
		taken[d.ID] = "a digest"
	}
	for _, item := range v.List() {
		m := item.Map()
		id, date := m.Need("id"), m.Need("date")
		k := programme.KeyDate{
			ID: readID(id), Title: m.Need("title").TextUpTo(maxTitle), Date: readDate(date),
			For: programme.Audience{Roles: []programme.Role{programme.Coordinator}},
		}
		if a := m.Get("audience"); a.Given() {
			k.For = readAudience(a.Map())
		}
		k.WorkBy = calendar.WorkBy(k.Date)
		switch what := taken[k.ID]; {
		case k.ID != "" && what != "":
			id.Fault(fmt.Sprintf("%s has the id %q", what, k.ID), "give the key date an id of its own and never change it")
		case k.Date != "" && k.Date < c.settings.Contract:
			date.Fault("is before the contract of "+string(c.settings.Contract), "check the year")
		}
		if own := m.Get("reminders"); own.Given() {
			readKeyDateSteps(c, k.ID, own)
		}
		taken[k.ID] = "another key date"
		c.settings.KeyDates = append(c.settings.KeyDates, k)
	}
	slices.SortStableFunc(c.settings.KeyDates, func(a, b programme.KeyDate) int {
		return cmp.Compare(a.Date, b.Date)
	})
}

func readKeyDateSteps(c *Config, id string, v strict.Value) {
	steps := readOffsets(v)
	if err := (reminders.Rules{KeyDates: steps}).Check(); err != nil {
		v.Fault(err.Error(), "")
		return
	}
	if c.Rules.KeyDatesOf == nil {
		c.Rules.KeyDatesOf = map[string][]reminders.Offset{}
	}
	c.Rules.KeyDatesOf[id] = steps
}
