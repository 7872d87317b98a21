package reminders_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
	"tsugite/reminders"
)

// meetings are the steps of sessions that most tests use.
func meetings(t testing.TB) []reminders.Step {
	return []reminders.Step{
		{ID: "eve", Kind: programme.NoticeSessionReminder, Offset: offset(t, "-1d 10:00")},
		{ID: "hour", Kind: programme.NoticeSessionReminder, Offset: offset(t, "-1h")},
		{ID: "brief", Kind: programme.NoticeSessionBriefing, Offset: offset(t, "-1d 10:00")},
	}
}

// meeting is world with a session of aki and hana, an expert, from 14:00 to 15:00 on
// Friday 18 September 2026, which both were told of on the 1st, and nothing else to
// tell. Friday is followed by a weekend and three holidays.
func meeting(t testing.TB) reminders.Facts {
	f := world(t)
	f.Events, f.Attendance = nil, nil
	f.Rules.BusinessDays, f.Rules.Steps = true, meetings(t)
	for i := range f.People {
		if p := &f.People[i]; p.ID == "hana" {
			p.Name, p.Notified, p.Pledged = "匠 花", "2026-06-01", "2026-06-01"
		} else if p.ID == "aki" {
			p.Name = "檜川 秋"
		}
	}
	f.Sessions = []programme.BookedSession{{
		Session: programme.Session{ID: "s1", Atsugi: "aki", Mentor: "hana", State: programme.SessionBooked},
		Told:    moment(t, "2026-09-01T12:00:00+09:00"),
	}}
	from(t, "2026-09-18T14:00:00+09:00", time.Hour)(&f)
	return f
}

// from has the session begin then, and toldAt has the two be told of it then.
func from(t testing.TB, at string, length time.Duration) func(*reminders.Facts) {
	return func(f *reminders.Facts) {
		start := moment(t, at)
		f.Sessions[0].Span = programme.Span{From: start, Until: start.Add(length)}
	}
}

func toldAt(t testing.TB, at string) func(*reminders.Facts) {
	return func(f *reminders.Facts) { f.Sessions[0].Told = moment(t, at) }
}

