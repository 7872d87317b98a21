package programme_test

import (
	"testing"
	"time"

	"tsugite/programme"
)

// TestTheOfficeIsRemindedAloudOnceForSeveral: of questions that wait together one stands in the
// channel, the others under their cards; half a day later it is said again.
func TestTheOfficeIsRemindedAloudOnceForSeveral(t *testing.T) {
	h := newThread(t)
	other, err := h.TakeWord(t.Context(), programme.As("expert"), programme.Said{Channel: "DEXPERT", TS: "2.000100", Text: "謝金の書類はどれですか"})
	must(t, err)
	h.deliver()
	chase := func(id programme.EnquiryID) (d programme.Delivery) {
		e, err := h.EnquiryOf(t.Context(), programme.As("office"), id)
		must(t, err)
		n := programme.Notice{
			Kind: programme.NoticeEnquiryChase, Subject: string(id), To: programme.ToChannel(programme.ChannelOffice), Due: h.now,
			Occasion: programme.ChaseOccasion("1bd", e.Opened),
		}
		h.write(func(tx programme.Tx) (err error) {
			if err = tx.Enqueue("chase "+string(id), n); err == nil {
				d, err = tx.DeliveryOf(n)
			}
			return err
		})
		return d
	}
	aloud := func(d programme.Delivery, want bool) {
		t.Helper()
		got, err := h.ChaseAloud(t.Context(), d)
		if err != nil || got != want {
			t.Errorf("aloud: %v %v, want %v", got, err, want)
		}
	}
	first := chase(h.id)
	aloud(first, true)
	h.deliver()
	second := chase(other.ID)
	aloud(first, true)
	aloud(second, false)
	h.now = h.now.Add(12*time.Hour + time.Minute)
	aloud(second, true)
	h.now = h.now.Add(-12 * time.Hour)
	must(t, h.CloseEnquiry(t.Context(), programme.As("office"), h.id))
	aloud(second, true)
}

// TestTheWaitBeginsWhenTheOfficeIsTold: not while the asker looked at what was published.
func TestTheWaitBeginsWhenTheOfficeIsTold(t *testing.T) {
	h := newHouse(t)
	now := h.now
	for name, c := range map[string]struct {
		opened time.Duration
		words  []time.Duration
		want   time.Duration
	}{
		"asked at once":       {0, []time.Duration{0}, 0},
		"pressed a day later": {24 * time.Hour, []time.Duration{0}, 24 * time.Hour},
		"went on since":       {time.Hour, []time.Duration{0, 2 * time.Hour}, time.Hour},
	} {
		var words []programme.EnquiryWord
		for _, at := range c.words {
			words = append(words, programme.EnquiryWord{Side: programme.FromAsker, At: now.Add(at)})
		}
		e := programme.Enquiry{State: programme.EnquiryOpen, Opened: now.Add(c.opened)}
		if got := programme.WaitsSince(e, words); !got.Equal(now.Add(c.want)) {
			t.Errorf("%s: since %v, want %v", name, got, now.Add(c.want))
		}
	}
}
