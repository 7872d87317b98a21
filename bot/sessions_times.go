package bot

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// newSession opens the form for the times of a new session of an engagement. If one of it
// has no time yet the two are led to that: to the times that wait for the person to pick
// one, or to the form for others.
func (b *Bot) newSession(ctx context.Context, r Request) (Reply, error) {
	open, err := b.openOf(ctx, r, programme.EngagementID(r.Action.Value))
	switch {
	case err != nil:
		return Reply{}, err
	case open.ID == "":
		d, err := b.timesForm(ctx, r, ui.Form{Op: b.Office.NewID(), Item: r.Action.Value})
		return opened(d, err, r)
	case open.MayPick:
		page, err := b.sessionPage(ctx, r, open.ID)
		return Reply{Open: page}, err
	}
	return b.timesOf(ctx, r, open.ID)
}

// openOf is the session of an engagement that has no time yet, zero if there is none. The
// office begins as many as it likes, but for a coordinator who is one of the two.
func (b *Bot) openOf(ctx context.Context, r Request, id programme.EngagementID) (programme.SessionView, error) {
	all, err := b.Office.Sessions(ctx, r.Who)
	for _, v := range all {
		if v.Engagement == id && v.State == programme.SessionOpen && !v.Office {
			return v, nil
		}
	}
	return programme.SessionView{}, err
}

// otherTimes opens the form for times of a session that has none, for others than were
// proposed, or for some in place of the agreed one.
func (b *Bot) otherTimes(ctx context.Context, r Request) (Reply, error) {
	return b.timesOf(ctx, r, programme.SessionID(r.Action.Value))
}

func (b *Bot) timesOf(ctx context.Context, r Request, id programme.SessionID) (Reply, error) {
	d, err := b.timesForm(ctx, r, ui.Form{Op: b.Office.NewID(), Subject: string(id)})
	if err == nil {
		err = b.tooLate(d.Session, d.Session.MayPropose || d.Session.MayMove)
	}
	return opened(d, err, r)
}

func opened(d ui.SessionFormData, err error, r Request) (Reply, error) {
	if err != nil {
		return Reply{}, err
	}
	form := ui.SessionTimesForm(d, r.Locale)
	return Reply{Open: &form}, nil
}

// timesForm is what the form is drawn from, and what one that comes back is about: the
// session that its Subject names, or a new one of the engagement that its Item names.
func (b *Bot) timesForm(ctx context.Context, r Request, form ui.Form) (ui.SessionFormData, error) {
	d := ui.SessionFormData{Form: form, Me: r.Me.ID, Length: b.Office.Settings.Sessions.Length}
	if form.Subject == "" {
		e, err := b.engagement(ctx, r, programme.EngagementID(form.Item))
		if err != nil {
			return d, err
		}
		d.Session = newOf(e)
	} else {
		var err error
		if d.Session, err = b.Office.SessionPage(ctx, r.Who, programme.SessionID(form.Subject)); err != nil {
			return d, err
		}
		if form.Version == 0 { // it opens now
			d.Form.Version = d.Session.Version
		}
	}
	return b.withTimes(ctx, r, d)
}

// withTimes fills in what an atsugi can choose from for a session that they asked for; for
// everybody else, where the expert meets people.
func (b *Bot) withTimes(ctx context.Context, r Request, d ui.SessionFormData) (ui.SessionFormData, error) {
	var err error
	if !d.Session.Published {
		d.Place, d.URL, err = b.Office.Rooms(ctx, r.Who, d.Session.Mentor)
		return d, err
	}
	d.Again = &ui.RequestAgain{}
	d.Again.Expert, d.Again.Times, err = b.Office.TimesInstead(ctx, r.Who, d.Session.ID)
	return d, err
}

// newOf is a session of an engagement before it is made.
func newOf(e programme.EngagementView) programme.SessionView {
	return programme.SessionView{
		Session: programme.Session{
			Kind: programme.FollowUp, Engagement: e.ID, Atsugi: e.Atsugi, Mentor: e.Mentor, State: programme.SessionOpen,
		},
		AtsugiPerson: e.AtsugiPerson, MentorPerson: e.MentorPerson, Office: e.Office,
	}
}

// engagement is one of those that the person may see.
func (b *Bot) engagement(ctx context.Context, r Request, id programme.EngagementID) (programme.EngagementView, error) {
	all, err := b.Office.Engagements(ctx, r.Who)
	if err != nil {
		return programme.EngagementView{}, err
	}
	for _, e := range all {
		switch {
		case e.ID != id:
		case !e.Runs():
			return e, &programme.Error{Code: programme.CodeClosed, Key: "error.engagement_over"}
		default:
			return e, nil
		}
	}
	return programme.EngagementView{}, &programme.Error{Code: programme.CodeNotFound, Key: "error.engagement_gone"}
}

// proposeTimes names the times. A coordinator whom a quota stops is asked whether to go
// beyond it, with everything that was filled in.
func (b *Bot) proposeTimes(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadForm(r.View.PrivateMetadata)
	if err != nil {
		return Reply{}, err
	}
	d, err := b.timesForm(ctx, r, form)
	if err != nil {
		return Reply{}, err
	}
	if d.Filled, err = ui.ReadSessionTimes(*r.View, d.Session.Session, b.Office.Settings.Zone); err != nil {
		return Reply{}, err
	}
	s, err := b.Office.ProposeTimes(ctx, r.Who, d.Filled)
	if programme.QuotaReached(err) && d.Session.Office {
		d.Refused = err
		again := ui.SessionTimesForm(d, r.Locale)
		return Reply{Replace: &again}, nil
	}
	if open, met := programme.MeetsAlready(err); met {
		d.Refused = err
		return b.asAnswer(ctx, r, d, open)
	}
	if err != nil {
		return Reply{}, err
	}
	if form.Subject == "" {
		return b.beneathBoard(r, ui.SessionProposed(r.Locale)), nil
	}
	return b.beneathSession(r, s.ID, ui.SessionProposed(r.Locale)), nil
}

