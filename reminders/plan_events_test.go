package reminders_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
	"tsugite/reminders"
)

// afterwards are the steps that follow an event.
func afterwards(t testing.TB) []reminders.Step {
	step := func(id string, kind programme.NoticeKind, at string) reminders.Step {
		return reminders.Step{ID: id, Kind: kind, Offset: offset(t, at)}
	}
	return []reminders.Step{
		step("thanks", programme.NoticeEventThanks, "+1bd 10:00"),
		step("catch-up", programme.NoticeEventCatchUp, "+1bd 10:00"),
		step("memo", programme.NoticeEventMemo, "+1bd 10:00"),
	}
}

// samePlan compares plans that lines or whole wrote down.
func samePlan(t *testing.T, want, got []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
		t.Errorf("plan (-want +got):\n%s", diff)
	}
}

// override is the coordinator's word about one step of the workshop.
func override(t testing.TB, action programme.OverrideAction, kind programme.NoticeKind, step, at string) programme.Override {
	return programme.Override{Subject: "ws1", Kind: kind, Occasion: step + "@20260918T0500Z", Action: action, At: moment(t, at)}
}

// TestWhoIsToldBeforeAnEvent has the plan of the eve: the question of three days
// before, and the reminder of the evening.
func TestWhoIsToldBeforeAnEvent(t *testing.T) {
	const eve = "2026-09-17T18:00:00+09:00"
	askBun, askDai := "ask ask-3d bun 09-15 10:00..09-18 14:00", "ask ask-3d dai 09-15 10:00..09-18 14:00"
	eveAki, eveEri := "reminder eve aki 09-17 17:00..09-18 13:00", "reminder eve eri 09-17 17:00..09-18 13:00"
	for _, c := range []struct {
		rule   string
		change func(*reminders.Facts)
		want   []string
	}{
		{"as things stand", nil, []string{askBun, askDai, eveAki, eveEri}},
		{"who waits for a place is reminded and asked no more", func(f *reminders.Facts) {
			f.Attendance[2].Answer = programme.Waiting // dai
		}, []string{askBun, eveAki, "reminder eve dai 09-17 17:00..09-18 13:00", eveEri}},
		{"who comes from outside the audience is reminded", func(f *reminders.Facts) {
			f.Attendance = append(f.Attendance, programme.Attendance{Event: "ws1", Person: "hana", Answer: programme.Yes})
		}, []string{askBun, askDai, eveAki, eveEri, "reminder eve hana 09-17 17:00..09-18 13:00"}},
		{"a speaker is reminded, whenever the status was last changed, and not asked", func(f *reminders.Facts) {
			f.Speakers = []programme.Speaker{
				{Event: "ws1", Person: "hana", Status: programme.SpeakerTravel, At: moment(t, "2026-09-17T17:30:00+09:00")},
				{Event: "ws1", Person: "bun", Status: programme.SpeakerAgreed},
			}
		}, []string{askDai, eveAki, "reminder eve bun 09-17 17:00..09-18 13:00", eveEri, "reminder eve hana 09-17 17:00..09-18 13:00"}},
		{"who was asked to speak, or declined, is no speaker", func(f *reminders.Facts) {
			f.Speakers = []programme.Speaker{
				{Event: "ws1", Person: "hana", Status: programme.SpeakerAsked}, {Event: "ws1", Person: "bun", Status: programme.SpeakerDeclined}}
		}, []string{askBun, askDai, eveAki, eveEri}},
		{"a speaker who said no is left in peace", func(f *reminders.Facts) {
			f.Speakers = []programme.Speaker{{Event: "ws1", Person: "chi", Status: programme.SpeakerAgreed}}
		}, []string{askBun, askDai, eveAki, eveEri}},
		{"nobody is asked once registration is over", func(f *reminders.Facts) {
			f.Events[0].Deadline = moment(t, "2026-09-16T17:00:00+09:00")
		}, []string{"ask ask-3d bun 09-15 10:00..09-16 17:00", "ask ask-3d dai 09-15 10:00..09-16 17:00", eveAki, eveEri}},
		{"a question due after the registration is none", func(f *reminders.Facts) {
			f.Events[0].Deadline = moment(t, "2026-09-15T10:00:00+09:00")
		}, []string{eveAki, eveEri}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := world(t)
			f.Since = moment(t, "2026-09-15T10:00:00+09:00")
			if c.change != nil {
				c.change(&f)
			}
			samePlan(t, c.want, lines(reminders.Plan(moment(t, eve), f)))
		})
	}
}

