package bot

import (
	"context"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerHidden() {
	b.router.Action(ui.ActionHidden, b.askWhomHidden)
	b.router.Suggest(ui.MenuHidden, b.offerHidden)
	b.router.Submit(ui.CallbackHidden, b.keepHidden)
}

// askWhomHidden opens the list of one's own, or for the office that of the atsugi named.
func (b *Bot) askWhomHidden(ctx context.Context, r Request) (Reply, error) {
	whose := programme.PersonID(r.Action.Value)
	if whose == "" {
		whose = r.Me.ID
	}
	list, err := b.Office.HiddenFrom(ctx, r.Who, whose)
	if err != nil {
		return Reply{}, err
	}
	stand, err := b.Office.StandingWalls(ctx, r.Who, whose)
	if err != nil {
		return Reply{}, err
	}
	form := ui.HiddenForm(ui.Form{Op: b.Office.NewID(), Subject: string(whose)}, list, stand, r.Locale)
	return Reply{Open: &form}, nil
}

// offerHidden offers people and organisations for what was typed, half of each at most.
func (b *Bot) offerHidden(ctx context.Context, r Request) (Reply, error) {
	if !r.inModal() {
		return Reply{}, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
	}
	form, err := ui.ReadForm(r.View.PrivateMetadata)
	if err != nil {
		return Reply{}, err
	}
	people, names, err := b.Office.HideChoices(ctx, r.Who, programme.PersonID(form.Subject), r.Text, ui.OfferMost/2)
	return Reply{Options: ui.OfferHidden(people, names, r.Locale)}, err
}

func (b *Bot) keepHidden(ctx context.Context, r Request) (Reply, error) {
	form, others, err := ui.ReadHidden(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.HideFrom(ctx, r.Who, programme.PersonID(form.Subject), form.Item, others); err != nil {
		return Reply{}, err
	}
	stand, err := b.Office.StandingWalls(ctx, r.Who, programme.PersonID(form.Subject))
	return Reply{Say: ui.HiddenKept(len(stand) > 0, r.Locale)}, err
}
