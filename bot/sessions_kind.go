package bot

import (
	"context"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// askKind opens the office's form for what a session counts for.
func (b *Bot) askKind(ctx context.Context, r Request) (Reply, error) {
	v, err := b.Office.SessionPage(ctx, r.Who, programme.SessionID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	if !v.MayKind {
		return Reply{}, &programme.Error{Code: programme.CodeDenied, Key: "error.denied"}
	}
	form := ui.SessionKindForm(ui.SessionKindData{Form: ui.Form{Op: b.Office.NewID()}, Session: v}, r.Locale)
	return Reply{Open: &form}, nil
}

// setKind records it. If a quota is in the way the form asks whether to go beyond it.
func (b *Bot) setKind(ctx context.Context, r Request) (Reply, error) {
	chosen, err := ui.ReadSessionKind(*r.View)
	if err != nil {
		return Reply{}, err
	}
	_, err = b.Office.SetSessionKind(ctx, r.Who, chosen.Session, chosen.Version, chosen.Kind, chosen.Override)
	if programme.QuotaReached(err) {
		return b.kindAgain(ctx, r, chosen, err)
	}
	if err != nil {
		return Reply{}, err
	}
	return b.beneathSession(r, chosen.Session, ui.SessionKindKept(r.Locale)), nil
}

func (b *Bot) kindAgain(ctx context.Context, r Request, chosen ui.SessionKindChoice, refused error) (Reply, error) {
	d := ui.SessionKindData{Filled: chosen.Kind, Refused: refused}
	var err error
	if d.Form, err = ui.ReadForm(r.View.PrivateMetadata); err != nil {
		return Reply{}, err
	}
	if d.Session, err = b.Office.SessionPage(ctx, r.Who, chosen.Session); err != nil {
		return Reply{}, err
	}
	form := ui.SessionKindForm(d, r.Locale)
	return Reply{Replace: &form}, nil
}
