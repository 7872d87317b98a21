package ui_test

import (
	"testing"
	"time"

	"tsugite/bot/ui"
)

// Closing a form stops nothing: 「やめる」 alone would leave open what is stopped
// (programme.md, words).
func TestTheCloseButtonOfAFormSaysThatItCloses(t *testing.T) {
	for lang, want := range map[string]string{"ja": "閉じる", "en": "Close"} {
		l := ui.NewLocale(lang, time.UTC)
		for name, got := range map[string]string{
			"withdrawing a memo":  ui.MemoWithdrawForm(ui.Form{}, l).Close.Text,
			"asking about a memo": ui.MemoQuestionForm(ui.Form{}, l).Close.Text,
		} {
			if got != want {
				t.Errorf("%s, %s: %q", lang, name, got)
			}
		}
	}
}
