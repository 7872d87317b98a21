package ui

import "tsugite/programme"

// composedForMemos are the keys of memos that the code puts together: fields of forms with
// their hints.
func composedForMemos() []string {
	keys := []string{
		"memo.form.atsugi", "memo.form.event", "memo.form.held", "memo.form.kind", "memo.form.place",
		"memo.form.present", "memo.form.present.hint", "memo.form.over", "memo.form.reason", "memo.form.reason.hint",
		"correction.form.text", "correction.form.text.hint", "correction.form.decision",
		"correction.form.reason", "correction.form.reason.hint",
	}
	for _, s := range []programme.ActionState{programme.ActionOpen, programme.ActionDone, programme.ActionNotNow, programme.ActionHelp} {
		keys = append(keys, "next.state."+string(s), "button.next_"+string(s))
	}
	return append(keys, "next.state."+string(programme.ActionGone))
}
