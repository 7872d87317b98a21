package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
)

func (b *Bot) registerMemoDesk() {
	b.router.Command("memos", writers, b.openMemoDesk)
	b.router.Action(ui.ActionMemoDesk, b.openMemoDesk)
	b.router.Action(ui.ActionMemoDrop, b.dropDraft)
}

// openMemoDesk shows what is to be done about memos.
func (b *Bot) openMemoDesk(ctx context.Context, r Request) (Reply, error) {
	page, err := b.memoDesk(ctx, r)
	return Reply{Open: page}, err
}

func (b *Bot) memoDesk(ctx context.Context, r Request) (*slack.ModalViewRequest, error) {
	desk, err := b.Office.MemoDesk(ctx, r.Who)
	if err != nil {
		return nil, err
	}
	page := ui.MemoDesk(desk, r.Locale)
	return &page, nil
}

// dropDraft throws a draft away; the desk shows it at once, Home draws itself.
func (b *Bot) dropDraft(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.DropDraft(ctx, r.Who, r.Action.Value); err != nil || !r.inModal() {
		return Reply{}, err
	}
	page, err := b.memoDesk(ctx, r)
	return Reply{Replace: page}, err
}

// laidOn is the action id of the page of memos on which what opens now will lie, "" for
// none: what was clicked in says it of itself.
func laidOn(r Request) string {
	if !r.inModal() {
		return ""
	}
	form, err := ui.ReadForm(r.View.PrivateMetadata)
	if err != nil {
		return "" // a page that carries nothing
	}
	return form.From
}

// beneathDesk draws the desk anew on which a form or page lies that came from it.
func (b *Bot) beneathDesk(r Request, from string) func(context.Context) (*slack.ModalViewRequest, error) {
	if from != ui.ActionMemoDesk {
		return nil
	}
	return func(ctx context.Context) (*slack.ModalViewRequest, error) { return b.memoDesk(ctx, r) }
}
