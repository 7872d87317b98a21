package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerJoining() {
	b.router.ForAnybody(route{onAction, ui.ActionJoin}, b.openJoin)
	b.router.ForAnybody(route{onSubmit, ui.CallbackJoin}, b.askToJoin)
	b.router.Command("joining", offices, b.listJoining)
	b.router.Command("参加", offices, b.listJoining)
	b.router.Action(ui.ActionJoinList, b.listJoining)
	b.router.Action(ui.ActionJoinOpen, b.openJoining)
	b.router.Action(ui.ActionJoinMatch, b.matchAccount)
	b.router.Action(ui.ActionJoinFind, b.findForAccount)
	b.router.Submit(ui.CallbackJoinFind, b.matchFound)
	b.router.Action(ui.ActionJoinNot, b.notOurs)
	b.router.Action(ui.ActionJoinTake, b.openTakeUp)
	b.router.Submit(ui.CallbackJoinTake, b.takeUp)
	b.router.Action(ui.ActionJoinDecline, b.openDecline)
	b.router.Submit(ui.CallbackJoinDecline, b.declineJoining)
}

// openJoin opens the form for somebody who is not on the roster. Who is on it was drawn the
// button before.
func (b *Bot) openJoin(_ context.Context, r Request) (Reply, error) {
	if r.Me.ID != "" {
		return Reply{}, &programme.Error{Code: programme.CodeConflict, Key: "error.join_member"}
	}
	view := ui.JoinForm(ui.Form{Op: b.Office.NewID()}, r.Locale)
	return Reply{Open: &view}, nil
}

// askToJoin brings the wish to the office. What Slack says of the account was noted when it
// came (Office.Arrive), as a submission has no time to ask; where nothing is kept of that, it
// is taken for a stranger's, about whom the office is asked twice.
func (b *Bot) askToJoin(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadJoinForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.AskToJoin(ctx, programme.Account{SlackID: r.Account, Locale: r.Locale.Language(), Stranger: true}, form); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.JoinSent(r.Locale)}, nil
}

func (b *Bot) listJoining(ctx context.Context, r Request) (Reply, error) {
	list, err := b.Office.JoiningList(ctx, r.Who, ui.JoinListed)
	if err != nil {
		return Reply{}, err
	}
	view := ui.JoiningList(list, r.Locale)
	return Reply{Open: &view}, nil
}

func (b *Bot) openJoining(ctx context.Context, r Request) (Reply, error) {
	view, err := b.joiningPage(ctx, r, r.Action.Value)
	return Reply{Open: view}, err
}

func (b *Bot) joiningPage(ctx context.Context, r Request, newcomer string) (*slack.ModalViewRequest, error) {
	page, err := b.Office.JoiningPage(ctx, r.Who, newcomer)
	if err != nil {
		return nil, err
	}
	view := ui.JoiningPage(page, r.Locale)
	return &view, nil
}

// joined says what was done, and draws the page anew that it was done on.
func (b *Bot) joined(r Request, newcomer, said string) Reply {
	return Reply{Say: said, Beneath: func(ctx context.Context) (*slack.ModalViewRequest, error) {
		return b.joiningPage(ctx, r, newcomer)
	}}
}

func (b *Bot) matchAccount(ctx context.Context, r Request) (Reply, error) {
	newcomer, person := ui.ReadJoinMatch(r.Action.Value)
	if err := b.Office.MatchAccount(ctx, r.Who, newcomer, person, false); err != nil {
		return Reply{}, err
	}
	if !r.inModal() {
		return Reply{}, nil // the card says it
	}
	view, err := b.joiningPage(ctx, r, newcomer)
	return Reply{Replace: view}, err
}

func (b *Bot) findForAccount(_ context.Context, r Request) (Reply, error) {
	view := ui.JoinFindForm(ui.Form{Op: b.Office.NewID(), Subject: r.Action.Value}, r.Locale)
	return Reply{Open: &view}, nil
}

func (b *Bot) matchFound(ctx context.Context, r Request) (Reply, error) {
	form, person, sure, err := ui.ReadJoinFind(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.MatchAccount(ctx, r.Who, form.Subject, person, sure); err != nil {
		return Reply{}, err
	}
	return b.joined(r, form.Subject, ui.JoinMatched(r.Locale)), nil
}

func (b *Bot) notOurs(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, b.Office.NotOurs(ctx, r.Who, r.Action.Value)
}

func (b *Bot) openTakeUp(ctx context.Context, r Request) (Reply, error) {
	page, err := b.Office.JoiningPage(ctx, r.Who, r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	view := ui.JoinTakeForm(ui.Form{Op: b.Office.NewID(), Subject: r.Action.Value}, page, r.Locale)
	return Reply{Open: &view}, nil
}

func (b *Bot) takeUp(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadJoinTake(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.TakeUp(ctx, r.Who, form); err != nil {
		return Reply{}, err
	}
	return b.joined(r, form.Newcomer, ui.JoinTaken(r.Locale)), nil
}

func (b *Bot) openDecline(_ context.Context, r Request) (Reply, error) {
	view := ui.JoinDeclineForm(ui.Form{Op: b.Office.NewID(), Subject: r.Action.Value}, r.Locale)
	return Reply{Open: &view}, nil
}

func (b *Bot) declineJoining(ctx context.Context, r Request) (Reply, error) {
	form, reason, err := ui.ReadJoinDecline(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.DeclineJoining(ctx, r.Who, form.Subject, reason); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.JoinDeclineSent(r.Locale)}, nil
}

// arrive notes an account that is in nobody's row, as Slack describes it.
func (b *Bot) arrive(ctx context.Context, u slack.User) error {
	if u.IsBot || u.ID == slackbot || u.Deleted {
		return nil
	}
	return b.Office.Arrive(ctx, b.accountOf(u))
}

// slackbot is Slack's own account, the same everywhere.
const slackbot = "USLACKBOT"

// greetNewcomer answers team_join: whoever the roster knows is welcomed.
func (b *Bot) greetNewcomer(ctx context.Context, a act) error {
	req, err := b.request(ctx, a, true)
	if hinted, err := b.hintStranger(ctx, a, err); hinted || err != nil {
		return err
	}
	return b.Office.Welcome(ctx, req.Me.ID)
}

// changedAccount notes what Slack says anew of somebody's account.
func (b *Bot) changedAccount(ctx context.Context, a act) error {
	user, err := b.API.GetUserInfoContext(ctx, a.account)
	if err != nil {
		return err
	}
	account := b.accountOf(*user)
	if account.Stranger { // another workspace's word
		return nil
	}
	_, err = b.Office.Recognise(ctx, account)
	if err != nil && !notInRoster(err) {
		return err
	}
	return b.Office.AccountChanged(ctx, account)
}
