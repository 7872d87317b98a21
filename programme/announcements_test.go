package programme_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// TestWhoMayAnnounce goes through everything about announcements that is not for everyone
// (design.md section 5: the coordinator writes, others receive).
func TestWhoMayAnnounce(t *testing.T) {
	office := []programme.PersonID{"office"}
	type act = func(h *house, ctx context.Context, who programme.Actor, id, draftID programme.AnnouncementID) error
	for name, c := range map[string]struct {
		may []programme.PersonID
		do  act
	}{
		"write a draft": {office, func(h *house, ctx context.Context, who programme.Actor, _, _ programme.AnnouncementID) error {
			_, err := h.SaveAnnouncement(ctx, who, draft("op-"+string(who.Person), toAtsugi))
			return err
		}},
		"drop a draft": {office, func(h *house, ctx context.Context, who programme.Actor, _, d programme.AnnouncementID) error {
			return h.DropAnnouncement(ctx, who, d)
		}},
		"list them": {office, func(h *house, ctx context.Context, who programme.Actor, _, _ programme.AnnouncementID) error {
			_, err := h.Announcements(ctx, who)
			return err
		}},
		"see how one stands": {office, func(h *house, ctx context.Context, who programme.Actor, id, _ programme.AnnouncementID) error {
			_, err := h.Announcement(ctx, who, id)
			return err
		}},
		"preview": {office, func(h *house, ctx context.Context, who programme.Actor, _, d programme.AnnouncementID) error {
			_, err := h.PreviewAnnouncement(ctx, who, d)
			return err
		}},
		"test": {office, func(h *house, ctx context.Context, who programme.Actor, _, d programme.AnnouncementID) error {
			return h.TestAnnouncement(ctx, who, "test", d)
		}},
		"send": {office, func(h *house, ctx context.Context, who programme.Actor, _, d programme.AnnouncementID) error {
			v, err := h.PreviewAnnouncement(ctx, programme.As("office"), d)
			if err != nil {
				return err
			}
			_, err = h.SendAnnouncement(ctx, who, "send", d, v.Announcement.Version, v.Fingerprint)
			return err
		}},
		"stop": {office, func(h *house, ctx context.Context, who programme.Actor, id, _ programme.AnnouncementID) error {
			return h.StopAnnouncement(ctx, who, id)
		}},
		"go on": {office, func(h *house, ctx context.Context, who programme.Actor, id, _ programme.AnnouncementID) error {
			return h.ResumeAnnouncement(ctx, who, id)
		}},
		"correct": {office, func(h *house, ctx context.Context, who programme.Actor, id, _ programme.AnnouncementID) error {
			_, err := h.CorrectAnnouncement(ctx, who, id, 2, programme.Text{Ja: "題"}, programme.Text{Ja: "本文"})
			return err
		}},
		"recall": {office, func(h *house, ctx context.Context, who programme.Actor, id, _ programme.AnnouncementID) error {
			return h.RecallAnnouncement(ctx, who, id)
		}},
		"chase": {office, func(h *house, ctx context.Context, who programme.Actor, id, _ programme.AnnouncementID) error {
			_, err := h.ChaseAcknowledgements(ctx, who, "chase", id)
			return err
		}},
		"tick off": {office, func(h *house, ctx context.Context, who programme.Actor, id, _ programme.AnnouncementID) error {
			return h.TickOffSlack(ctx, who, id, "atsugi", true)
		}},
		"acknowledge": {[]programme.PersonID{"atsugi", "other-atsugi"}, func(h *house, ctx context.Context, who programme.Actor, id, _ programme.AnnouncementID) error {
			return h.Acknowledge(ctx, who, id)
		}},
		"see what they got": {[]programme.PersonID{"atsugi", "other-atsugi", "expert", "other-expert", "unpledged", "senior", "supporter", "office", "new-office", "bureau"},
			func(h *house, ctx context.Context, who programme.Actor, _, _ programme.AnnouncementID) error {
				_, err := h.AnnouncementsFor(ctx, who)
				return err
			}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, who := range cast {
				h := newHouse(t)
				f := draft("sent", toAtsugi)
				f.Acknowledge = true
				a := h.send(f)
				d, err := h.SaveAnnouncement(t.Context(), programme.As("office"), draft("draft", toAtsugi))
				wantCode(t, err, "")
				err = c.do(h, t.Context(), programme.As(who), a.ID, d.ID)
				refusal, refused := programme.AsError(err)
				switch may := slices.Contains(c.may, who); {
				case may && err != nil:
					t.Errorf("%s may not: %v", who, err)
				case !may && err == nil:
					t.Errorf("%s may", who)
				case !may && (!refused || refusal.Code != programme.CodeDenied && refusal.Code != programme.CodeUnknown && refusal.Code != programme.CodeNotFound):
					t.Errorf("%s is answered %v", who, err)
				}
			}
		})
	}
}

