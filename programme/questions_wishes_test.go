package programme_test

import (
	"testing"

	"tsugite/programme"
)

// A wish is taken for one however it is written; what says more is a question.
func TestPlainWishes(t *testing.T) {
	for text, want := range map[string]programme.PlainWish{
		"次のワークショップ":              programme.WishNext,
		"次のﾜｰｸｼｮｯﾌﾟは？":           programme.WishNext,
		"次のワークショップはいつですか？":       programme.WishNext,
		"次回はいつでしょうか":             programme.WishNext,
		"Next workshop?":         programme.WishNext,
		"When is the next event": programme.WishNext,
		"行けなくなった":                programme.WishCancel,
		"行けなくなりました。":             programme.WishCancel,
		"明日のワークショップに行けなくなりました":   programme.WishCancel,
		"ワークショップを欠席します":          programme.WishCancel,
		"欠席":           programme.WishCancel,
		"Cancel":       programme.WishCancel,
		"キャンセルしたいです":   programme.WishCancel,
		"I can't come": programme.WishCancel,
		"予約":           programme.WishBookings,
		"予約を確認したいです":   programme.WishBookings,
		"my bookings":  programme.WishBookings,
		"ＭＹ ＢＯＯＫＩＮＧＳ":  programme.WishBookings,
		"ヘルプ":          programme.WishHelp,
		"help":         programme.WishHelp,
		"使い方を教えてください":  programme.WishHelp,
		"？":            programme.WishHelp,
		"こんにちは！":       programme.WishGreeting,
		"ありがとうございました。": programme.WishGreeting,
		"Thanks":       programme.WishGreeting,

		"": "", "…": "", "です": "", "お願いします": "", "教えてください": "",
		"こんにちは。会場はどこですか": "", "ありがとうございます、もう一つ質問です": "",
		"次のワークショップの会場はどこですか":           "",
		"次のワークショップに妻を連れて行けますか":         "",
		"欠席したら資料はもらえますか":               "",
		"キャンセル料はかかりますか":                "",
		"予約の変更はできますか":                  "",
		"前回欠席しました。資料をください":             "",
		"欠席しません":                       "",
		"行けなくなったら誰に連絡しますか":             "",
		"help my son with the website": "",
		"can I cancel after Friday?":   "",
	} {
		if got := programme.WishOf(text); got != want {
			t.Errorf("%q is the wish %q, want %q", text, got, want)
		}
	}
}
