package bot

import (
	"context"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerMemoQuestions() {
	b.router.Action(ui.ActionMemoReceipt, b.confirmReceipt)
	b.router.Action(ui.ActionMemoQuestion, b.askWhatToAsk)
	b.router.Submit(ui.CallbackMemoQuestion, b.askOfMemo)
	b.router.Action(ui.ActionMemoAnswer, b.askWhatToAnswer)
	b.router.Submit(ui.CallbackMemoAnswer, b.answerOfMemo)
}

// confirmReceipt says that the bureau has the memo; the card then shows who has it.
func (b *Bot) confirmReceipt(ctx context.Context, r Request) (Reply, error) {
	id, version, err := ui.ReadMemoVersion(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.ConfirmReceipt(ctx, r.Who, id, version); err != nil {
		return Reply{}, err
	}
	return b.pressedMemo(ctx, r, id)
}

// askWhatToAsk opens the form for a question to the office.
func (b *Bot) askWhatToAsk(ctx context.Context, r Request) (Reply, error) {
	form := ui.MemoQuestionForm(b.formOn(r, r.Action.Value), r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) askOfMemo(ctx context.Context, r Request) (Reply, error) {
	form, text, err := ui.ReadWords(*r.View, "text")
	if err != nil {
		return Reply{}, err
	}
	id := programme.MemoID(form.Subject)
	if _, err := b.Office.AskOfMemo(ctx, r.Who, form.Op, id, text); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.QuestionSent(r.Locale), Beneath: b.beneathMemo(r)}, nil
}

// askWhatToAnswer shows the office the question.
func (b *Bot) askWhatToAnswer(ctx context.Context, r Request) (Reply, error) {
	q, err := b.Office.MemoQuestionPage(ctx, r.Who, programme.MemoQuestionID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	on := b.formOn(r, string(q.Memo))
	on.Subject = string(q.ID)
	form := ui.MemoAnswerForm(on, q, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) answerOfMemo(ctx context.Context, r Request) (Reply, error) {
	form, text, err := ui.ReadWords(*r.View, "text")
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.AnswerOfMemo(ctx, r.Who, programme.MemoQuestionID(form.Subject), text); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.QuestionAnswered(r.Locale), Beneath: b.beneathMemo(r)}, nil
}
