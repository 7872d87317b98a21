package programme

import (
	"context"
	"slices"
	"time"
)

// OwnEvent is the reader's own part in an event that somebody pointed them to: an Error of
// CodeNotFound while participants do not know of it. Who is not invited reads when and where
// it is if an announcement told them of it, and nothing else.
func (o *Office) OwnEvent(ctx context.Context, who Actor, id EventID) (Matter, error) {
	m := Matter{Notice: Notice{Kind: NoticeEventAsk, Subject: string(id)}}
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		m.To = me
		if err := o.eventOf(tx, &m); err != nil {
			return orMissing(err, "error.event_gone")
		}
		if !m.Event.Announced(o.Settings.Today(o.Now())) {
			return missing("error.event_gone")
		}
		return pointedTo(tx, m, o.Now())
	})
	return m, err
}

// pointedTo refuses whoever has no part in the event and was not told of it.
func pointedTo(tx Tx, m Matter, now time.Time) error {
	if m.Event.Audience.Includes(m.To) || m.Attendance.Answer != Undecided || m.Speaker.Status.Speaks() {
		return nil
	}
	told, err := announcementsFor(tx, m.To, now)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(told, func(a Announcement) bool { return a.Event == m.Event.ID }) {
		return missing("error.event_gone")
	}
	return nil
}

// OwnResponse is the reader's own response to a survey: an Error of CodeNotFound for who is
// not asked by it.
func (o *Office) OwnResponse(ctx context.Context, who Actor, id SurveyID) (r Response, anonymous bool, err error) {
	err = o.readAs(ctx, who, func(tx Tx, me Person) error {
		s, err := tx.Survey(id)
		if err != nil {
			return orMissing(err, "error.survey_gone")
		}
		anonymous = s.Def.Anonymous
		r, err = tx.ResponseOf(id, me.ID)
		return orMissing(err, "error.survey_not_asked")
	})
	return r, anonymous, err
}
