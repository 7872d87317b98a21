package bot

import (
	"context"

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
	b.router.Command("受付", b.checkInByCode)
	b.router.Command("checkin", b.checkInByCode)
	b.router.Action(ui.ActionCode, b.askCode)
	b.router.Submit(ui.CallbackCode, b.takeCode)
}

// come keeps whether somebody comes. The message or Home that was pressed is
// drawn again by itself; nothing else needs to be said.
func (b *Bot) come(answer programme.Coming) Handler {
	return func(ctx context.Context, r Request) (Reply, error) {
		_, _, err := b.Office.AnswerEvent(ctx, r.Who, programme.EventID(r.Action.Value), answer, "")
		return Reply{}, err
	}
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
		_, err := b.Office.AnswerSpeaker(ctx, r.Who, programme.EventID(r.Action.Value), agrees)
		return Reply{}, err
	}
}

// startEventSurvey begins the questionnaire after an event; its questions follow
// as messages.
func (b *Bot) startEventSurvey(ctx context.Context, r Request) (Reply, error) {
	_, err := b.Office.StartEventSurvey(ctx, r.Who, programme.EventID(r.Action.Value))
	return Reply{}, err
}
