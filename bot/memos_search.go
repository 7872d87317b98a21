package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerSearch() {
	b.router.Command("search", searchers, b.openSearch)
	b.router.Action(ui.ActionSearch, b.openSearch)
	b.router.Submit(ui.CallbackSearch, b.search)
	b.router.Action(ui.ActionSearchMore, b.searchMore)
}

// searchers are those who may find memos: of everybody else a search finds nothing.
func searchers(p programme.Person) bool {
	return p.FindsOthers() || p.Has(programme.Atsugi)
}

// openSearch opens the form; with what was typed after the command, what that finds is on
// it already.
func (b *Bot) openSearch(ctx context.Context, r Request) (Reply, error) {
	q := programme.MemoQuery{Words: r.Text}
	if r.Text != "" {
		page, err := b.found(ctx, r, q)
		return Reply{Open: page}, err
	}
	page := b.searchPage(r, q, nil)
	return Reply{Open: &page}, nil
}

// search answers the form with what was found, in its place.
func (b *Bot) search(ctx context.Context, r Request) (Reply, error) {
	page, err := b.found(ctx, r, ui.ReadSearch(*r.View))
	return Reply{Replace: page}, err
}

// searchMore turns the page.
func (b *Bot) searchMore(ctx context.Context, r Request) (Reply, error) {
	if r.View == nil {
		return Reply{}, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
	}
	page, err := b.found(ctx, r, ui.ReadSearchMore(*r.View, r.Action.Value))
	return Reply{Replace: page}, err
}

func (b *Bot) found(ctx context.Context, r Request, q programme.MemoQuery) (*slack.ModalViewRequest, error) {
	hits, err := b.Office.SearchMemos(ctx, r.Who, q)
	if err != nil {
		return nil, err
	}
	page := b.searchPage(r, q, &hits)
	return &page, nil
}

func (b *Bot) searchPage(r Request, q programme.MemoQuery, hits *programme.MemoHits) slack.ModalViewRequest {
	return ui.SearchPage(ui.SearchData{
		Form: ui.Form{Op: b.Office.NewID()}, Query: q, Hits: hits, Parts: b.Office.Settings.Parts, Me: r.Me,
	}, r.Locale)
}
