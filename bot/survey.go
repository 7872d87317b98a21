package bot

import (
	"context"
	"slices"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerSurvey() {
	b.router.Action(ui.ActionSurveyPreview, b.previewSurvey)
	b.router.Submit(ui.CallbackSurvey, b.launchSurvey)
	b.router.Action(ui.ActionSurveyStart, b.startSurvey)
	b.router.Action(ui.ActionSurveyDecline, b.declineSurvey)
	b.router.Action(ui.ActionSurveyPick, b.answerQuestion)
	b.router.Action(ui.ActionSurveySend, b.answerQuestion)
	b.router.Action(ui.ActionSurveySkip, b.answerQuestion)
	b.router.Action(ui.ActionSurveySelect, b.answerQuestion)
	b.router.Action(ui.ActionSurveyChange, b.changeAnswer)
}

// sendable are the surveys that are sent out by themselves.
func (b *Bot) sendable() []programme.SurveyDef {
	return slices.DeleteFunc(slices.Clone(b.Surveys), func(d programme.SurveyDef) bool { return d.AfterEvents })
}

// survey finds a definition that the office can send out.
func (b *Bot) survey(id string) (programme.SurveyDef, error) {
	for _, d := range b.Surveys {
		if d.ID == id {
			return d, nil
		}
	}
	return programme.SurveyDef{}, &programme.Error{Code: programme.CodeNotFound, Key: "error.survey_gone"}
}

// previewSurvey shows the coordinator what would go to whom.
func (b *Bot) previewSurvey(ctx context.Context, r Request) (Reply, error) {
	def, err := b.survey(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	reach, off, err := b.Office.SurveyAudience(ctx, r.Who, def)
	if err != nil {
		return Reply{}, err
	}
	form := ui.Form{Op: b.Office.NewID(), Subject: def.ID}
	page := ui.SurveyLaunch(def, reach, off, form, r.Locale)
	return Reply{Open: &page}, nil
}

func (b *Bot) launchSurvey(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadForm(r.View.PrivateMetadata)
	if err != nil {
		return Reply{}, err
	}
	def, err := b.survey(form.Subject)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.LaunchSurvey(ctx, r.Who, form.Op, def, programme.Window{}); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.SurveyLaunched(r.Locale)}, nil
}

func (b *Bot) startSurvey(ctx context.Context, r Request) (Reply, error) {
	_, err := b.Office.StartSurvey(ctx, r.Who, programme.ResponseID(r.Action.Value))
	return Reply{}, err
}

func (b *Bot) declineSurvey(ctx context.Context, r Request) (Reply, error) {
	_, err := b.Office.DeclineSurvey(ctx, r.Who, programme.ResponseID(r.Action.Value))
	return Reply{}, err
}

// answerQuestion keeps what a button or select says, or what was ticked above a
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

func (b *Bot) changeAnswer(ctx context.Context, r Request) (Reply, error) {
	given, err := ui.ReadAnswer(*r.Action, r.State)
	if err != nil {
		return Reply{}, err
	}
	_, err = b.Office.ChangeAnswer(ctx, r.Who, given.Response, given.Question)
	return Reply{}, err
}
