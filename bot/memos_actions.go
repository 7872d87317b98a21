package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerNextActions() {
	b.router.Action(ui.ActionNextList, b.openNextActions)
	b.router.Action(ui.ActionNextSay, b.sayNextAction)
}

// openNextActions shows all that was agreed on with an atsugi.
func (b *Bot) openNextActions(ctx context.Context, r Request) (Reply, error) {
	page, err := b.nextActions(ctx, r, programme.PersonID(r.Action.Value))
	return Reply{Open: page}, err
}

func (b *Bot) nextActions(ctx context.Context, r Request, atsugi programme.PersonID) (*slack.ModalViewRequest, error) {
	list, err := b.Office.Actions(ctx, r.Who, atsugi)
	if err != nil {
		return nil, err
	}
	page := ui.NextActions(list, r.Locale)
	return &page, nil
}

// sayNextAction is one press on how a next action stands. The page that it came from is
// drawn anew; Home draws itself.
func (b *Bot) sayNextAction(ctx context.Context, r Request) (Reply, error) {
	id, state, err := ui.ReadNextSay(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	a, err := b.Office.SayAction(ctx, r.Who, id, state)
	if err != nil || !r.inModal() {
		return Reply{}, err
	}
	page, err := b.nextActions(ctx, r, a.Atsugi)
	return Reply{Replace: page}, err
}