// TestTwoCoordinatorsAtTheSameDraft: the second is told, shown what stands, and nothing is
// overwritten; the same form never writes twice.
func TestTwoCoordinatorsAtTheSameDraft(t *testing.T) {
	h := newHouse(t)
	who := programme.As("office")
	a, err := h.SaveAnnouncement(t.Context(), who, draft("first", toAtsugi))
	wantCode(t, err, "")
	one, two := a.Form(), a.Form()
	one.Op, one.Body.Ja = "one", "一人目の文"
	two.Op, two.Body.Ja = "two", "二人目の文"
	_, err = h.SaveAnnouncement(t.Context(), who, one)
	wantCode(t, err, "")
	again, err := h.SaveAnnouncement(t.Context(), who, one)
	wantCode(t, err, "")
	stands, err := h.SaveAnnouncement(t.Context(), programme.Operator, two)
	wantCode(t, err, programme.CodeConflict)
	if stands.Body.Ja != "一人目の文" || again.Version != stands.Version || stands.Version != 2 {
		t.Errorf("what stands is %+v, after %+v", stands, again)
	}
	two.Version = stands.Version // having looked
	stands, err = h.SaveAnnouncement(t.Context(), who, two)
	wantCode(t, err, "")
	if stands.Body.Ja != "二人目の文" {
		t.Errorf("what stands is %+v", stands)
	}
}

// TestWhatWasNotLookedAtIsNotSent: the fingerprint of the preview holds for text and people.
func TestWhatWasNotLookedAtIsNotSent(t *testing.T) {
	for rule, change := range map[string]func(h *house, a programme.Announcement){
		"somebody joined": func(h *house, _ programme.Announcement) {
			h.write(func(tx programme.Tx) error {
				return tx.SavePerson(programme.Person{ID: "new", Name: "新人", SlackID: "Unew", Roles: []programme.Role{programme.Atsugi}})
			})
		},
		"somebody left": func(h *house, _ programme.Announcement) {
			h.alter("atsugi", func(p *programme.Person) { p.Left = h.now })
		},
		"somebody's account was closed": func(h *house, _ programme.Announcement) {
			h.alter("atsugi", func(p *programme.Person) { p.OffSlack = h.now })
		},
		"the event moved": func(h *house, _ programme.Announcement) {
			_, err := h.MoveEvent(context.Background(), programme.As("office"), "workshop-1", 0, h.now.AddDate(0, 0, 30), h.now.AddDate(0, 0, 31), "公民館")
			wantCode(h.t, err, "")
		},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			h.workshop()
			f := draft("op", toAtsugi)
			f.Event = "workshop-1"
			a, err := h.SaveAnnouncement(t.Context(), programme.As("office"), f)
			wantCode(t, err, "")
			v, err := h.PreviewAnnouncement(t.Context(), programme.As("office"), a.ID)
			wantCode(t, err, "")
			change(h, a)
			_, err = h.SendAnnouncement(t.Context(), programme.As("office"), "send", a.ID, a.Version, v.Fingerprint)
			wantCode(t, err, programme.CodeConflict)
			if n := h.announced(); n != "" {
				t.Errorf("it went to %s", n)
			}
			v, err = h.PreviewAnnouncement(t.Context(), programme.As("office"), a.ID)
			wantCode(t, err, "")
			for range 2 { // the same press
				a, err = h.SendAnnouncement(t.Context(), programme.As("office"), "send", a.ID, 1, v.Fingerprint)
				wantCode(t, err, "")
			}
			_, err = h.SendAnnouncement(t.Context(), programme.Operator, "another", a.ID, a.Version, v.Fingerprint)
			wantCode(t, err, programme.CodeConflict)
		})
	}
}

// alter changes somebody of the roster.
func (h *house) alter(id programme.PersonID, f func(*programme.Person)) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		p, err := tx.Person(id)
		if err != nil {
			return err
		}
		f(&p)
		return tx.SavePerson(p)
	})
}

