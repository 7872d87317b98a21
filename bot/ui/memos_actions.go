package ui

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// How much is shown of next actions: on Home, in the reminder of a session, and of each
// line, in characters.
const (
	homeNext     = 5
	homeSaid     = 3
	reminderNext = 3
	briefingNext = 20
	maxNext      = 200
)

// homeNextActions is an atsugi's own small list: what they have still to do, each with what
// can be said of it; what they said today of others, to be undone; and the way to all of it.
func homeNextActions(h programme.Home, l Locale) []slack.Block {
	if len(h.Actions) == 0 {
		return nil
	}
	waiting := slices.DeleteFunc(slices.Clone(h.Actions), func(a programme.MemoAction) bool { return !a.Waits() })
	blocks := title("next.title", l)
	if len(waiting) == 0 {
		blocks = append(blocks, section(l.T("next.none", nil), nil))
	}
	for _, a := range waiting[:min(len(waiting), homeNext)] {
		blocks = append(blocks, nextBlocks(a, true, l)...)
	}
	said := saidToday(h, l)
	for _, a := range said[:min(len(said), homeSaid)] {
		state := l.T("next.said", words{"Answer": l.T("button.next_"+string(a.State), nil)})
		blocks = append(blocks, nextBlocksSaid(a, state, true, l)...)
	}
	return append(blocks, row(button(ActionNextList, string(h.Me.ID), l.T("button.next_all", words{"Count": len(h.Actions)}))))
}

// saidToday are the reader's own lines of which they said today that they wait no more, the
// last said first: a press by mistake is undone where it was made.
func saidToday(h programme.Home, l Locale) []programme.MemoAction {
	now := l.in(h.Now)
	said := slices.DeleteFunc(slices.Clone(h.Actions), func(a programme.MemoAction) bool {
		answered := a.State == programme.ActionDone || a.State == programme.ActionNotNow
		return !answered || a.Whose != programme.ReadParticipant ||
			programme.DateOf(a.Said, now.Location()) != programme.DateOf(h.Now, now.Location())
	})
	slices.SortStableFunc(said, func(a, b programme.MemoAction) int { return b.Said.Compare(a.Said) })
	return said
}

// NextActions is the page of all that was agreed on with one atsugi.
func NextActions(list programme.ActionList, l Locale) slack.ModalViewRequest {
	var blocks []slack.Block
	if !list.Own {
		blocks = append(blocks, section(bold(nameAndFirm(list.Atsugi, l)), nil))
	}
	if len(list.Actions) == 0 {
		blocks = append(blocks, section(l.T("next.none", nil), nil))
	}
	for _, a := range list.Actions {
		blocks = append(blocks, nextBlocks(a, list.Own, l)...)
	}
	return modal(l.T("next.title", nil), l, blocks...)
}

// nextBlocks is one line of the list with what its reader can say of it.
func nextBlocks(a programme.MemoAction, own bool, l Locale) []slack.Block {
	state := ""
	if a.State != programme.ActionOpen {
		state = "*" + nextState(a.State, l) + "*"
	}
	return nextBlocksSaid(a, state, own, l)
}

// nextBlocksSaid is such a line with these words on how it stands.
func nextBlocksSaid(a programme.MemoAction, state string, own bool, l Locale) []slack.Block {
	blocks := []slack.Block{section(lines(nextLine(a, l), state), nil)}
	var out []slack.BlockElement
	for i, s := range nextAnswers(a, own) {
		out = append(out, button(PickID(ActionNextSay, i), string(a.ID)+"|"+string(s), l.T("button.next_"+string(s), nil)))
	}
	if len(out) == 0 {
		return blocks
	}
	return append(blocks, row(out...))
}

