package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerSessions() {
	b.router.Command("session", meeting, b.sessionsOrBoard)
	b.router.Action(ui.ActionSessionList, b.listSessions)
	b.router.Action(ui.ActionSessionOpen, b.openSession)
	b.router.Action(ui.ActionSessionBoard, b.openSessionBoard)
	b.router.Action(ui.ActionSessionNew, b.newSession)
	b.router.Action(ui.ActionSessionTimes, b.otherTimes)
	b.router.Action(ui.ActionSessionMove, b.otherTimes)
	b.router.Submit(ui.CallbackSessionTimes, b.proposeTimes)
	b.router.Action(ui.ActionSessionPick, b.pickTime)
	b.router.Action(ui.ActionSessionNone, b.askWhyNone)
	b.router.Submit(ui.CallbackSessionNone, b.declineTimes)
	b.router.Action(ui.ActionSessionStop, b.askWhyStop)
	b.router.Submit(ui.CallbackSessionStop, b.stopSession)
	b.router.Action(ui.ActionSessionBook, b.bookForm)
	b.router.Action(ui.ActionSessionTwo, b.bookForm)
	b.router.Submit(ui.CallbackSessionBook, b.bookSession)
	b.router.Action(ui.ActionSessionSay, b.sayWord)
	b.router.Action(ui.ActionSessionWords, b.askWords)
	b.router.Submit(ui.CallbackSessionWords, b.keepWords)
	b.router.Action(ui.ActionSessionMemo, b.sessionMemo)
	b.registerSessionChanges()
}

// sessionsOrBoard answers the command: one's own sessions, to office and bureau how all of them
// stand.
func (b *Bot) sessionsOrBoard(ctx context.Context, r Request) (Reply, error) {
	if overviews(r.Me) {
		return b.openSessionBoard(ctx, r)
	}
	return b.listSessions(ctx, r)
}

