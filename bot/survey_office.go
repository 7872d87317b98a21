package bot

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerSurveyOffice() {
	b.router.Command("survey", everyones, b.listSurveys)
	b.router.Action(ui.ActionSurveys, b.listSurveys)
	b.router.Action(ui.ActionSurveyTry, b.trySurvey)
	b.router.Action(ui.ActionSurveyPreview, b.previewSurvey)
	b.router.Submit(ui.CallbackSurvey, b.launchSurvey)
	b.router.Action(ui.ActionSurveyBoard, b.openBoard)
	b.router.Action(ui.ActionSurveyChase, b.boardAct(b.chaseSurvey))
	b.router.Action(ui.ActionSurveyNewcomers, b.boardAct(b.askNewcomers))
	b.router.Action(ui.ActionSurveyClose, b.boardAct(b.closeSurvey))
	b.router.Action(ui.ActionSurveyPaper, b.boardAct(b.surveyPaper))
	b.router.Action(ui.ActionSurveyExtend, b.extendForm)
	b.router.Submit(ui.CallbackSurveyExtend, b.extendSurvey)
	b.router.Action(ui.ActionSurveyMail, b.surveyMail)
	b.router.Action(ui.ActionSurveyResults, b.surveyResults)
	b.router.Action(ui.ActionSurveyPerson, b.openSurveyPerson)
	b.router.Action(ui.ActionSurveyReopen, b.reopenForm)
	b.router.Submit(ui.CallbackSurveyReopen, b.reopenSurvey)
}

// sendable are the surveys that are sent out by themselves.
func (b *Bot) sendable() []programme.SurveyDef {
	return slices.DeleteFunc(slices.Clone(b.Office.Settings.Surveys), func(d programme.SurveyDef) bool { return d.AfterEvents })
}

// survey finds a definition that the office can send out.
func (b *Bot) survey(id string) (programme.SurveyDef, error) {
	for _, d := range b.Office.Settings.Surveys {
		if d.ID == id {
			return d, nil
		}
	}
	return programme.SurveyDef{}, &programme.Error{Code: programme.CodeNotFound, Key: "error.survey_gone"}
}

// listSurveys shows everybody what is theirs: surveys to answer, to follow, to send
// out, or to see the results of.
func (b *Bot) listSurveys(ctx context.Context, r Request) (Reply, error) {
	page, err := b.surveyList(ctx, r)
	return Reply{Open: page}, err
}

func (b *Bot) surveyList(ctx context.Context, r Request) (*slack.ModalViewRequest, error) {
	h, err := b.Office.Home(ctx, r.Who)
	if err != nil {
		return nil, err
	}
	page := ui.SurveysPage(h, b.sendable(), r.Locale)
	return &page, nil
}

// trySurvey sends a survey to the coordinator who wants to see it, and to nobody else.
func (b *Bot) trySurvey(ctx context.Context, r Request) (Reply, error) {
	def, err := b.survey(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.TrySurvey(ctx, r.Who, r.Op, def); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.SurveyTried(r.Locale)}, nil
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
	edition, closes, err := b.Office.SurveyTerms(ctx, r.Who, def)
	if err != nil {
		return Reply{}, err
	}
	page := ui.SurveyLaunch(ui.SurveyLaunchData{
		Form: ui.Form{Op: b.Office.NewID(), Subject: def.ID},
		Def:  def, Edition: edition, Reach: reach, Off: off, Closes: closes,
	}, r.Locale)
	return Reply{Open: &page}, nil
}

func (b *Bot) launchSurvey(ctx context.Context, r Request) (Reply, error) {
	form, window, err := ui.ReadSurveyLaunch(*r.View)
	if err != nil {
		return Reply{}, err
	}
	def, err := b.survey(form.Subject)
	if err != nil {
		return Reply{}, err
	}
	s, err := b.Office.LaunchSurvey(ctx, r.Who, form.Op, def, window)
	if err != nil {
		return Reply{}, err
	}
	list := func(ctx context.Context) (*slack.ModalViewRequest, error) { return b.surveyList(ctx, r) }
	return Reply{Say: ui.SurveyLaunched(s, b.Office.Now(), r.Locale), Beneath: list}, nil
}

// openBoard shows how a survey stands now, in the place of the page that was pressed.
func (b *Bot) openBoard(ctx context.Context, r Request) (Reply, error) {
	id, from := ui.ReadPlace(r.Action.Value)
	page, err := b.board(ctx, r, programme.SurveyID(id), from, "")
	return Reply{Replace: page}, err
}

// board draws how a survey stands, and what was just done.
func (b *Bot) board(ctx context.Context, r Request, id programme.SurveyID, from int, said string) (*slack.ModalViewRequest, error) {
	board, err := b.Office.SurveyBoard(ctx, r.Who, id)
	if err != nil {
		return nil, err
	}
	page := ui.SurveyBoard(ui.SurveyBoardData{Board: board, From: from, Said: said}, r.Locale)
	return &page, nil
}

