package bot

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerRequests() {
	b.router.Action(ui.ActionRequest, b.chooseExpert)
	b.router.Action(ui.ActionRequestField, b.chooseExpert)
	b.router.Action(ui.ActionRequestExpert, b.expertTimes)
	b.router.Action(ui.ActionRequestDays, b.chooseDay)
	b.router.Action(ui.ActionRequestDay, b.chooseTime)
	b.router.Action(ui.ActionRequestTime, b.askForTime)
	b.router.Action(ui.ActionRequestOther, b.askForOther)
	b.router.Submit(ui.CallbackRequest, b.requestSession)
	b.router.Close(ui.CallbackRequest, b.freeTime)
	b.router.Action(ui.ActionRequestWait, b.waitFor)
	b.router.Action(ui.ActionRequestUnwait, b.stopWaiting)
}

// chooseExpert shows the experts of whom the person can ask for a time.
func (b *Bot) chooseExpert(ctx context.Context, r Request) (Reply, error) {
	field, from := ui.ReadPlace(r.Action.Value)
	chosen := ui.ActionOf(r.Action.ActionID) == ui.ActionRequestField
	if chosen {
		field = ui.ReadRequestField(*r.Action)
	}
	page, err := b.experts(ctx, r, field, from, b.abroad(ctx, r))
	if err != nil {
		return Reply{}, err
	}
	if chosen {
		return Reply{Replace: page}, nil
	}
	return laid(r, *page), nil
}

func (b *Bot) experts(ctx context.Context, r Request, field string, from int, l ui.Locale) (*slack.ModalViewRequest, error) {
	lines, err := b.Office.Offers(ctx, r.Who)
	if err != nil {
		return nil, err
	}
	page := ui.RequestExperts(ui.RequestData{Lines: lines, Fields: b.Office.Settings.Sessions.Fields, Field: field, From: from}, l)
	return b.withEvents(ctx, r, page, l)
}

// expertTimes shows all times of one expert.
func (b *Bot) expertTimes(ctx context.Context, r Request) (Reply, error) {
	mentor, from := ui.ReadPlace(r.Action.Value)
	page, err := b.expertPage(ctx, r, programme.PersonID(mentor), from)
	if err != nil {
		return Reply{}, err
	}
	return laid(r, *page), nil
}

func (b *Bot) expertPage(ctx context.Context, r Request, mentor programme.PersonID, from int) (*slack.ModalViewRequest, error) {
	line, err := b.offerLine(ctx, r, mentor)
	if err != nil {
		return nil, err
	}
	times, err := b.Office.OfferedTimes(ctx, r.Who, mentor)
	if err != nil {
		return nil, err
	}
	l := b.abroad(ctx, r)
	return b.withEvents(ctx, r, ui.RequestExpert(line, times, b.Office.Settings.Sessions.Fields, from, l), l)
}

// offerLine is what one expert offers the person.
func (b *Bot) offerLine(ctx context.Context, r Request, mentor programme.PersonID) (programme.OfferLine, error) {
	lines, err := b.Office.Offers(ctx, r.Who)
	if err != nil {
		return programme.OfferLine{}, err
	}
	i := slices.IndexFunc(lines, func(l programme.OfferLine) bool { return l.Person.ID == mentor })
	if i < 0 {
		return programme.OfferLine{}, &programme.Error{Code: programme.CodeNotFound, Key: "error.offer_gone"}
	}
	return lines[i], nil
}

