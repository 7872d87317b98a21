package programme_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// TestCareAroundEvents: who must hear of what, beside the ordinary way.
func TestCareAroundEvents(t *testing.T) {
	ctx := context.Background()
	office, atsugi := programme.As("office"), programme.As("atsugi")
	answer := func(h *house, who programme.Actor, a programme.Coming) error {
		_, _, err := h.AnswerEvent(ctx, who, "workshop-1", a, "")
		return err
	}
	for rule, c := range map[string]struct {
		do   func(*house) error
		want programme.Code
		said []string
	}{
		"who cannot come on the day is told to the office": {func(h *house) error {
			must(t, answer(h, atsugi, programme.Online))
			h.deliver()
			h.now = time.Date(2026, 9, 18, 9, 0, 0, 0, tokyo)
			return answer(h, atsugi, programme.No)
		}, "", []string{"event.absent c:office"}},
		"the day before it is not": {func(h *house) error {
			must(t, answer(h, atsugi, programme.Online))
			h.deliver()
			h.now = time.Date(2026, 9, 17, 9, 0, 0, 0, tokyo)
			return answer(h, atsugi, programme.No)
		}, "", nil},
		"who thought better of it before the office was told is not": {func(h *house) error {
			must(t, answer(h, atsugi, programme.Online))
			h.deliver()
			h.now = time.Date(2026, 9, 18, 9, 0, 0, 0, tokyo)
			must(t, answer(h, atsugi, programme.No))
			h.now = h.now.Add(time.Second)
			return answer(h, atsugi, programme.Online)
		}, "", nil},
		"who only read of it in the month's digest hears of a move": {func(h *house) error {
			h.write(func(tx programme.Tx) error {
				return tx.Enqueue("digest", programme.Notice{Kind: programme.NoticeDigestMonth, Subject: "month", To: "p:atsugi", Occasion: "20260901T0000Z", Due: h.now})
			})
			h.stand("digest")
			return second(h.MoveEvent(ctx, office, "workshop-1", 0, time.Date(2026, 9, 19, 14, 0, 0, 0, tokyo), time.Time{}, ""))
		}, "", []string{"event.changed c:bureau", "event.moved p:atsugi 9/18 第一会議室 → 9/19 第一会議室"}},
		"nobody heard of it, so only the bureau hears of a move": {func(h *house) error {
			return second(h.MoveEvent(ctx, office, "workshop-1", 0, time.Date(2026, 9, 19, 14, 0, 0, 0, tokyo), time.Time{}, ""))
		}, "", []string{"event.changed c:bureau"}},
		"the office's own notes are nobody's news": {func(h *house) error {
			f := h.event("workshop-1").Form()
			f.Notes = "お茶は10本"
			return second(h.PutEvent(ctx, office, f))
		}, "", nil},
		"a version that is not the latest moves nothing": {func(h *house) error {
			return second(h.MoveEvent(ctx, office, "workshop-1", 99, time.Date(2026, 9, 19, 14, 0, 0, 0, tokyo), time.Time{}, ""))
		}, programme.CodeConflict, nil},
		"nothing is moved into the past": {func(h *house) error {
			return second(h.MoveEvent(ctx, office, "workshop-1", 0, h.now.Add(-time.Hour), time.Time{}, ""))
		}, programme.CodeInvalid, nil},
		"materials are entered after the event": {func(h *house) error {
			h.now = time.Date(2026, 9, 19, 9, 0, 0, 0, tokyo)
			f := h.event("workshop-1").Form()
			f.Materials = "https://example.jp/slides"
			return second(h.PutEvent(ctx, office, f))
		}, "", nil},
		"but it took place when it did": {func(h *house) error {
			h.now = time.Date(2026, 9, 19, 9, 0, 0, 0, tokyo)
			f := h.event("workshop-1").Form()
			f.End = f.End.Add(time.Hour)
			return second(h.PutEvent(ctx, office, f))
		}, programme.CodeClosed, nil},
		"nothing is made in the past": {func(h *house) error {
			f := h.event("workshop-1").Form()
			f.ID, f.Version, f.Op, f.Start = "", 0, "new", h.now.Add(-time.Hour)
			return second(h.PutEvent(ctx, office, f))
		}, programme.CodeInvalid, nil},
		"an invisible character is refused": {func(h *house) error {
			f := h.event("workshop-1").Form()
			f.Title = "第1回\u202e"
			return second(h.PutEvent(ctx, office, f))
		}, programme.CodeInvalid, nil},
		"the office cannot speak for the bureau on its card": {func(h *house) error {
			h.sync(with(h.event("workshop-1"), func(e *programme.Event) { e.ID, e.Approved = "new", "" }))
			return second(h.DecideEvent(ctx, office, "new", "2026-09-01", ""))
		}, programme.CodeDenied, nil},
		"it enters the bureau's word as what it is": {func(h *house) error {
			h.sync(with(h.event("workshop-1"), func(e *programme.Event) { e.ID, e.Approved = "new", "" }))
			return second(h.EnterApproval(ctx, office, "new", "2026-09-01"))
		}, "", []string{"event.decided c:office"}},
		"the office's own event does not become an approved one of the bureau": {func(h *house) error {
			f := h.event("workshop-1").Form()
			f.ID, f.Version, f.Op, f.Host = "", 0, "own", programme.ByOffice
			must(t, second(h.PutEvent(ctx, office, f)))
			f = h.event("own").Form()
			f.Host = programme.ByBureau
			return second(h.PutEvent(ctx, office, f))
		}, programme.CodeInvalid, nil},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			h.sync(with(h.workshop(), func(e *programme.Event) { e.URL, e.Place = "https://meet.example.jp/1", "第一会議室" }))
			h.deliver()
			wantCode(t, c.do(h), c.want)
			said := slices.DeleteFunc(h.deliver(), func(s string) bool { return s == "event.calendar p:atsugi" })
			if diff := cmp.Diff(c.said, said, equateNil); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// equateNil makes no slice the same as an empty one.
var equateNil = cmp.Transformer("nil", func(s []string) []string { return append([]string{}, s...) })

// stand marks a delivery as sent.
func (h *house) stand(id string) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		d, err := tx.Delivery(id)
		if err != nil || d.State != programme.Pending {
			h.t.Fatalf("delivery %s is %s: %v", id, d.State, err)
		}
		return nil
	})
	h.deliver()
}

