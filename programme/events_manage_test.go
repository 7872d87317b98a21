package programme_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

func TestPutEventRefuses(t *testing.T) {
	const none programme.Code = ""
	for rule, c := range map[string]struct {
		change func(*programme.EventForm)
		field  string
	}{
		"a kind that there is not":  {func(f *programme.EventForm) { f.Kind = "party" }, "kind"},
		"no title":                  {func(f *programme.EventForm) { f.Title = " 　" }, "title"},
		"a title too long":          {func(f *programme.EventForm) { f.Title = strings.Repeat("題", 101) }, "title"},
		"no start":                  {func(f *programme.EventForm) { f.Start = time.Time{} }, "start"},
		"an end before the start":   {func(f *programme.EventForm) { f.End = f.Start }, "end"},
		"nowhere":                   {func(f *programme.EventForm) { f.Place = "" }, "place"},
		"an address that is no web": {func(f *programme.EventForm) { f.URL = "javascript:alert(1)" }, "url"},
		"an address without TLS":    {func(f *programme.EventForm) { f.Map = "http://example.jp/" }, "map"},
		"nobody":                    {func(f *programme.EventForm) { f.Audience = programme.Audience{} }, "audience"},
		"fewer than no seats":       {func(f *programme.EventForm) { f.Capacity = -1 }, "capacity"},
		"a deadline after it began": {func(f *programme.EventForm) { f.Deadline = f.Start.Add(1) }, "deadline"},
		"a host that there is not":  {func(f *programme.EventForm) { f.Host = "me" }, "host"},
		"before the contract":       {func(f *programme.EventForm) { f.Start = time.Date(2026, 7, 31, 9, 0, 0, 0, tokyo) }, "start"},
		"after the completion": {func(f *programme.EventForm) {
			f.Start, f.End = time.Date(2027, 4, 1, 9, 0, 0, 0, tokyo), time.Date(2027, 4, 1, 10, 0, 0, 0, tokyo)
		}, "end"},
		"nothing that is sound": {func(f *programme.EventForm) { f.Place, f.URL, f.Capacity = "", "https://example.jp/a?b=c", 50 }, ""},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			h.Settings.Contract, h.Settings.Completion = "2026-08-01", "2027-03-31"
			f := h.form("op")
			c.change(&f)
			_, err := h.PutEvent(t.Context(), programme.As("office"), f)
			if c.field == "" {
				wantCode(t, err, none)
				return
			}
			wantCode(t, err, programme.CodeInvalid)
			if e, ok := programme.AsError(err); ok && e.Field != c.field {
				t.Errorf("beside %q, want %q", e.Field, c.field)
			}
		})
	}
}

func TestTheSameFormMakesOneEvent(t *testing.T) {
	h := newHouse(t)
	for range 2 {
		e, err := h.PutEvent(t.Context(), programme.As("office"), h.form("op"))
		if err != nil || e.ID != "op" || e.Version != 1 {
			t.Errorf("%+v: %v", e, err)
		}
	}
	if lines, err := h.ManagedEvents(t.Context(), programme.As("office")); err != nil || len(lines) != 1 {
		t.Errorf("%d events: %v", len(lines), err)
	}
}

func TestOfTwoWhoChangeAnEventTheSecondLooksAgain(t *testing.T) {
	h := newHouse(t)
	e, err := h.PutEvent(t.Context(), programme.As("office"), h.form("op"))
	must(t, err)
	first, second := e.Form(), e.Form()
	first.Title, second.Title = "先", "後"
	changed, err := h.PutEvent(t.Context(), programme.As("office"), first)
	must(t, err)
	_, err = h.PutEvent(t.Context(), programme.As("office"), second)
	wantCode(t, err, programme.CodeConflict)
	if got := h.event("op"); got.Title != "先" || got.Version != changed.Version {
		t.Errorf("%q, version %d; the form has version %d", got.Title, got.Version, changed.Version)
	}
	// What nothing changes is no change.
	same, err := h.PutEvent(t.Context(), programme.As("office"), changed.Form())
	if err != nil || same.Version != changed.Version {
		t.Errorf("version %d after nothing: %v", same.Version, err)
	}
}

