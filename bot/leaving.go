package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerLeaving() {
	b.router.Command("profile", everyones, b.openProfile)
	b.router.Command("プロフィール", everyones, b.openProfile)
	b.router.Action(ui.ActionProfile, b.openProfile)
	b.router.Submit(ui.CallbackProfile, b.confirmProfile)
	b.router.Action(ui.ActionProfileTake, b.decideChange(true))
	b.router.Action(ui.ActionProfileDrop, b.decideChange(false))
	b.router.Command("leave", offices, b.findPerson)
	b.router.Command("退会", offices, b.findPerson)
	b.router.Action(ui.ActionPersonFind, b.findPerson)
	b.router.Submit(ui.CallbackPersonFind, b.foundPerson)
	b.router.Action(ui.ActionPersonOpen, b.openPerson)
	b.router.Action(ui.ActionLeave, b.leavePerson)
	b.router.Action(ui.ActionTakeBack, b.takeBack)
}

func (b *Bot) openProfile(ctx context.Context, r Request) (Reply, error) {
	me, p, err := b.Office.OwnProfile(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	view := ui.ProfileForm(ui.Form{Op: b.Office.NewID()}, me, p, r.Locale)
	return Reply{Open: &view}, nil
}

func (b *Bot) confirmProfile(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadProfileForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	waits, err := b.Office.ConfirmProfile(ctx, r.Who, form)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.ProfileKept(waits, r.Locale)}, nil
}

// decideChange says whether the roster is to have what somebody, or Slack, says.
func (b *Bot) decideChange(take bool) Handler {
	return func(ctx context.Context, r Request) (Reply, error) {
		return Reply{}, b.Office.DecideChange(ctx, r.Who, r.Action.Value, take)
	}
}

// findPerson asks the office about whom, and shows who left.
func (b *Bot) findPerson(ctx context.Context, r Request) (Reply, error) {
	left, err := b.Office.WhoLeft(ctx, r.Who, ui.LeftListed)
	if err != nil {
		return Reply{}, err
	}
	view := ui.PersonFindForm(ui.Form{Op: b.Office.NewID()}, left, r.Locale)
	return Reply{Open: &view}, nil
}

func (b *Bot) foundPerson(ctx context.Context, r Request) (Reply, error) {
	view, err := b.personPage(ctx, r, ui.ReadPersonFind(*r.View))
	return Reply{Replace: view}, err
}

func (b *Bot) openPerson(ctx context.Context, r Request) (Reply, error) {
	view, err := b.personPage(ctx, r, programme.PersonID(r.Action.Value))
	return Reply{Open: view}, err
}

func (b *Bot) personPage(ctx context.Context, r Request, id programme.PersonID) (*slack.ModalViewRequest, error) {
	page, err := b.Office.PersonPage(ctx, r.Who, id)
	if err != nil {
		return nil, err
	}
	view := ui.PersonPage(page, r.Locale)
	return &view, nil
}

func (b *Bot) leavePerson(ctx context.Context, r Request) (Reply, error) {
	id := programme.PersonID(r.Action.Value)
	if err := b.Office.LeavePerson(ctx, r.Who, id); err != nil {
		return Reply{}, err
	}
	view, err := b.personPage(ctx, r, id)
	return Reply{Replace: view}, err
}

func (b *Bot) takeBack(ctx context.Context, r Request) (Reply, error) {
	id := programme.PersonID(r.Action.Value)
	if err := b.Office.TakeBack(ctx, r.Who, id); err != nil || !r.inModal() {
		return Reply{}, err
	}
	view, err := b.personPage(ctx, r, id)
	return Reply{Replace: view}, err
}
