package bot

import (
	"context"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// sayWord is one press on whether a session took place; from the office it decides.
func (b *Bot) sayWord(ctx context.Context, r Request) (Reply, error) {
	id, word, err := ui.ReadSessionSay(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.SayWord(ctx, r.Who, id, programme.WordForm{Word: word}); err != nil {
		return Reply{}, err
	}
	return b.pressed(ctx, r, id)
}

// askWords opens the form for the atsugi's own lines afterwards.
func (b *Bot) askWords(ctx context.Context, r Request) (Reply, error) {
	v, err := b.Office.SessionPage(ctx, r.Who, programme.SessionID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	form := ui.SessionWordsForm(ui.Form{Op: b.Office.NewID()}, v, b.abroad(ctx, r))
	return Reply{Open: &form}, nil
}

func (b *Bot) keepWords(ctx context.Context, r Request) (Reply, error) {
	id, words, err := ui.ReadSessionWords(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.SayWord(ctx, r.Who, id, words); err != nil {
		return Reply{}, err
	}
	return b.beneathSession(r, id, ui.SessionWordsKept(r.Locale)), nil
}
