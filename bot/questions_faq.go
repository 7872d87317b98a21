package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
)

func (b *Bot) registerFaq() {
	b.router.Action(ui.ActionFaqList, b.showFaq)
	b.router.Action(ui.ActionFaqRemove, b.removeFaq)
}

// showFaq opens the office's list of the entries of the FAQ that it made.
func (b *Bot) showFaq(ctx context.Context, r Request) (Reply, error) {
	page, err := b.faqPage(ctx, r)
	return Reply{Open: page}, err
}

func (b *Bot) faqPage(ctx context.Context, r Request) (*slack.ModalViewRequest, error) {
	made, err := b.Office.FaqMade(ctx, r.Who)
	if err != nil {
		return nil, err
	}
	page := ui.FaqPage(made, r.Locale)
	return &page, nil
}

func (b *Bot) removeFaq(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.RemoveFaq(ctx, r.Who, r.Action.Value); err != nil {
		return Reply{}, err
	}
	page, err := b.faqPage(ctx, r)
	return Reply{Replace: page}, err
}
