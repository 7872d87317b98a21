package ui

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// memoSharedCard tells the bureau's channel that there is a memo to open: no name, no firm,
// no content (programme.md duty 9). Who confirmed is one of the bureau's own.
func memoSharedCard(m programme.Matter, l Locale) (string, []slack.Block) {
	return bureauCard("memo.shared", m, l)
}

// memoReshared tells it that the memo reads otherwise from now on.
func memoReshared(m programme.Matter, l Locale) (string, []slack.Block) {
	return bureauCard("memo.reshared", m, l)
}

func bureauCard(key string, m programme.Matter, l Locale) (string, []slack.Block) {
	memo := m.Memo.Memo
	if !memo.Withdrawn.IsZero() {
		return withdrawnCard(memo, l)
	}
	args := words{"Date": l.Date(memo.Held), "Kind": memoKind(memo.Kind, l)}
	blocks := []slack.Block{
		section(lines(bold(l.T(key+".title", nil)), l.T("memo.page.held", args), receiptLines(m.Receipts, l)), nil),
		small(lines(l.T("memo.code", words{"Code": memoCode(memo.ID)}), readVersion(memo, l))),
	}
	return l.T(key+".text", args), append(blocks, row(
		button(ActionMemoOpen, string(memo.ID), l.T("button.open", nil)).WithStyle(slack.StylePrimary),
		button(ActionMemoReceipt, versionValue(memo.ID, memo.SharedVersion), l.T("button.memo_receipt", nil)),
		button(ActionMemoQuestion, string(memo.ID), l.T("button.memo_question", nil)),
	))
}

// readVersion names the version that the bureau reads, if it is not the first.
func readVersion(m programme.Memo, l Locale) string {
	if m.SharedVersion <= 1 {
		return ""
	}
	return l.T("memo.read_version", words{"Version": m.SharedVersion})
}

// receiptLines say who of the bureau has the memo, in which version.
func receiptLines(rs []programme.MemoReceiptView, l Locale) string {
	var out []string
	for _, r := range rs {
		key := "memo.receipt.line"
		if r.Version > 1 {
			key = "memo.receipt.line_version"
		}
		out = append(out, l.mrkdwn(key, words{"Day": l.day(r.At), "Who": bureauName(r.Who, l), "Version": r.Version}))
	}
	return cutEscaped(strings.Join(out, "\n"), 1000)
}

// bureauName is one of the bureau's with where they are, in one line.
func bureauName(p programme.Person, l Locale) string {
	return strings.TrimSpace(line(p.Organisation, maxName) + " " + name(p, l))
}

// memoWithdrawn tells those who had received a memo which one was taken back, and nothing
// of what it was about; who wrote it also by whom and why.
func memoWithdrawn(m programme.Matter, l Locale) (string, []slack.Block) {
	text, blocks := withdrawnCard(m.Memo.Memo, l)
	if m.TakenBack.At.IsZero() {
		return text, blocks
	}
	who := l.T("person.office", nil) // taken back from the command line
	if m.Person.ID != "" {
		who = name(m.Person, l)
	}
	blocks = append(blocks, section(l.mrkdwn("memo.withdrawn.who", words{"Who": who}), nil))
	return text, append(blocks, verbatim(m.TakenBack.Reason)...)
}

func withdrawnCard(m programme.Memo, l Locale) (string, []slack.Block) {
	args := words{"Date": l.Date(m.Held), "Kind": memoKind(m.Kind, l)}
	return l.T("memo.withdrawn.text", args), []slack.Block{
		section(lines(bold(l.T("memo.withdrawn.title", nil)), l.T("memo.page.held", args), l.T("memo.withdrawn.help", nil)), nil),
		small(l.T("memo.code", words{"Code": memoCode(m.ID)})),
	}
}

// memoDigest is the comment beside a file for the bureau.
func memoDigest(m programme.Matter, l Locale) (string, []slack.Block) {
	return l.T("memo.digest.text", nil), nil
}

// sharingRows are the buttons of a memo's page for what becomes of it.
func sharingRows(s programme.MemoSharing, l Locale) []slack.Block {
	m := s.Memo
	if m.ID == "" || !m.Withdrawn.IsZero() {
		return nil
	}
	var out []slack.BlockElement
	if s.Bureau {
		if !s.Confirmed {
			out = append(out, button(ActionMemoReceipt, versionValue(m.ID, m.SharedVersion), l.T("button.memo_receipt", nil)).WithStyle(slack.StylePrimary))
		}
		out = append(out, button(ActionMemoQuestion, string(m.ID), l.T("button.memo_question", nil)))
	}
	if s.Own {
		out = append(out, button(ActionMemoOpenTo, versionValue(m.ID, m.Version), l.T("button.memo_open_to", nil)))
	}
	if s.Office {
		out = append(out, officeButtons(m, l)...)
	}
	if len(out) == 0 {
		return nil
	}
	return []slack.Block{row(out...)}
}

