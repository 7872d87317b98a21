package programme_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tsugite/programme"
)

// part is what somebody has to do with an event.
type part struct {
	invited bool
	answer  programme.Coming // Undecided for none
	speaker programme.SpeakerStatus
}

// someEvent is an event on the day of an offer, with the parts of its atsugi and expert.
type someEvent struct {
	programme.Event
	parts [2]part
}

// countedOn is the rule of events in other words: somebody's time is taken by every event
// that takes place, if they are to speak, said that they come, wait for a place, or know of
// it because it is for them or they were put on its list, and have not said no.
func (e someEvent) countedOn(who int, today programme.Date) bool {
	p := e.parts[who]
	if !e.Cancelled.IsZero() {
		return false
	}
	switch p.speaker {
	case programme.SpeakerAgreed, programme.SpeakerMaterials, programme.SpeakerTravel:
		return true
	}
	switch p.answer {
	case programme.Yes, programme.Online, programme.Waiting:
		return true
	case programme.No:
		return false
	}
	public := e.Approved != "" && e.Approved <= today
	return public && (p.invited || p.answer == programme.NotYet)
}

// TestTimesMindEventsByTheMinute: of an expert's published times those can be chosen in no
// minute of which one of the two is counted on at an event, nor the expert in the buffer.
func TestTimesMindEventsByTheMinute(t *testing.T) {
	h := openHouse(t)
	const first, length, buffer, open = 14 * 60, 60, 15, 4 * 60 // in minutes; see thursdays
	day := time.Date(2026, 9, 10, 0, 0, 0, 0, tokyo)
	runs, blocked := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		runs++
		people := [2]programme.PersonID{programme.PersonID(fmt.Sprint("a", runs)), programme.PersonID(fmt.Sprint("e", runs))}
		h.person(people[0], func(*programme.Person) {})
		h.person(people[1], func(p *programme.Person) {
			p.Roles, p.Notified, p.Pledged = []programme.Role{programme.Mentor}, "2026-06-01", "2026-06-01"
		})
		h.offers(people[1], nil)
		var events []someEvent
		for n := range rapid.IntRange(0, 3).Draw(rt, "events") {
			events = append(events, drawEvent(rt, programme.EventID(fmt.Sprint("v", runs, "-", n)), day, people))
		}
		h.write(func(tx programme.Tx) error { return saveEvents(tx, events, people, h.now) })

		times, err := h.OfferedTimes(t.Context(), programme.As(people[0]), people[1])
		must(rt, err)
		var want []int
		for start := first; start+length <= first+open; start += 30 {
			free := true
			for minute := start; minute < start+length+buffer; minute++ {
				at := day.Add(time.Duration(minute) * time.Minute)
				for _, e := range events {
					during := !at.Before(e.Start) && at.Before(e.End)
					taken := e.countedOn(1, "2026-09-01") || minute < start+length && e.countedOn(0, "2026-09-01")
					free = free && !(during && taken)
				}
			}
			if free {
				want = append(want, start)
			} else {
				blocked++
			}
		}
		var got []int
		for _, s := range times {
			if s.From.In(tokyo).Format(time.DateOnly) == "2026-09-10" {
				got = append(got, int(s.From.Sub(day)/time.Minute))
			}
		}
		if !slices.Equal(got, want) {
			rt.Fatalf("times from the minutes %v, want %v, of %+v", got, want, events)
		}
		for i := range events { // the next run's people have nothing to do with them
			events[i].Version, events[i].Cancelled = 1, h.now
			h.write(func(tx programme.Tx) error { return tx.SaveEvent(events[i].Event) })
		}
	})
	if blocked == 0 {
		t.Error("no event took a time, so nothing was looked at")
	}
}

// drawEvent is an event around the times of the day.
func drawEvent(rt *rapid.T, id programme.EventID, day time.Time, people [2]programme.PersonID) someEvent {
	start := day.Add(time.Duration(rapid.IntRange(13*60, 18*60).Draw(rt, "starts")) * time.Minute)
	e := someEvent{Event: programme.Event{
		ID: id, Kind: programme.Seminar, Title: "催し", Start: start, Place: "公民館", Host: programme.ByOffice,
		End:      start.Add(time.Duration(rapid.IntRange(1, 120).Draw(rt, "lasts")) * time.Minute),
		Approved: rapid.SampledFrom([]programme.Date{"2026-08-01", "2026-09-01", "2026-09-02", ""}).Draw(rt, "approved"),
	}}
	if rapid.IntRange(0, 4).Draw(rt, "cancelled") == 0 {
		e.Cancelled = day.AddDate(0, 0, -20)
	}
	for i := range people {
		e.parts[i] = part{
			invited: rapid.Bool().Draw(rt, "invited"),
			answer: rapid.SampledFrom([]programme.Coming{
				programme.Undecided, programme.Yes, programme.Online, programme.No, programme.NotYet, programme.Waiting,
			}).Draw(rt, "answer"),
			speaker: rapid.SampledFrom([]programme.SpeakerStatus{
				"", "", "", programme.SpeakerAsked, programme.SpeakerDeclined, programme.SpeakerAgreed, programme.SpeakerTravel,
			}).Draw(rt, "speaker"),
		}
		if e.parts[i].invited {
			e.Audience.People = append(e.Audience.People, people[i])
		}
	}
	return e
}

// saveEvents enters events with who has what to do with them.
func saveEvents(tx programme.Tx, events []someEvent, people [2]programme.PersonID, now time.Time) error {
	for _, e := range events {
		if err := tx.SaveEvent(e.Event); err != nil {
			return err
		}
		for i, p := range e.parts {
			if p.answer != programme.Undecided {
				if _, err := tx.Attend(programme.Attendance{Event: e.ID, Person: people[i], Answer: p.answer, By: people[i], At: now}); err != nil {
					return err
				}
			}
			if p.speaker == "" {
				continue
			}
			if err := tx.SaveSpeaker(programme.Speaker{Event: e.ID, Person: people[i], Status: p.speaker, By: "office", At: now}); err != nil {
				return err
			}
		}
	}
	return nil
}
