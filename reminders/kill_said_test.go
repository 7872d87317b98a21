package reminders_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"tsugite/programme"
)

// said is a message that Slack took, with the delivery that it is.
type said struct {
	posted
	programme.Delivery
}

// messages reads the Slack's log, in its order.
func (h *harness) messages() (out []said) {
	h.t.Helper()
	h.logMu.Lock()
	defer h.logMu.Unlock()
	noError(h.t, h.store.Read(context.Background(), func(tx programme.Tx) error {
		for _, p := range postedIn(h.t, h.log) {
			d, err := tx.Delivery(p.key)
			if err != nil {
				return fmt.Errorf("key %s: %w", p.key, err)
			}
			out = append(out, said{p, d})
		}
		return nil
	}))
	return out
}

// about is what somebody was told of an event.
type about struct {
	event  programme.EventID
	person programme.Recipient
}

// whoLacks writes for each person who lacks the last word what there is of it.
func (h *harness) whoLacks() string {
	h.t.Helper()
	var out strings.Builder
	heard, kept := h.messages(), everyDelivery(h.t, h.store)
	for _, a := range h.uninformed(heard) {
		for _, e := range h.events {
			if e.id == a.event {
				fmt.Fprintf(&out, "%s about %s, which begins at %v, cancelled: %v\n", a.person, a.event, e.starts, e.cancelled)
			}
		}
		for _, m := range heard {
			if m.Subject == string(a.event) && m.To == a.person {
				fmt.Fprintf(&out, "  heard %s %s %s rev %d: %q\n", m.Kind, m.Occasion, m.State, m.Rev, m.text)
			}
		}
		for _, d := range kept {
			if d.Subject == string(a.event) && d.To == a.person {
				fmt.Fprintf(&out, "  kept %s %s %s %s rev %d %s due %v\n", d.Kind, d.Occasion, d.State, d.Op, d.Rev, d.LastError, d.Due)
			}
		}
	}
	return out.String()
}

// uninformed are those who were not told when an event begins, as the harness
// itself set it last, or that it is off although they had heard of it.
func (h *harness) uninformed(all []said) (out []about) {
	last := map[about]said{}
	for _, m := range all {
		last[about{programme.EventID(m.Subject), m.To}] = m
	}
	for _, e := range h.events {
		for i := range killPeople {
			a := about{e.id, programme.ToPerson(atsugi(i).ID)}
			m, heard := last[a]
			informed := heard && m.startTold(e).Equal(e.starts[len(e.starts)-1])
			if e.cancelled {
				informed = !heard || m.Kind == programme.NoticeEventCancelled
			}
			if !informed {
				out = append(out, a)
			}
		}
	}
	return out
}

// startTold is the start that a message gave: an invitation's is in its occasion,
// a moved event's is that of the change.
func (m said) startTold(e *told) time.Time {
	if m.Kind == programme.NoticeEventMoved {
		n, err := strconv.Atoi(m.Occasion)
		if err != nil || n >= len(e.starts) {
			return time.Time{}
		}
		return e.starts[n]
	}
	_, at, _ := strings.Cut(m.Occasion, "@")
	start, err := time.Parse("20060102T1504Z", at)
	if err != nil {
		return time.Time{}
	}
	return start
}

// audit reads the Slack's log: nobody lacks the last word, and nobody was told
// anything twice.
func (h *harness) audit() {
	h.t.Helper()
	all := h.messages()
	keys, kinds := map[string]int{}, map[programme.NoticeKind]int{}
	asked := map[about]int{}
	doubled := 0
	for _, m := range all {
		kinds[m.Kind]++
		if keys[m.key]++; keys[m.key] > 1 {
			doubled++
			h.t.Errorf("key %s was posted %d times", m.key, keys[m.key])
		}
		if m.Kind != programme.NoticeEventMoved {
			a := about{programme.EventID(m.Subject) + programme.EventID(m.Kind), m.To}
			if asked[a]++; asked[a] > 1 {
				h.t.Errorf("%s: %s was told %d times", a.person, a.event, asked[a])
			}
		}
		if m.State != programme.Sent && m.State != programme.Deleted {
			h.t.Errorf("a message stands whose delivery %s is %s", m.ID, m.State)
		}
	}
	h.auditAnnouncements(all)
	lost := h.uninformed(all)
	for _, a := range lost {
		h.t.Errorf("%s does not know how %s stands", a.person, a.event)
	}
	n := h.counts()
	if n[programme.Sent]+n[programme.Deleted] != len(keys) || n[programme.Unknown]+n[programme.Refused] > 0 {
		h.t.Errorf("the database says %v, and %d messages stand", n, len(keys))
	}
	calls := map[string]int{}
	for _, e := range h.log {
		calls[e.Method]++
	}
	h.t.Logf("%d messages %v about %d events, %d lost, %d doubled; calls %v; deliveries %v", len(keys), kinds, len(h.events), len(lost), doubled, calls, n)
}
