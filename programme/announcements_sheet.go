package programme

import (
	"context"
	"slices"
	"time"
)

// attachable is how long ago an event or a survey may be over that an announcement is about:
// thanks and materials come some time later.
const attachable = 60 * 24 * time.Hour

// attachedMost is how many of them a menu holds (slack.md Sizes).
const attachedMost = 100

// AnnouncementSheet is what the coordinator's form for an announcement is drawn from.
type AnnouncementSheet struct {
	Announcement  Announcement // zero for a new one
	Events        []Event      // that it may be about, by start
	Surveys       []Survey     // likewise, newest first
	Channels      []Purpose    // where it can be posted
	Cohorts       []string     // of the roster, by name
	Prefectures   []string     // likewise, in the order of the programme
	Organisations []string     // likewise, by name
	Named         []Person     // of the audience's people, those who still take part
	Excepted      []Person     // of its exceptions likewise
}

// Event is one of those that it may be about; the zero Event if it is none.
func (s AnnouncementSheet) Event(id EventID) Event {
	for _, e := range s.Events {
		if e.ID == id {
			return e
		}
	}
	return Event{}
}

// AnnouncementSheet gathers what the form is drawn from; "" is for an announcement to be made.
func (o *Office) AnnouncementSheet(ctx context.Context, who Actor, id AnnouncementID) (AnnouncementSheet, error) {
	s := AnnouncementSheet{Channels: slices.Clone(Purposes)}
	err := o.readAsOffice(ctx, who, func(tx Tx) error {
		if id != "" {
			a, err := tx.Announcement(id)
			if err != nil {
				return orMissing(err, "error.announcement_gone")
			}
			s.Announcement = a.standsAt(o.Now())
		}
		if err := s.addChannels(tx); err != nil {
			return err
		}
		if err := s.addPeople(tx); err != nil {
			return err
		}
		return s.addAttachable(tx, o.Now())
	})
	return s, err
}

// addChannels finds those that the workspace's plan made, and what it has already; that of an
// engagement is for two people's talks.
func (s *AnnouncementSheet) addChannels(tx Tx) error {
	made, err := tx.Channels()
	if err != nil {
		return err
	}
	var more []Purpose
	for _, c := range made {
		if _, private := c.Purpose.engagement(); !private {
			more = append(more, c.Purpose)
		}
	}
	for _, p := range append(more, s.Announcement.Channels...) {
		if !slices.Contains(s.Channels, p) {
			s.Channels = append(s.Channels, p)
		}
	}
	return nil
}

func (s *AnnouncementSheet) addPeople(tx Tx) error {
	people, err := tx.People()
	if err != nil {
		return err
	}
	lives := map[string]bool{}
	for _, p := range people {
		if !p.Active() {
			continue
		}
		if slices.Contains(s.Announcement.To.People, p.ID) {
			s.Named = append(s.Named, p)
		}
		if slices.Contains(s.Announcement.To.Except, p.ID) {
			s.Excepted = append(s.Excepted, p)
		}
		s.Cohorts = append(s.Cohorts, p.Cohorts...)
		lives[p.Prefecture] = true
	}
	slices.Sort(s.Cohorts)
	s.Cohorts = slices.Compact(s.Cohorts)
	s.Organisations = organisations(people)
	for _, p := range Prefectures {
		if lives[p] {
			s.Prefectures = append(s.Prefectures, p)
		}
	}
	return nil
}

// addAttachable finds the events and surveys that are not over for long, and those that it has
// already, whenever they were.
func (s *AnnouncementSheet) addAttachable(tx Tx, now time.Time) error {
	has := map[string]bool{string(s.Announcement.Event): true, string(s.Announcement.Survey): true}
	for _, a := range s.Announcement.To.Answers {
		has[string(a.Event)] = true
	}
	if of := s.Announcement.To.Survey; of != nil {
		has[string(of.Survey)] = true
	}
	events, err := tx.Events()
	if err != nil {
		return err
	}
	for _, e := range events {
		if has[string(e.ID)] || e.Cancelled.IsZero() && now.Before(e.End.Add(attachable)) {
			s.Events = append(s.Events, e)
		}
	}
	if len(s.Events) > attachedMost {
		s.Events = s.Events[:attachedMost]
	}
	surveys, err := tx.Surveys()
	if err != nil {
		return err
	}
	for _, v := range surveys {
		if has[string(v.ID)] || v.Event == "" && now.Before(v.Closes.Add(attachable)) {
			s.Surveys = append(s.Surveys, v)
		}
	}
	if len(s.Surveys) > attachedMost {
		s.Surveys = s.Surveys[:attachedMost]
	}
	return nil
}