// TestWhatFollowsAnEvent has the plan of a week later. 18 September 2026 is a
// Friday; Monday to Wednesday after it are holidays, so the next business day is
// Thursday 24.
func TestWhatFollowsAnEvent(t *testing.T) {
	const week = "2026-09-26T09:00:00+09:00"
	memo := "memo memo  09-24 10:00..10-08 10:00"
	thanks := func(who string) string { return "thanks thanks " + who + " 09-24 10:00..10-08 10:00" }
	catchUp := func(who string) string { return "catch_up catch-up " + who + " 09-24 10:00..10-08 10:00" }
	materials := func(f *reminders.Facts) { f.Events[0].Materials = "https://example.jp/1" }
	came := func(f *reminders.Facts, who ...programme.AttendeeID) {
		for _, id := range who {
			f.Arrivals = append(f.Arrivals, programme.Arrival{Event: "ws1", Attendee: id})
		}
	}
	said := func(f *reminders.Facts, i int, a programme.Coming, at string) {
		f.Attendance[i].Answer, f.Attendance[i].At = a, moment(t, at)
	}
	for _, c := range []struct {
		rule   string
		change func(*reminders.Facts)
		want   []string
	}{
		{"without a check-in, who said they come is thanked", nil, []string{memo, thanks("aki"), thanks("eri")}},
		{"and who speaks", func(f *reminders.Facts) {
			f.Speakers = []programme.Speaker{{Event: "ws1", Person: "hana", Status: programme.SpeakerAgreed}}
		}, []string{memo, thanks("aki"), thanks("eri"), thanks("hana")}},
		{"with one, who was there, whatever they had said", func(f *reminders.Facts) { came(f, "aki", "bun", "chi", "gen") },
			[]string{memo, thanks("aki"), thanks("bun"), thanks("chi")}},
		{"a guest's arrival is a check-in, too", func(f *reminders.Facts) { came(f, "01GUEST") }, []string{memo}},
		{"materials for who said no at the last moment", func(f *reminders.Facts) {
			materials(f)
			said(f, 1, programme.No, "2026-09-17T00:00:00+09:00")
			said(f, 2, programme.No, "2026-09-16T23:59:59+09:00")
		}, []string{catchUp("chi"), memo, thanks("aki"), thanks("eri")}},
		{"and for who was missed although others were ticked", func(f *reminders.Facts) {
			materials(f)
			came(f, "aki")
			said(f, 2, programme.Waiting, "2026-09-01T00:00:00+09:00")
		}, []string{catchUp("eri"), memo, thanks("aki")}},
		{"but who said no and came all the same was there", func(f *reminders.Facts) {
			materials(f)
			came(f, "chi", "aki", "eri")
			said(f, 1, programme.No, "2026-09-18T09:00:00+09:00")
		}, []string{memo, thanks("aki"), thanks("chi"), thanks("eri")}},
		{"nothing of an event that was cancelled", func(f *reminders.Facts) { f.Events[0].Cancelled = f.Events[0].Start }, nil},
		{"nothing of an event from before the programme was kept here", func(f *reminders.Facts) {
			f.From = moment(t, "2026-09-18T17:00:01+09:00")
		}, nil},
		{"never before the end", func(f *reminders.Facts) {
			f.Rules.Steps = afterwards(t)[2:]
			f.Rules.Steps[0].Offset = offset(t, "0d 16:00")
		}, []string{"memo memo  09-18 17:00..10-02 17:00"}},
		{"hours ignore holidays", func(f *reminders.Facts) {
			f.Rules.BusinessDays, f.Rules.Steps = true, afterwards(t)[2:]
			f.Rules.Steps[0].Offset = offset(t, "+24h")
		}, []string{"memo memo  09-19 17:00..10-03 17:00"}},
		{"days do not", func(f *reminders.Facts) {
			f.Rules.BusinessDays, f.Rules.Steps = true, afterwards(t)[2:]
			f.Rules.Steps[0].Offset = offset(t, "+1d 10:00")
		}, []string{"memo memo  09-24 10:00..10-08 10:00"}},
		{"nothing in the night: the next morning", func(f *reminders.Facts) {
			f.Rules.Steps = afterwards(t)[2:]
			f.Rules.Steps[0].Offset = offset(t, "+5h")
		}, []string{"memo memo  09-19 07:30..10-03 07:30"}},
		{"the next morning that people work", func(f *reminders.Facts) {
			f.Rules.BusinessDays, f.Rules.Steps = true, afterwards(t)[2:]
			f.Events[0].Start, f.Events[0].End = moment(t, "2026-09-17T14:00:00+09:00"), moment(t, "2026-09-17T17:00:00+09:00")
			f.Rules.Steps[0].Offset = offset(t, "+1d 22:00") // Friday night, before five days off
		}, []string{"memo memo  09-24 07:30..10-08 07:30"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := world(t)
			f.Rules.Steps = afterwards(t)
			if c.change != nil {
				c.change(&f)
			}
			samePlan(t, c.want, lines(reminders.Plan(moment(t, week), f)))
		})
	}
}