// officeButtons share a memo, say by whom its atsugi would rather not be seen, and take
// it back.
func officeButtons(m programme.Memo, l Locale) (out []slack.BlockElement) {
	if m.SharedVersion < m.Version && (m.Version == 1 || !m.Reviewed.IsZero()) {
		ask := sure(l, l.T("memo.share.title", nil), l.T("memo.share.ask", nil), l.T("button.share", nil))
		out = append(out, button(ActionMemoShare, string(m.ID), l.T("button.memo_share", nil)).WithConfirm(ask))
	}
	if m.Atsugi != "" {
		out = append(out, hiddenButton(m.Atsugi, l))
	}
	return append(out, button(ActionMemoWithdraw, string(m.ID), l.T("button.memo_withdraw", nil)).WithStyle(slack.StyleDanger))
}

// memoCopies is how many copies a memo's page lists.
const memoCopies = 20

// sharingLines are the rest of a memo's page: who confirmed it, what was asked, to whom it
// is open, what was given out.
func sharingLines(s programme.MemoSharing, l Locale) []slack.Block {
	var blocks []slack.Block
	if why := s.Withdrawn; !why.At.IsZero() {
		blocks = append(blocks, divider(), section(bold(l.T("memo.withdrawn.by", words{"When": l.Moment(why.At)})), nil))
		blocks = append(blocks, verbatim(why.Reason)...)
	}
	if len(s.Receipts) > 0 {
		blocks = append(blocks, divider(), section(receiptLines(s.Receipts, l), nil))
	}
	blocks = append(blocks, askedLines(s, l)...)
	blocks = append(blocks, questionLines(s, l)...)
	blocks = append(blocks, openingLines(s, l)...)
	if len(s.Copies) == 0 {
		return blocks
	}
	out := []string{bold(l.T("memo.copies.title", nil))}
	latest := s.Copies[max(0, len(s.Copies)-memoCopies):]
	for _, c := range slices.Backward(latest) {
		out = append(out, copyLine(c, l))
	}
	return append(blocks, divider(), section(cutEscaped(strings.Join(out, "\n"), maxSection), nil))
}

// copyLine is one thing that was given out: when, which version, to whom and why.
func copyLine(c programme.Copy, l Locale) string {
	to := line(c.To.Organisation(), maxName)
	if to == "" {
		to, _ = l.say("memo.copies."+c.Kind, nil)
	}
	reason := ""
	if c.Reason != "" {
		reason = " " + l.T("memo.copies.reason", words{"Reason": line(c.Reason, 200)})
	}
	return escape(l.T("memo.copies.line", words{"When": l.Moment(c.At), "Version": c.Version, "To": or(to, c.Kind)}) + reason)
}

// boxesEach is how many options a group of checkboxes has, at most.
const boxesEach = 10

// shareFields is the name of the form in block ids.
const shareFields = "share"

// MemoShareForm asks which of these memos to share. There are none if nothing waits.
func MemoShareForm(form Form, memos []programme.MemoView, l Locale) slack.ModalViewRequest {
	title := l.T("memo.share_many.title", nil)
	if len(memos) == 0 {
		return modal(title, l, section(l.T("memo.share_many.none", nil), nil))
	}
	blocks := []slack.Block{section(l.T("memo.share_many.help", nil), nil)}
	field := "memos"
	for group := range slices.Chunk(memos[:min(len(memos), 2*boxesEach)], boxesEach) {
		var boxes []*slack.OptionBlockObject
		for _, v := range group {
			boxes = append(boxes, slack.NewOptionBlockObject(string(v.Memo.ID), plain(memoTitle(v, l), maxOption), nil))
		}
		in := formInput(shareFields, field, l.T("memo.share_many.memos", nil), "", slack.NewCheckboxGroupsBlockElement(inputValue, boxes...))
		in.Optional = true
		blocks, field = append(blocks, in), "more"
	}
	return formView(title, l.T("button.share", nil), CallbackMemoShare, form, l, blocks...)
}

// memoTitle is a memo in one line: when, of what kind, about whom.
func memoTitle(v programme.MemoView, l Locale) string {
	return heldLine(v.Memo, l) + " " + memoAbout(v, l)
}

// ReadMemoShare reads which memos were chosen.
func ReadMemoShare(view slack.View) []programme.MemoID {
	v := readFields(view)
	var ids []programme.MemoID
	for _, id := range append(v.some("memos"), v.some("more")...) {
		ids = append(ids, programme.MemoID(id))
	}
	return ids
}

// MemosShared says that the bureau can read them.
func MemosShared(n int, l Locale) string {
	if n == 0 {
		return l.T("memo.share_many.before", nil)
	}
	return l.T("memo.share_many.done", words{"Count": n})
}

// withdrawFields is the name of the form in block ids.
const withdrawFields = "withdraw"

// MemoWithdrawForm asks why a memo is taken back.
func MemoWithdrawForm(form Form, l Locale) slack.ModalViewRequest {
	f := fields{withdrawFields, l}
	return formView(l.T("withdraw.title", nil), l.T("button.memo_withdraw_yes", nil), CallbackMemoWithdraw, form, l,
		section(l.T("withdraw.help", nil), nil), f.input("reason", f.words("", maxMemoReason, true)))
}

// ReadWords reads a form that asks for one text, in this field.
func ReadWords(view slack.View, field string) (Form, string, error) {
	form, err := ReadForm(view.PrivateMetadata)
	return form, readFields(view)[field].Value, err
}

// MemoTakenBack says that nobody else reads it any more.
func MemoTakenBack(l Locale) string { return l.T("withdraw.done", nil) }