func TestPlanOfSessions(t *testing.T) {
	const (
		brief     = "session.briefing brief hana 09-17 10:00..09-18 14:00"
		eveAki    = "session.reminder eve aki 09-17 10:00..09-18 13:00"
		eveHana   = "session.reminder eve hana 09-17 10:00..09-18 13:00"
		hourAki   = "session.reminder hour aki 09-18 13:00..09-18 14:00"
		hourHana  = "session.reminder hour hana 09-18 13:00..09-18 14:00"
		afterAki  = "session.after 20260918T0500Z aki 09-18 15:00..09-25 15:00"
		afterHana = "session.after 20260918T0500Z hana 09-18 15:00..09-25 15:00"
		over      = "2026-12-01T00:00:00+09:00"
	)
	for _, c := range []struct {
		rule   string
		now    string
		change func(*reminders.Facts)
		want   []string
	}{
		{"nothing before the first step", "2026-09-17T09:59:59+09:00", nil, nil},
		{"the day before, both are reminded and the expert is briefed", "2026-09-17T10:00:00+09:00", nil, []string{brief, eveAki, eveHana}},
		{"an hour before, both; then both are asked whether it took place", over, nil,
			[]string{brief, eveAki, eveHana, hourAki, hourHana, afterAki, afterHana}},
		{"not asked before it is over", "2026-09-18T14:59:59+09:00", nil, []string{brief, eveAki, eveHana, hourAki, hourHana}},
		{"nothing without an agreed time", over, func(f *reminders.Facts) { f.Sessions[0].State = programme.SessionOpen }, nil},
		{"nothing of one that was called off", over, func(f *reminders.Facts) { f.Sessions[0].State = programme.SessionCancelled }, nil},
		{"who said whether it took place is not asked", over, func(f *reminders.Facts) { f.Sessions[0].AtsugiSays = programme.SaysNotHeld },
			[]string{brief, eveAki, eveHana, hourAki, hourHana, afterHana}},
		{"nor is the expert who did", over, func(f *reminders.Facts) { f.Sessions[0].MentorSays = programme.SaysHeld },
			[]string{brief, eveAki, eveHana, hourAki, hourHana, afterAki}},
		{"an expert without a pledge gets nothing", over, func(f *reminders.Facts) {
			f.People[slices.IndexFunc(f.People, func(p programme.Person) bool { return p.ID == "hana" })].Pledged = "2026-09-18"
		}, []string{eveAki, hourAki, hourHana, afterAki, afterHana}},
		{"nor does who cannot be reached", over, func(f *reminders.Facts) { f.Sessions[0].Atsugi = "gen" }, []string{brief, eveHana, hourHana, afterHana}},

		{"agreed on the day before at noon: no reminder of that morning, but a briefing at once", over, toldAt(t, "2026-09-17T12:00:00+09:00"), []string{
			"session.briefing brief hana 09-17 12:00..09-18 14:00", hourAki, hourHana, afterAki, afterHana}},
		{"agreed on just before the reminder: they know", over, toldAt(t, "2026-09-17T09:00:01+09:00"), []string{
			brief, hourAki, hourHana, afterAki, afterHana}},
		{"agreed on an hour before it", over, toldAt(t, "2026-09-17T09:00:00+09:00"),
			[]string{brief, eveAki, eveHana, hourAki, hourHana, afterAki, afterHana}},
		{"agreed on in the night: the briefing comes in the morning", over, toldAt(t, "2026-09-18T02:00:00+09:00"), []string{
			"session.briefing brief hana 09-18 07:30..09-18 14:00", hourAki, hourHana, afterAki, afterHana}},
		{"agreed on within the last hour and in the night: nothing but the question", over, func(f *reminders.Facts) {
			from(t, "2026-09-18T07:00:00+09:00", time.Hour)(f)
			toldAt(t, "2026-09-18T06:30:00+09:00")(f)
		}, []string{"session.after 20260917T2200Z aki 09-18 08:00..09-25 08:00", "session.after 20260917T2200Z hana 09-18 08:00..09-25 08:00"}},

		{"the day before a working Monday is the Friday; the hour before stays", over, from(t, "2026-10-05T09:00:00+09:00", time.Hour), []string{
			"session.briefing brief hana 10-02 10:00..10-05 09:00", "session.reminder eve aki 10-02 10:00..10-05 08:00", "session.reminder eve hana 10-02 10:00..10-05 08:00",
			"session.reminder hour aki 10-05 08:00..10-05 09:00", "session.reminder hour hana 10-05 08:00..10-05 09:00",
			"session.after 20261005T0000Z aki 10-05 10:00..10-12 10:00", "session.after 20261005T0000Z hana 10-05 10:00..10-12 10:00"}},
		{"the hour before an early session is the evening", over, from(t, "2026-09-18T08:00:00+09:00", time.Hour), []string{
			brief[:len(brief)-5] + "08:00", "session.reminder eve aki 09-17 10:00..09-17 20:30", "session.reminder eve hana 09-17 10:00..09-17 20:30",
			"session.reminder hour aki 09-17 20:30..09-18 08:00", "session.reminder hour hana 09-17 20:30..09-18 08:00",
			"session.after 20260917T2300Z aki 09-18 09:00..09-25 09:00", "session.after 20260917T2300Z hana 09-18 09:00..09-25 09:00"}},
		{"of a late session people are asked in the morning, on a holiday too", over, from(t, "2026-09-18T20:30:00+09:00", 45*time.Minute), []string{
			brief[:len(brief)-5] + "20:30", "session.reminder eve aki 09-17 10:00..09-18 19:30", "session.reminder eve hana 09-17 10:00..09-18 19:30",
			"session.reminder hour aki 09-18 19:30..09-18 20:30", "session.reminder hour hana 09-18 19:30..09-18 20:30",
			"session.after 20260918T1130Z aki 09-19 07:30..09-25 21:15", "session.after 20260918T1130Z hana 09-19 07:30..09-25 21:15"}},
		{"across midnight", over, func(f *reminders.Facts) {
			f.Rules.Quiet = quiet(t, "")
			from(t, "2026-09-17T23:30:00+09:00", time.Hour)(f)
		}, []string{
			"session.briefing brief hana 09-16 10:00..09-17 23:30", "session.reminder eve aki 09-16 10:00..09-17 22:30", "session.reminder eve hana 09-16 10:00..09-17 22:30",
			"session.reminder hour aki 09-17 22:30..09-17 23:30", "session.reminder hour hana 09-17 22:30..09-17 23:30",
			"session.after 20260917T1430Z aki 09-18 00:30..09-25 00:30", "session.after 20260917T1430Z hana 09-18 00:30..09-25 00:30"}},

		{"on hold, all of it", over, func(f *reminders.Facts) {
			f.Overrides = []programme.Override{{Subject: "s1", Action: programme.OverrideHold}}
		}, nil},
		{"one skipped", over, func(f *reminders.Facts) {
			f.Overrides = []programme.Override{{Subject: "s1", Kind: programme.NoticeSessionReminder, Occasion: "eve@20260918T0500Z", Action: programme.OverrideSkip}}
		}, []string{brief, hourAki, hourHana, afterAki, afterHana}},
		{"a briefing sent early, but not before they agreed", over, func(f *reminders.Facts) {
			f.Overrides = []programme.Override{{Subject: "s1", Kind: programme.NoticeSessionBriefing, Occasion: "brief@20260918T0500Z",
				Action: programme.OverrideEarly, At: moment(t, "2026-08-20T12:00:00+09:00")}}
		}, []string{"session.briefing brief hana 09-01 12:00..09-18 14:00", eveAki, eveHana, hourAki, hourHana, afterAki, afterHana}},
		{"nor a reminder within an hour of it", over, func(f *reminders.Facts) {
			f.Overrides = []programme.Override{{Subject: "s1", Kind: programme.NoticeSessionReminder, Occasion: "eve@20260918T0500Z",
				Action: programme.OverrideEarly, At: moment(t, "2026-09-01T12:10:00+09:00")}}
		}, []string{"session.reminder eve aki 09-01 13:00..09-18 13:00", "session.reminder eve hana 09-01 13:00..09-18 13:00",
			brief, hourAki, hourHana, afterAki, afterHana}},
		{"after an outage, what is still of use", over, func(f *reminders.Facts) { f.Since = moment(t, "2026-09-18T14:00:00+09:00") },
			[]string{afterAki, afterHana}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := meeting(t)
			if c.change != nil {
				c.change(&f)
			}
			samePlan(t, c.want, lines(reminders.Plan(moment(t, c.now), f)))
		})
	}
}

