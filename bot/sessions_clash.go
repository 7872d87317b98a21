package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
)

// withEvents adds to a page of experts' times which events leave none to choose.
func (b *Bot) withEvents(ctx context.Context, r Request, page slack.ModalViewRequest, l ui.Locale) (*slack.ModalViewRequest, error) {
	events, err := b.Office.EventsInTheWay(ctx, r.Who)
	if err != nil {
		return nil, err
	}
	page = ui.WithEvents(page, events, l)
	return &page, nil
}
