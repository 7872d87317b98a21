package bot

import (
	"context"

	"tsugite/bot/ui"
)

func (b *Bot) registerPanel() {
	b.router.Command("hold", offices, b.openHold)
	b.router.Command("go", offices, b.openHold)
	b.router.Command("再開", offices, b.openHold)
	b.router.Action(ui.ActionHold, b.hold(true))
	b.router.Action(ui.ActionGo, b.hold(false))
	b.router.Action(ui.ActionPanel, b.openPanel)
}

// openHold shows how the deliveries stand, with the button to stop them or to let
// them go. The command alone changes nothing: it is typed too easily.
func (b *Bot) openHold(ctx context.Context, r Request) (Reply, error) {
	p, err := b.Office.Panel(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	view := ui.HoldPage(p, r.Locale)
	return Reply{Open: &view}, nil
}

// hold stops everything that would go out, or says go. Home and the page that was
// pressed show it.
func (b *Bot) hold(on bool) Handler {
	return func(ctx context.Context, r Request) (Reply, error) {
		if err := b.Office.HoldDeliveries(ctx, r.Who, on); err != nil || !r.inModal() {
			return Reply{}, err
		}
		p, err := b.Office.Panel(ctx, r.Who)
		if err != nil {
			return Reply{}, err
		}
		view := ui.HoldPage(p, r.Locale)
		return Reply{Replace: &view}, nil
	}
}

// openPanel shows what did not go as planned.
func (b *Bot) openPanel(ctx context.Context, r Request) (Reply, error) {
	p, err := b.Office.Panel(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	view := ui.PanelPage(p, b.Workspace, r.Locale)
	return Reply{Open: &view}, nil
}
