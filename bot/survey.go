package bot

import (
	"context"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerSurvey() {
	b.router.Action(ui.ActionSurveyStart, b.onResponse(b.Office.StartSurvey))
	b.router.Action(ui.ActionSurveyDecline, b.onResponse(b.Office.DeclineSurvey))
	b.router.Action(ui.ActionSurveyPause, b.onResponse(b.Office.PauseSurvey))
	b.router.Action(ui.ActionSurveyBack, b.onResponse(b.Office.BackSurvey))
	b.router.Action(ui.ActionSurveyLater, b.laterSurvey)
	for _, id := range []string{
		ui.ActionSurveyPick, ui.ActionSurveySend, ui.ActionSurveySkip, ui.ActionSurveySelect,
		ui.ActionSurveyRank, ui.ActionSurveyRankEnd, ui.ActionSurveyDate, ui.MenuSurveyPeople,
	} {
		b.router.Action(id, b.answerQuestion)
	}
	b.router.Action(ui.ActionSurveyChange, b.changeAnswer)
	b.router.Suggest(ui.MenuSurveyPeople, b.offerNamed)
	b.router.Action(ui.ActionSurveyForm, b.openSheet)
	b.router.Action(ui.ActionSurveyFill, b.openSheet)
	b.router.Action(ui.ActionSurveyDraft, b.keepDraft)
	b.router.Submit(ui.CallbackSheet, b.takeSheet)
	b.router.Action(ui.ActionShared, b.sharedAnswers)
}

// onResponse does what a button says that is about a whole response. What came of it,
// the messages show.
func (b *Bot) onResponse(do func(context.Context, programme.Actor, programme.ResponseID) (programme.Dialogue, error)) Handler {
	return func(ctx context.Context, r Request) (Reply, error) {
		_, err := do(ctx, r.Who, programme.ResponseID(r.Action.Value))
		return Reply{}, err
	}
}

func (b *Bot) laterSurvey(ctx context.Context, r Request) (Reply, error) {
	id, when, err := ui.LaterWished(*r.Action)
	if err != nil {
		return Reply{}, err
	}
	_, err = b.Office.LaterSurvey(ctx, r.Who, id, when)
	return Reply{}, err
}

// answerQuestion keeps what a button, menu or day says, or what was ticked above a
// button; ticking alone answers nothing yet.
func (b *Bot) answerQuestion(ctx context.Context, r Request) (Reply, error) {
	if ui.WaitsForSend(*r.Action) {
		return Reply{}, nil
	}
	given, err := ui.ReadAnswer(*r.Action, r.State)
	if err != nil {
		return Reply{}, err
	}
	_, err = b.Office.AnswerQuestion(ctx, r.Who, given.Response, given.Question, given.Input)
	return Reply{}, err
}

// offerNamed offers those who may be named in an answer, for what was typed.
func (b *Bot) offerNamed(ctx context.Context, r Request) (Reply, error) {
	id, question, err := ui.Offered(r.Action.BlockID, r.View)
	if err != nil {
		return Reply{}, err
	}
	people, err := b.Office.SurveyPeople(ctx, r.Who, id, question, r.Text, ui.OfferMost)
	return Reply{Options: ui.OfferPeople(people, r.Locale)}, err
}

// sharedAnswers shows an expert what one of their own atsugi said for them.
func (b *Bot) sharedAnswers(ctx context.Context, r Request) (Reply, error) {
	id := programme.PersonID(r.Action.SelectedOption.Value)
	surveys, err := b.Office.SharedAnswers(ctx, r.Who, id)
	if err != nil {
		return Reply{}, err
	}
	atsugi, err := b.Office.Addressee(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	page := ui.SharedPage(atsugi, surveys, r.Locale)
	return Reply{Open: &page}, nil
}