// announced lists the announcement's messages, with their states, as one line.
func (h *house) announced() string {
	h.t.Helper()
	var out []string
	for _, d := range h.everyDelivery() {
		if d.Kind == programme.NoticeAnnouncement {
			out = append(out, fmt.Sprintf("%s %s", d.To, d.State))
		}
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func (h *house) everyDelivery() (out []programme.Delivery) {
	h.t.Helper()
	err := h.Store.Read(context.Background(), func(tx programme.Tx) error {
		for _, s := range programme.DeliveryStates {
			ds, err := tx.Deliveries(s, 1000)
			if err != nil {
				return err
			}
			out = append(out, ds...)
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

// TestAScheduledAnnouncementCanBeCalledOffAndSentAnew: until its moment it can become a
// draft again, and what it left behind does not go out.
func TestAScheduledAnnouncementCanBeCalledOffAndSentAnew(t *testing.T) {
	h := newHouse(t)
	who := programme.As("office")
	f := draft("op", toAtsugi)
	f.At = h.now.Add(24 * time.Hour)
	a := h.send(f)
	if a.State != programme.AnnouncementScheduled {
		t.Fatalf("it is %s", a.State)
	}
	wantCode(t, h.StopAnnouncement(t.Context(), who, a.ID), "")
	if got, want := h.announced(), "p:atsugi cancelled, p:other-atsugi cancelled"; got != want {
		t.Errorf("its messages are %q, want %q", got, want)
	}
	s, err := h.Announcement(t.Context(), who, a.ID)
	wantCode(t, err, "")
	if s.Announcement.State != programme.AnnouncementDraft || len(s.Receipts) > 0 {
		t.Fatalf("it is %s with %v", s.Announcement.State, s.Receipts)
	}
	f = s.Announcement.Form()
	f.Op, f.At, f.To.Except = "again", h.now.Add(48*time.Hour), []programme.PersonID{"other-atsugi"}
	a = h.send(f)
	for _, d := range h.everyDelivery() {
		if d.Kind == programme.NoticeAnnouncement && d.State == programme.Pending && (d.To != "p:atsugi" || !d.Due.Equal(f.At)) {
			t.Errorf("%s is due at %v", d.To, d.Due)
		}
	}
	h.now = f.At.Add(time.Minute)
	m, err := h.Matter(t.Context(), programme.Notice{Kind: programme.NoticeAnnouncement, Subject: string(a.ID), To: "p:other-atsugi"}, false)
	wantCode(t, err, "")
	if m.Withdrawn == "" {
		t.Error("it goes to somebody to whom it does not go any more")
	}
}

// arrive plays the courier: everything that waits arrives, as drawn then.
func (h *house) arrive() {
	h.t.Helper()
	for {
		h.now = h.now.Add(time.Minute)
		got, err := h.queue().Claim(context.Background(), "courier", h.now, time.Minute, 100)
		if err != nil {
			h.t.Fatal(err)
		}
		if len(got) == 0 {
			return
		}
		var out []programme.Outcome
		for _, d := range got {
			o := programme.Outcome{Delivery: d, State: programme.Sent, SlackID: "D", SlackTS: fmt.Sprintf("%d.1", h.now.Unix())}
			m, err := h.Matter(context.Background(), d.Notice, d.Op == programme.OpUpdate)
			if err != nil {
				h.t.Fatal(err)
			}
			if m.Withdrawn != "" {
				o.State, o.SlackTS, o.Error = programme.Cancelled, "", m.Withdrawn
			}
			out = append(out, o)
		}
		if _, err := h.queue().Settle(context.Background(), out); err != nil {
			h.t.Fatal(err)
		}
	}
}

// TestWhoIsChased: those who were sent it and have not acknowledged it; never the bureau
// or a support organisation, nobody twice within half a day.
func TestWhoIsChased(t *testing.T) {
	h := newHouse(t)
	who := programme.As("office")
	h.alter("other-expert", func(p *programme.Person) { p.Roles = append(p.Roles, programme.Supporter) })
	h.alter("unpledged", func(p *programme.Person) { p.SlackID = "" })
	f := draft("op", programme.AnnouncementAudience{Everyone: true})
	f.Acknowledge = true
	a := h.send(f)
	n, err := h.ChaseAcknowledgements(t.Context(), who, "early", a.ID)
	wantCode(t, err, "")
	if n != 0 {
		t.Errorf("%d are chased before they have it", n)
	}
	h.arrive()
	wantCode(t, h.Acknowledge(t.Context(), programme.As("atsugi"), a.ID), "")
	wantCode(t, h.Acknowledge(t.Context(), programme.As("atsugi"), a.ID), "")
	s, err := h.Announcement(t.Context(), who, a.ID)
	wantCode(t, err, "")
	if s.Acknowledged != 1 || s.ToChase != 3 || s.People != 10 || s.Counts[programme.ReceiptOff] != 1 || len(s.Silent()) != 8 {
		t.Errorf("%d of %d acknowledged, %d to chase, %d silent: %v", s.Acknowledged, s.People, s.ToChase, len(s.Silent()), s.Counts)
	}
	for _, op := range []string{"chase", "chase", "at once again"} {
		_, err := h.ChaseAcknowledgements(t.Context(), who, op, a.ID)
		wantCode(t, err, "")
	}
	var chased []string
	for to, n := range h.notices() {
		if kind, person, _ := strings.Cut(to, " "); kind == string(programme.NoticeAnnouncementChase) {
			chased = append(chased, fmt.Sprint(person, " ", n))
		}
	}
	if slices.Sort(chased); strings.Join(chased, ", ") != "p:expert 1, p:other-atsugi 1, p:senior 1" {
		t.Errorf("chased are %v", chased)
	}
	wantCode(t, h.Acknowledge(t.Context(), programme.As("expert"), a.ID), "") // before the chaser goes out
	h.arrive()
	for _, d := range h.everyDelivery() {
		if d.Kind == programme.NoticeAnnouncementChase && (d.State == programme.Sent) == (d.To == "p:expert") {
			t.Errorf("the chaser to %s is %s", d.To, d.State)
		}
	}
	h.now = h.now.Add(13 * time.Hour)
	n, err = h.ChaseAcknowledgements(t.Context(), who, "next day", a.ID)
	wantCode(t, err, "")
	if n != 2 {
		t.Errorf("%d are chased the next day, want 2", n)
	}
	wantCode(t, h.RecallAnnouncement(t.Context(), who, a.ID), "")
	_, err = h.ChaseAcknowledgements(t.Context(), who, "late", a.ID)
	wantCode(t, err, programme.CodeClosed)
	wantCode(t, h.Acknowledge(t.Context(), programme.As("senior"), a.ID), programme.CodeClosed)
	for _, d := range h.everyDelivery() {
		if strings.HasPrefix(string(d.Kind), "announcement") && d.Kind != programme.NoticeAnnouncementProgress && d.State != programme.Cancelled && d.Op != programme.OpDelete {
			t.Errorf("%s to %s is %s %s", d.Kind, d.To, d.State, d.Op)
		}
	}
}

// TestThoseOffSlackAreTickedByHand.
func TestThoseOffSlackAreTickedByHand(t *testing.T) {
	h := newHouse(t)
	who := programme.As("office")
	h.alter("atsugi", func(p *programme.Person) { p.SlackID = "" })
	a := h.send(draft("op", toAtsugi))
	h.arrive()
	count := func(state programme.ReceiptState) int {
		s, err := h.Announcement(t.Context(), who, a.ID)
		wantCode(t, err, "")
		return s.Counts[state]
	}
	if count(programme.ReceiptOff) != 1 || count(programme.ReceiptSent) != 1 {
		t.Error("off Slack is not told apart")
	}
	got := func(p programme.PersonID) int {
		as, err := h.AnnouncementsFor(t.Context(), programme.As(p))
		wantCode(t, err, "")
		return len(as)
	}
	if got("atsugi") != 0 || got("other-atsugi") != 1 || got("senior") != 0 {
		t.Error("somebody has what they did not get")
	}
	wantCode(t, h.TickOffSlack(t.Context(), who, a.ID, "expert", true), programme.CodeNotFound)
	wantCode(t, h.TickOffSlack(t.Context(), who, a.ID, "atsugi", true), "")
	if count(programme.ReceiptTicked) != 1 || got("atsugi") != 1 {
		t.Error("ticked is not told")
	}
	wantCode(t, h.TickOffSlack(t.Context(), who, a.ID, "atsugi", false), "")
	if count(programme.ReceiptOff) != 1 {
		t.Error("the tick is not taken back")
	}
	wantCode(t, h.RecallAnnouncement(t.Context(), who, a.ID), "")
	if got("other-atsugi") != 0 {
		t.Error("what was recalled is still found")
	}
}

// TestACorrectionOfAnOldTextIsRefused: compare and set, as for drafts.
func TestACorrectionOfAnOldTextIsRefused(t *testing.T) {
	h := newHouse(t)
	who := programme.As("office")
	a := h.send(draft("op", toAtsugi))
	title, body := a.Title, programme.Text{Ja: "時刻を直しました。"}
	b, err := h.CorrectAnnouncement(t.Context(), who, a.ID, a.Version, title, body)
	wantCode(t, err, "")
	if b.Edition != 2 || b.Body != body {
		t.Errorf("it is %+v", b)
	}
	_, err = h.CorrectAnnouncement(t.Context(), who, a.ID, a.Version, title, body) // the same form
	wantCode(t, err, "")
	stands, err := h.CorrectAnnouncement(t.Context(), programme.Operator, a.ID, a.Version, title, programme.Text{Ja: "別の直し"})
	wantCode(t, err, programme.CodeConflict)
	if stands.Body != body {
		t.Errorf("what stands is answered as %q", stands.Body.Ja)
	}
	d, err := h.SaveAnnouncement(t.Context(), who, draft("draft", toAtsugi))
	wantCode(t, err, "")
	_, err = h.CorrectAnnouncement(t.Context(), who, d.ID, d.Version, title, body)
	wantCode(t, err, programme.CodeConflict)
	_, err = h.SaveAnnouncement(t.Context(), who, programme.AnnouncementForm{Op: "late", ID: a.ID, Version: b.Version, Title: title})
	wantCode(t, err, programme.CodeConflict)
}
