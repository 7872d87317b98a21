package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerMemoSharing() {
	b.router.Action(ui.ActionMemoShare, b.shareMemo)
	b.router.Action(ui.ActionMemoShareMany, b.askWhichToShare)
	b.router.Submit(ui.CallbackMemoShare, b.shareChosen)
	b.router.Submit(ui.CallbackMemoWall, b.shareAllTheSame)
	b.router.Action(ui.ActionMemoWithdraw, b.askWhyWithdraw)
	b.router.Submit(ui.CallbackMemoWithdraw, b.withdrawMemo)
	b.router.Action(ui.ActionMemoOpenTo, b.askToWhomOpen)
	b.router.Submit(ui.CallbackMemoOpenTo, b.openMemoTo)
	b.router.Action(ui.ActionMemoCloseTo, b.closeMemoTo)
	b.router.Action(ui.ActionMemoOpenNewer, b.openNewerTo)
}

// shareMemo shares one memo with the bureau; the cards then say so. If the program warns,
// the form asks why it is shared all the same.
func (b *Bot) shareMemo(ctx context.Context, r Request) (Reply, error) {
	id := programme.MemoID(r.Action.Value)
	_, err := b.Office.ShareMemos(ctx, r.Who, []programme.MemoID{id}, programme.Over{})
	if ws := programme.WallsOf(err); len(ws) > 0 {
		form := ui.MemoWallForm(b.formOn(r, r.Action.Value), []programme.MemoID{id}, ws, "", r.Locale)
		return Reply{Open: &form}, nil
	}
	if err != nil {
		return Reply{}, err
	}
	return b.pressedMemo(ctx, r, id)
}

// formOn is the form of something about a memo ("" for several), with the page on which it
// will lie.
func (b *Bot) formOn(r Request, memo string) ui.Form {
	f := ui.Form{Op: b.Office.NewID(), Subject: memo, From: laidOn(r)}
	if r.inModal() {
		// What cannot be read is a page that carries nothing.
		if page, err := ui.ReadForm(r.View.PrivateMetadata); err == nil && page.Op == memo {
			f.Page = memo
		}
	}
	return f
}

// beneathMemo draws the memo's page anew on which the submitted form lies, or the desk.
func (b *Bot) beneathMemo(r Request) func(context.Context) (*slack.ModalViewRequest, error) {
	form, err := ui.ReadForm(r.View.PrivateMetadata)
	if err != nil {
		return nil // its submission was refused
	}
	if form.Page == "" {
		return b.beneathDesk(r, form.From)
	}
	return func(ctx context.Context) (*slack.ModalViewRequest, error) {
		return b.memoPage(ctx, r, programme.MemoID(form.Page))
	}
}

// pressedMemo draws anew what a button about a memo was pressed on: its page or the desk.
// Cards and Home draw themselves.
func (b *Bot) pressedMemo(ctx context.Context, r Request, id programme.MemoID) (Reply, error) {
	if !r.inModal() {
		return Reply{}, nil
	}
	if f := b.formOn(r, string(id)); f.Page == "" && f.From == ui.ActionMemoDesk {
		page, err := b.memoDesk(ctx, r)
		return Reply{Replace: page}, err
	}
	page, err := b.memoPage(ctx, r, id)
	return Reply{Replace: page, Beneath: b.beneathDesk(r, laidOn(r))}, err
}

