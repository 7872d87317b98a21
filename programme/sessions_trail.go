package programme

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// spanForm is how the trail writes when something begins, in UTC.
const spanForm = "2006-01-02T15:04Z"

// changedFrom says for the audit trail what differs from the session as it was before, as
// "state=open>booked time=>2026-09-10T05:00Z/60m": names of states, times in UTC with their
// length, and of how and where they meet the mode, and that the rest changed. Nothing that
// people wrote is in it (programme.md duty 3).
func (s Session) changedFrom(was Session) string {
	before, now := was.traced(), s.traced()
	var out []string
	for i, f := range now {
		if old := before[i].value; old != f.value {
			out = append(out, f.name+"="+old+">"+f.value)
		}
	}
	if was.Version > 0 && (was.Place != s.Place || was.URL != s.URL) {
		out = append(out, "venue")
	}
	return strings.Join(out, " ")
}

// traced is a fact of a session that the trail holds.
type traced struct{ name, value string }

// traced are the facts in their order.
func (s Session) traced() []traced {
	return []traced{
		{"state", string(s.State)}, {"kind", string(s.Kind)}, {"time", spansText([]Span{s.Span})},
		{"proposed", spansText(s.Proposal.Spans)}, {"mode", string(s.Mode)},
		{"atsugi_says", string(s.AtsugiSays)}, {"expert_says", string(s.MentorSays)}, {"office_says", string(s.OfficeSays)},
		{"appointment", string(s.Papers.Appointment)}, {"travel", string(s.Papers.Travel)}, {"receipts", string(s.Papers.Receipts)},
	}
}

// spansText writes times, without those that are none.
func spansText(spans []Span) string {
	var out []string
	for _, s := range slices.DeleteFunc(slices.Clone(spans), func(s Span) bool { return s == (Span{}) }) {
		out = append(out, s.From.UTC().Format(spanForm)+"/"+strconv.Itoa(int(s.Until.Sub(s.From)/time.Minute))+"m")
	}
	return strings.Join(out, ",")
}
