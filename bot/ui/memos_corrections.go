package ui

import (
	"slices"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// correctionForm is the name of the forms about a correction that is asked for, in block
// ids and keys.
const correctionForm = "correction"

// How much may be written about a correction.
const (
	maxCorrectionAsked = 1000
	maxCorrectionWord  = 500
)

// MemoHistory shows how a memo came to be as it is, newest first: who wrote each version and
// why, and its parts as far as they are other than in the version before.
func MemoHistory(past []programme.MemoPast, parts []programme.PartDef, l Locale) slack.ModalViewRequest {
	var blocks []slack.Block
	for i, p := range past {
		if i > 0 {
			blocks = append(blocks, divider())
		}
		who := l.T("person.office", nil)
		if p.Who.ID != "" {
			who = name(p.Who, l)
		}
		reason := ""
		if r := line(p.Reason, maxMemoReason); r != "" {
			reason = l.mrkdwn("memo.history.reason", words{"Reason": r})
		}
		blocks = append(blocks, section(lines(
			bold(l.T("memo.version_of", words{"Version": p.Version})),
			l.mrkdwn("memo.history.by", words{"When": l.Moment(p.At), "Who": who}), reason), nil))
		var before programme.Memo
		if i+1 < len(past) {
			before = past[i+1].View.Memo
		}
		blocks = append(blocks, historyParts(p.View.Memo, before, parts, l)...)
	}
	return modal(l.T("memo.history.title", nil), l, blocks...)
}

// historyParts are the parts of a version that read otherwise before, or did not exist.
func historyParts(m, before programme.Memo, defs []programme.PartDef, l Locale) (blocks []slack.Block) {
	for _, p := range inOrder(m.Parts, defs) {
		i := slices.IndexFunc(before.Parts, func(was programme.Part) bool { return was.Key == p.Key })
		if i >= 0 && before.Parts[i].Text == p.Text {
			continue
		}
		blocks = append(blocks, small(bold(partTitle(p.Key, defs, l))))
		blocks = append(blocks, verbatim(p.Text)...)
	}
	for _, was := range inOrder(before.Parts, defs) {
		if !slices.ContainsFunc(m.Parts, func(p programme.Part) bool { return p.Key == was.Key }) {
			blocks = append(blocks, small(l.mrkdwn("memo.history.gone", words{"Part": partTitle(was.Key, defs, l)})))
		}
	}
	return blocks
}

// CorrectionAsk is the form in which an atsugi says what is to be put right in a memo about
// them.
func CorrectionAsk(form Form, v programme.MemoView, l Locale) slack.ModalViewRequest {
	in := fields{correctionForm, l}
	form.Subject = string(v.Memo.ID)
	return formView(l.T("correction.ask.title", nil), l.T("button.correction_send", nil), CallbackCorrectionAsk, form, l,
		section(lines(escape(heldLine(v.Memo, l)), l.T("correction.ask.intro", nil)), nil),
		in.input("text", in.words("", maxCorrectionAsked, true)))
}

// ReadCorrectionAsk reads that form.
func ReadCorrectionAsk(view slack.View) (op string, id programme.MemoID, text string, err error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err == nil && form.Subject == "" {
		err = &programme.Error{Code: programme.CodeClosed, Key: "error.form_old"}
	}
	return form.Op, programme.MemoID(form.Subject), readFields(view).words("text"), err
}

// CorrectionAsked is the sentence for who asked.
func CorrectionAsked(l Locale) string { return l.T("correction.asked", nil) }

// CorrectionDecide is the office's form about what somebody asked to have put right.
func CorrectionDecide(form Form, v programme.CorrectionView, l Locale) slack.ModalViewRequest {
	in := fields{correctionForm, l}
	form.Subject, form.Item = string(v.ID), string(v.Correction.Memo)
	blocks := append([]slack.Block{section(correctionFacts(v, l), nil)}, verbatim(v.Text)...)
	blocks = append(blocks, row(button(ActionMemoOpen, string(v.Correction.Memo), l.T("button.memo_see", nil))),
		in.input("decision", radio([]labelled{
			{string(programme.CorrectionAccepted), l.T("correction.yes", nil)},
			{string(programme.CorrectionRefused), l.T("correction.no", nil)},
		}, string(v.State))),
		in.optional("reason", in.words(v.Reason, maxCorrectionWord, true)))
	return formView(l.T("correction.decide.title", nil), l.T("button.correction_decide", nil), CallbackCorrectionDecide, form, l, blocks...)
}

// CorrectionDecision is what the office's form says.
type CorrectionDecision struct {
	ID     programme.CorrectionID
	Memo   programme.MemoID
	Yes    bool
	Reason string
	From   string
}

// ReadCorrectionDecide reads that form.
func ReadCorrectionDecide(view slack.View) (CorrectionDecision, error) {
	form, err := ReadForm(view.PrivateMetadata)
	v := readFields(view)
	d := CorrectionDecision{ID: programme.CorrectionID(form.Subject), Memo: programme.MemoID(form.Item), Reason: v.words("reason"), From: form.From}
	if err != nil {
		return d, err
	}
	switch programme.CorrectionState(v.one("decision")) {
	case programme.CorrectionAccepted:
		d.Yes = true
	case programme.CorrectionRefused:
	default:
		return d, &programme.Error{Code: programme.CodeInvalid, Field: "decision", Key: "error.choice"}
	}
	return d, nil
}

// CorrectionDecided is the sentence for the office.
func CorrectionDecided(l Locale) string { return l.T("correction.decided", nil) }

// correctionFacts are of which memo and by whom: for the office.
func correctionFacts(v programme.CorrectionView, l Locale) string {
	behalf := ""
	if v.EnteredBy != "" {
		behalf = l.T("correction.entered", nil)
	}
	return lines(bold(memoAbout(v.Memo, l)), escape(heldLine(v.Memo.Memo, l)),
		l.mrkdwn("correction.by", words{"Who": name(v.Asker, l), "When": l.Moment(v.At)}), behalf)
}

// memoCorrection tells the office that somebody asks for a correction: about whom, nothing
// of what they say.
func memoCorrection(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Correction
	blocks := []slack.Block{section(lines(bold(l.T("correction.card.title", nil)), correctionFacts(v, l)), nil)}
	if v.State != programme.CorrectionWaits {
		blocks = append(blocks, small(correctionState(v.Correction, l)))
	}
	if v.Open() {
		blocks = append(blocks, row(button(ActionCorrectionDecide, string(v.ID), l.T("button.correction_look", nil)).WithStyle(slack.StylePrimary)))
	}
	return l.T("correction.card.text", nil), blocks
}

// correctionState says to the office how far it is.
func correctionState(k programme.Correction, l Locale) string {
	switch {
	case k.Made > 0:
		return l.T("correction.state.made", words{"Version": k.Made})
	case k.State == programme.CorrectionAccepted:
		return l.T("correction.state.yes", nil)
	case k.State == programme.CorrectionRefused:
		return l.T("correction.state.no", nil)
	}
	return l.T("correction.state.waits", nil)
}

// correctionAnswer says to who asked how it stands.
func correctionAnswer(k programme.Correction, l Locale) string {
	switch {
	case k.Made > 0:
		return l.T("correction.answer.made", nil)
	case k.State == programme.CorrectionAccepted:
		return l.T("correction.answer.yes", nil)
	case k.State == programme.CorrectionRefused:
		return l.T("correction.answer.no", nil)
	}
	return l.T("correction.answer.waits", nil)
}

// askedShown is how many requests a memo's page and its form list.
const askedShown = 5

// askedLines are what was asked to be put right in a memo and how it stands, on its page: the
// latest first.
func askedLines(s programme.MemoSharing, l Locale) []slack.Block {
	if len(s.Asked) == 0 {
		return nil
	}
	blocks := title("memo.desk.corrections", l)
	for _, k := range slices.Backward(s.Asked[max(0, len(s.Asked)-askedShown):]) {
		action, state := ActionCorrectionAnswer, correctionAnswer(k, l)
		if s.Office {
			action, state = ActionCorrectionDecide, correctionState(k, l)
		}
		blocks = append(blocks, section(lines(bold(l.day(k.At)), state), button(action, string(k.ID), l.T("button.correction_see", nil))))
	}
	return blocks
}

// askedWords are the requests themselves, above the form that is to put it right.
func askedWords(asked []programme.Correction, l Locale) (blocks []slack.Block) {
	for _, k := range asked[:min(len(asked), askedShown)] {
		blocks = append(blocks, small(bold(l.T("correction.asked_at", words{"When": l.Moment(k.At)}))))
		blocks = append(blocks, verbatim(k.Text)...)
	}
	return blocks
}

// memoDecided tells an atsugi what became of their request. The words are behind the button.
func memoDecided(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Correction
	return l.T("correction.answer.text", nil), []slack.Block{
		section(lines(bold(l.T("correction.answer.title", nil)), escape(heldLine(v.Memo.Memo, l)), correctionAnswer(v.Correction, l), earlierLine(m, l)), nil),
		row(button(ActionCorrectionAnswer, string(v.ID), l.T("button.correction_answer", nil)),
			button(ActionMemoOpen, string(v.Correction.Memo), l.T("button.memo_see", nil))),
	}
}

// CorrectionAnswer shows who asked what the office answered.
func CorrectionAnswer(v programme.CorrectionView, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{section(bold(l.T("correction.yours", nil)), nil)}
	blocks = append(blocks, verbatim(v.Text)...)
	blocks = append(blocks, divider(), section(bold(correctionAnswer(v.Correction, l)), nil))
	if v.Reason != "" {
		blocks = append(blocks, verbatim(v.Reason)...)
	}
	return modal(l.T("correction.answer.page", nil), l, blocks...)
}

// earlierLine says to an atsugi that organisations read on what it said before.
func earlierLine(m programme.Matter, l Locale) string {
	if !m.Earlier {
		return ""
	}
	return l.T("memo.corrected.earlier", nil)
}

// memoCorrected tells an atsugi or a memo's writer that it has another version.
func memoCorrected(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Memo
	return l.T("memo.corrected.text", nil), []slack.Block{
		section(lines(bold(l.T("memo.corrected.title", nil)), escape(heldLine(v.Memo, l)), versionLine(v.Memo, l), earlierLine(m, l)), nil),
		row(button(ActionMemoOpen, string(v.Memo.ID), l.T("button.open", nil))),
	}
}