// asAnswer shows a form for a new session again, with everything that was filled in, as one
// for the session that was begun meanwhile.
func (b *Bot) asAnswer(ctx context.Context, r Request, d ui.SessionFormData, open programme.SessionID) (Reply, error) {
	answer, err := b.timesForm(ctx, r, ui.Form{Op: d.Form.Op, Subject: string(open)})
	if err == nil && answer.Session.State != programme.SessionOpen { // agreed on since
		err = d.Refused
	}
	if err != nil {
		return Reply{}, err
	}
	answer.Filled, answer.Refused = d.Filled, d.Refused
	again := ui.SessionTimesForm(answer, r.Locale)
	return Reply{Replace: &again}, nil
}

// beneathBoard is the reply to a form for a new session: it lies on the board, if on
// anything.
func (b *Bot) beneathBoard(r Request, said string) Reply {
	reply := Reply{Say: said}
	if overviews(r.Me) {
		reply.Beneath = func(ctx context.Context) (*slack.ModalViewRequest, error) { return b.sessionBoard(ctx, r, 0) }
	}
	return reply
}

// bookForm opens the office's form that books for both: another time of the session that
// the button names, a new session of an engagement, or one of two people without.
func (b *Bot) bookForm(ctx context.Context, r Request) (Reply, error) {
	between := ui.ActionOf(r.Action.ActionID) == ui.ActionSessionTwo
	form := ui.Form{Op: b.Office.NewID()}
	if !between {
		form.Subject = r.Action.Value
	}
	d, err := b.bookData(ctx, r, form, between)
	if err != nil {
		return Reply{}, err
	}
	page := ui.SessionBookForm(d, r.Locale)
	return Reply{Open: &page}, nil
}

// bookData is what that form is drawn from; the Office lists experts to coordinators only.
func (b *Bot) bookData(ctx context.Context, r Request, form ui.Form, between bool) (d ui.SessionBookData, err error) {
	d.Between = between
	if d.Mentors, err = b.Office.Experts(ctx, r.Who); err != nil {
		return d, err
	}
	d.Mentors = slices.DeleteFunc(d.Mentors, isMe(r))
	switch {
	case form.Subject != "":
		d.SessionFormData, err = b.timesForm(ctx, r, form)
		if err == nil && !d.Session.Office {
			err = &programme.Error{Code: programme.CodeDenied, Key: "error.session_own"}
		}
		return d, err
	case between:
		d.Atsugi, err = b.Office.MemoSubjects(ctx, r.Who)
		d.Atsugi = slices.DeleteFunc(d.Atsugi, isMe(r))
	default:
		d.Engagements, err = b.runningEngagements(ctx, r)
	}
	d.SessionFormData = ui.SessionFormData{Form: form, Me: r.Me.ID, Length: b.Office.Settings.Sessions.Length}
	return d, err
}

// isMe finds the person among those who can be chosen: what they book for both is not for
// themselves.
func isMe(r Request) func(programme.Person) bool {
	return func(p programme.Person) bool { return p.ID == r.Me.ID }
}

func (b *Bot) runningEngagements(ctx context.Context, r Request) ([]programme.EngagementView, error) {
	all, err := b.Office.Engagements(ctx, r.Who)
	var running []programme.EngagementView
	for _, e := range all {
		if e.Runs() && e.Office { // their own is for another coordinator
			running = append(running, e)
		}
	}
	return running, err
}

// bookSession books for both, who are told at once.
func (b *Bot) bookSession(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadForm(r.View.PrivateMetadata)
	if err != nil {
		return Reply{}, err
	}
	had := programme.SessionView{}
	if form.Subject != "" {
		if had, err = b.Office.SessionPage(ctx, r.Who, programme.SessionID(form.Subject)); err != nil {
			return Reply{}, err
		}
	}
	filled, err := ui.ReadSessionBook(*r.View, had.Session, b.Office.Settings.Zone)
	if err != nil {
		return Reply{}, err
	}
	s, err := b.Office.BookSession(ctx, r.Who, filled)
	if programme.QuotaReached(err) {
		return b.bookAgain(ctx, r, form, filled, err)
	}
	if err != nil {
		return Reply{}, err
	}
	if form.Subject == "" {
		return b.beneathBoard(r, ui.SessionBooked(s, r.Locale)), nil
	}
	return b.beneathSession(r, s.ID, ui.SessionBooked(s, r.Locale)), nil
}

// bookAgain asks whether to go beyond the quota, with everything that was filled in.
func (b *Bot) bookAgain(ctx context.Context, r Request, form ui.Form, filled programme.SessionForm, refused error) (Reply, error) {
	d, err := b.bookData(ctx, r, form, filled.Session == "" && filled.Engagement == "")
	if err != nil {
		return Reply{}, err
	}
	d.Filled, d.Refused = filled, refused
	page := ui.SessionBookForm(d, r.Locale)
	return Reply{Replace: &page}, nil
}
