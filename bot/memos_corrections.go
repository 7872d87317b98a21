package bot

import (
	"context"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerCorrections() {
	b.router.Action(ui.ActionMemoCorrect, b.correctMemo)
	b.router.Action(ui.ActionCorrectionAsk, b.askCorrection)
	b.router.Submit(ui.CallbackCorrectionAsk, b.keepCorrection)
	b.router.Action(ui.ActionCorrectionDecide, b.openCorrection)
	b.router.Submit(ui.CallbackCorrectionDecide, b.decideCorrection)
	b.router.Action(ui.ActionCorrectionAnswer, b.correctionAnswer)
}

// correctMemo turns a memo's page into the form that puts it right.
func (b *Bot) correctMemo(ctx context.Context, r Request) (Reply, error) {
	form, err := b.startMemo(ctx, r, programme.MemoStart{Correct: programme.MemoID(r.Action.Value)})
	return Reply{Replace: form}, err
}

// askCorrection opens the form in which an atsugi says what is to be put right.
func (b *Bot) askCorrection(ctx context.Context, r Request) (Reply, error) {
	v, err := b.Office.ShowMemo(ctx, r.Who, programme.MemoID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	form := ui.CorrectionAsk(ui.Form{Op: b.Office.NewID()}, v, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) keepCorrection(ctx context.Context, r Request) (Reply, error) {
	op, id, text, err := ui.ReadCorrectionAsk(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.AskCorrection(ctx, r.Who, op, id, text); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.CorrectionAsked(r.Locale)}, nil
}

// openCorrection shows the office what is asked for, to decide of it or to do what was
// decided. What is over by now is shown as it is.
func (b *Bot) openCorrection(ctx context.Context, r Request) (Reply, error) {
	v, err := b.Office.CorrectionOf(ctx, r.Who, programme.CorrectionID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	page := ui.CorrectionAnswer(v, r.Locale)
	if v.Decide && v.Open() {
		page = ui.CorrectionDecide(ui.Form{Op: b.Office.NewID(), From: laidOn(r)}, v, r.Locale)
	}
	return Reply{Open: &page}, nil
}

// decideCorrection keeps the office's decision. Yes leads on to the form that corrects.
func (b *Bot) decideCorrection(ctx context.Context, r Request) (Reply, error) {
	d, err := ui.ReadCorrectionDecide(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.DecideCorrection(ctx, r.Who, d.ID, d.Yes, d.Reason); err != nil {
		return Reply{}, err
	}
	reply := Reply{Say: ui.CorrectionDecided(r.Locale), Beneath: b.beneathDesk(r, d.From)}
	if d.Yes {
		reply.Replace, err = b.startMemo(ctx, r, programme.MemoStart{Correct: d.Memo})
	}
	return reply, err
}

// correctionAnswer shows who asked what the office answered.
func (b *Bot) correctionAnswer(ctx context.Context, r Request) (Reply, error) {
	v, err := b.Office.CorrectionOf(ctx, r.Who, programme.CorrectionID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	page := ui.CorrectionAnswer(v, r.Locale)
	return Reply{Open: &page}, nil
}
