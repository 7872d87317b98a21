package bot

import (
	"context"

	"tsugite/bot/papers"
	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerKnown() {
	b.router.Command("me", everyones, b.known)
	b.router.Action(ui.ActionKnown, b.known)
	b.router.Action(ui.ActionKnownSend, b.sendKnown)
}

// known shows somebody what is kept about them.
func (b *Bot) known(ctx context.Context, r Request) (Reply, error) {
	k, err := b.Office.KnownAboutMe(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	page := ui.KnownPage(k, r.Locale)
	return Reply{Open: &page}, nil
}

// sendKnown has it sent to them as a file.
func (b *Bot) sendKnown(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.SendMeAll(ctx, r.Who, r.Op); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.KnownSent(r.Locale)}, nil
}

// ownData is the file of all that is known about somebody.
func (p *Poster) ownData(m programme.Matter, l ui.Locale) ([]byte, error) {
	var sheets []papers.Table
	for _, t := range ui.KnownTables(m.Known, p.Office.Settings.Parts, l) {
		sheets = append(sheets, papers.Table(t))
	}
	return papers.Tables(sheets)
}