// askWhichToShare opens the form for several at once.
func (b *Bot) askWhichToShare(ctx context.Context, r Request) (Reply, error) {
	desk, err := b.Office.MemoDesk(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	form := ui.MemoShareForm(b.formOn(r, ""), desk.Unshared, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) shareChosen(ctx context.Context, r Request) (Reply, error) {
	ids := ui.ReadMemoShare(*r.View)
	return b.shareSeveral(ctx, r, ids, programme.Over{})
}

// shareAllTheSame shares what the program warned of, with the reason.
func (b *Bot) shareAllTheSame(ctx context.Context, r Request) (Reply, error) {
	ids, over, err := ui.ReadMemoWall(*r.View)
	if err != nil {
		return Reply{}, err
	}
	return b.shareSeveral(ctx, r, ids, over)
}

// shareSeveral shares memos of a form. A warning takes the form's place, and so do other
// walls than those that it shows; beside a reason that is missing it is an error like others.
func (b *Bot) shareSeveral(ctx context.Context, r Request, ids []programme.MemoID, over programme.Over) (Reply, error) {
	shared, err := b.Office.ShareMemos(ctx, r.Who, ids, over)
	if ws := programme.WallsOf(err); len(ws) > 0 && over.Seen != programme.WallsPrint(ws) {
		before, err := ui.ReadForm(r.View.PrivateMetadata)
		if err != nil {
			return Reply{}, err
		}
		form := ui.MemoWallForm(before, ids, ws, over.Reason, r.Locale)
		return Reply{Replace: &form}, nil
	}
	if err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.MemosShared(len(shared), r.Locale), Beneath: b.beneathMemo(r)}, nil
}

func (b *Bot) askWhyWithdraw(ctx context.Context, r Request) (Reply, error) {
	form := ui.MemoWithdrawForm(b.formOn(r, r.Action.Value), r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) withdrawMemo(ctx context.Context, r Request) (Reply, error) {
	form, reason, err := ui.ReadWords(*r.View, "reason")
	if err != nil {
		return Reply{}, err
	}
	id := programme.MemoID(form.Subject)
	if err := b.Office.WithdrawMemo(ctx, r.Who, id, reason); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.MemoTakenBack(r.Locale), Beneath: b.beneathMemo(r)}, nil
}

func (b *Bot) askToWhomOpen(ctx context.Context, r Request) (Reply, error) {
	names, err := b.Office.SupportOrganisations(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	id, version, err := ui.ReadMemoVersion(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	on := b.formOn(r, string(id))
	on.Version = version
	form := ui.MemoOpenForm(on, names, r.Locale)
	return Reply{Open: &form}, nil
}

// openMemoTo shows the memo to an organisation; one that the program warns of is asked for
// once more.
func (b *Bot) openMemoTo(ctx context.Context, r Request) (Reply, error) {
	names, err := b.Office.SupportOrganisations(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	form, organisation, sure, err := ui.ReadMemoOpen(*r.View, names)
	if err != nil {
		return Reply{}, err
	}
	id := programme.MemoID(form.Subject)
	err = b.Office.OpenToOrganisation(ctx, r.Who, id, form.Version, organisation, sure)
	if ws := programme.WallsOf(err); len(ws) > 0 {
		again := ui.MemoOpenSure(form, organisation, ws, r.Locale)
		return Reply{Replace: &again}, nil
	}
	if err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.MemoOpened(r.Locale), Beneath: b.beneathMemo(r)}, nil
}

// openNewerTo shows an organisation, to which the memo is open, the version that its atsugi
// has before them.
func (b *Bot) openNewerTo(ctx context.Context, r Request) (Reply, error) {
	id, place, version, err := ui.ReadMemoNewer(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	s, err := b.Office.SharingOf(ctx, r.Who, id)
	if err != nil {
		return Reply{}, err
	}
	if place < len(s.Openings) && s.Openings[place].Stands() {
		organisation := s.Openings[place].Organisation
		err := b.Office.OpenToOrganisation(ctx, r.Who, id, version, organisation, false)
		if ws := programme.WallsOf(err); len(ws) > 0 {
			form := b.formOn(r, string(id))
			form.Version = version
			again := ui.MemoOpenSure(form, organisation, ws, r.Locale)
			return Reply{Open: &again}, nil
		}
		if err != nil {
			return Reply{}, err
		}
	}
	return b.pressedMemo(ctx, r, id)
}

func (b *Bot) closeMemoTo(ctx context.Context, r Request) (Reply, error) {
	id, place, err := ui.ReadMemoClose(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	s, err := b.Office.SharingOf(ctx, r.Who, id)
	if err != nil {
		return Reply{}, err
	}
	if place < len(s.Openings) {
		if err := b.Office.CloseToOrganisation(ctx, r.Who, id, s.Openings[place].Organisation); err != nil {
			return Reply{}, err
		}
	}
	return b.pressedMemo(ctx, r, id)
}