// nextAnswers are what the reader can say: one row of buttons, on a phone, too.
func nextAnswers(a programme.MemoAction, own bool) []programme.ActionState {
	done := a.State == programme.ActionDone
	switch {
	case own && a.Whose != programme.ReadParticipant:
		return nil
	case done, own && a.State == programme.ActionNotNow:
		return []programme.ActionState{programme.ActionOpen}
	case !own:
		return []programme.ActionState{programme.ActionDone}
	case a.State == programme.ActionHelp:
		return []programme.ActionState{programme.ActionDone, programme.ActionNotNow, programme.ActionOpen}
	}
	return []programme.ActionState{programme.ActionDone, programme.ActionNotNow, programme.ActionHelp}
}

// ReadNextSay reads what was said of which next action.
func ReadNextSay(value string) (programme.ActionID, programme.ActionState, error) {
	id, state, _ := strings.Cut(value, "|")
	known := []programme.ActionState{programme.ActionOpen, programme.ActionDone, programme.ActionNotNow, programme.ActionHelp}
	if id == "" || !slices.Contains(known, programme.ActionState(state)) {
		return "", "", errOldButton
	}
	return programme.ActionID(id), programme.ActionState(state), nil
}

// nextLine is what is to be done, by whom if not by the atsugi, and until when, as escaped
// markup.
func nextLine(a programme.MemoAction, l Locale) string {
	what := "• " + escape(line(a.What, maxNext))
	if a.Whose != programme.ReadParticipant {
		what += " " + l.T("next.whose", words{"Who": l.T("memo.reader."+string(a.Whose), nil)})
	}
	if a.Until != "" {
		what += " " + l.T("next.until", words{"Date": l.Date(a.Until)})
	}
	return what
}

func nextState(s programme.ActionState, l Locale) string { return l.T("next.state."+string(s), nil) }

// nextReminder names in the first reminder of a session what its atsugi has still to do.
func nextReminder(actions []programme.MemoAction, l Locale) []slack.Block {
	if len(actions) == 0 {
		return nil
	}
	out := []string{bold(l.T("next.reminder", nil))}
	for _, a := range actions[:min(len(actions), reminderNext)] {
		out = append(out, nextLine(a, l))
	}
	if rest := len(actions) - reminderNext; rest > 0 {
		out = append(out, l.T("next.more", words{"Count": rest}))
	}
	return []slack.Block{section(lines(out...), nil)}
}

// nextBriefing tells an expert how what was agreed on stands.
func nextBriefing(m programme.Matter, l Locale) []slack.Block {
	var blocks []slack.Block
	if m.Agreed != "" && !m.Listed {
		blocks = append([]slack.Block{section(bold(l.T("session.briefing.agreed", nil)), nil)},
			verbatim(cut(m.Agreed, briefingAgreed))...)
	}
	if len(m.Actions) == 0 {
		return blocks
	}
	out := []string{bold(l.T("next.briefing", nil))}
	for _, a := range m.Actions[:min(len(m.Actions), briefingNext)] {
		out = append(out, nextLine(a, l)+" – *"+nextState(a.State, l)+"*")
	}
	for piece := range slices.Chunk(out, 8) {
		blocks = append(blocks, section(lines(piece...), nil))
	}
	return append(blocks, row(button(ActionNextList, string(m.Session.Atsugi), l.T("button.next_open_list", nil))))
}

// memoHelp tells the office and the expert who would like help, not with what: that is on
// the page behind the button.
func memoHelp(m programme.Matter, l Locale) (string, []slack.Block) {
	blocks := []slack.Block{section(lines(
		bold(l.T("next.help.title", nil)),
		l.mrkdwn("next.help.who", words{"Who": nameAndFirm(m.Person, l)}),
	), nil)}
	if m.Over {
		return l.T("next.help.text", nil), append(blocks, small(l.T("next.help.over", words{"State": nextState(m.Action.State, l)})))
	}
	return l.T("next.help.text", nil), append(blocks, small(l.T("next.help.note", nil)),
		row(button(ActionNextList, string(m.Person.ID), l.T("button.open", nil)).WithStyle(slack.StylePrimary)))
}
