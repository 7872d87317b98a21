package bot

import (
	"context"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerMemos() {
	b.router.Command("memo", writers, b.newMemo)
	b.router.Action(ui.ActionMemoNew, b.newMemo)
	b.router.Submit(ui.CallbackMemo, b.writeMemo)
	b.router.Action(ui.ActionMemoOpen, b.openMemo)
	b.router.Action(ui.ActionMemoShare, b.shareMemo)
}

// newMemo opens the form. Its operation id is made now, so that the same form
// never writes twice.
func (b *Bot) newMemo(ctx context.Context, r Request) (Reply, error) {
	subjects, err := b.Office.MemoSubjects(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	form := ui.MemoForm(ui.MemoFormData{
		Form: ui.Form{Op: b.Office.NewID()}, Subjects: subjects, Parts: b.Office.Settings.Parts,
		Today: b.Office.Settings.Today(b.Office.Now()),
	}, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) writeMemo(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadMemoForm(*r.View, b.Office.Settings.Parts)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.WriteMemo(ctx, r.Who, form); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.MemoKept(r.Locale)}, nil
}

func (b *Bot) openMemo(ctx context.Context, r Request) (Reply, error) {
	v, err := b.Office.ReadMemo(ctx, r.Who, programme.MemoID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	page := ui.MemoPage(v, b.Office.Settings.Parts, r.Locale)
	return Reply{Open: &page}, nil
}

// shareMemo shares with the bureau; the office's card then says so.
func (b *Bot) shareMemo(ctx context.Context, r Request) (Reply, error) {
	_, err := b.Office.ShareMemo(ctx, r.Who, programme.MemoID(r.Action.Value))
	return Reply{}, err
}
