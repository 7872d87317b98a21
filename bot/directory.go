package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
)

func (b *Bot) registerDirectory() {
	b.router.Command("people", everyones, b.openDirectory)
	b.router.Command("紹介", everyones, b.openDirectory)
	b.router.Action(ui.ActionDirectory, b.openDirectory)
	b.router.Submit(ui.CallbackDirectory, b.searchDirectory)
	b.router.Action(ui.ActionDirectoryShow, b.openShow)
	b.router.Submit(ui.CallbackShow, b.showMe)
}

// openDirectory shows who shows themself to the reader; the words of a command are searched.
func (b *Bot) openDirectory(ctx context.Context, r Request) (Reply, error) {
	sought, from := r.Text, 0
	if r.Action != nil {
		sought, from = ui.ReadPlace(r.Action.Value)
	}
	view, err := b.directory(ctx, r, sought, from)
	if err != nil {
		return Reply{}, err
	}
	if r.Action != nil {
		return laid(r, *view), nil
	}
	return Reply{Open: view}, nil
}

func (b *Bot) directory(ctx context.Context, r Request, sought string, from int) (*slack.ModalViewRequest, error) {
	seen, err := b.Office.Directory(ctx, r.Who, sought)
	if err != nil {
		return nil, err
	}
	_, own, err := b.Office.OwnProfile(ctx, r.Who)
	if err != nil {
		return nil, err
	}
	view := ui.Directory(ui.DirectoryView{Form: ui.Form{Op: b.Office.NewID()}, Sought: sought, From: from, Seen: seen, Own: own}, r.Locale)
	return &view, nil
}

func (b *Bot) searchDirectory(ctx context.Context, r Request) (Reply, error) {
	view, err := b.directory(ctx, r, ui.ReadDirectory(*r.View), 0)
	return Reply{Replace: view}, err
}

func (b *Bot) openShow(ctx context.Context, r Request) (Reply, error) {
	_, own, err := b.Office.OwnProfile(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	view := ui.ShowForm(ui.Form{Op: b.Office.NewID()}, own, r.Locale)
	return Reply{Open: &view}, nil
}

// showMe keeps it; the directory beneath then says to whom.
func (b *Bot) showMe(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadShow(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.ShowMe(ctx, r.Who, form); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.ShowKept(r.Locale), Beneath: func(ctx context.Context) (*slack.ModalViewRequest, error) {
		return b.directory(ctx, r, "", 0)
	}}, nil
}
