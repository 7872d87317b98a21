package bot

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// openSheet opens the survey as a form, where the person stands; for the office, the
// form of the person whose answers it enters.
func (b *Bot) openSheet(ctx context.Context, r Request) (Reply, error) {
	page, err := b.Office.SurveySheet(ctx, r.Who, programme.ResponseID(r.Action.Value), "")
	if err != nil {
		return Reply{}, err
	}
	return b.opened(page, r), nil
}

func (b *Bot) opened(page programme.Sheet, r Request) Reply {
	view := ui.SurveySheet(ui.SheetData{Sheet: page, Op: b.Office.NewID(), Opened: b.Office.Now()}, r.Locale)
	return Reply{Open: &view}
}

// changeAnswer opens the form at the page of the question. Until everything was answered
// once, and a receipt sent, the chat asks it anew instead: on a page that is half empty
// one answer could not be changed without giving all others.
func (b *Bot) changeAnswer(ctx context.Context, r Request) (Reply, error) {
	given, err := ui.ReadAnswer(*r.Action, r.State)
	if err != nil {
		return Reply{}, err
	}
	d, err := b.Office.Dialogue(ctx, r.Who, given.Response)
	if err != nil {
		return Reply{}, err
	}
	if d.Response.DoneAt.IsZero() {
		_, err := b.Office.ChangeAnswer(ctx, r.Who, given.Response, given.Question)
		return Reply{}, err
	}
	page, err := b.Office.QuestionSheet(ctx, r.Who, given.Response, given.Question)
	if err != nil {
		return Reply{}, err
	}
	return b.opened(page, r), nil
}

// takeSheet keeps a page and shows the next one, or thanks.
func (b *Bot) takeSheet(ctx context.Context, r Request) (Reply, error) {
	form, in, err := ui.ReadSheet(*r.View, false)
	if err != nil {
		return Reply{}, err
	}
	id := programme.ResponseID(form.Subject)
	d, err := b.Office.Dialogue(ctx, r.Who, id)
	if err != nil {
		return Reply{}, err
	}
	if d.Survey.Def.Anonymous {
		if err := b.Office.CastBallot(ctx, r.Who, id, in.Answers); err != nil {
			return Reply{}, err
		}
		view := ui.SheetDone(d, true, r.Locale)
		return Reply{Replace: &view}, nil
	}
	result, err := b.Office.AnswerSheet(ctx, r.Who, id, in)
	if err != nil {
		return Reply{}, err
	}
	next, more, err := b.nextSheet(ctx, r, form, result)
	if err != nil {
		return Reply{}, err
	}
	view := ui.SheetDone(result.Dialogue, d.Person.ID == r.Me.ID, r.Locale)
	if more {
		view = ui.SurveySheet(ui.SheetData{
			Sheet: next, Op: form.Op, Opened: b.Office.Now(), Added: next.Page.ID == form.Item, Via: in.Via,
		}, r.Locale)
	}
	return Reply{Replace: &view, Beneath: b.filledIn(r, d)}, nil
}

// filledIn draws the page about somebody anew from which the office filled in for them;
// there is none beneath a sheet of one's own.
func (b *Bot) filledIn(r Request, d programme.Dialogue) func(context.Context) (*slack.ModalViewRequest, error) {
	if d.Person.ID == r.Me.ID {
		return nil
	}
	return func(ctx context.Context) (*slack.ModalViewRequest, error) {
		return b.surveyPerson(ctx, r, d.Response.ID, 0)
	}
}

// nextSheet is the page to show after one that was kept: where an answer is missing,
// else the one that follows, so that somebody who looks everything through is not
// sent away after the first page.
func (b *Bot) nextSheet(ctx context.Context, r Request, form ui.Form, result programme.SheetResult) (next programme.Sheet, more bool, err error) {
	id := programme.ResponseID(form.Subject)
	if result.Next != "" {
		next, err = b.Office.SurveySheet(ctx, r.Who, id, result.Next)
		return next, true, err
	}
	pages := result.Dialogue.Survey.Def.Pages()
	place := func(page string) int {
		return slices.IndexFunc(pages, func(p programme.Page) bool { return p.ID == page })
	}
	at := place(form.Item)
	if at+1 >= len(pages) {
		return next, false, nil
	}
	next, err = b.Office.SurveySheet(ctx, r.Who, id, pages[at+1].ID)
	return next, err == nil && place(next.Page.ID) > at, err
}

// keepDraft keeps what is good of a page that is not sent yet. The page is drawn again
// with the ids of its inputs, so that everything typed stays, and with the moment at
// which it was opened: what was not touched since must not go over a newer answer. The
// office first says in which way it got the answers, as it must when it sends the page.
func (b *Bot) keepDraft(ctx context.Context, r Request) (Reply, error) {
	form, in, err := ui.ReadSheet(*r.View, true)
	if err != nil {
		return Reply{}, err
	}
	id := programme.ResponseID(form.Subject)
	d, err := b.Office.Dialogue(ctx, r.Who, id)
	if err != nil {
		return Reply{}, err
	}
	kept := ui.DraftWithoutWay(r.Locale)
	if d.Person.ID == r.Me.ID || in.Via != programme.ViaForm {
		result, err := b.Office.AnswerSheet(ctx, r.Who, id, in)
		if err != nil {
			return Reply{}, err
		}
		kept = ui.DraftKept(d.Survey.Def, result.Faults, r.Locale)
	}
	page, err := b.Office.SurveySheet(ctx, r.Who, id, form.Item)
	if err != nil {
		return Reply{}, err
	}
	view := ui.SurveySheet(ui.SheetData{Sheet: page, Op: form.Op, Opened: in.Opened, Kept: kept, Via: in.Via}, r.Locale)
	return Reply{Replace: &view, Beneath: b.filledIn(r, d)}, nil
}