func TestWhatFollowsAnEventOverTheYearEnd(t *testing.T) {
	f := world(t)
	f.Rules.Closed, f.Rules.Steps = []reminders.Period{period(t, "12-29..01-03")}, afterwards(t)[2:]
	f.Events[0].Start, f.Events[0].End = moment(t, "2026-12-28T14:00:00+09:00"), moment(t, "2026-12-28T17:00:00+09:00")
	want := []string{"memo memo  01-04 10:00..01-18 10:00"} // a Monday
	samePlan(t, want, lines(reminders.Plan(never, f)))
}

func TestTheCoordinatorDecides(t *testing.T) {
	ask, remind := programme.NoticeEventAsk, programme.NoticeEventReminder
	ask2w := []string{"ask ask-2w bun 09-04 10:00..09-15 10:00", "ask ask-2w dai 09-04 10:00..09-15 10:00"}
	ask3d := []string{"ask ask-3d bun 09-15 10:00..09-18 14:00", "ask ask-3d dai 09-15 10:00..09-18 14:00"}
	eve := []string{"reminder eve aki 09-17 17:00..09-18 13:00", "reminder eve eri 09-17 17:00..09-18 13:00"}
	join := func(parts ...[]string) (all []string) {
		for _, p := range parts {
			all = append(all, p...)
		}
		return all
	}
	for _, c := range []struct {
		rule, now string
		overrides []programme.Override
		want      []string
	}{
		{"nothing decided", "2026-09-17T18:00:00+09:00", nil, join(ask2w, ask3d, eve)},
		{"one step is held; the step before it is of use no longer than it was", "2026-09-17T18:00:00+09:00",
			[]programme.Override{override(t, programme.OverrideHold, ask, "ask-3d", "2026-09-10T09:00:00+09:00")}, join(ask2w, eve)},
		{"one step is skipped", "2026-09-17T18:00:00+09:00",
			[]programme.Override{override(t, programme.OverrideSkip, remind, "eve", "2026-09-10T09:00:00+09:00")}, join(ask2w, ask3d)},
		{"everything is held", "2026-09-17T18:00:00+09:00",
			[]programme.Override{{Subject: "ws1", Action: programme.OverrideHold}}, nil},
		{"what is held as a whole stays, even what was to go out early", "2026-09-17T18:00:00+09:00",
			[]programme.Override{{Subject: "ws1", Action: programme.OverrideHold},
				override(t, programme.OverrideEarly, remind, "eve", "2026-09-16T12:00:00+09:00")}, nil},
		{"another event's decision", "2026-09-17T18:00:00+09:00",
			[]programme.Override{{Subject: "ws2", Action: programme.OverrideHold}}, join(ask2w, ask3d, eve)},
		{"a decision about another start", "2026-09-17T18:00:00+09:00",
			[]programme.Override{{Subject: "ws1", Kind: ask, Occasion: "ask-3d@20260917T0500Z", Action: programme.OverrideSkip}}, join(ask2w, ask3d, eve)},
		{"early", "2026-09-16T12:00:00+09:00",
			[]programme.Override{override(t, programme.OverrideEarly, remind, "eve", "2026-09-16T12:00:00+09:00")},
			join(ask2w, ask3d, []string{"reminder eve aki 09-16 12:00..09-18 13:00", "reminder eve eri 09-16 12:00..09-18 13:00"})},
		{"early shortens the step before", "2026-09-12T12:00:00+09:00",
			[]programme.Override{override(t, programme.OverrideEarly, ask, "ask-3d", "2026-09-12T12:00:00+09:00")},
			[]string{"ask ask-2w bun 09-04 10:00..09-12 12:00", "ask ask-2w dai 09-04 10:00..09-12 12:00",
				"ask ask-3d bun 09-12 12:00..09-18 14:00", "ask ask-3d dai 09-12 12:00..09-18 14:00"}},
		{"early overtakes the step before", "2026-09-05T12:00:00+09:00",
			[]programme.Override{override(t, programme.OverrideEarly, ask, "ask-3d", "2026-09-02T12:00:00+09:00")},
			[]string{"ask ask-3d bun 09-02 12:00..09-18 14:00", "ask ask-3d dai 09-02 12:00..09-18 14:00"}},
		{"early at night is in the morning", "2026-09-17T07:30:00+09:00",
			[]programme.Override{override(t, programme.OverrideEarly, remind, "eve", "2026-09-16T22:00:00+09:00")},
			join(ask2w, ask3d, []string{"reminder eve aki 09-17 07:30..09-18 13:00", "reminder eve eri 09-17 07:30..09-18 13:00"})},
		{"early is never late", "2026-09-17T18:00:00+09:00",
			[]programme.Override{override(t, programme.OverrideEarly, remind, "eve", "2026-09-17T17:30:00+09:00")}, join(ask2w, ask3d, eve)},
		{"early is not before the event is known", "2026-08-02T12:00:00+09:00",
			[]programme.Override{override(t, programme.OverrideEarly, ask, "ask-2w", "2026-07-20T12:00:00+09:00")},
			[]string{"ask ask-2w bun 08-01 07:30..09-15 10:00"}}, // dai answered on 20 August
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := world(t)
			f.Overrides = c.overrides
			samePlan(t, c.want, lines(reminders.Plan(moment(t, c.now), f)))
		})
	}
}

