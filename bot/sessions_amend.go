package bot

import (
	"context"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// registerSessionChanges is for what changes of a session whose agreed time stands.
func (b *Bot) registerSessionChanges() {
	b.router.Action(ui.ActionSessionWithdraw, b.withdrawTimes)
	b.router.Action(ui.ActionSessionVenue, b.askVenue)
	b.router.Submit(ui.CallbackSessionVenue, b.setVenue)
	b.router.Action(ui.ActionSessionPapers, b.askPapers)
	b.router.Submit(ui.CallbackSessionPapers, b.setPapers)
	b.router.Action(ui.ActionSessionKind, b.askKind)
	b.router.Submit(ui.CallbackSessionKind, b.setKind)
}

// withdrawTimes is one press that takes back the request to change an agreed time.
func (b *Bot) withdrawTimes(ctx context.Context, r Request) (Reply, error) {
	id, proposed, err := ui.ReadSessionNone(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.WithdrawTimes(ctx, r.Who, id, proposed); err != nil {
		return Reply{}, err
	}
	return b.pressed(ctx, r, id)
}

// askVenue opens the form for how and where the two meet.
func (b *Bot) askVenue(ctx context.Context, r Request) (Reply, error) {
	v, err := b.Office.SessionPage(ctx, r.Who, programme.SessionID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	if err := b.tooLate(v, v.MayVenue); err != nil {
		return Reply{}, err
	}
	form := ui.SessionVenueForm(ui.Form{Op: b.Office.NewID()}, v, r.Me.ID, b.abroad(ctx, r))
	return Reply{Open: &form}, nil
}

func (b *Bot) setVenue(ctx context.Context, r Request) (Reply, error) {
	id, version, venue, err := ui.ReadSessionVenue(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.SetVenue(ctx, r.Who, id, version, venue); err != nil {
		return Reply{}, err
	}
	return b.beneathSession(r, id, ui.SessionVenueKept(r.Locale)), nil
}

// askPapers opens the office's form for the papers of a session's fee.
func (b *Bot) askPapers(ctx context.Context, r Request) (Reply, error) {
	v, err := b.Office.SessionPage(ctx, r.Who, programme.SessionID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	if !v.MayPapers {
		return Reply{}, &programme.Error{Code: programme.CodeDenied, Key: "error.denied"}
	}
	form := ui.SessionPapersForm(ui.Form{Op: b.Office.NewID()}, v, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) setPapers(ctx context.Context, r Request) (Reply, error) {
	id, version, papers, err := ui.ReadSessionPapers(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.SetPapers(ctx, r.Who, id, version, papers); err != nil {
		return Reply{}, err
	}
	return b.beneathSession(r, id, ui.SessionPapersKept(r.Locale)), nil
}
