package bot

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerRecommendations() {
	b.router.Command("recommend", supporters, b.listRecommendations)
	b.router.Command("month", supporters, b.openMonth)
	b.router.Action(ui.ActionRecommendations, b.listRecommendations)
	b.router.Action(ui.ActionRecommend, b.recommendForm)
	b.router.Submit(ui.CallbackRecommend, b.recommend)
	b.router.Action(ui.ActionRecommendWithdraw, b.withdrawRecommendation)
	b.router.Action(ui.ActionInvitation, b.openInvitation)
	b.router.Action(ui.ActionInvitationSend, b.sendInvitation)
	b.router.Action(ui.ActionSupportBoard, b.openSupportBoard)
	b.router.Action(ui.ActionRecommendOpen, b.openRecommendation)
	b.router.Action(ui.ActionRecommendApproach, b.approachRecommended)
	b.router.Action(ui.ActionRecommendAgree, b.agreeForm)
	b.router.Submit(ui.CallbackRecommendAgree, b.agreeRecommended)
	b.router.Action(ui.ActionRecommendDecline, b.declineForm)
	b.router.Submit(ui.CallbackRecommendDecline, b.declineRecommended)
	b.router.Action(ui.ActionRecommendQuota, b.quotaForm)
	b.router.Submit(ui.CallbackRecommendQuota, b.raiseQuota)
	b.router.Action(ui.ActionMonth, b.openMonth)
	b.router.Action(ui.ActionMonthFile, b.sendMonth)
}

// supporters are told of the words of support organisations.
var supporters = func(p programme.Person) bool { return p.Has(programme.Supporter) }

// pageOf is which page of a list is asked for: the first, unless a button says otherwise.
func pageOf(r Request) (from int) {
	if r.Action != nil {
		_, from = ui.ReadPlace(r.Action.Value)
	}
	return from
}

// shown opens a page, or puts it in the place of the one whose button turned it.
func shown(r Request, page *slack.ModalViewRequest, err error) (Reply, error) {
	switch {
	case err != nil:
		return Reply{}, err
	case r.Action == nil:
		return Reply{Open: page}, nil
	}
	return laid(r, *page), nil
}

// listRecommendations shows what the person's organisation recommended.
func (b *Bot) listRecommendations(ctx context.Context, r Request) (Reply, error) {
	page, err := b.recommendations(ctx, r, pageOf(r))
	return shown(r, page, err)
}

func (b *Bot) recommendations(ctx context.Context, r Request, from int) (*slack.ModalViewRequest, error) {
	list, err := b.Office.OwnRecommendations(ctx, r.Who)
	if err != nil {
		return nil, err
	}
	page := ui.Recommendations(list, from, r.Locale)
	return &page, nil
}

func (b *Bot) recommendForm(_ context.Context, r Request) (Reply, error) {
	form := ui.RecommendForm(ui.Form{Op: b.Office.NewID()}, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) recommend(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadRecommendForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	made, err := b.Office.Recommend(ctx, r.Who, form)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.RecommendSent(made, r.Locale), Beneath: func(ctx context.Context) (*slack.ModalViewRequest, error) {
		return b.recommendations(ctx, r, 0)
	}}, nil
}

func (b *Bot) withdrawRecommendation(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.WithdrawRecommendation(ctx, r.Who, programme.RecommendationID(r.Action.Value)); err != nil {
		return Reply{}, err
	}
	page, err := b.recommendations(ctx, r, 0)
	return Reply{Replace: page}, err
}

// openInvitation shows the text that an organisation passes on.
func (b *Bot) openInvitation(ctx context.Context, r Request) (Reply, error) {
	list, err := b.Office.OwnRecommendations(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	page := ui.Invitation(list.Settings, list.Me, r.Locale)
	return Reply{Open: &page}, nil
}

func (b *Bot) sendInvitation(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.SendInvitation(ctx, r.Who, r.Op); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.InvitationSent(r.Locale)}, nil
}

// openSupportBoard shows the office the support organisations.
func (b *Bot) openSupportBoard(ctx context.Context, r Request) (Reply, error) {
	page, err := b.supportBoard(ctx, r, pageOf(r))
	return shown(r, page, err)
}

