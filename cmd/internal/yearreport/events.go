package yearreport

import (
	"slices"
	"time"

	"tsugite/programme"
)

// eventFindings looks at each event that takes place.
func (r Report) eventFindings() []Finding {
	var out []Finding
	for _, e := range r.Events {
		if !e.Cancelled.IsZero() {
			continue
		}
		find := func(key string) {
			out = append(out, Finding{Key: key, At: r.within(e.Start), Subject: subjectOf(e.ID), Args: args("Event", e.Title, "When", e.Start)})
		}
		first, last := programme.DateOf(e.Start, r.Settings.Zone), programme.DateOf(e.End, r.Settings.Zone)
		switch {
		case first < r.Settings.Contract || last > r.Settings.Completion:
			find("rehearse.warn_outside_period")
		case !r.Open(e.Start.In(r.Settings.Zone)):
			find("rehearse.warn_event_day_off")
		}
		if !slices.ContainsFunc(r.People, e.Audience.Includes) {
			find("rehearse.warn_empty_audience")
		}
		if !e.Announced(first) {
			find("rehearse.warn_unapproved")
		}
	}
	return out
}

// within keeps a moment in the rehearsed period, so that every line of the output
// lies in it.
func (r Report) within(t time.Time) time.Time {
	switch last := r.To.Add(-time.Second); {
	case t.Before(r.From):
		return r.From
	case t.After(last):
		return last
	}
	return t
}

// collisions finds events that take place at the same time for the same people.
// Whoever said no to one of the two has decided.
func (r Report) collisions() []Finding {
	declined := map[programme.EventID]map[programme.PersonID]bool{}
	for _, a := range r.Attendance {
		if a.Answer == programme.No {
			if declined[a.Event] == nil {
				declined[a.Event] = map[programme.PersonID]bool{}
			}
			declined[a.Event][a.Person] = true
		}
	}
	var out []Finding
	for i, a := range r.Events {
		for _, b := range r.Events[i+1:] {
			if !a.Cancelled.IsZero() || !b.Cancelled.IsZero() || !a.Start.Before(b.End) || !b.Start.Before(a.End) {
				continue
			}
			both := 0
			for _, p := range r.People {
				if a.Audience.Includes(p) && b.Audience.Includes(p) && !declined[a.ID][p.ID] && !declined[b.ID][p.ID] {
					both++
				}
			}
			if both > 0 {
				out = append(out, Finding{Key: "rehearse.warn_collision", At: r.within(b.Start), Subject: subjectOf(a.ID) + " " + subjectOf(b.ID),
					Args: args("Event", a.Title, "Other", b.Title, "When", b.Start, "N", both)})
			}
		}
	}
	return out
}

// ladderFindings tells of events that were made or approved so late that several
// reminders fell together into one.
func (r Report) ladderFindings() []Finding {
	var out []Finding
	for _, l := range r.Ladders {
		e, ok := r.event(l.Event)
		if !ok || !e.Cancelled.IsZero() || l.Left >= l.Full {
			continue
		}
		out = append(out, Finding{Key: "rehearse.warn_compressed", At: r.within(e.Approved.At(0, 0, r.Settings.Zone)), Subject: subjectOf(e.ID),
			Args: args("Event", e.Title, "When", e.Start, "Full", l.Full, "Left", l.Left)})
	}
	return out
}

// peopleFindings tells of people whom the bot cannot reach, and of messages that
// were lost on the way.
func (r Report) peopleFindings() []Finding {
	var out []Finding
	for _, p := range r.People {
		if p.Active() && p.SlackID == "" {
			out = append(out, Finding{Key: "rehearse.warn_not_on_slack", At: r.From, Subject: "person:" + p.Name, Args: args("Name", p.Name)})
		}
	}
	return append(out, r.lost()...)
}

var lostKeys = map[programme.DeliveryState]string{
	programme.Refused: "rehearse.warn_refused",
	programme.Lapsed:  "rehearse.warn_lapsed",
	programme.Unknown: "rehearse.warn_unknown",
}

func (r Report) lost() []Finding {
	type pile struct {
		key, why string
		to       programme.Recipient
	}
	found := map[pile]*Finding{}
	var order []pile
	for _, d := range r.Lost {
		h := pile{lostKeys[d.State], d.LastError, d.To}
		if found[h] == nil {
			order = append(order, h)
			name, slackID := r.recipient(d.To)
			found[h] = &Finding{Key: h.key, At: r.within(d.Due.In(r.Settings.Zone)), Subject: "person:" + slackID, To: slackID,
				Args: args("Name", name, "N", 0, "Why", d.LastError)}
		}
		found[h].Args["N"] = found[h].Args["N"].(int) + 1
		if at := r.within(d.Due.In(r.Settings.Zone)); at.Before(found[h].At) {
			found[h].At = at
		}
	}
	out := make([]Finding, len(order))
	for i, h := range order {
		out[i] = *found[h]
	}
	return out
}

func (r Report) recipient(to programme.Recipient) (name, slackID string) {
	for _, p := range r.People {
		if p.ID == to.Person() && p.ID != "" {
			return p.Name, p.SlackID
		}
	}
	if purpose := to.Channel(); purpose != "" {
		return "#" + string(purpose), ""
	}
	return to.Account(), to.Account()
}

// targetFindings tells of targets that neither what was done nor what is planned
// meets.
func (r Report) targetFindings() []Finding {
	var out []Finding
	for _, p := range r.Progress {
		if p.Missing() > 0 {
			out = append(out, Finding{Key: "rehearse.warn_target", At: r.within(r.To), Subject: "target:" + string(p.Code),
				Args: args("Target", string(p.Code), "Least", p.Least, "Done", p.Done+p.Planned, "Missing", p.Missing())})
		}
	}
	return out
}
