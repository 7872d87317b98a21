package ui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// MemoPageData is what the page of a memo is drawn from.
type MemoPageData struct {
	View  programme.MemoView
	Parts []programme.PartDef
	Me    programme.Person // who reads it
	From  string           // action id of the page on which it lies, "" for none that shows memos
	// Sharing is what became of it after it was written.
	Sharing programme.MemoSharing
}

// office says whether the reader reads as the office.
func (d MemoPageData) office() bool { return slices.Contains(d.View.As, programme.ReadOffice) }

// wrote says whether the reader wrote it and still reads it as its expert.
func (d MemoPageData) wrote() bool {
	return d.Me.ID != "" && d.View.Writer.ID == d.Me.ID && slices.Contains(d.View.As, programme.ReadMentor)
}

// about says whether the memo is about its reader, who asks for corrections and makes none.
func (d MemoPageData) about() bool {
	return slices.Contains(d.View.As, programme.ReadParticipant) && d.View.Memo.Atsugi == d.Me.ID
}

// MemoPage shows a memo, as much of it as the view holds, part by part with those who read
// it, and what its reader may do about it.
func MemoPage(d MemoPageData, l Locale) slack.ModalViewRequest {
	blocks := append([]slack.Block{section(memoFacts(d.View, l), nil), small(escape(memoStanding(d, l)))}, memoRows(d, l)...)
	blocks = append(blocks, sharingRows(d.Sharing, l)...)
	for _, p := range inOrder(d.View.Memo.Parts, d.Parts) {
		blocks = append(blocks, divider(), section(bold(partTitle(p.Key, d.Parts, l)), nil))
		blocks = append(blocks, verbatim(p.Text)...)
		blocks = append(blocks, small(pageReaders(p, d.Sharing, l)))
	}
	blocks = append(blocks, sharingLines(d.Sharing, l)...)
	v := modal(l.T("memo.page.title", nil), l, blocks...)
	v.PrivateMetadata = Form{Op: string(d.View.Memo.ID), From: d.From}.encode()
	return v
}

// memoFacts are about whom, when, by whom, where and with whom.
func memoFacts(v programme.MemoView, l Locale) string {
	return lines(bold(memoAbout(v, l)), heldLine(v.Memo, l), writtenBy(v, l), placeLine(v.Memo, l), presentLine(v.Memo, l))
}

func placeLine(m programme.Memo, l Locale) string {
	if p := line(m.Place, maxPlace); p != "" {
		return l.mrkdwn("memo.page.place", words{"Place": p})
	}
	return ""
}

func presentLine(m programme.Memo, l Locale) string {
	if p := line(m.Present, 500); p != "" {
		return l.mrkdwn("memo.page.present", words{"Present": p})
	}
	return ""
}

// memoStanding is the memo's number, version and how far it is; of the way to the bureau
// the others hear only that it came there.
func memoStanding(d MemoPageData, l Locale) string {
	m := d.View.Memo
	state := sharedState(m, l)
	if d.office() || d.wrote() {
		state = memoState(m, l)
	}
	return lines(l.T("memo.code", words{"Code": memoCode(m.ID)}), versionLine(m, l), state)
}

// memoRows are the buttons of the page, a row for each matter.
func memoRows(d MemoPageData, l Locale) []slack.Block {
	var blocks []slack.Block
	for _, buttons := range [][]slack.BlockElement{
		slices.Concat(reviewButton(d, l), correctButton(d, l), askButton(d, l), historyButton(d, l), photosButton(d.View, l),
			publishButton(d.View.Memo, d.office(), l)),
	} {
		if len(buttons) > 0 {
			blocks = append(blocks, row(buttons...))
		}
	}
	return blocks
}

// reviewButton is the office's word that it read this very version.
func reviewButton(d MemoPageData, l Locale) []slack.BlockElement {
	m := d.View.Memo
	if !d.office() || !m.Reviewed.IsZero() || !m.Withdrawn.IsZero() {
		return nil
	}
	return []slack.BlockElement{button(ActionMemoReview, versionValue(m.ID, m.Version), l.T("button.memo_review", nil)).
		WithStyle(slack.StylePrimary)}
}

func correctButton(d MemoPageData, l Locale) []slack.BlockElement {
	m := d.View.Memo
	if !d.office() && !d.wrote() || !m.Withdrawn.IsZero() {
		return nil
	}
	return []slack.BlockElement{button(ActionMemoCorrect, string(m.ID), l.T("button.memo_correct", nil))}
}

func askButton(d MemoPageData, l Locale) []slack.BlockElement {
	v := d.View // the office asks for whom it does not reach in Slack
	behalf := d.office() && v.Memo.Withdrawn.IsZero() && v.Atsugi.ID != "" && !v.Atsugi.Reachable()
	if !d.about() && !behalf {
		return nil
	}
	return []slack.BlockElement{button(ActionCorrectionAsk, string(d.View.Memo.ID), l.T("button.memo_ask", nil))}
}

func historyButton(d MemoPageData, l Locale) []slack.BlockElement {
	if d.View.Memo.Version <= 1 {
		return nil
	}
	return []slack.BlockElement{button(ActionMemoHistory, string(d.View.Memo.ID), l.T("button.memo_history", nil))}
}

// versionValue is the value of a button about one version of a memo.
func versionValue(id programme.MemoID, version int) string {
	return string(id) + "|" + strconv.Itoa(version)
}

// ReadMemoVersion reads the value of such a button.
func ReadMemoVersion(value string) (programme.MemoID, int, error) {
	id, number, ok := strings.Cut(value, "|")
	version, err := strconv.Atoi(number)
	if !ok || id == "" || err != nil || version < 1 {
		return "", 0, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
	}
	return programme.MemoID(id), version, nil
}
