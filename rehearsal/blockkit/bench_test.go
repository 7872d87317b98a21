package blockkit_test

import (
	"encoding/json"
	"testing"

	"tsugite/rehearsal/blockkit"
)

// BenchmarkValidateView: a long form, a hundred menus of twenty options.
func BenchmarkValidateView(b *testing.B) {
	menu := actions(element("static_select", `"options":`+options(20)))
	view := json.RawMessage(`{"type":"home","blocks":` + several(100, same(menu)) + `}`)
	if problems := blockkit.ValidateView(view); len(problems) > 0 {
		b.Fatal(problems)
	}
	b.SetBytes(int64(len(view)))
	for b.Loop() {
		blockkit.ValidateView(view)
	}
}

// BenchmarkValidateMessage: a card as the bot sends them.
func BenchmarkValidateMessage(b *testing.B) {
	message := json.RawMessage(`[{"type":"section","text":` + mrkdwn(long(500)) + `},` +
		actions(button(`,"action_id":"a"`), button(`,"action_id":"b"`)) + `]`)
	if problems := blockkit.ValidateMessage(message); len(problems) > 0 {
		b.Fatal(problems)
	}
	for b.Loop() {
		blockkit.ValidateMessage(message)
	}
}