func TestNobodyKnowsOfAnEventBeforeItIsApproved(t *testing.T) {
	h := newHouse(t)
	ctx, office := t.Context(), programme.As("office")
	f := h.form("op")
	f.Host = programme.ByBureau
	e, err := h.PutEvent(ctx, office, f)
	must(t, err)
	known := func() bool {
		_, _, err := h.AnswerEvent(ctx, programme.As("atsugi"), e.ID, programme.NotYet, "")
		home, herr := h.Home(ctx, programme.As("atsugi"))
		must(t, herr)
		if shown := len(home.Events) > 0; shown != (err == nil) {
			t.Errorf("on Home: %v, answered: %v", shown, err)
		}
		return err == nil
	}
	steps := []struct {
		does  string
		do    func() error
		known bool
		said  []string
	}{
		{"made", func() error { return nil }, false, nil},
		{"submitted", func() error { return second(h.SubmitEvent(ctx, office, e.ID)) }, false, []string{"event.approval c:bureau"}},
		{"returned", func() error { return second(h.DecideEvent(ctx, programme.As("bureau"), e.ID, "", "住所を")) }, false, []string{"event.decided c:office"}},
		{"submitted again", func() error { return second(h.SubmitEvent(ctx, office, e.ID)) }, false, []string{"event.approval c:bureau"}},
		{"approved", func() error { return second(h.DecideEvent(ctx, programme.As("bureau"), e.ID, "2026-09-01", "")) }, true, []string{"event.decided c:office"}},
	}
	for _, s := range steps {
		must(t, s.do())
		if got := known(); got != s.known {
			t.Errorf("%s: known is %v", s.does, got)
		}
		if diff := cmp.Diff(s.said, h.deliver()); diff != "" {
			t.Errorf("%s: %s", s.does, diff)
		}
	}
	_, err = h.SubmitEvent(ctx, office, e.ID)
	wantCode(t, err, programme.CodeConflict)
	_, err = h.DecideEvent(ctx, programme.As("bureau"), e.ID, "", "やはり")
	wantCode(t, err, programme.CodeConflict)
}

func TestDecideEventRefuses(t *testing.T) {
	for rule, c := range map[string]struct {
		approved programme.Date
		returned string
		want     programme.Code
	}{
		"neither a day nor a word":  {"", " ", programme.CodeInvalid},
		"a day that has not come":   {"2026-09-02", "", programme.CodeInvalid},
		"too long a word":           {"", strings.Repeat("字", 301), programme.CodeInvalid},
		"nothing: a day that is by": {"2026-08-20", "", ""},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			e := h.workshop()
			h.sync(with(e, func(e *programme.Event) { e.ID, e.Approved = "new", "" }))
			_, err := h.DecideEvent(t.Context(), programme.As("bureau"), "new", c.approved, c.returned)
			wantCode(t, err, c.want)
		})
	}
}

func TestWhatTheOfficeHostsNeedsNoApproval(t *testing.T) {
	h := newHouse(t)
	e, err := h.PutEvent(t.Context(), programme.As("office"), h.form("op"))
	if err != nil || e.Approved != "2026-09-01" {
		t.Errorf("approved %q: %v", e.Approved, err)
	}
}

// TestAMovedEventKeepsItsLength: and registration stays open as long before it.
func TestAMovedEventKeepsItsLength(t *testing.T) {
	h := newHouse(t)
	f := h.form("op")
	f.Deadline = f.Start.AddDate(0, 0, -3)
	e, err := h.PutEvent(t.Context(), programme.As("office"), f)
	must(t, err)
	start := f.Start.AddDate(0, 0, 7)
	e, err = h.MoveEvent(t.Context(), programme.As("office"), e.ID, 0, start, time.Time{}, "")
	must(t, err)
	if !e.End.Equal(start.Add(f.End.Sub(f.Start))) || !e.Deadline.Equal(start.AddDate(0, 0, -3)) || e.Place != "公民館" {
		t.Errorf("until %v, registers until %v, at %q", e.End, e.Deadline, e.Place)
	}
}

func TestRegistrationEnds(t *testing.T) {
	h := newHouse(t)
	f := h.form("op")
	f.Deadline = h.now.Add(time.Hour)
	e, err := h.PutEvent(t.Context(), programme.As("office"), f)
	must(t, err)
	h.answer("atsugi", e.ID, programme.Yes)
	h.now = h.now.Add(2 * time.Hour)
	for _, c := range []struct {
		who    programme.PersonID
		answer programme.Coming
		want   programme.Code
	}{
		{"other-atsugi", programme.Yes, programme.CodeClosed}, {"other-atsugi", programme.NotYet, ""},
		{"atsugi", programme.No, ""}, {"atsugi", programme.Yes, programme.CodeClosed},
	} {
		h.now = h.now.Add(time.Second)
		_, _, err := h.AnswerEvent(t.Context(), programme.As(c.who), e.ID, c.answer, "")
		wantCode(t, err, c.want)
	}
	// The office may still enter what it was told.
	_, _, err = h.AnswerFor(t.Context(), programme.As("office"), e.ID, "atsugi", programme.Yes, "")
	wantCode(t, err, "")
}
