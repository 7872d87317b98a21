package yearreport

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tsugite/programme"
)

// Finding is something that looks wrong: its words, and what it is about.
type Finding struct {
	Key     string // of its sentence, rehearse.warn_… ; the rest of it is the code
	Args    map[string]any
	Subject string // event:ID, person:SLACK-ID, target:CODE, …
	At      time.Time
	To      string // Slack id of the person concerned, "" for more than one
}

// Code names the kind of finding. Codes are part of the output's contract.
func (f Finding) Code() string {
	_, code, _ := strings.Cut(f.Key, ".warn_")
	return code
}

// Text is the finding as a sentence.
func (f Finding) Text(l Language) string { return say(l, f.Key, f.Args) }

// findings are all that looks wrong, by moment, code and subject.
func (r Report) findings() []Finding {
	all := slices.Concat(r.badMoments(), r.tooMany(), r.lateReminders(), r.eventFindings(), r.collisions(),
		r.ladderFindings(), r.surveyFindings(), r.peopleFindings(), r.targetFindings())
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.To, b.To))
	})
	return all
}

// most is how many messages a day are enough for one person.
const most = 3

// badMoments finds messages in the quiet hours and on days off, one finding for
// all that went out together. What belongs to an event of the same day is not
// counted among the latter: the event itself is told of.
func (r Report) badMoments() []Finding {
	type batch struct{ key, subject string }
	var order []batch
	found := map[batch]*Finding{}
	note := func(key string, rec Record) {
		b := batch{key, stamp(rec.At) + "/" + string(rec.Notice) + "/" + rec.About.Subject}
		if found[b] == nil {
			order = append(order, b)
			found[b] = &Finding{Key: key, At: rec.At, Subject: r.subject(rec.About), To: rec.To,
				Args: args("When", rec.At, "What", rec.Notice, "Event", r.title(rec.About), "N", 0)}
		} else if found[b].To != rec.To {
			found[b].To = ""
		}
		found[b].Args["N"] = found[b].Args["N"].(int) + 1
	}
	for _, rec := range r.Records {
		switch {
		case !rec.disturbs():
		case r.Quiet(rec.At):
			note("rehearse.warn_quiet_hours", rec)
		case !r.Open(rec.At) && !r.sameDay(rec):
			note("rehearse.warn_day_off", rec)
		}
	}
	out := make([]Finding, len(order))
	for i, b := range order {
		out[i] = *found[b]
	}
	return out
}

func (r Report) sameDay(rec Record) bool {
	e, ok := r.eventOf(rec.About)
	return ok && r.dayOf(e.Start).Equal(midnight(rec.At))
}

func (r Report) dayOf(t time.Time) time.Time { return midnight(t.In(r.Settings.Zone)) }

// subject names what a notice is about.
func (r Report) subject(n programme.Notice) string {
	if e, ok := r.eventOf(n); ok {
		return subjectOf(e.ID)
	}
	if n.Kind == programme.NoticeKeyDate { // named by the configuration, not by a record's id
		return string(n.Kind) + ":" + n.Subject
	}
	return string(n.Kind)
}

func subjectOf(id programme.EventID) string { return "event:" + string(id) }

// title is the title of the event that a notice is about, "" if it is about none.
func (r Report) title(n programme.Notice) string {
	e, _ := r.eventOf(n)
	return e.Title
}

// tooMany finds people who get more than enough on one day.
func (r Report) tooMany() []Finding {
	var out []Finding
	for _, lane := range r.Lanes {
		perDay := tally[string]{}
		for _, rec := range lane.Messages {
			perDay[midnight(rec.At).Format(time.DateOnly)]++
		}
		for _, date := range perDay.keys() {
			if perDay[date] <= most {
				continue
			}
			at := programme.Date(date).At(0, 0, r.Settings.Zone)
			out = append(out, Finding{Key: "rehearse.warn_too_many", At: at, Subject: "person:" + lane.Person.SlackID, To: lane.Person.SlackID,
				Args: args("When", day(at), "Name", lane.Person.Name, "N", perDay[date], "Most", most)})
		}
	}
	return out
}

// lateReminders finds what was meant for before an event and came after its start.
func (r Report) lateReminders() []Finding {
	late := tally[programme.EventID]{}
	first := map[programme.EventID]time.Time{}
	for _, rec := range r.Records {
		e, ok := r.eventOf(rec.About)
		before := rec.Notice == programme.NoticeEventAsk || rec.Notice == programme.NoticeEventReminder
		if !ok || !before || rec.Kind != Message || rec.At.Before(e.Start) {
			continue
		}
		if late[e.ID]++; late[e.ID] == 1 {
			first[e.ID] = rec.At
		}
	}
	var out []Finding
	for _, id := range late.keys() {
		e, _ := r.event(id)
		out = append(out, Finding{Key: "rehearse.warn_after_start", At: first[id], Subject: subjectOf(id),
			Args: args("Event", e.Title, "N", late[id])})
	}
	return out
}
