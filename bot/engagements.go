package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerEngagements() {
	b.router.Action(ui.ActionSurveyWishes, b.openWishes)
	b.router.Action(ui.ActionEngage, b.engageForm)
	b.router.Action(ui.ActionEngageAny, b.engageAnybody)
	b.router.Submit(ui.CallbackEngagement, b.engage)
	b.router.Action(ui.ActionEngagements, b.listEngagements)
	b.router.Action(ui.ActionEngagementEnd, b.endEngagement)
}

// openWishes shows who wants intensive follow-up.
func (b *Bot) openWishes(ctx context.Context, r Request) (Reply, error) {
	id, from := ui.ReadPlace(r.Action.Value)
	page, err := b.wishes(ctx, r, programme.SurveyID(id), from)
	if err != nil {
		return Reply{}, err
	}
	return laid(r, *page), nil
}

func (b *Bot) wishes(ctx context.Context, r Request, id programme.SurveyID, from int) (*slack.ModalViewRequest, error) {
	all, err := b.Office.Wishes(ctx, r.Who, id)
	if err != nil {
		return nil, err
	}
	board, err := b.Office.SurveyBoard(ctx, r.Who, id)
	if err != nil {
		return nil, err
	}
	page := ui.SurveyWishes(ui.SurveyWishesData{Survey: board.Survey, Wishes: all, From: from}, r.Locale)
	return &page, nil
}

// engageForm opens the form that gives somebody an expert.
func (b *Bot) engageForm(ctx context.Context, r Request) (Reply, error) {
	survey, atsugi := ui.ReadEngage(r.Action.Value)
	wishes, err := b.Office.Wishes(ctx, r.Who, survey)
	if err != nil {
		return Reply{}, err
	}
	for _, w := range wishes {
		if w.Person.ID != atsugi {
			continue
		}
		experts, err := b.Office.Experts(ctx, r.Who)
		if err != nil {
			return Reply{}, err
		}
		form := ui.EngagementForm(ui.Form{Op: b.Office.NewID(), Subject: string(survey), Item: string(atsugi)}, w.Person, experts, r.Locale)
		return Reply{Open: &form}, nil
	}
	return Reply{}, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
}

// engageAnybody opens the form that gives whomever the office chooses an expert.
func (b *Bot) engageAnybody(ctx context.Context, r Request) (Reply, error) {
	experts, err := b.Office.Experts(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	atsugi, err := b.Office.MemoSubjects(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	form := ui.EngagementFormAny(ui.Form{Op: b.Office.NewID()}, atsugi, experts, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) engage(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadEngagementForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.MakeEngagement(ctx, r.Who, form); err != nil {
		return Reply{}, err
	}
	if form.Survey == "" {
		return b.beneathBoard(r, ui.EngagementMade(r.Locale)), nil
	}
	return Reply{Say: ui.EngagementMade(r.Locale), Beneath: func(ctx context.Context) (*slack.ModalViewRequest, error) {
		return b.wishes(ctx, r, form.Survey, 0)
	}}, nil
}

// listEngagements shows who sees whom.
func (b *Bot) listEngagements(ctx context.Context, r Request) (Reply, error) {
	_, from := ui.ReadPlace(r.Action.Value)
	page, err := b.engagements(ctx, r, from)
	if err != nil {
		return Reply{}, err
	}
	return laid(r, *page), nil
}

func (b *Bot) engagements(ctx context.Context, r Request, from int) (*slack.ModalViewRequest, error) {
	all, err := b.Office.Engagements(ctx, r.Who)
	if err != nil {
		return nil, err
	}
	page := ui.Engagements(all, from, r.Locale)
	return &page, nil
}

func (b *Bot) endEngagement(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.EndEngagement(ctx, r.Who, programme.EngagementID(r.Action.Value)); err != nil {
		return Reply{}, err
	}
	page, err := b.engagements(ctx, r, 0)
	return Reply{Replace: page}, err
}
