package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerMemos() {
	b.registerMemoForm()
	b.registerMemoDesk()
	b.registerCorrections()
	b.router.Action(ui.ActionMemoOpen, b.openMemo)
	b.router.Action(ui.ActionMemoReview, b.reviewMemo)
	b.router.Action(ui.ActionMemoHistory, b.memoHistory)
	b.registerMemoSharing()
	b.registerHidden()
	b.registerMemoQuestions()
	b.registerSearch()
}

// openMemo shows a memo, which is a reading.
func (b *Bot) openMemo(ctx context.Context, r Request) (Reply, error) {
	v, err := b.Office.ReadMemo(ctx, r.Who, programme.MemoID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	page, err := b.drawMemo(ctx, r, v)
	return Reply{Open: page}, err
}

// memoPage is the page of a memo that the person has open, drawn again: no reading.
func (b *Bot) memoPage(ctx context.Context, r Request, id programme.MemoID) (*slack.ModalViewRequest, error) {
	v, err := b.Office.ShowMemo(ctx, r.Who, id)
	if err != nil {
		return nil, err
	}
	return b.drawMemo(ctx, r, v)
}

// drawMemo is a memo as the person may read it.
func (b *Bot) drawMemo(ctx context.Context, r Request, v programme.MemoView) (*slack.ModalViewRequest, error) {
	sharing, err := b.Office.SharingOf(ctx, r.Who, v.Memo.ID)
	if err != nil {
		return nil, err
	}
	page := ui.MemoPage(ui.MemoPageData{View: v, Parts: b.Office.Settings.Parts, Me: r.Me, From: laidOn(r), Sharing: sharing}, r.Locale)
	return &page, nil
}

// reviewMemo is the office's word that it read the version on the page.
func (b *Bot) reviewMemo(ctx context.Context, r Request) (Reply, error) {
	id, version, err := ui.ReadMemoVersion(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.ReviewMemo(ctx, r.Who, id, version); err != nil {
		return Reply{}, err
	}
	page, err := b.memoPage(ctx, r, id)
	return Reply{Replace: page, Beneath: b.beneathDesk(r, laidOn(r))}, err
}

// memoHistory shows the versions of a memo.
func (b *Bot) memoHistory(ctx context.Context, r Request) (Reply, error) {
	past, err := b.Office.MemoHistory(ctx, r.Who, programme.MemoID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	page := ui.MemoHistory(past, b.Office.Settings.Parts, r.Locale)
	return Reply{Open: &page}, nil
}
