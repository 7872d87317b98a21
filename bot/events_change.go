package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerEventChanges() {
	b.router.Action(ui.ActionEventMove, b.reachForm(ui.EventMove))
	b.router.Submit(ui.CallbackEventMove, b.aboutEvent(b.moveEvent))
	b.router.Action(ui.ActionEventCancel, b.reachForm(ui.EventCancel))
	b.router.Submit(ui.CallbackEventCancel, b.aboutEvent(b.cancelEvent))
	b.router.Action(ui.ActionEventAnswerFor, b.officeForm(ui.EventAnswerFor))
	b.router.Submit(ui.CallbackEventAnswer, b.aboutEvent(b.answerFor))
	b.router.Action(ui.ActionEventSubmit, b.submitEvent)
	b.router.Action(ui.ActionEventApprove, b.approveEvent)
	b.router.Action(ui.ActionEventReturn, b.returnForm)
	b.router.Submit(ui.CallbackEventReturn, b.aboutEvent(b.returnEvent))
	b.router.Action(ui.ActionEventApproved, b.officeForm(b.approvedForm))
	b.router.Submit(ui.CallbackEventApproved, b.aboutEvent(b.enterApproval))
}

// reachForm opens a form that says whom the change would reach.
func (b *Bot) reachForm(draw func(programme.EventReach, ui.Form, ui.Locale) slack.ModalViewRequest) Handler {
	return func(ctx context.Context, r Request) (Reply, error) {
		reach, err := b.Office.EventReach(ctx, r.Who, programme.EventID(r.Action.Value))
		if err != nil {
			return Reply{}, err
		}
		form := draw(reach, ui.Form{Op: b.Office.NewID(), Version: reach.Event.Version}, r.Locale)
		return Reply{Open: &form}, nil
	}
}

// officeForm opens a form about an event for the coordinator.
func (b *Bot) officeForm(draw func(programme.Event, ui.Form, ui.Locale) slack.ModalViewRequest) Handler {
	return func(ctx context.Context, r Request) (Reply, error) {
		sheet, err := b.Office.EventSheet(ctx, r.Who, programme.EventID(r.Action.Value))
		if err != nil {
			return Reply{}, err
		}
		form := draw(sheet.Event, ui.Form{Op: b.Office.NewID()}, r.Locale)
		return Reply{Open: &form}, nil
	}
}

// returnForm opens the form for what is to be changed, for whoever sees the event;
// whose word it is, the Office decides when it comes back.
func (b *Bot) returnForm(ctx context.Context, r Request) (Reply, error) {
	page, err := b.Office.EventPage(ctx, r.Who, programme.EventID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	form := ui.EventReturn(page.Event, ui.Form{Op: b.Office.NewID()}, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) approvedForm(e programme.Event, form ui.Form, l ui.Locale) slack.ModalViewRequest {
	return ui.EventApproved(e, b.Office.Settings.Today(b.Office.Now()), form, l)
}

// aboutEvent answers the submission of a form about an event.
func (b *Bot) aboutEvent(do func(context.Context, Request, programme.EventID) (Reply, error)) Handler {
	return func(ctx context.Context, r Request) (Reply, error) {
		form, err := ui.ReadForm(r.View.PrivateMetadata)
		if err != nil {
			return Reply{}, err
		}
		id := programme.EventID(form.Subject)
		reply, err := do(ctx, r, id)
		if err != nil {
			return Reply{}, err
		}
		return b.done(r, id, reply), nil
	}
}

func (b *Bot) moveEvent(ctx context.Context, r Request, id programme.EventID) (Reply, error) {
	reach, err := b.Office.EventReach(ctx, r.Who, id)
	if err != nil {
		return Reply{}, err
	}
	form, err := ui.ReadForm(r.View.PrivateMetadata)
	if err != nil {
		return Reply{}, err
	}
	start, end, place := ui.ReadEventMove(*r.View)
	e, err := b.Office.MoveEvent(ctx, r.Who, id, form.Version, start, end, place)
	if err != nil {
		return Reply{}, err
	}
	if e.Seq == reach.Event.Seq { // time and place are what they were
		reach = programme.EventReach{Event: e}
	}
	page := ui.EventMoved(e, reach, r.Locale)
	return Reply{Replace: &page}, nil
}

func (b *Bot) cancelEvent(ctx context.Context, r Request, id programme.EventID) (Reply, error) {
	reach, err := b.Office.EventReach(ctx, r.Who, id)
	if err != nil {
		return Reply{}, err
	}
	e, err := b.Office.CancelEvent(ctx, r.Who, id, ui.ReadEventReason(*r.View))
	if err != nil {
		return Reply{}, err
	}
	page := ui.EventCancelled(e, reach, r.Locale)
	return Reply{Replace: &page}, nil
}

func (b *Bot) answerFor(ctx context.Context, r Request, id programme.EventID) (Reply, error) {
	person, answer, reason := ui.ReadEventAnswer(*r.View)
	_, a, err := b.Office.AnswerFor(ctx, r.Who, id, person, answer, reason)
	if err != nil {
		return Reply{}, err
	}
	meetings, err := b.Office.AgreedDuring(ctx, r.Who, id, person)
	return Reply{Say: ui.EventAnswered(a, meetings, r.Locale)}, err
}

// submitEvent asks the bureau; the page then says so.
func (b *Bot) submitEvent(ctx context.Context, r Request) (Reply, error) {
	if _, err := b.Office.SubmitEvent(ctx, r.Who, programme.EventID(r.Action.Value)); err != nil {
		return Reply{}, err
	}
	return b.openEvent(ctx, r)
}

// approveEvent is the bureau's press on its card or on the page: approved today.
// The card is drawn again by itself.
func (b *Bot) approveEvent(ctx context.Context, r Request) (Reply, error) {
	today := b.Office.Settings.Today(b.Office.Now())
	if _, err := b.Office.DecideEvent(ctx, r.Who, programme.EventID(r.Action.Value), today, ""); err != nil {
		return Reply{}, err
	}
	if !r.inModal() {
		return b.noted(ctx, r)
	}
	return b.openEvent(ctx, r)
}

func (b *Bot) returnEvent(ctx context.Context, r Request, id programme.EventID) (Reply, error) {
	e, err := b.Office.DecideEvent(ctx, r.Who, id, "", ui.ReadEventReturn(*r.View))
	return Reply{Say: ui.EventDecided(e, r.Locale)}, err
}

func (b *Bot) enterApproval(ctx context.Context, r Request, id programme.EventID) (Reply, error) {
	e, err := b.Office.EnterApproval(ctx, r.Who, id, ui.ReadEventApproved(*r.View))
	return Reply{Say: ui.EventDecided(e, r.Locale)}, err
}
