package programme_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tsugite/programme"
)

// TestWhatIsOfferedIsWhatTheDatabaseGives: of the times published on a day, those that an
// atsugi can choose are exactly those that the database lets the two have, whatever
// sessions and open forms take of their time.
func TestWhatIsOfferedIsWhatTheDatabaseGives(t *testing.T) {
	h := openHouse(t)
	h.offers("expert", nil)
	holders := []programme.SessionID{"one", "two", "chosen"}
	for _, id := range holders {
		h.kept(id, func(s *programme.Session) {
			s.Kind, s.Atsugi, s.Mentor, s.State = programme.Between, "other-atsugi", "other-expert", programme.SessionCancelled
		})
	}
	morning := slot(t, "10 12:00").From
	span := rapid.Custom(func(r *rapid.T) programme.Span {
		from := morning.Add(programme.Grid * time.Duration(rapid.IntRange(0, 7*12).Draw(r, "from")))
		return programme.Span{From: from, Until: from.Add(programme.Grid * time.Duration(rapid.IntRange(1, 18).Draw(r, "cells")))}
	})
	occupied := rapid.Custom(func(r *rapid.T) programme.Occupied {
		return programme.Occupied{Person: rapid.SampledFrom([]programme.PersonID{"expert", "atsugi"}).Draw(r, "person"), Span: span.Draw(r, "span")}
	})
	rapid.Check(t, func(r *rapid.T) {
		sessions := rapid.SliceOfN(rapid.SliceOfN(occupied, 0, 2), 2, 2).Draw(r, "sessions")
		form := rapid.SliceOfN(occupied, 0, 2).Draw(r, "a form")
		op := rapid.SampledFrom([]string{"form atsugi op", "form other-atsugi op"}).Draw(r, "holder")
		until := h.now.Add(time.Duration(rapid.IntRange(-1, 1).Draw(r, "minutes")) * time.Minute)
		h.write(func(tx programme.Tx) error {
			clear := []error{tx.ReleaseHold("form atsugi op"), tx.ReleaseHold("form other-atsugi op")}
			for _, id := range holders {
				clear = append(clear, tx.Occupy(id, nil))
			}
			for i, times := range sessions {
				clear = append(clear, given(tx.Occupy(holders[i], times)))
			}
			return errors.Join(append(clear, given(tx.Hold(op, form, until)))...)
		})
		offered := h.offered()
		h.write(func(tx programme.Tx) error {
			// What the atsugi's own form holds is in nobody's way.
			if err := errors.Join(tx.ExpireHolds(h.now), tx.ReleaseHold("form atsugi op")); err != nil {
				return err
			}
			for from := slot(t, "10 14:00").From; !from.After(slot(t, "10 17:00").From); from = from.Add(30 * time.Minute) {
				err := tx.Occupy("chosen", []programme.Occupied{
					{Person: "atsugi", Span: programme.Span{From: from, Until: from.Add(time.Hour)}},
					{Person: "expert", Span: programme.Span{From: from, Until: from.Add(75 * time.Minute)}},
				})
				if given(err) != nil {
					return err
				}
				if is := slices.ContainsFunc(offered, func(s programme.Span) bool { return s.From.Equal(from) }); is != (err == nil) {
					r.Fatalf("%s is offered: %v; the database says %v", from.Format("15:04"), is, err)
				}
			}
			return tx.Occupy("chosen", nil)
		})
	})
}

// given leaves out that some of a time was taken, after which nothing is changed.
func given(err error) error {
	if errors.Is(err, programme.ErrTaken) {
		return nil
	}
	return err
}