// TestAMovedSessionHasNoticesOfItsOwn: those of the time that was given up are in the
// plan no more.
func TestAMovedSessionHasNoticesOfItsOwn(t *testing.T) {
	f := meeting(t)
	from(t, "2026-09-30T14:00:00+09:00", time.Hour)(&f)
	toldAt(t, "2026-09-17T15:00:00+09:00")(&f)
	var got []string
	for _, n := range reminders.Plan(never, f) {
		got = append(got, n.Occasion)
	}
	want := []string{"brief@20260930T0500Z", "eve@20260930T0500Z", "eve@20260930T0500Z",
		"hour@20260930T0500Z", "hour@20260930T0500Z", "20260930T0500Z", "20260930T0500Z"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("occasions (-want +got):\n%s", diff)
	}
}

func TestNextOfSessions(t *testing.T) {
	f := meeting(t)
	now := f.Sessions[0].Told
	for _, w := range []string{"2026-09-17T10:00:00+09:00", "2026-09-18T13:00:00+09:00", "2026-09-18T15:00:00+09:00"} {
		at, ok := reminders.Next(now, f)
		if !ok || !at.Equal(moment(t, w)) {
			t.Fatalf("after %v comes %v %v, want %s", now, at, ok, w)
		}
		now = at
	}
	if at, ok := reminders.Next(now, f); ok {
		t.Errorf("after the question comes %v", at)
	}
	f.Sessions[0].Atsugi, f.Sessions[0].Mentor = "gen", "fumi"
	if at, ok := reminders.Next(f.Sessions[0].Told, f); ok {
		t.Errorf("woken at %v for nobody", at)
	}
}

func TestUpcomingListsSessions(t *testing.T) {
	f := meeting(t)
	of := func(kind programme.NoticeKind, occasion, due string, people int) programme.Upcoming {
		return programme.Upcoming{Kind: kind, Subject: "s1", Title: "檜川 秋 × 匠 花", Occasion: occasion, Due: moment(t, due).In(f.Zone), People: people}
	}
	want := []programme.Upcoming{
		of(programme.NoticeSessionBriefing, "brief@20260918T0500Z", "2026-09-17T10:00:00+09:00", 1),
		of(programme.NoticeSessionReminder, "eve@20260918T0500Z", "2026-09-17T10:00:00+09:00", 2),
		of(programme.NoticeSessionReminder, "hour@20260918T0500Z", "2026-09-18T13:00:00+09:00", 2),
	}
	same := cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })
	if diff := cmp.Diff(want, reminders.Upcoming(f.Sessions[0].Told, f, 3), same); diff != "" {
		t.Errorf("upcoming (-want +got):\n%s", diff)
	}
}
