package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerMemoForm() {
	b.router.Command("memo", writers, b.newMemo)
	b.router.Action(ui.ActionMemoNew, b.newMemo)
	b.router.Action(ui.ActionMemoEvent, b.eventMemo)
	b.router.Action(ui.ActionMemoDraft, b.goOnWithMemo)
	b.router.Shortcut(shortcut{ui.ShortcutMemo, "メモにする", "この発言からフォローアップのメモを書く / Write a follow-up memo from this message"}, b.memoOfMessage)
	b.router.Submit(ui.CallbackMemo, b.writeMemo)
	b.router.Close(ui.CallbackMemo, b.closeMemo)
	b.router.Action(ui.ActionMemoKind, b.redrawMemo)
	b.router.Action(ui.ActionMemoSave, b.redrawMemo)
	b.router.Action(ui.ActionMemoTyped, b.keepTyped)
	b.router.Action(ui.ActionMemoReaders, b.chooseReaders)
	b.router.Submit(ui.CallbackMemoReaders, b.keepReaders)
}

// newMemo opens the form. Its operation id is made now, so that the same form never
// writes twice.
func (b *Bot) newMemo(ctx context.Context, r Request) (Reply, error) {
	form, err := b.startMemo(ctx, r, programme.MemoStart{})
	return Reply{Open: form}, err
}

// eventMemo opens the form for a memo of an event.
func (b *Bot) eventMemo(ctx context.Context, r Request) (Reply, error) {
	form, err := b.startMemo(ctx, r, programme.MemoStart{Event: programme.EventID(r.Action.Value), Kind: programme.OfEvent})
	return Reply{Open: form}, err
}

// sessionMemo opens the form for the memo of a session, with whom and when filled in.
func (b *Bot) sessionMemo(ctx context.Context, r Request) (Reply, error) {
	form, err := b.startMemo(ctx, r, programme.MemoStart{Session: programme.SessionID(r.Action.Value)})
	return Reply{Open: form}, err
}

// goOnWithMemo opens a draft, begun on whichever device.
func (b *Bot) goOnWithMemo(ctx context.Context, r Request) (Reply, error) {
	form, err := b.startMemo(ctx, r, programme.MemoStart{Draft: r.Action.Value})
	return Reply{Open: form}, err
}

// memoOfMessage opens the form with what a message says, as it was typed.
func (b *Bot) memoOfMessage(ctx context.Context, r Request) (Reply, error) {
	form, err := b.startMemo(ctx, r, programme.MemoStart{Text: unescape(r.Text)})
	return Reply{Open: form}, err
}

func (b *Bot) startMemo(ctx context.Context, r Request, s programme.MemoStart) (*slack.ModalViewRequest, error) {
	d, err := b.Office.BeginMemo(ctx, r.Who, s)
	if err != nil {
		return nil, err
	}
	return b.memoForm(r, d, "", laidOn(r)), nil
}

// memoForm draws the form with what is in it.
func (b *Bot) memoForm(r Request, d programme.MemoDraft, note ui.MemoNote, from string) *slack.ModalViewRequest {
	form := ui.MemoForm(b.memoFormData(d, note, from), r.Locale)
	return &form
}

func (b *Bot) memoFormData(d programme.MemoDraft, note ui.MemoNote, from string) ui.MemoFormData {
	return ui.MemoFormData{
		Draft: d, Parts: b.Office.Settings.Parts,
		Today: b.Office.Settings.Today(b.Office.Now()), Note: note, From: from,
	}
}

// writeMemo keeps the memo, or the correction.
func (b *Bot) writeMemo(ctx context.Context, r Request) (Reply, error) {
	d, from, err := ui.ReadMemoDraft(*r.View, b.Office.Settings.Parts)
	if err != nil {
		return Reply{}, err
	}
	var m programme.Memo
	said := ui.MemoKept(r.Locale)
	if d.Memo != "" {
		said = ui.MemoCorrected(r.Locale)
		m, err = b.Office.CorrectMemo(ctx, r.Who, d.Memo, d.Form, d.Reason)
	} else {
		m, err = b.Office.WriteMemo(ctx, r.Who, d.Form)
	}
	if err == nil {
		err = b.keepMemoPhotos(ctx, r, d.Form, m.ID)
	}
	if err != nil {
		return b.overtaken(ctx, r, err, from)
	}
	return Reply{Say: said, Beneath: b.beneathDesk(r, from)}, nil
}

