package bot

import (
	"context"
	"errors"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerEvents() {
	for id, answer := range map[string]programme.Coming{
		ui.ActionComeYes:    programme.Yes,
		ui.ActionComeOnline: programme.Online,
		ui.ActionComeNo:     programme.No,
		ui.ActionComeLater:  programme.NotYet,
	} {
		b.router.Action(id, b.come(answer))
	}
	b.router.Action(ui.ActionComeReason, b.askReason)
	b.router.Submit(ui.CallbackReason, b.keepReason)
	b.router.Action(ui.ActionSpeakYes, b.speak(true))
	b.router.Action(ui.ActionSpeakNo, b.speak(false))
	b.router.Action(ui.ActionEventSurvey, b.startEventSurvey)
	b.router.Command("受付", everyones, b.checkInByCode)
	b.router.Command("checkin", everyones, b.checkInByCode)
	b.router.Action(ui.ActionCode, b.askCode)
	b.router.Submit(ui.CallbackCode, b.takeCode)
}

// come keeps whether somebody comes. The message or Home that was pressed is
// drawn again by itself; nothing else needs to be said, unless deliveries are held.
func (b *Bot) come(answer programme.Coming) Handler {
	return func(ctx context.Context, r Request) (Reply, error) {
		if _, _, err := b.Office.AnswerEvent(ctx, r.Who, programme.EventID(r.Action.Value), answer, ""); err != nil {
			return Reply{}, b.stale(ctx, r, err)
		}
		if r.inModal() { // the event's own card, opened from an announcement
			page, err := b.ownEventPage(ctx, r, programme.EventID(r.Action.Value))
			return Reply{Replace: page}, err
		}
		return b.noted(ctx, r)
	}
}

// stale has the messages drawn again whose buttons no longer work, as the error of
// the press says, and gives the error back.
func (b *Bot) stale(ctx context.Context, r Request, err error) error {
	if e, meant := programme.AsError(err); !meant || e.Code != programme.CodeClosed || r.View != nil {
		return err
	}
	return errors.Join(err, b.Office.RedrawLetters(ctx, r.Who, programme.EventID(r.Action.Value)))
}

// noted is the reply to a press that its message shows by being drawn again: the
// sentence that it was understood if that has to wait, because deliveries are held.
// Home is drawn at once whatever is held.
func (b *Bot) noted(ctx context.Context, r Request) (Reply, error) {
	if r.View != nil {
		return Reply{}, nil
	}
	held, err := b.Office.DeliveriesHeld(ctx)
	if err != nil || !held {
		return Reply{}, err
	}
	return Reply{Say: ui.AnswerNoted(r.Locale)}, nil
}

// askReason opens the form for a reason. The answer itself is kept already.
func (b *Bot) askReason(ctx context.Context, r Request) (Reply, error) {
	e, a, err := b.Office.EventReason(ctx, r.Who, programme.EventID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	form := ui.ReasonForm(ui.Form{Op: b.Office.NewID(), Subject: string(e.ID)}, e, a, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) keepReason(ctx context.Context, r Request) (Reply, error) {
	id, reason, err := ui.ReadReasonForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	_, err = b.Office.GiveReason(ctx, r.Who, id, reason)
	return Reply{}, err
}

// speak is the answer of somebody who is asked to speak at an event.
func (b *Bot) speak(agrees bool) Handler {
	return func(ctx context.Context, r Request) (Reply, error) {
		if _, err := b.Office.AnswerSpeaker(ctx, r.Who, programme.EventID(r.Action.Value), agrees); err != nil {
			return Reply{}, err
		}
		return b.noted(ctx, r)
	}
}

// startEventSurvey begins the questionnaire after an event; its questions follow
// as messages.
func (b *Bot) startEventSurvey(ctx context.Context, r Request) (Reply, error) {
	_, err := b.Office.StartEventSurvey(ctx, r.Who, programme.EventID(r.Action.Value))
	return Reply{}, err
}
