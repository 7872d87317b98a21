package main

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	ical "github.com/emersion/go-ical"

	"tsugite/programme"
	"tsugite/rehearsal"
)

// entries are the calendar files that somebody was sent, oldest first, as another's
// parser reads them: METHOD, SEQUENCE, STATUS, start and end in UTC.
func (a actor) entries() (out []entryRead) {
	a.t.Helper()
	var state struct {
		Channels []struct {
			Messages []struct {
				Files []struct{ ID, Filetype string }
			}
		}
	}
	a.call("GET", "_/state?as="+a.id, nil, &state)
	for _, c := range state.Channels {
		for _, m := range c.Messages {
			for _, f := range m.Files {
				if f.Filetype == "ics" {
					out = append(out, a.entry(f.ID))
				}
			}
		}
	}
	return out
}

type entryRead struct {
	Method, Seq, Status, Start, End, UID, Attendee, Title string
	whole                                                 string
}

func (e entryRead) line() string {
	return strings.Join([]string{e.Method, e.Seq, e.Status, e.Start, e.End}, " ")
}

func (a actor) entry(id string) entryRead {
	a.t.Helper()
	resp, err := http.Get(a.base + "_/files/" + id + "?as=" + a.id)
	check(a.t, err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	check(a.t, err)
	c, err := ical.NewDecoder(bytes.NewReader(data)).Decode()
	if err != nil || len(c.Events()) != 1 {
		a.t.Fatalf("the file is no entry: %v\n%s", err, data)
	}
	p := c.Events()[0].Props
	value := func(name string) string {
		if v := p.Get(name); v != nil {
			return v.Value
		}
		return ""
	}
	title, err := p.Text("SUMMARY")
	check(a.t, err)
	return entryRead{
		Method: c.Props.Get("METHOD").Value, Seq: value("SEQUENCE"), Status: value("STATUS"), Start: value("DTSTART"), End: value("DTEND"),
		UID: value("UID"), Attendee: value("ATTENDEE"), Title: title, whole: string(data),
	}
}

// engaged arranges follow-up for an atsugi with an expert.
func engaged(t *testing.T, l *local, atsugi, expert string) programme.Engagement {
	t.Helper()
	office := l.demo.app.Office
	e, err := office.MakeEngagement(t.Context(), programme.As(l.person(coordinator).ID), programme.EngagementForm{
		Op: office.NewID(), Atsugi: l.person(atsugi).ID, Mentor: l.person(expert).ID, Sessions: 2,
	})
	check(t, err)
	return e
}

// talked has the office book a session for both, an hour from the moment on.
func talked(t *testing.T, l *local, e programme.Engagement, at string) programme.Session {
	t.Helper()
	office := l.demo.app.Office
	from, err := time.Parse(time.RFC3339, at)
	check(t, err)
	s, err := office.BookSession(t.Context(), programme.As(l.person(coordinator).ID), programme.SessionForm{
		Op: office.NewID(), Engagement: e.ID, Spans: []programme.Span{{From: from, Until: from.Add(time.Hour)}},
		Venue: programme.Venue{Mode: programme.ModeOnline, URL: "https://meet.example.jp/talk"}, Topic: "新しい販路 " + canary,
	})
	check(t, err)
	return s
}

// TestSessionEntriesThroughMoveAndCancel: booked, moved, called off; each of the two gets a
// file each time, of one entry with a higher number.
func TestSessionEntriesThroughMoveAndCancel(t *testing.T) {
	l := openWatched(t)
	office, ctx := l.demo.app.Office, t.Context()
	who := programme.As(l.person(coordinator).ID)
	s := talked(t, l, engaged(t, l, comes, mentor), "2026-10-06T23:30:00+09:00")
	check(t, l.demo.app.Settled(ctx)) // who has no entry yet gets the last one alone
	moved := time.Date(2026, 10, 7, 1, 0, 0, 0, time.UTC)
	s, err := office.BookSession(ctx, who, programme.SessionForm{
		Op: office.NewID(), Session: s.ID, Version: s.Version, Spans: []programme.Span{{From: moved, Until: moved.Add(90 * time.Minute)}},
		Venue: programme.Venue{Mode: programme.ModeOnline, URL: s.URL}, Reason: "ご都合により",
	})
	check(t, err)
	check(t, l.demo.app.Settled(ctx))
	s, err = office.SetVenue(ctx, programme.As(l.person(mentor).ID), s.ID, s.Version, programme.Venue{Mode: programme.ModeOnline, URL: "https://meet.example.jp/other"})
	check(t, err)
	check(t, l.demo.app.Settled(ctx))
	check(t, office.CancelSession(ctx, who, s.ID, s.Version, "大雨のため"))
	check(t, l.demo.app.Settled(ctx))
	want := []string{
		"REQUEST 1 CONFIRMED 20261006T143000Z 20261006T153000Z",
		"REQUEST 2 CONFIRMED 20261007T010000Z 20261007T023000Z",
		"REQUEST 3 CONFIRMED 20261007T010000Z 20261007T023000Z", // in another room
		"CANCEL 4 CANCELLED 20261007T010000Z 20261007T023000Z",
	}
	for _, who := range []string{comes, mentor} {
		var got []string
		for _, e := range l.as(who).entries() {
			got = append(got, e.line())
			if other := strings.Contains(e.whole, "meet.example.jp/other"); other != (e.Seq >= "3") {
				t.Errorf("entry %s of %s has the other room: %v", e.Seq, who, other)
			}
			if e.UID != "session-"+string(s.ID)+"@tsugite.invalid" || e.Attendee != "mailto:"+l.person(who).Email {
				t.Errorf("an entry of %s is of %s for %s", who, e.UID, e.Attendee)
			}
			for _, never := range []string{canary, "桐生谷", "大雨"} {
				if who == comes && strings.Contains(e.whole, never) {
					t.Errorf("a calendar, which others see, holds %q:\n%s", never, e.whole)
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s has\n%s\nwant\n%s", who, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// TestNobodyIsToldOfWhatPassed: booked, moved and called off before anything went out.
func TestNobodyIsToldOfWhatPassed(t *testing.T) {
	l := openWatched(t)
	office, ctx := l.demo.app.Office, t.Context()
	check(t, office.HoldDeliveries(ctx, programme.Operator, true))
	s := talked(t, l, engaged(t, l, comes, mentor), "2026-10-06T18:00:00+09:00")
	check(t, office.CancelSession(ctx, programme.As(l.person(coordinator).ID), s.ID, s.Version, "大雨のため"))
	check(t, office.HoldDeliveries(ctx, programme.Operator, false))
	check(t, l.demo.app.Settled(ctx))
	if n := l.as(comes).heard("日時が決まりました"); n != 0 || len(l.as(comes).entries()) != 0 {
		t.Errorf("told %d times that it is booked; %d entries", n, len(l.as(comes).entries()))
	}
}

// TestAnOldSessionCard: a device that still shows what was proposed before picks nothing,
// and what was called off is not booked after all.
func TestAnOldSessionCard(t *testing.T) {
	l := openWatched(t)
	office, ctx := l.demo.app.Office, t.Context()
	e, him := engaged(t, l, comes, mentor), programme.As(l.person(mentor).ID)
	propose := func(s programme.Session, hour int) programme.Session {
		t.Helper()
		from := time.Date(2026, 10, 6, hour, 0, 0, 0, time.UTC)
		form := programme.SessionForm{Op: office.NewID(), Session: s.ID, Version: s.Version, Venue: programme.Venue{Mode: programme.ModeOnline},
			Spans: []programme.Span{{From: from, Until: from.Add(time.Hour)}}}
		if s.ID == "" {
			form.Engagement = e.ID
		}
		s, err := office.ProposeTimes(ctx, him, form)
		check(t, err)
		return s
	}
	first := propose(programme.Session{}, 3)
	seen := func(s programme.Session) string {
		return string(s.ID) + "|" + s.Proposal.At.UTC().Format(time.RFC3339Nano)
	}
	picked := func(s programme.Session) button {
		return button{"session.pick#a", seen(s) + "|" + s.Proposal.Spans[0].From.UTC().Format(time.RFC3339) + "|"}
	}
	pick, none := picked(first), button{"session.none", seen(first)}
	l.as(coordinator).call("POST", "_/clock", map[string]string{"advance": "5m"}, nil)
	second := propose(first, 5)
	me := l.as(comes)
	for _, old := range []button{pick, none} {
		click := l.forge(t, comes, old)
		l.unchanged(func() { me.hears("候補が変わりました。", func() { me.must("click", click) }) })
	}
	again := l.forge(t, comes, picked(second))
	check(t, office.CancelSession(ctx, him, second.ID, second.Version, "都合により"))
	check(t, l.demo.app.Settled(ctx)) // its cards say so
	l.unchanged(func() {
		me.hears("この個別相談は取りやめになりました。", func() { me.must("click", again) })
	})
}

// TestASessionIsSaidInTheOtherZoneToo: whose Slack is set to London sees both times.
func TestASessionIsSaidInTheOtherZoneToo(t *testing.T) {
	l := openWatchedWith(t, func(cast *rehearsal.Cast) {
		for i := range cast.People {
			if cast.People[i].ID == mentor {
				cast.People[i].TZ = "Europe/London"
			}
		}
	})
	talked(t, l, engaged(t, l, comes, mentor), "2026-10-06T18:00:00+09:00")
	const here, there = "10月6日(火) 18:00〜19:00", "10月6日(火) 10:00〜11:00"
	if _, m := l.as(mentor).told("日時が決まりました"); !strings.Contains(wordsOf(m.Blocks), here) || !strings.Contains(wordsOf(m.Blocks), there) {
		t.Errorf("who is in London sees: %s", wordsOf(m.Blocks))
	}
	if _, m := l.as(comes).told("日時が決まりました"); !strings.Contains(wordsOf(m.Blocks), here) || strings.Contains(wordsOf(m.Blocks), there) {
		t.Errorf("who is in Tokyo sees: %s", wordsOf(m.Blocks))
	}
	me := l.as(mentor)
	eventually(t, "both times on Home", func() (bool, bool) {
		words := wordsOf(me.openHome().Blocks)
		return true, strings.Contains(words, here) && strings.Contains(words, there)
	})
}

// TestForgedSessionButtons: whatever somebody else presses of a session does nothing, and
// tells them no more than that there is none.
func TestForgedSessionButtons(t *testing.T) {
	l := openWatched(t)
	e := engaged(t, l, comes, mentor)
	s := talked(t, l, e, "2026-10-06T18:00:00+09:00")
	id, start := string(s.ID), s.Span.From.UTC().Format(time.RFC3339)
	check(t, l.demo.app.Settled(t.Context()))
	const gone, noEngagement = "この個別相談は見つからないか、ご覧になれません。", "この個別フォローアップは見つかりません。"
	presses := map[string][]button{
		gone: {
			{"session.open", id}, {"session.times", id}, {"session.move", id}, {"session.pick#a", id + "|" + start + "|" + start + "|"},
			{"session.none", id + "|" + start}, {"session.stop", id}, {"session.say#a", id + "|held"}, {"session.words", id},
			{"session.withdraw", id + "|" + start}, {"session.venue", id}, {"session.papers", id}, {"session.kind", id},
		},
		noEngagement: {{"session.new", string(e.ID)}},
		saysNoRight:  {{"session.board", ""}, {"session.book", id}, {"session.book", ""}, {"session.two", ""}},
	}
	for _, who := range []string{silent, "U0MENTOR02"} {
		for says, buttons := range presses {
			for _, press := range buttons {
				t.Run(who+" "+press.action, func(t *testing.T) {
					me := l.as(who).on(t)
					click := l.forge(t, who, press)
					l.unchanged(func() { me.hears(says, func() { me.must("click", click) }) })
				})
			}
		}
	}
	t.Run("a memo of somebody else's session", func(t *testing.T) {
		for who, says := range map[string]string{silent: "メモを書けるのは、事務局と専門家です。", "U0MENTOR02": gone} {
			for _, of := range []string{id, nobodysThing} { // whether there is such a session is not told
				me := l.as(who).on(t)
				click := l.forge(t, who, button{"session.memo", of})
				l.unchanged(func() { me.hears(says, func() { me.must("click", click) }) })
			}
		}
	})
	t.Run("buttons of another shape", func(t *testing.T) {
		me := l.as(comes).on(t)
		for _, press := range []button{
			{"session.pick#a", id}, {"session.pick#a", id + "|" + start + "|"}, {"session.pick#a", id + "|soon|" + start + "|"},
			{"session.none", id}, {"session.say#a", id + "|maybe"},
		} {
			click := l.forge(t, comes, press)
			l.unchanged(func() { me.hears(saysOld, func() { me.must("click", click) }) })
		}
	})
	t.Run("one of the two decides for the other, and for the office", func(t *testing.T) {
		me := l.as(comes).on(t)
		for press, says := range map[button]string{
			{"session.pick#a", id + "|" + start + "|2026-10-07T01:00:00Z|" + string(s.Mentor)}: "候補が変わりました。",
			{"session.book", id}:               saysNoRight,
			{"session.papers", id}:             saysNoRight,
			{"session.kind", id}:               saysNoRight,
			{"session.say#a", id + "|held"}:    "まだ終わっていません。",
			{"session.none", id + "|" + start}: "候補が変わりました。",
		} {
			click := l.forge(t, comes, press)
			l.unchanged(func() { me.hears(says, func() { me.must("click", click) }) })
		}
	})
}
