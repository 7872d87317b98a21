package bot

import (
	"context"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// mail opens the text and addresses for those whom the bot does not reach.
func (b *Bot) mail(ctx context.Context, r Request) (Reply, error) {
	c, err := b.Office.Contacts(ctx, r.Who, programme.EventID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	view := ui.MailPage(c, r.Locale)
	return Reply{Open: &view}, nil
}

// phones opens the telephone list.
func (b *Bot) phones(ctx context.Context, r Request) (Reply, error) {
	c, err := b.Office.Contacts(ctx, r.Who, programme.EventID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	view := ui.PhonesPage(c, r.Locale)
	return Reply{Open: &view}, nil
}

// pack has the files to print sent to the coordinator.
func (b *Bot) pack(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.RequestPack(ctx, r.Who, programme.EventID(r.Action.Value), r.Op); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.PackOnItsWay(r.Locale)}, nil
}
