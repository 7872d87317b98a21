package bot

import (
	"context"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerEvents() {
	for id, answer := range map[string]programme.Coming{
		ui.ActionComeYes:    programme.Yes,
		ui.ActionComeOnline: programme.Online,
		ui.ActionComeNo:     programme.No,
		ui.ActionComeLater:  programme.NotYet,
	} {
		b.router.Action(id, b.come(answer))
	}
}

// come keeps whether somebody comes. The message or Home that was pressed is
// drawn again by itself; nothing else needs to be said.
func (b *Bot) come(answer programme.Coming) Handler {
	return func(ctx context.Context, r Request) (Reply, error) {
		_, _, err := b.Office.AnswerEvent(ctx, r.Who, programme.EventID(r.Action.Value), answer, "")
		return Reply{}, err
	}
}
