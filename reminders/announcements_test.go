package reminders_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"tsugite/programme"
	"tsugite/rehearsal"
)

// everybody is the announcement of these tests, to all atsugi.
func everybody() programme.AnnouncementForm {
	return programme.AnnouncementForm{
		Title: programme.Text{Ja: "見学会のお知らせ"}, Body: programme.Text{Ja: "工場の見学会を開きます。"}, Direct: true,
		To: programme.AnnouncementAudience{Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}}},
	}
}

// announce makes a draft and sends it.
func announce(t testing.TB, office *programme.Office, f programme.AnnouncementForm) programme.Announcement {
	t.Helper()
	ctx := context.Background()
	f.Op = newID()
	a, err := office.SaveAnnouncement(ctx, programme.Operator, f)
	noError(t, err)
	v, err := office.PreviewAnnouncement(ctx, programme.Operator, a.ID)
	noError(t, err)
	a, err = office.SendAnnouncement(ctx, programme.Operator, newID(), a.ID, a.Version, v.Fingerprint)
	noError(t, err)
	return a
}

func (r *rig) standing(id programme.AnnouncementID) programme.AnnouncementStanding {
	r.t.Helper()
	s, err := r.office.Announcement(context.Background(), programme.Operator, id)
	noError(r.t, err)
	return s
}

// standingIn reads a Slack's log: the text of what stands at the end, by channel and ts, and
// by the key of its delivery.
func standingIn(t testing.TB, entries []rehearsal.LogEntry) (texts map[string]string) {
	t.Helper()
	key := map[string]string{} // by channel and ts
	texts = map[string]string{}
	for _, e := range entries {
		if !e.Accepted || !strings.HasPrefix(e.Method, "chat.") {
			continue
		}
		var request struct{ Metadata json.RawMessage }
		var response struct {
			Channel, TS string
			Message     struct{ Text string }
		}
		noError(t, json.Unmarshal(e.Request, &request))
		noError(t, json.Unmarshal(e.Response, &response))
		at := response.Channel + " " + response.TS
		switch e.Method {
		case "chat.postMessage":
			key[at] = keyIn(t, request.Metadata)
			if _, stands := texts[key[at]]; stands {
				t.Errorf("delivery %s stands twice", key[at])
			}
			texts[key[at]] = response.Message.Text
		case "chat.update":
			texts[key[at]] = response.Message.Text
		case "chat.delete":
			delete(texts, key[at])
		}
	}
	return texts
}

// says counts what stands in the Slack by whether its text has the words.
func (r *rig) says(words string) (n int) {
	for _, text := range standingIn(r.t, r.slack.Log(0)) {
		if strings.Contains(text, words) {
			n++
		}
	}
	return n
}

func TestARecalledAnnouncementIsGone(t *testing.T) {
	t.Parallel()
	r := newRig(t, 30, nil)
	r.start()
	a := announce(t, r.office, everybody())
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Sent: 30})
	if s := r.standing(a.ID); s.Announcement.State != programme.AnnouncementSent || s.Counts[programme.ReceiptSent] != 30 {
		t.Errorf("it is %s, %v", s.Announcement.State, s.Counts)
	}
	noError(t, r.office.RecallAnnouncement(context.Background(), programme.Operator, a.ID))
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Deleted: 30})
	if n := r.calls("chat.delete"); n != 30 {
		t.Errorf("%d deletions, want 30", n)
	}
	if s := r.standing(a.ID); s.Counts[programme.ReceiptDeleted] != 30 {
		t.Errorf("it stands so: %v", s.Counts)
	}
}

// TestWhatCannotBeDeletedSaysThatItWasRecalled, and goes when the office tries again.
func TestWhatCannotBeDeletedSaysThatItWasRecalled(t *testing.T) {
	t.Parallel()
	r := newRig(t, 3, nil)
	r.start()
	a := announce(t, r.office, everybody())
	r.settled()
	r.slack.AddFault(rehearsal.Fault{Method: "chat.delete", Error: "cant_delete_message", Times: 2})
	noError(t, r.office.RecallAnnouncement(context.Background(), programme.Operator, a.ID))
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Deleted: 1, programme.Refused: 2})
	if n := r.says("取り消されました"); n != 2 {
		t.Errorf("%d messages say that it was recalled, want 2", n)
	}
	if s := r.standing(a.ID); s.Counts[programme.ReceiptKept] != 2 || s.Counts[programme.ReceiptDeleted] != 1 {
		t.Errorf("it stands so: %v", s.Counts)
	}
	noError(t, r.office.RecallAnnouncement(context.Background(), programme.Operator, a.ID))
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Deleted: 3})
	if n := len(standingIn(t, r.slack.Log(0))); n != 0 {
		t.Errorf("%d messages stand", n)
	}
}