// TestThanksAreNotSentBeforeTheEnd: whoever presses "early" for them.
func TestThanksAreNotSentBeforeTheEnd(t *testing.T) {
	f := world(t)
	f.Rules.Steps = afterwards(t)[2:]
	f.Overrides = []programme.Override{override(t, programme.OverrideEarly, programme.NoticeEventMemo, "memo", "2026-09-10T09:00:00+09:00")}
	want := []string{"memo memo  09-18 17:00..10-08 10:00"}
	samePlan(t, want, lines(reminders.Plan(never, f)))
}

func TestUpcoming(t *testing.T) {
	f := world(t)
	for i := range f.Events {
		f.Events[i].Title = "見学会"
	}
	f.Rules.Steps = append(f.Rules.Steps, afterwards(t)...)
	f.Overrides = []programme.Override{
		override(t, programme.OverrideHold, programme.NoticeEventAsk, "ask-2w", "2026-09-01T09:00:00+09:00"),
		override(t, programme.OverrideSkip, programme.NoticeEventReminder, "hour", "2026-09-01T09:00:00+09:00"),
	}
	up := func(kind programme.NoticeKind, step, due string, people int, action programme.OverrideAction) programme.Upcoming {
		return programme.Upcoming{Kind: kind, Subject: "ws1", Title: "見学会", Occasion: step + "@20260918T0500Z", Due: moment(t, due), People: people, Action: action}
	}
	want := []programme.Upcoming{
		up(programme.NoticeEventAsk, "ask-2w", "2026-09-04T10:00:00+09:00", 2, programme.OverrideHold),
		up(programme.NoticeEventAsk, "ask-3d", "2026-09-15T10:00:00+09:00", 2, ""),
		up(programme.NoticeEventReminder, "eve", "2026-09-17T17:00:00+09:00", 2, ""),
		up(programme.NoticeEventReminder, "hour", "2026-09-18T13:00:00+09:00", 2, programme.OverrideSkip),
		up(programme.NoticeEventMemo, "memo", "2026-09-24T10:00:00+09:00", 1, ""),
		up(programme.NoticeEventThanks, "thanks", "2026-09-24T10:00:00+09:00", 2, ""),
	}
	same := cmp.Comparer(func(a, b programme.Upcoming) bool {
		at := a.Due.Equal(b.Due)
		a.Due = b.Due
		return at && a == b
	})
	for now, rest := range map[string][]programme.Upcoming{
		"2026-09-04T09:59:00+09:00": want,
		"2026-09-04T10:00:00+09:00": want,     // held: still listed
		"2026-09-15T10:00:00+09:00": want[2:], // held, and of no more use
		"2026-09-18T13:00:00+09:00": want[4:], // skipped: history
	} {
		if diff := cmp.Diff(rest, reminders.Upcoming(moment(t, now), f, 10), same); diff != "" {
			t.Errorf("at %s (-want +got):\n%s", now, diff)
		}
	}
	if diff := cmp.Diff(want[:3], reminders.Upcoming(moment(t, "2026-09-04T09:59:00+09:00"), f, 3), same); diff != "" {
		t.Errorf("three (-want +got):\n%s", diff)
	}
}