// overtaken draws the form anew of which somebody else was faster: with what was typed, and
// with what the memo says by now. Any other error it passes on.
func (b *Bot) overtaken(ctx context.Context, r Request, err error, from string) (Reply, error) {
	e, meant := programme.AsError(err)
	if !meant || e.Args["Draft"] == nil {
		return Reply{}, err
	}
	op, _ := e.Args["Draft"].(string)
	d, gone := b.Office.BeginMemo(ctx, r.Who, programme.MemoStart{Draft: op})
	if gone != nil || !d.Newer() {
		return Reply{}, err
	}
	return Reply{Replace: b.memoForm(r, d, ui.MemoDrafted, from)}, nil
}

// closeMemo keeps what was typed into a form that was closed, as far as Slack says what
// that is.
func (b *Bot) closeMemo(ctx context.Context, r Request) (Reply, error) {
	if !ui.MemoTyped(*r.View) {
		return Reply{}, nil
	}
	_, from, _, err := b.keepMemo(ctx, r)
	return Reply{Beneath: b.beneathDesk(r, from)}, err
}

// keepTyped keeps what is in the form while somebody types in it, and draws nothing. What
// cannot be kept is told when they press something.
func (b *Bot) keepTyped(ctx context.Context, r Request) (Reply, error) {
	d, _, err := ui.ReadMemoDraft(*r.View, b.Office.Settings.Parts)
	if err == nil {
		err = b.Office.KeepTyped(ctx, r.Who, d)
	}
	if _, meant := programme.AsError(err); meant {
		err = nil
	}
	return Reply{}, err
}

// redrawMemo keeps what is in the form and draws it anew: as the button asked for it, or
// because it asks for something else now.
func (b *Bot) redrawMemo(ctx context.Context, r Request) (Reply, error) {
	d, from, note, err := b.keepMemo(ctx, r)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Replace: b.memoForm(r, d, note, from)}, nil
}

// chooseReaders keeps what is in the form and lays the page on it that says who reads what;
// where nothing more can lie on it, in its place.
func (b *Bot) chooseReaders(ctx context.Context, r Request) (Reply, error) {
	d, from, note, err := b.keepMemo(ctx, r)
	if err != nil {
		return Reply{}, err
	}
	page := ui.MemoReaders(b.memoFormData(d, note, from), topmost(*r.View), r.Locale)
	return Reply{Open: &page, Under: b.memoForm(r, d, note, from)}, nil
}

// keepReaders takes over who reads what; the form shows it.
func (b *Bot) keepReaders(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadForm(r.View.PrivateMetadata)
	if err != nil {
		return Reply{}, err
	}
	d, err := b.Office.BeginMemo(ctx, r.Who, programme.MemoStart{Draft: form.Op})
	if err != nil {
		return Reply{}, err
	}
	ui.ReadMemoReaders(*r.View, &d, b.Office.Settings.Parts)
	d, note, err := b.keepMemoDraft(ctx, r, d)
	if err != nil {
		return Reply{}, err
	}
	if form.Instead {
		return Reply{Replace: b.memoForm(r, d, note, form.From)}, nil
	}
	return Reply{Beneath: func(context.Context) (*slack.ModalViewRequest, error) {
		return b.memoForm(r, d, note, form.From), nil
	}}, nil
}

// keepMemo keeps the form that was clicked in as a draft, and is what it is drawn from.
func (b *Bot) keepMemo(ctx context.Context, r Request) (programme.MemoDraft, string, ui.MemoNote, error) {
	d, from, err := ui.ReadMemoDraft(*r.View, b.Office.Settings.Parts)
	if err != nil {
		return d, "", "", err
	}
	d, note, err := b.keepMemoDraft(ctx, r, d)
	return d, from, note, err
}

// keepMemoDraft keeps a draft and says what became of it. One in which nothing is typed is not
// kept and stays on the screen.
func (b *Bot) keepMemoDraft(ctx context.Context, r Request, d programme.MemoDraft) (programme.MemoDraft, ui.MemoNote, error) {
	kept, err := b.Office.SaveDraft(ctx, r.Who, d)
	if err != nil {
		return d, "", err
	}
	note := ui.MemoDrafted
	if kept.Form.Op != d.Form.Op {
		note = ui.MemoApart
	}
	start := programme.MemoStart{Draft: kept.Form.Op}
	if kept.Version == 0 {
		note, start = "", programme.MemoStart{Correct: d.Memo}
	}
	drawn, err := b.Office.BeginMemo(ctx, r.Who, start)
	if err != nil {
		return d, "", err
	}
	if kept.Version == 0 { // the same form, drawn from what there is to choose
		drawn.Form, drawn.Version, drawn.Reason = kept.Form, 0, kept.Reason
	}
	return drawn, note, nil
}
