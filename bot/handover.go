package bot

import (
	"context"
	"errors"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerHandovers() {
	b.router.Command("handover", supporters, b.openHandover)
	b.router.Action(ui.ActionHandover, b.openHandover)
	b.router.Action(ui.ActionHandoverForm, b.handoverForm)
	b.router.Submit(ui.CallbackHandover, b.handOver)
	b.router.Action(ui.ActionHandoverLook, b.lookAtHandover)
	b.router.Action(ui.ActionHandoverYes, b.settleHandover(true))
	b.router.Action(ui.ActionHandoverNo, b.settleHandover(false))
}

// openHandover says what moves and what ends, before anything is done.
func (b *Bot) openHandover(ctx context.Context, r Request) (Reply, error) {
	from := programme.PersonID("")
	if r.Action != nil {
		from = programme.PersonID(r.Action.Value)
	}
	plan, err := b.Office.PlanHandover(ctx, r.Who, from)
	if err != nil {
		return Reply{}, err
	}
	page := ui.HandoverPage(plan, from == "", r.Locale)
	return Reply{Open: &page}, nil
}

// handoverForm asks who follows.
func (b *Bot) handoverForm(ctx context.Context, r Request) (Reply, error) {
	plan, err := b.Office.PlanHandover(ctx, r.Who, programme.PersonID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	form := ui.HandoverForm(ui.Form{Op: b.Office.NewID(), Subject: r.Action.Value}, plan, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) handOver(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadHandoverForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	h, err := b.Office.HandOver(ctx, r.Who, form)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.HandoverKept(h, r.Locale)}, nil
}

// lookAtHandover shows the office one that waits for it.
func (b *Bot) lookAtHandover(ctx context.Context, r Request) (Reply, error) {
	page, err := b.handover(ctx, r)
	return Reply{Open: page}, err
}

func (b *Bot) handover(ctx context.Context, r Request) (*slack.ModalViewRequest, error) {
	v, moves, err := b.Office.HandoverPage(ctx, r.Who, programme.HandoverID(r.Action.Value))
	if err != nil {
		return nil, err
	}
	page := ui.HandoverLook(v, moves, r.Locale)
	return &page, nil
}

// settleHandover does it, or leaves it.
func (b *Bot) settleHandover(yes bool) Handler {
	return func(ctx context.Context, r Request) (Reply, error) {
		if _, err := b.Office.SettleHandover(ctx, r.Who, programme.HandoverID(r.Action.Value), yes); err != nil {
			return Reply{}, err
		}
		page, err := b.handover(ctx, r)
		return Reply{Replace: page}, err
	}
}

// homeOutside is the Home of an account in nobody's row, or of somebody who handed their
// part over.
func (b *Bot) homeOutside(ctx context.Context, a act, l ui.Locale) (slack.HomeTabViewRequest, error) {
	v, err := b.Office.Farewell(ctx, a.account)
	if errors.Is(err, programme.ErrNoRow) {
		s, err := b.Office.JoinStanding(ctx, a.account)
		return ui.HomeStranger(s, l), err
	}
	return ui.HomeGoodbye(v, l), err
}
