package ui

import (
	"cmp"
	"slices"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// How much of each kind the desk shows: within 100 blocks, whatever there is.
const (
	deskDrafts      = 8
	deskReview      = 8
	deskCorrections = 6
	deskUnshared    = 8
	deskDue         = 8
	deskPhotos      = 6
	deskQuestions   = 5
	deskRecent      = 10
)

// MemoDesk is what is to be done about memos: for the office all of it, for an expert their
// own drafts.
func MemoDesk(d programme.MemoDesk, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{row(deskButtons(d, l)...)}
	todo := slices.Concat(draftLines(d.Drafts, deskDrafts, l), deskCorrectionLines(d, l), deskQuestionLines(d, l), deskReviewLines(d, l), deskPhotoLines(d, l), deskDueLines(d, l), deskUnsharedLines(d, l))
	if len(todo) == 0 {
		todo = []slack.Block{section(l.T("memo.desk.nothing", nil), nil)}
	}
	v := modal(l.T("memo.desk.title", nil), l, slices.Concat(blocks, todo, deskRecentLines(d, l))...)
	v.PrivateMetadata = Form{Op: ActionMemoDesk, From: ActionMemoDesk}.encode()
	return v
}

// deskButtons are what can be begun at the desk.
func deskButtons(_ programme.MemoDesk, l Locale) []slack.BlockElement {
	return []slack.BlockElement{
		button(PickID(ActionMemoNew, 0), "", l.T("button.memo_new", nil)).WithStyle(slack.StylePrimary),
		button(PickID(ActionSearch, 0), "", l.T("button.search", nil)),
	}
}

// draftLines are one's own forms that are not sent yet.
func draftLines(drafts []programme.MemoDraft, most int, l Locale) []slack.Block {
	if len(drafts) == 0 {
		return nil
	}
	blocks := title("memo.drafts.title", l)
	for _, d := range drafts[:min(len(drafts), most)] {
		about := memoSubject(d.Form.Kind, d.Atsugi, d.Event, l)
		if d.Atsugi.ID == "" && d.Event.ID == "" {
			about = l.T("memo.drafts.nobody", nil)
		}
		what := memoKind(cmp.Or(d.Form.Kind, programme.OfSession), l)
		if d.Memo != "" {
			what = l.T("memo.drafts.correction", nil)
		}
		ask := sure(l, l.T("memo.drafts.drop", nil), l.T("memo.drafts.drop_ask", nil), l.T("button.memo_drop", nil))
		blocks = append(blocks,
			section(lines(bold(about), escape(l.T("memo.drafts.line", words{"Date": l.Date(d.Form.Held), "Kind": what})),
				l.T("memo.form.kept", words{"When": l.Moment(d.At)})), nil),
			row(button(ActionMemoDraft, d.Form.Op, l.T("button.memo_go_on", nil)),
				button(ActionMemoDrop, d.Form.Op, l.T("button.memo_drop", nil)).WithStyle(slack.StyleDanger).WithConfirm(ask)))
	}
	return append(blocks, restOf(len(drafts)-most, l)...)
}

// restOf says how many there are beyond those that are shown.
func restOf(n int, l Locale) []slack.Block {
	if n <= 0 {
		return nil
	}
	return []slack.Block{small(l.T("memo.desk.rest", words{"Count": n}))}
}

// deskCorrectionLines are what was asked to be put right and was neither refused nor made.
func deskCorrectionLines(d programme.MemoDesk, l Locale) []slack.Block {
	if len(d.Corrections) == 0 {
		return nil
	}
	blocks := title("memo.desk.corrections", l)
	for _, v := range d.Corrections[:min(len(d.Corrections), deskCorrections)] {
		blocks = append(blocks, section(lines(correctionFacts(v, l), correctionState(v.Correction, l)), button(ActionCorrectionDecide, string(v.ID), l.T("button.correction_look", nil))))
	}
	return append(blocks, restOf(len(d.Corrections)-deskCorrections, l)...)
}

// deskQuestionLines are what the bureau asks and nobody answered: of which memo and who,
// not what.
func deskQuestionLines(d programme.MemoDesk, l Locale) []slack.Block {
	if len(d.Questions) == 0 {
		return nil
	}
	blocks := title("memo.desk.questions", l)
	for _, q := range d.Questions[:min(len(d.Questions), deskQuestions)] {
		blocks = append(blocks, section(lines(bold(memoAbout(q.View, l)), escape(heldLine(q.View.Memo, l)), l.mrkdwn("question.asked", words{"Who": name(q.Who, l)})),
			button(ActionMemoAnswer, string(q.ID), l.T("button.memo_answer", nil))))
	}
	return append(blocks, restOf(len(d.Questions)-deskQuestions, l)...)
}

// deskRecentLines are the newest memos, and where older ones are found.
func deskRecentLines(d programme.MemoDesk, l Locale) []slack.Block {
	shown := d.Recent[:min(len(d.Recent), deskRecent)]
	blocks := memoLines("memo.desk.recent", shown, len(shown), deskRecent, "button.open", l)
	if len(d.Recent) <= deskRecent {
		return blocks
	}
	return append(blocks, small(l.T("memo.desk.older", words{"Search": l.T("button.search", nil)})))
}

// deskReviewLines are what the office has not looked at yet, oldest first.
func deskReviewLines(d programme.MemoDesk, l Locale) []slack.Block {
	return memoLines("memo.desk.review", d.Review, d.ToReview, deskReview, "button.memo_look", l)
}

// deskUnsharedLines are what the office looked at and the bureau does not read in this
// version.
func deskUnsharedLines(d programme.MemoDesk, l Locale) []slack.Block {
	blocks := memoLines("memo.desk.unshared", d.Unshared, d.ToShare, deskUnshared, "button.open", l)
	if len(blocks) == 0 {
		return nil
	}
	return append(blocks, row(button(ActionMemoShareMany, "", l.T("button.memo_share_many", nil))))
}

// deskDueLines are memos that can be written and are not.
func deskDueLines(d programme.MemoDesk, l Locale) []slack.Block {
	if len(d.Due) == 0 {
		return nil
	}
	blocks := title("memo.desk.due", l)
	shown := d.Due[:min(len(d.Due), deskDue)]
	for _, due := range shown {
		blocks = append(blocks, section(dueFacts(due, d.Office, l), dueButton(due, l)))
	}
	return append(blocks, restOf(max(d.ToWrite, len(d.Due))-len(shown), l)...)
}

// dueFacts are of what a memo is due, since when and until when, and by whom.
func dueFacts(due programme.MemoDue, office bool, l Locale) string {
	about, writer := line(due.Title, maxTitle), ""
	if due.Session != "" {
		about = nameAndFirm(due.Atsugi, l)
		if office {
			writer = l.mrkdwn("memo.page.writer", words{"Writer": name(due.Writer, l)})
		}
	}
	until := ""
	if !due.Due.IsZero() {
		until = l.T("memo.desk.due_until", words{"When": l.Moment(due.Due)})
	}
	if due.Late {
		until = bold(l.T("memo.desk.due_late", words{"When": l.Moment(due.Due)}))
	}
	return lines(bold(about), writer, l.T("memo.desk.due_since", words{"When": l.Moment(due.Since)}), until)
}

func dueButton(due programme.MemoDue, l Locale) slack.BlockElement {
	if due.Session != "" {
		return button(ActionSessionMemo, string(due.Session), l.T("button.memo_new", nil))
	}
	return button(ActionMemoEvent, string(due.Event), l.T("button.memo_new", nil))
}

func memoLines(key string, memos []programme.MemoView, all, most int, open string, l Locale) []slack.Block {
	if len(memos) == 0 {
		return nil
	}
	blocks := title(key, l)
	shown := memos[:min(len(memos), most)]
	for _, v := range shown {
		blocks = append(blocks, section(lines(bold(memoAbout(v, l)), escape(heldLine(v.Memo, l)), writtenBy(v, l), versionLine(v.Memo, l)),
			button(ActionMemoOpen, string(v.Memo.ID), l.T(open, nil))))
	}
	return append(blocks, restOf(max(all, len(memos))-len(shown), l)...)
}
