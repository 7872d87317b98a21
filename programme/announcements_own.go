package programme

import "context"

// OwnEvent is the reader's own part in an event that somebody pointed them to: an Error of
// CodeNotFound while participants do not know of it. Who is not invited reads when and where
// it is, and nothing else.
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
		return nil
	})
	return m, err
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
