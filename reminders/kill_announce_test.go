package reminders_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tsugite/programme"
)

// What the office announces to everybody while the courier is killed: it stops announcements
// in the middle and goes on, corrects and recalls them. Nobody may lack the last text, nobody
// may have it twice, nothing may go out that was not on its way when it was recalled, and
// what was has to be gone in the end.

// announced is an announcement with what the harness itself did with it.
type announced struct {
	programme.Announcement
	edition  int
	stopped  bool
	recalled bool
	ended    map[string]bool // deliveries that the recall found waiting, by id
}

// words are the title that only the last edition of it has.
func (a *announced) words() string { return fmt.Sprintf("%s第%d版。", a.ID, a.edition) }

func (h *harness) publish() {
	h.t.Helper()
	ctx, who := context.Background(), programme.Operator
	a := &announced{edition: 1}
	f := everybody()
	f.Op = newID()
	var err error
	h.insist(func() error { a.Announcement, err = h.office.SaveAnnouncement(ctx, who, f); return err })
	f.ID, f.Version, f.Op, f.Title.Ja = a.ID, a.Version, newID(), a.words()
	h.insist(func() error { a.Announcement, err = h.office.SaveAnnouncement(ctx, who, f); return err })
	v, err := h.office.PreviewAnnouncement(ctx, who, a.ID)
	noError(h.t, err)
	op := newID()
	h.insist(func() error {
		a.Announcement, err = h.office.SendAnnouncement(ctx, who, op, a.ID, a.Version, v.Fingerprint)
		return err
	})
	h.announcements = append(h.announcements, a)
}

// reconsider has the office think again about one that it announced.
func (h *harness) reconsider() {
	h.t.Helper()
	recent := h.announcements[max(0, len(h.announcements)-3):]
	a := recent[h.dice.IntN(len(recent))]
	switch {
	case a.recalled:
	case a.stopped:
		h.goOn(a)
	default:
		[]func(*announced){h.stop, h.correct, h.correct, h.recall}[h.dice.IntN(4)](a)
	}
}

// late says that the refusal is that everything went out already.
func late(err error) bool {
	e, refused := programme.AsError(err)
	return refused && e.Key == "error.announcement_all_sent"
}

func (h *harness) stop(a *announced) {
	h.insist(func() error {
		err := h.office.StopAnnouncement(context.Background(), programme.Operator, a.ID)
		if late(err) {
			return nil
		}
		a.stopped = err == nil
		return err
	})
}

func (h *harness) goOn(a *announced) {
	h.insist(func() error { return h.office.ResumeAnnouncement(context.Background(), programme.Operator, a.ID) })
	a.stopped = false
}

func (h *harness) correct(a *announced) {
	a.edition++
	h.insist(func() error {
		s, err := h.office.Announcement(context.Background(), programme.Operator, a.ID)
		if err == nil {
			_, err = h.office.CorrectAnnouncement(context.Background(), programme.Operator, a.ID, s.Announcement.Version, programme.Text{Ja: a.words()}, a.Body)
		}
		return err
	})
}

// recall notes which messages were not on their way: those must never be seen.
func (h *harness) recall(a *announced) {
	h.insist(func() error { return h.office.RecallAnnouncement(context.Background(), programme.Operator, a.ID) })
	a.recalled, a.ended = true, map[string]bool{}
	for _, d := range everyDelivery(h.t, h.store) {
		if d.Subject == string(a.ID) && d.State == programme.Cancelled {
			a.ended[d.ID] = true
		}
	}
}

// unannounced is what is wrong with what stands in the Slack at the end.
func (h *harness) unannounced(standing map[string]string) (wrong []string) {
	h.t.Helper()
	bySubject := map[string][]programme.Delivery{}
	for _, d := range everyDelivery(h.t, h.store) {
		bySubject[d.Subject] = append(bySubject[d.Subject], d)
	}
	for _, a := range h.announcements {
		to := map[programme.Recipient]int{}
		for _, d := range bySubject[string(a.ID)] {
			text, stands := standing[d.ID]
			switch {
			case stands && a.recalled:
				wrong = append(wrong, fmt.Sprintf("%s still has %s, which was recalled (%s %s)", d.To, a.ID, d.State, d.Op))
			case stands && !strings.Contains(text, a.words()):
				wrong = append(wrong, fmt.Sprintf("%s has an earlier text of %s (%s %s rev %d)", d.To, a.ID, d.State, d.Op, d.Rev))
			case stands:
				to[d.To]++
			}
		}
		for i := range killPeople {
			if p := programme.ToPerson(atsugi(i).ID); !a.recalled && to[p] != 1 {
				wrong = append(wrong, fmt.Sprintf("%s has %s %d times%s", p, a.ID, to[p], written(bySubject[string(a.ID)], p)))
			}
		}
	}
	return wrong
}

// written says what is kept of somebody's messages.
func written(ds []programme.Delivery, to programme.Recipient) (out string) {
	for _, d := range ds {
		if d.To == to {
			out += fmt.Sprintf("; %s %s rev %d %s", d.State, d.Op, d.Rev, d.LastError)
		}
	}
	return out
}

// auditAnnouncements is the audit's part about announcements.
func (h *harness) auditAnnouncements(all []said) {
	h.t.Helper()
	for _, w := range h.unannounced(standingIn(h.t, h.log)) {
		h.t.Error(w)
	}
	recalled, corrected := 0, 0
	for _, a := range h.announcements {
		if a.edition > 1 {
			corrected++
		}
		if !a.recalled {
			continue
		}
		recalled++
		if i := slices.IndexFunc(all, func(m said) bool { return a.ended[m.ID] }); i >= 0 {
			h.t.Errorf("%s went out although it waited when %s was recalled", all[i].ID, a.ID)
		}
	}
	h.t.Logf("%d announcements, %d corrected, %d recalled", len(h.announcements), corrected, recalled)
}