// chooseDay shows the days on which any expert has time.
func (b *Bot) chooseDay(ctx context.Context, r Request) (Reply, error) {
	times, err := b.Office.TimesFirst(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	l := b.abroad(ctx, r)
	page, err := b.withEvents(ctx, r, ui.RequestDays(times, l), l)
	return Reply{Replace: page}, err
}

// chooseTime shows the times of one day and who has them.
func (b *Bot) chooseTime(ctx context.Context, r Request) (Reply, error) {
	day, from := ui.ReadPlace(r.Action.Value)
	times, err := b.Office.TimesFirst(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	l := b.abroad(ctx, r)
	page, err := b.withEvents(ctx, r, ui.RequestDay(times, programme.Date(day), from, l), l)
	return Reply{Replace: page}, err
}

// askForTime keeps the time that was pressed and opens its form. If somebody else was
// quicker, or the two look for a time already, that is said before anything is typed.
func (b *Bot) askForTime(ctx context.Context, r Request) (Reply, error) {
	mentor, start, err := ui.ReadRequestTime(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	op := b.Office.NewID()
	err = b.Office.HoldTime(ctx, r.Who, op, mentor, start)
	if next, taken := programme.TimeTaken(err); taken {
		page := ui.RequestTaken(mentor, next, b.abroad(ctx, r))
		return Reply{Replace: &page}, nil
	}
	if open, met := programme.MeetsAlready(err); met {
		return b.meetsAlready(ctx, r, open, err)
	}
	if err != nil {
		return Reply{}, err
	}
	filled := programme.RequestForm{Op: op, Mentor: mentor, Start: start}
	form, err := b.requestForm(ctx, r, ui.RequestFormData{Filled: filled}, b.abroad(ctx, r))
	return Reply{Open: form}, err
}

// meetsAlready shows the session that has no time yet, which is why the person was refused
// another.
func (b *Bot) meetsAlready(ctx context.Context, r Request, open programme.SessionID, refused error) (Reply, error) {
	v, err := b.Office.SessionPage(ctx, r.Who, open)
	if err == nil && v.State != programme.SessionOpen { // it was called off at this moment
		err = refused
	}
	if err != nil {
		return Reply{}, err
	}
	page := ui.RequestMet(v, r.Me.ID, b.abroad(ctx, r))
	return Reply{Open: &page}, nil
}

// requestForm draws the form for a time, or draws it again with what was filled in.
func (b *Bot) requestForm(ctx context.Context, r Request, d ui.RequestFormData, l ui.Locale) (*slack.ModalViewRequest, error) {
	var err error
	if d.Expert, err = b.offerLine(ctx, r, d.Filled.Mentor); err != nil {
		return nil, err
	}
	d.Form.Op = d.Filled.Op
	form := ui.RequestForm(d, l)
	return &form, nil
}

// askForOther changes the time of a form whose time was taken, and nothing else of it. It
// is another operation, as it keeps another time.
func (b *Bot) askForOther(ctx context.Context, r Request) (Reply, error) {
	mentor, start, err := ui.ReadRequestTime(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	filled, err := ui.ReadRequest(*r.View)
	if err != nil {
		return Reply{}, err
	}
	filled.Op, filled.Mentor, filled.Start = b.Office.NewID(), mentor, start
	err = b.Office.HoldTime(ctx, r.Who, filled.Op, mentor, start)
	next, taken := programme.TimeTaken(err)
	if err != nil && !taken {
		return Reply{}, err
	}
	form, err := b.requestForm(ctx, r, ui.RequestFormData{Filled: filled, Taken: taken, Next: next}, b.abroad(ctx, r))
	return Reply{Replace: form}, err
}

// requestSession sends the request. If the time was taken when it was kept no longer, the
// form stays with everything in it, and other times to choose from.
func (b *Bot) requestSession(ctx context.Context, r Request) (Reply, error) {
	filled, err := ui.ReadRequest(*r.View)
	if err != nil {
		return Reply{}, err
	}
	s, err := b.Office.RequestSession(ctx, r.Who, filled)
	if next, taken := programme.TimeTaken(err); taken {
		form, err := b.requestForm(ctx, r, ui.RequestFormData{Filled: filled, Taken: true, Next: next}, r.Locale)
		return Reply{Replace: form}, err
	}
	if err != nil {
		return Reply{}, err
	}
	return Reply{
		Say: ui.SessionRequested(s, r.Locale),
		Beneath: func(ctx context.Context) (*slack.ModalViewRequest, error) {
			return b.experts(ctx, r, "", 0, b.abroad(ctx, r))
		},
	}, nil
}

// freeTime gives back the time that a form kept when it is closed.
func (b *Bot) freeTime(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadForm(r.View.PrivateMetadata)
	if err != nil {
		return Reply{}, err
	}
	return Reply{}, b.Office.FreeTime(ctx, r.Who, form.Op)
}

// waitFor has the person told when an expert has time.
func (b *Bot) waitFor(ctx context.Context, r Request) (Reply, error) {
	mentor := programme.PersonID(r.Action.Value)
	if err := b.Office.WaitFor(ctx, r.Who, mentor); err != nil {
		return Reply{}, err
	}
	return b.waiting(ctx, r, mentor)
}

func (b *Bot) stopWaiting(ctx context.Context, r Request) (Reply, error) {
	mentor := programme.PersonID(r.Action.Value)
	if err := b.Office.StopWaiting(ctx, r.Who, mentor); err != nil {
		return Reply{}, err
	}
	return b.waiting(ctx, r, mentor)
}

// waiting is the reply to a press that changed whether somebody waits for an expert: the
// expert's page, or the form in which it was pressed, with all that was typed.
func (b *Bot) waiting(ctx context.Context, r Request, mentor programme.PersonID) (Reply, error) {
	if r.View == nil || r.View.CallbackID != ui.CallbackRequest {
		page, err := b.expertPage(ctx, r, mentor, 0)
		return Reply{Replace: page}, err
	}
	filled, err := ui.ReadRequest(*r.View)
	if err != nil {
		return Reply{}, err
	}
	form, err := b.requestForm(ctx, r, ui.RequestFormData{Filled: filled, Taken: true}, b.abroad(ctx, r))
	return Reply{Replace: form}, err
}
