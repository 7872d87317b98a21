package programme_test

import (
	"cmp"
	"testing"
	"time"

	"tsugite/db"
	"tsugite/programme"
)

// TestAFileWhoseMessageIsUnknownIsTakenBack: Slack may not say which message carries a file;
// its id is enough, whether it was taken back while it was on its way or later.
func TestAFileWhoseMessageIsUnknownIsTakenBack(t *testing.T) {
	for name, meanwhile := range map[string]bool{"on its way": true, "later": false} {
		t.Run(name, func(t *testing.T) {
			h := newThread(t)
			store := h.Store.(*db.DB)
			s := h.said("9.000100", "こちらです")
			s.Files = []programme.EnquiryFile{{SlackID: "F1", Name: "a.pdf", Bytes: 1}}
			_, err := h.HearOffice(t.Context(), programme.As("office"), s)
			must(t, err)
			file := h.claimFile(store)
			accepted, err := store.NoteFile(t.Context(), file, "F2")
			if err != nil || !accepted {
				t.Fatal(accepted, err)
			}
			if meanwhile {
				must(t, h.HearDeleted(t.Context(), s))
			}
			_, err = store.Settle(t.Context(), []programme.Outcome{{Delivery: file, State: programme.Sent, SlackID: "D1"}})
			must(t, err)
			if !meanwhile {
				must(t, h.HearDeleted(t.Context(), s))
			}
			if got := h.claimFile(store); got.Op != programme.OpDelete || got.FileID != "F2" {
				t.Errorf("%s of %q is due, want its deletion", got.Op, got.FileID)
			}
		})
	}
}

// claimFile claims what is due up to a file of a question; all else is sent.
func (h *thread) claimFile(store *db.DB) programme.Delivery {
	h.t.Helper()
	for range 10 {
		h.now = h.now.Add(time.Second)
		claimed, err := store.Claim(h.t.Context(), "courier", h.now, time.Hour, 100)
		must(h.t, err)
		for _, d := range claimed {
			if d.Kind == programme.NoticeEnquiryFile {
				return d
			}
			_, err := store.Settle(h.t.Context(), []programme.Outcome{{Delivery: d, State: programme.Sent, SlackID: "D1", SlackTS: cmp.Or(d.SlackTS, "8.000100")}})
			must(h.t, err)
		}
	}
	h.t.Fatal("no file is due")
	return programme.Delivery{}
}
