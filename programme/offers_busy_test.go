package programme_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// busy is what is kept of a person, as "10 14:00-15:00" in Tokyo.
func (h *house) busy(p programme.PersonID) (out []string) {
	h.t.Helper()
	h.read(func(tx programme.Tx) error {
		spans, err := tx.Busy(p, programme.Span{From: h.now.AddDate(-1, 0, 0), Until: h.now.AddDate(1, 0, 0)})
		for _, s := range spans {
			out = append(out, s.From.In(tokyo).Format("02 15:04")+"-"+s.Until.In(tokyo).Format("15:04"))
		}
		return err
	})
	return out
}

// readings are how calendars were last read: whose, when well, since when not, why.
func (h *house) readings() (out []string) {
	h.t.Helper()
	at := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		return t.In(tokyo).Format("15:04")
	}
	h.read(func(tx programme.Tx) error {
		all, err := tx.BusyReadings()
		for _, r := range all {
			out = append(out, string(r.Person)+" "+at(r.Read)+" "+at(r.Failed)+" "+r.Fault)
		}
		return err
	})
	return out
}

func hours(from time.Time, spans ...int) (out []programme.Span) {
	for i := 0; i+1 < len(spans); i += 2 {
		out = append(out, programme.Span{From: from.Add(time.Duration(spans[i]) * time.Hour), Until: from.Add(time.Duration(spans[i+1]) * time.Hour)})
	}
	return out
}

func (h *house) mustDo(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// What a calendar says takes the place of what it said before; a failure leaves it, and
// tells since when.
func TestLastGoodCopyOfACalendarStands(t *testing.T) {
	h := newHouse(t)
	changes := 0
	h.FactsChanged = func() { changes++ }
	day := time.Date(2026, 9, 10, 0, 0, 0, 0, tokyo)
	step := func(err error, changed int, busy []string, readings ...string) {
		t.Helper()
		h.mustDo(err)
		if diff := cmp.Diff(busy, h.busy("expert")); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(readings, h.readings()); diff != "" {
			t.Error(diff)
		}
		if changes != changed {
			t.Errorf("whoever waits was told of %d changes, want %d", changes, changed)
		}
		h.now = h.now.Add(time.Hour)
	}
	ctx := t.Context()
	step(h.BusyFailed(ctx, programme.System, "expert", programme.BusyRefused), 0, nil, "expert - 09:00 refused")
	two := []string{"10 10:00-11:00", "10 14:00-16:00"}
	step(h.KeepBusy(ctx, programme.System, "expert", hours(day, 10, 11, 14, 16)), 1, two, "expert 10:00 - ")
	step(h.KeepBusy(ctx, programme.System, "expert", hours(day, 10, 11, 14, 16)), 1, two, "expert 11:00 - ")
	step(h.BusyFailed(ctx, programme.System, "expert", programme.BusyUnreachable), 1, two, "expert 11:00 12:00 unreachable")
	step(h.BusyFailed(ctx, programme.System, "expert", programme.BusyUnreachable), 1, two, "expert 11:00 12:00 unreachable")
	step(h.BusyFailed(ctx, programme.System, "expert", programme.BusyTooLarge), 1, two, "expert 11:00 14:00 too_large")
	step(h.KeepBusy(ctx, programme.System, "expert", hours(day, 14, 16)), 2, two[1:], "expert 15:00 - ")
	step(h.ForgetBusy(ctx, programme.System, []programme.PersonID{"expert"}), 2, two[1:], "expert 15:00 - ")
	step(h.ForgetBusy(ctx, programme.System, nil), 3, nil)
}

func TestBusyTimesThatAreNone(t *testing.T) {
	h := newHouse(t)
	day := time.Date(2026, 9, 10, 0, 0, 0, 0, tokyo)
	many := make([]programme.Span, programme.MostBusy+1)
	for i := range many {
		many[i] = hours(day, 2*i, 2*i+1)[0]
	}
	for rule, spans := range map[string][]programme.Span{
		"no length": hours(day, 10, 10), "backwards": hours(day, 11, 10), "too many": many, "no time at all": {{}},
	} {
		if err := h.KeepBusy(t.Context(), programme.System, "expert", spans); err == nil || h.readings() != nil {
			t.Errorf("%s: %v %v", rule, err, h.readings())
		}
	}
	h.mustDo(h.KeepBusy(t.Context(), programme.System, "expert", many[1:]))
}

// Only the program itself reads calendars.
func TestNobodyEntersBusyTimesByHand(t *testing.T) {
	h := newHouse(t)
	for _, who := range []programme.Actor{programme.As("office"), programme.As("expert"), programme.Operator, {}} {
		_, err := h.BusyPerson(t.Context(), who, "expert@example.jp")
		for _, err := range []error{
			err,
			h.KeepBusy(t.Context(), who, "expert", nil),
			h.BusyFailed(t.Context(), who, "expert", programme.BusyRefused),
			h.ForgetBusy(t.Context(), who, nil),
		} {
			if e, ok := programme.AsError(err); !ok || e.Code != programme.CodeDenied {
				t.Errorf("%v: %v", who, err)
			}
		}
	}
}

func TestCalendarIsOfTheOneExpertWithTheAddress(t *testing.T) {
	h := newHouse(t)
	h.write(func(tx programme.Tx) error {
		for id, email := range map[programme.PersonID]string{
			"expert": "expert@example.jp", "senior": "senior@example.jp", "atsugi": "atsugi@example.jp", "left": "left@example.jp",
			"other-expert": "shared@example.jp", "unpledged": "shared@example.jp", "office": "expert@example.jp",
		} {
			p, err := tx.Person(id)
			if err != nil {
				return err
			}
			p.Email = email
			if err := tx.SavePerson(p); err != nil {
				return err
			}
		}
		return nil
	})
	if id, err := h.BusyPerson(t.Context(), programme.System, "Expert@Example.jp"); err != nil || id != "expert" {
		t.Error(id, err)
	}
	for _, email := range []string{"senior@example.jp", "atsugi@example.jp", "left@example.jp", "shared@example.jp", "none@example.jp"} {
		id, err := h.BusyPerson(t.Context(), programme.System, email)
		if e, ok := programme.AsError(err); id != "" || !ok || e.Code != programme.CodeNotFound {
			t.Errorf("%s: %q %v", email, id, err)
		}
	}
}
