package programme_test

import (
	"testing"
	"time"

	"tsugite/programme"
)

// TestWhatIsPlannedAboutAnEventWaitsWhenThatChanges: it says an old date, or invites to what does
// not take place; the office is told, and says whether it goes on.
func TestWhatIsPlannedAboutAnEventWaitsWhenThatChanges(t *testing.T) {
	for what, c := range map[string]struct {
		change func(*house)
		held   bool
	}{
		"called off":      {func(h *house) { h.cancel("workshop-1") }, true},
		"moved":           {func(h *house) { h.move("workshop-1", 25, "別の会場") }, true},
		"another changes": {func(h *house) { h.cancel("workshop-2") }, false},
	} {
		t.Run(what, func(t *testing.T) {
			h := newHouse(t)
			e := h.workshop()
			h.sync(e, with(e, func(e *programme.Event) { e.ID = "workshop-2" }))
			ctx, office := t.Context(), programme.As("office")
			f := draft("op", toAtsugi)
			f.Event, f.At = e.ID, h.now.Add(48*time.Hour)
			a := h.send(f)
			c.change(h)
			h.now = f.At
			goes, want := goesTo(t, h, a.ID), "atsugi other-atsugi"
			if c.held {
				want = ""
			}
			if goes != want {
				t.Errorf("it goes to %q, want %q", goes, want)
			}
			var told []programme.Delivery
			h.write(func(tx programme.Tx) (err error) {
				told, err = tx.DeliveriesOf(programme.Notice{Kind: programme.NoticeAnnouncementHeld, Subject: string(a.ID)})
				return err
			})
			if (len(told) == 1) != c.held || len(told) > 1 {
				t.Fatalf("the office is told %v", told)
			}
			if !c.held {
				return
			}
			m, err := h.Matter(ctx, told[0].Notice, false)
			if err != nil || m.Withdrawn != "" || told[0].To != programme.ToChannel(programme.ChannelOffice) {
				t.Errorf("%v %q %s", err, m.Withdrawn, told[0].To)
			}
			wantCode(t, h.ResumeAnnouncement(ctx, office, a.ID), "")
			if goes := goesTo(t, h, a.ID); goes != "atsugi other-atsugi" {
				t.Errorf("when the office says go on it goes to %q", goes)
			}
			if m, err = h.Matter(ctx, told[0].Notice, false); err != nil || m.Withdrawn == "" {
				t.Errorf("the office is still to be told: %v", err)
			}
		})
	}
}