// listSessions shows one's own sessions; to office and bureau, all.
func (b *Bot) listSessions(ctx context.Context, r Request) (Reply, error) {
	all, err := b.Office.Sessions(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	page := ui.SessionList(all, r.Me.ID, b.abroad(ctx, r))
	if b.offers(r.Me) {
		page = ui.WithOffer(page, r.Me.ID, r.Locale)
	}
	if b.choosing() && r.Me.Has(programme.Atsugi) {
		page = ui.WithRequest(page, r.Locale)
	}
	return Reply{Replace: &page}, nil
}

// openSessionBoard shows how the sessions of the programme stand.
func (b *Bot) openSessionBoard(ctx context.Context, r Request) (Reply, error) {
	from := 0
	if r.Action != nil {
		_, from = ui.ReadPlace(r.Action.Value)
	}
	page, err := b.sessionBoard(ctx, r, from)
	if err != nil || r.Action == nil {
		return Reply{Open: page}, err
	}
	return laid(r, *page), nil
}

func (b *Bot) sessionBoard(ctx context.Context, r Request, from int) (*slack.ModalViewRequest, error) {
	board, err := b.Office.SessionBoard(ctx, r.Who)
	if err != nil {
		return nil, err
	}
	d := ui.SessionBoardData{Board: board, From: from}
	if board.Office && b.choosing() {
		if d.Experts, err = b.Office.Experts(ctx, r.Who); err != nil {
			return nil, err
		}
	}
	page := ui.SessionBoard(d, r.Locale)
	return &page, nil
}

func (b *Bot) openSession(ctx context.Context, r Request) (Reply, error) {
	page, err := b.sessionPage(ctx, r, programme.SessionID(r.Action.Value))
	return Reply{Open: page}, err
}

// sessionPage draws a session for the person, who is authorised by the Office.
func (b *Bot) sessionPage(ctx context.Context, r Request, id programme.SessionID) (*slack.ModalViewRequest, error) {
	v, err := b.Office.SessionPage(ctx, r.Who, id)
	if err != nil {
		return nil, err
	}
	page := ui.SessionPage(v, r.Me.ID, b.abroad(ctx, r))
	return &page, nil
}

// pressed is the reply to a press that changed a session: its page anew in a modal; a
// message and Home are drawn again by themselves.
func (b *Bot) pressed(ctx context.Context, r Request, id programme.SessionID) (Reply, error) {
	if !r.inModal() {
		return b.noted(ctx, r)
	}
	page, err := b.sessionPage(ctx, r, id)
	return Reply{Replace: page}, err
}

// beneathSession is the reply to a form about a session: the sentence, and the session's
// page beneath it as it stands now, if the form lay on that.
func (b *Bot) beneathSession(r Request, id programme.SessionID, said string) Reply {
	return Reply{Say: said, Beneath: func(ctx context.Context) (*slack.ModalViewRequest, error) {
		return b.sessionPage(ctx, r, id)
	}}
}

// pickTime is one press on one of the times that were proposed.
func (b *Bot) pickTime(ctx context.Context, r Request) (Reply, error) {
	p, err := ui.ReadSessionPick(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.PickTime(ctx, r.Who, p.Session, p.Proposed, p.Start, p.Behalf); err != nil {
		return Reply{}, err
	}
	return b.pressed(ctx, r, p.Session)
}

// askWhyNone opens the form for declining, unless the times that the person saw are not
// those that wait now: what they would decline is not what they saw.
func (b *Bot) askWhyNone(ctx context.Context, r Request) (Reply, error) {
	id, proposed, err := ui.ReadSessionNone(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	v, err := b.Office.SessionPage(ctx, r.Who, id)
	if err != nil {
		return Reply{}, err
	}
	if !v.Proposal.Waits() || !v.Proposal.At.Equal(proposed) {
		return Reply{}, &programme.Error{Code: programme.CodeConflict, Key: "error.proposal_changed"}
	}
	if !v.Waits() {
		return Reply{}, &programme.Error{Code: programme.CodeClosed, Key: "error.time_over"}
	}
	form := ui.SessionNoneForm(ui.Form{Op: b.Office.NewID()}, v, b.abroad(ctx, r))
	return Reply{Open: &form}, nil
}

func (b *Bot) declineTimes(ctx context.Context, r Request) (Reply, error) {
	id, proposed, reason, err := ui.ReadSessionNoneForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.DeclineTimes(ctx, r.Who, id, proposed, reason); err != nil {
		return Reply{}, err
	}
	v, err := b.Office.SessionPage(ctx, r.Who, id)
	if err == nil && v.RequestDeclined() {
		return b.beneathSession(r, id, ui.SessionRefused(r.Locale)), nil
	}
	return b.beneathSession(r, id, ui.SessionDeclined(r.Locale)), err
}

// askWhyStop opens the form for calling off, or says at once, before anything is typed,
// that it is too late for that.
func (b *Bot) askWhyStop(ctx context.Context, r Request) (Reply, error) {
	v, err := b.Office.SessionPage(ctx, r.Who, programme.SessionID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	if err := b.tooLate(v, v.MayCancel); err != nil {
		return Reply{}, err
	}
	form := ui.SessionStopForm(ui.Form{Op: b.Office.NewID()}, v, r.Me.ID, b.abroad(ctx, r))
	return Reply{Open: &form}, nil
}

// tooLate is the sentence for a press on a button that its message shows still although
// what it does is not possible any more; nil if it is.
func (b *Bot) tooLate(v programme.SessionView, may bool) error {
	old := func(key string, args map[string]any) error {
		return &programme.Error{Code: programme.CodeClosed, Key: key, Args: args}
	}
	switch {
	case may:
		return nil
	case v.State == programme.SessionCancelled:
		return old("error.session_cancelled", nil)
	case v.MovesUsed:
		return old("error.session_moves", map[string]any{"Most": b.Office.Settings.Sessions.Moves})
	case v.OfficeOnly:
		return old("error.session_cut_off", nil)
	}
	return old("error.message_old", nil)
}

func (b *Bot) stopSession(ctx context.Context, r Request) (Reply, error) {
	id, version, reason, err := ui.ReadSessionStop(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.CancelSession(ctx, r.Who, id, version, reason); err != nil {
		return Reply{}, err
	}
	v, err := b.Office.SessionPage(ctx, r.Who, id)
	return b.beneathSession(r, id, ui.SessionStopped(v, r.Locale)), err
}