func (b *Bot) supportBoard(ctx context.Context, r Request, from int) (*slack.ModalViewRequest, error) {
	board, err := b.Office.SupportBoard(ctx, r.Who)
	if err != nil {
		return nil, err
	}
	page := ui.SupportBoard(board, from, r.Locale)
	return &page, nil
}

// openRecommendation shows the office one of them.
func (b *Bot) openRecommendation(ctx context.Context, r Request) (Reply, error) {
	page, err := b.recommendation(ctx, r, programme.RecommendationID(r.Action.Value))
	return Reply{Open: page}, err
}

func (b *Bot) recommendation(ctx context.Context, r Request, id programme.RecommendationID) (*slack.ModalViewRequest, error) {
	v, err := b.Office.RecommendationPage(ctx, r.Who, id)
	if err != nil {
		return nil, err
	}
	page := ui.RecommendationPage(v, r.Locale)
	return &page, nil
}

func (b *Bot) approachRecommended(ctx context.Context, r Request) (Reply, error) {
	id := programme.RecommendationID(r.Action.Value)
	if err := b.Office.ApproachRecommended(ctx, r.Who, id); err != nil {
		return Reply{}, err
	}
	page, err := b.recommendation(ctx, r, id)
	return Reply{Replace: page}, err
}

// agreeForm asks what is missing to put somebody on the roster.
func (b *Bot) agreeForm(ctx context.Context, r Request) (Reply, error) {
	v, err := b.Office.RecommendationPage(ctx, r.Who, programme.RecommendationID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	form := ui.AgreeForm(ui.Form{Op: b.Office.NewID()}, v, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) agreeRecommended(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadAgreeForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.AgreeRecommended(ctx, r.Who, form); err != nil {
		return Reply{}, err
	}
	return b.decided(r, form.ID, programme.RecommendAgreed), nil
}

// decided says what became of a recommendation, and draws its page anew beneath.
func (b *Bot) decided(r Request, id programme.RecommendationID, s programme.RecommendState) Reply {
	return Reply{Say: ui.RecommendDecided(s, r.Locale), Beneath: func(ctx context.Context) (*slack.ModalViewRequest, error) {
		return b.recommendation(ctx, r, id)
	}}
}

func (b *Bot) declineForm(ctx context.Context, r Request) (Reply, error) {
	v, err := b.Office.RecommendationPage(ctx, r.Who, programme.RecommendationID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	form := ui.DeclineForm(ui.Form{Op: b.Office.NewID()}, v, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) declineRecommended(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadDeclineForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.DeclineRecommended(ctx, r.Who, form); err != nil {
		return Reply{}, err
	}
	return b.decided(r, form.ID, programme.RecommendDeclined), nil
}

// quotaForm asks for another quota of the organisation of one of its people.
func (b *Bot) quotaForm(ctx context.Context, r Request) (Reply, error) {
	board, err := b.Office.SupportBoard(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	of := programme.PersonID(r.Action.Value)
	for _, o := range board.Organisations {
		if slices.ContainsFunc(o.Staff, func(p programme.Person) bool { return p.ID == of }) {
			form := ui.QuotaForm(ui.Form{Op: b.Office.NewID(), Subject: string(of)}, o, r.Locale)
			return Reply{Open: &form}, nil
		}
	}
	return Reply{}, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
}

func (b *Bot) raiseQuota(ctx context.Context, r Request) (Reply, error) {
	form, quota, reason, err := ui.ReadQuotaForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.RaiseQuota(ctx, r.Who, form.Op, programme.PersonID(form.Subject), quota, reason); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.QuotaRaised(r.Locale), Beneath: func(ctx context.Context) (*slack.ModalViewRequest, error) {
		return b.supportBoard(ctx, r, 0)
	}}, nil
}

// openMonth shows a support organisation its month.
func (b *Bot) openMonth(ctx context.Context, r Request) (Reply, error) {
	day := programme.Date("")
	if r.Action != nil {
		day = programme.Date(r.Action.Value)
	}
	m, err := b.Office.SupportMonth(ctx, r.Who, day)
	if err != nil {
		return Reply{}, err
	}
	page := ui.SupportMonth(m, r.Locale)
	return shown(r, &page, nil)
}

func (b *Bot) sendMonth(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.SendSupportMonth(ctx, r.Who, programme.Date(r.Action.Value), r.Op); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.MonthSent(r.Locale)}, nil
}
