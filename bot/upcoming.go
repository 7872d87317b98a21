package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerUpcoming() {
	b.router.Command("next", offices, b.upcoming)
	b.router.Action(ui.ActionUpcoming, b.upcoming)
	b.router.Action(ui.ActionNoticeHold, b.decideNotice(programme.OverrideHold))
	b.router.Action(ui.ActionNoticeSkip, b.decideNotice(programme.OverrideSkip))
	b.router.Action(ui.ActionNoticeEarly, b.decideNotice(programme.OverrideEarly))
	b.router.Action(ui.ActionNoticeBack, b.releaseNotice)
	b.router.Action(ui.ActionEventHold, b.holdEvent)
	b.router.Action(ui.ActionEventGo, b.releaseEvent)
}

// upcoming shows the coordinator what is due next.
func (b *Bot) upcoming(ctx context.Context, r Request) (Reply, error) {
	view, err := b.upcomingPage(ctx, r)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Open: view}, nil
}

// upcomingPage asks the planner what comes, once the Office has said that this
// person may see it.
func (b *Bot) upcomingPage(ctx context.Context, r Request) (*slack.ModalViewRequest, error) {
	if _, err := b.Office.Panel(ctx, r.Who); err != nil {
		return nil, err
	}
	var next []programme.Upcoming
	if b.Upcoming != nil {
		var err error
		if next, err = b.Upcoming(ctx, ui.UpcomingMost); err != nil {
			return nil, err
		}
	}
	view := ui.UpcomingPage(next, r.Locale)
	return &view, nil
}

// decideNotice holds, skips or sends early one planned notice, to whomever it goes.
func (b *Bot) decideNotice(action programme.OverrideAction) Handler {
	return func(ctx context.Context, r Request) (Reply, error) {
		o, err := ui.ReadNotice(r.Action.Value)
		if err != nil {
			return Reply{}, err
		}
		o.Action = action
		if err := b.Office.OverrideNotice(ctx, r.Who, o); err != nil {
			return Reply{}, err
		}
		return b.upcomingAnew(ctx, r)
	}
}

func (b *Bot) releaseNotice(ctx context.Context, r Request) (Reply, error) {
	o, err := ui.ReadNotice(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.ReleaseNotice(ctx, r.Who, o.Subject, o.Kind, o.Occasion); err != nil {
		return Reply{}, err
	}
	return b.upcomingAnew(ctx, r)
}

// upcomingAnew shows in the same page what was decided.
func (b *Bot) upcomingAnew(ctx context.Context, r Request) (Reply, error) {
	view, err := b.upcomingPage(ctx, r)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Replace: view}, nil
}

// holdEvent holds everything that is planned for an event; its page says so.
func (b *Bot) holdEvent(ctx context.Context, r Request) (Reply, error) {
	err := b.Office.OverrideNotice(ctx, r.Who, programme.Override{Subject: r.Action.Value, Action: programme.OverrideHold})
	if err != nil {
		return Reply{}, err
	}
	page, err := b.eventPage(ctx, r, programme.EventID(r.Action.Value))
	return Reply{Replace: page}, err
}

func (b *Bot) releaseEvent(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.ReleaseNotice(ctx, r.Who, r.Action.Value, "", ""); err != nil {
		return Reply{}, err
	}
	page, err := b.eventPage(ctx, r, programme.EventID(r.Action.Value))
	return Reply{Replace: page}, err
}
