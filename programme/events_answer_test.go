package programme_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

func (h *house) attendance(who programme.PersonID, id programme.EventID) programme.Attendance {
	h.t.Helper()
	var a programme.Attendance
	err := h.Store.Read(context.Background(), func(tx programme.Tx) (err error) {
		a, err = tx.Attendance(id, who)
		return err
	})
	if err != nil && !errors.Is(err, programme.ErrNoRow) {
		h.t.Fatal(err)
	}
	return a
}

func TestAReasonIsAddedToTheAnswerThatWasGiven(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	h.answer("atsugi", e.ID, programme.No)
	said := h.attendance("atsugi", e.ID)
	h.now = h.now.Add(time.Minute)
	if _, err := h.GiveReason(t.Context(), programme.As("atsugi"), e.ID, " 窯の番です "); err != nil {
		t.Fatal(err)
	}
	said.Reason = "窯の番です"
	if got := h.attendance("atsugi", e.ID); got != said {
		t.Errorf("%+v, want %+v", got, said)
	}
	if _, a, err := h.EventReason(t.Context(), programme.As("atsugi"), e.ID); err != nil || a.Reason != "窯の番です" {
		t.Errorf("the form begins with %q: %v", a.Reason, err)
	}
}

func TestGiveReasonRefuses(t *testing.T) {
	for rule, c := range map[string]struct {
		answer programme.Coming
		reason string
		after  func(h *house)
		want   programme.Code
	}{
		"nothing, after a no":        {programme.No, "風邪", nil, ""},
		"nothing, while undecided":   {programme.NotYet, "仕込み", nil, ""},
		"who comes":                  {programme.Yes, "風邪", nil, programme.CodeConflict},
		"who said nothing":           {"", "風邪", nil, programme.CodeNotFound},
		"an essay":                   {programme.No, strings.Repeat("あ", programme.MaxReason+1), nil, programme.CodeInvalid},
		"once the event is over":     {programme.No, "風邪", func(h *house) { h.now = h.now.AddDate(0, 1, 0) }, programme.CodeClosed},
		"once the event is off":      {programme.No, "風邪", func(h *house) { h.cancel("gathering") }, programme.CodeClosed},
		"after the answer changed":   {programme.No, "風邪", func(h *house) { h.answer("atsugi", "gathering", programme.Yes) }, programme.CodeConflict},
		"nothing at all as a reason": {programme.No, "", nil, ""},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			e := h.gathering()
			if c.answer != "" {
				h.answer("atsugi", e.ID, c.answer)
			}
			if c.after != nil {
				c.after(h)
			}
			_, err := h.GiveReason(t.Context(), programme.As("atsugi"), e.ID, c.reason)
			wantCode(t, err, c.want)
		})
	}
}

func (h *house) cancel(id programme.EventID) {
	h.t.Helper()
	if _, err := h.CancelEvent(context.Background(), programme.As("office"), id, ""); err != nil {
		h.t.Fatal(err)
	}
}

func TestWhomTheOfficeEnteredAnswersToo(t *testing.T) {
	h := newHouse(t)
	e := h.workshop() // for atsugi of R8
	ctx := t.Context()
	_, _, err := h.AnswerEvent(ctx, programme.As("other-atsugi"), e.ID, programme.No, "")
	wantCode(t, err, programme.CodeNotFound)
	_, _, err = h.AnswerFor(ctx, programme.As("office"), e.ID, "other-atsugi", programme.Yes, "")
	wantCode(t, err, "")
	h.now = h.now.Add(time.Second)
	_, _, err = h.AnswerEvent(ctx, programme.As("other-atsugi"), e.ID, programme.No, "")
	wantCode(t, err, "")
	if a := h.attendance("other-atsugi", e.ID); a.Answer != programme.No || a.By != "other-atsugi" {
		t.Errorf("%+v", a)
	}
	home, err := h.Home(ctx, programme.As("other-atsugi"))
	if err != nil || len(home.Events) != 1 || !home.Events[0].Mine {
		t.Errorf("Home shows %+v: %v", home.Events, err)
	}
}

func TestALaterQuestionKnowsOfTheEarlier(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	question := func(step string) programme.Notice {
		return programme.Notice{Kind: programme.NoticeEventAsk, Subject: string(e.ID), To: programme.ToPerson("atsugi"),
			Occasion: programme.EventOccasion(step, e), Due: h.now, UsefulUntil: e.End}
	}
	asked := func(n programme.Notice, update bool) bool {
		t.Helper()
		m, err := h.Matter(t.Context(), n, update)
		if err != nil || m.Withdrawn != "" {
			t.Fatalf("%+v: %v", m.Withdrawn, err)
		}
		return m.Again
	}
	first := question("two-weeks")
	must(t, h.EnqueueAll(t.Context(), []programme.Notice{first}))
	if asked(first, false) {
		t.Error("the first question takes itself for an earlier one")
	}
	h.now = h.now.Add(time.Hour)
	second := question("day-before")
	if asked(second, false) {
		t.Error("a question that never went out counts")
	}
	h.deliver()
	must(t, h.EnqueueAll(t.Context(), []programme.Notice{second}))
	if !asked(second, false) {
		t.Error("the second question reads like the first")
	}
	h.deliver()
	if asked(first, true) {
		t.Error("the first question, drawn again, reads like the second")
	}
}

func TestNobodyIsAskedOnceRegistrationIsOver(t *testing.T) {
	h := newHouse(t)
	f := h.form("gathering")
	f.Deadline = f.Start.AddDate(0, 0, -3)
	e, err := h.PutEvent(t.Context(), programme.As("office"), f)
	must(t, err)
	ask := programme.Notice{Kind: programme.NoticeEventAsk, Subject: string(e.ID), To: programme.ToPerson("atsugi"), Occasion: programme.EventOccasion("ask", e)}
	for _, c := range []struct {
		rule string
		now  time.Time
		want bool
	}{{"before the deadline", f.Deadline.Add(-time.Second), true}, {"from the deadline on", f.Deadline, false}} {
		h.now = c.now
		m, err := h.Matter(t.Context(), ask, false)
		if err != nil || (m.Withdrawn == "") != c.want || m.Closed == c.want {
			t.Errorf("%s: withdrawn %q, closed %v, %v", c.rule, m.Withdrawn, m.Closed, err)
		}
	}
}
