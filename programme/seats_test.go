package programme_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tsugite/programme"
)

// TestSeatsNeverExceedTheRoom: whatever people, guests and the office do in
// whatever order, nobody sits beyond the capacity at which they were let in, nobody
// waits while a place is free, and the line is served in the order of the answers.
func TestSeatsNeverExceedTheRoom(t *testing.T) {
	var h *house
	event := 0
	rapid.Check(t, func(rt *rapid.T) {
		if h == nil {
			h = newHouse(t)
			h.write(func(tx programme.Tx) error {
				for i := range 6 {
					if err := tx.SavePerson(programme.Person{ID: member(i), Name: string(member(i)), Roles: []programme.Role{programme.Atsugi}}); err != nil {
						return err
					}
				}
				return nil
			})
		}
		event++
		ctx, office := context.Background(), programme.As("office")
		f := h.form(fmt.Sprintf("room-%d", event))
		f.Start, f.End, f.URL = h.now.AddDate(0, 0, 1), h.now.AddDate(0, 0, 2), "https://example.jp/"
		f.Capacity = rapid.IntRange(0, 3).Draw(rt, "capacity")
		e, err := h.PutEvent(ctx, office, f)
		must(rt, err)
		var guests []programme.GuestID
		for step := range rapid.IntRange(1, 25).Draw(rt, "steps") {
			h.now = h.now.Add(time.Second)
			answer := rapid.SampledFrom([]programme.Coming{programme.Yes, programme.Yes, programme.No, programme.Online, programme.NotYet}).Draw(rt, "answer")
			before := h.line(e.ID)
			switch rapid.IntRange(0, 4).Draw(rt, "act") {
			case 0, 1:
				who := programme.As(member(rapid.IntRange(0, 5).Draw(rt, "who")))
				if rapid.Bool().Draw(rt, "late") { // a press that arrives after others
					by := time.Duration(rapid.IntRange(0, 5).Draw(rt, "by"))*time.Second + time.Duration(step+1)*time.Millisecond
					who.At = h.now.Add(-by) // no two at one moment
				}
				_, _, err = h.AnswerEvent(ctx, who, e.ID, answer, "")
				if refusal, ok := programme.AsError(err); ok && refusal.Key == "error.event_full_online" {
					err = nil // stays online
				}
			case 2:
				g := guest(fmt.Sprintf("guest-%d-%d", event, step), e.ID)
				if answer != programme.NotYet {
					g.Answer = answer
				}
				guests = append(guests, g.ID)
				_, err = h.AddGuest(ctx, office, g)
			case 3:
				if len(guests) == 0 {
					continue
				}
				var g programme.Guest
				h.write(func(tx programme.Tx) (err error) {
					g, err = tx.Guest(rapid.SampledFrom(guests).Draw(rt, "guest"))
					return err
				})
				if answer != programme.NotYet {
					g.Answer = answer
				}
				_, err = h.SetGuest(ctx, office, g)
			case 4: // no smaller than what is taken: nobody is thrown out
				f := e.Form()
				f.Capacity = rapid.IntRange(0, 4).Draw(rt, "new capacity")
				e, err = h.PutEvent(ctx, office, f)
			}
			must(rt, err)
			after := h.line(e.ID)
			if e.Capacity > 0 && len(after.seated) > max(e.Capacity, len(before.seated)) {
				rt.Fatalf("%d sit in a room of %d, %d before", len(after.seated), e.Capacity, len(before.seated))
			}
			if len(after.waiting) > 0 && (e.Capacity == 0 || len(after.seated) < e.Capacity) {
				rt.Fatalf("%v wait while %d of %d sit", after.waiting, len(after.seated), e.Capacity)
			}
			// Whoever was let in from the line stood before everyone who still waits.
			for i, id := range before.waiting {
				if slices.Contains(after.seated, id) {
					for _, ahead := range before.waiting[:i] {
						if slices.Contains(after.waiting, ahead) {
							rt.Fatalf("%s was let in before %s", id, ahead)
						}
					}
				}
			}
		}
	})
}

func member(i int) programme.PersonID { return programme.PersonID(fmt.Sprintf("member-%d", i)) }

func must(t interface{ Fatal(...any) }, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

// queue is who sits and who waits, the latter by the moment of the answer.
type queue struct{ seated, waiting []string }

func (h *house) line(id programme.EventID) queue {
	h.t.Helper()
	page, err := h.EventPage(context.Background(), programme.As("office"), id)
	if err != nil {
		h.t.Fatal(err)
	}
	slices.SortStableFunc(page.Attendees, func(a, b programme.Attendee) int { return a.At.Compare(b.At) })
	var q queue
	for _, a := range page.Attendees {
		switch a.Answer {
		case programme.Yes:
			q.seated = append(q.seated, string(a.ID))
		case programme.Waiting:
			q.waiting = append(q.waiting, string(a.ID))
		}
	}
	return q
}