// boardAct does something with a survey and shows the board as it stands then, with
// what was done.
func (b *Bot) boardAct(do func(context.Context, Request, programme.SurveyID) (said string, err error)) Handler {
	return func(ctx context.Context, r Request) (Reply, error) {
		id := programme.SurveyID(r.Action.Value)
		said, err := do(ctx, r, id)
		if err != nil {
			return Reply{}, err
		}
		page, err := b.board(ctx, r, id, 0, said)
		return Reply{Replace: page}, err
	}
}

func (b *Bot) chaseSurvey(ctx context.Context, r Request, id programme.SurveyID) (string, error) {
	told, err := b.Office.ChaseSurvey(ctx, r.Who, id, r.Op)
	return ui.SurveyChased(told, r.Locale), err
}

func (b *Bot) askNewcomers(ctx context.Context, r Request, id programme.SurveyID) (string, error) {
	n, err := b.Office.AskNewcomers(ctx, r.Who, id)
	return ui.SurveyAskedNewcomers(n, r.Locale), err
}

func (b *Bot) closeSurvey(ctx context.Context, r Request, id programme.SurveyID) (string, error) {
	_, err := b.Office.CloseSurvey(ctx, r.Who, id)
	return ui.SurveyClosed(r.Locale), err
}

func (b *Bot) surveyPaper(ctx context.Context, r Request, id programme.SurveyID) (string, error) {
	err := b.Office.RequestSurveySheet(ctx, r.Who, id, r.Op)
	return ui.SurveySheetOnItsWay(r.Locale), err
}

// extendForm opens the form for another closing.
func (b *Bot) extendForm(ctx context.Context, r Request) (Reply, error) {
	board, err := b.Office.SurveyBoard(ctx, r.Who, programme.SurveyID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	form := ui.SurveyExtend(board.Survey, board.Now, ui.Form{Op: b.Office.NewID(), Subject: r.Action.Value}, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) extendSurvey(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadForm(r.View.PrivateMetadata)
	if err != nil {
		return Reply{}, err
	}
	id := programme.SurveyID(form.Subject)
	s, err := b.Office.ExtendSurvey(ctx, r.Who, id, ui.ReadSurveyExtend(*r.View))
	if err != nil {
		return Reply{}, err
	}
	said := ui.SurveyExtended(s, r.Locale)
	return Reply{Say: said, Beneath: func(ctx context.Context) (*slack.ModalViewRequest, error) {
		return b.board(ctx, r, id, 0, "")
	}}, nil
}

// surveyMail opens the text and addresses for those whom the bot does not reach.
func (b *Bot) surveyMail(ctx context.Context, r Request) (Reply, error) {
	board, err := b.Office.SurveyBoard(ctx, r.Who, programme.SurveyID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	page := ui.SurveyMail(board, r.Locale)
	return Reply{Open: &page}, nil
}

// surveyResults has the results sent to whoever asks, as far as they may see them.
func (b *Bot) surveyResults(ctx context.Context, r Request) (Reply, error) {
	parts, err := b.Office.RequestResults(ctx, r.Who, programme.SurveyID(r.Action.Value), r.Op)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.SurveyResultsOnTheirWay(parts, r.Locale)}, nil
}

// openSurveyPerson shows one person's answers, in the place of the board or of the
// part of the page that was turned.
func (b *Bot) openSurveyPerson(ctx context.Context, r Request) (Reply, error) {
	id, from := ui.ReadChosen(*r.Action)
	page, err := b.surveyPerson(ctx, r, programme.ResponseID(id), from)
	return Reply{Replace: page}, err
}

func (b *Bot) surveyPerson(ctx context.Context, r Request, id programme.ResponseID, from int) (*slack.ModalViewRequest, error) {
	d, versions, err := b.Office.AnswerHistory(ctx, r.Who, id)
	if err != nil {
		return nil, err
	}
	page := ui.SurveyPerson(ui.SurveyPersonData{Dialogue: d, Versions: versions, Now: b.Office.Now(), From: from}, r.Locale)
	return &page, nil
}

// reopenForm opens the form that lets one person answer again.
func (b *Bot) reopenForm(ctx context.Context, r Request) (Reply, error) {
	d, err := b.Office.Dialogue(ctx, r.Who, programme.ResponseID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	form := ui.SurveyReopen(d, b.Office.Now(), ui.Form{Op: b.Office.NewID(), Subject: r.Action.Value}, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) reopenSurvey(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadForm(r.View.PrivateMetadata)
	if err != nil {
		return Reply{}, err
	}
	id, until := programme.ResponseID(form.Subject), ui.ReadSurveyReopen(*r.View)
	if err := b.Office.ReopenSurvey(ctx, r.Who, id, until); err != nil {
		return Reply{}, err
	}
	d, err := b.Office.Dialogue(ctx, r.Who, id)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.SurveyReopened(d, until, r.Locale), Beneath: func(ctx context.Context) (*slack.ModalViewRequest, error) {
		return b.surveyPerson(ctx, r, id, 0)
	}}, nil
}