// TestWhoIsOnlineKeepsThatWhenTheRoomIsFull: pressing yes for a full room costs nothing.
func TestWhoIsOnlineKeepsThatWhenTheRoomIsFull(t *testing.T) {
	h := newHouse(t)
	h.sync(with(h.workshop(), func(e *programme.Event) {
		e.URL, e.Capacity, e.Audience = "https://meet.example.jp/1", 1, programme.Audience{Roles: []programme.Role{programme.Atsugi}}
	}))
	must(t, third(h.AnswerEvent(t.Context(), programme.As("other-atsugi"), "workshop-1", programme.Yes, "")))
	must(t, third(h.AnswerEvent(t.Context(), programme.As("atsugi"), "workshop-1", programme.Online, "")))
	_, a, err := h.AnswerEvent(t.Context(), programme.As("atsugi"), "workshop-1", programme.Yes, "")
	wantCode(t, err, programme.CodeConflict)
	if a.Answer != programme.Online {
		t.Errorf("the answer is %q", a.Answer)
	}
}

func third[A, B any](_ A, _ B, err error) error { return err }

// TestAClosedAccountIsReachedOtherwise: until it comes back.
func TestAClosedAccountIsReachedOtherwise(t *testing.T) {
	h := newHouse(t)
	h.workshop()
	must(t, third(h.AnswerEvent(t.Context(), programme.As("atsugi"), "workshop-1", programme.Yes, "")))
	must(t, h.AccountClosed(t.Context(), "Uatsugi"))
	must(t, h.AccountClosed(t.Context(), "Unobody"))
	contacts, err := h.Contacts(t.Context(), programme.As("office"), "workshop-1")
	must(t, err)
	if !slices.ContainsFunc(contacts.Mail, func(a programme.Attendee) bool { return a.ID == "atsugi" }) {
		t.Errorf("not on the list of addresses: %+v", contacts.Mail)
	}
	p, err := h.Recognise(t.Context(), programme.Account{SlackID: "Uatsugi"})
	must(t, err)
	if !p.Reachable() {
		t.Error("an account that came back is not reached")
	}
}
