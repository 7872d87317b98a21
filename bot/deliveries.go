package bot

import (
	"context"

	"tsugite/bot/ui"
)

func (b *Bot) registerDeliveries() {
	b.router.Action(ui.ActionArrived, b.settle(true))
	b.router.Action(ui.ActionSendAgain, b.settle(false))
}

// settle lets the office decide about a message of which nobody can tell whether
// it arrived.
func (b *Bot) settle(arrived bool) Handler {
	return func(ctx context.Context, r Request) (Reply, error) {
		if err := b.Office.SettleUnknown(ctx, r.Who, r.Action.Value, arrived); err != nil || !r.inModal() {
			return Reply{}, err
		}
		p, err := b.Office.Panel(ctx, r.Who)
		if err != nil {
			return Reply{}, err
		}
		view := ui.PanelPage(p, b.Workspace, r.Locale)
		return Reply{Replace: &view}, nil
	}
}
