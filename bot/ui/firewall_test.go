package ui_test

import (
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// The atsugi who opens a memo is spoken to, whoever shares one is told about them.
func TestAWallSpeaksToTheAtsugiWhoseMemoItIs(t *testing.T) {
	ja, en := ui.NewLocale("ja", time.UTC), ui.NewLocale("en", time.UTC)
	for _, c := range []struct {
		l         ui.Locale
		kind      programme.WallKind
		them, you string
	}{
		{ja, programme.WallBank, "曲尺は、ご本人の取引金融機関です。", "曲尺は、あなたの取引金融機関です。"},
		{ja, programme.WallChamber, "曲尺は、ご本人を推薦した機関です。", "曲尺は、あなたを推薦した機関です。"},
		{ja, programme.WallHidden, "曲尺は、ご本人が「見せたくない相手」としている方です。", "曲尺は、あなたが「見せたくない相手」に入れた方です。"},
		{en, programme.WallBank, "曲尺 is the participant's own bank.", "曲尺 is your own bank."},
		{en, programme.WallChamber, "曲尺 recommended the participant.", "曲尺 recommended you."},
		{en, programme.WallHidden, "The participant would rather not be seen by 曲尺.", "You would rather not be seen by 曲尺."},
	} {
		ws := []programme.Wall{{Kind: c.kind, Who: "曲尺"}}
		if got := ui.WallWords(ws, c.l); got != c.them {
			t.Errorf("of them: %q", got)
		}
		if got := ui.OwnWallWords(ws, c.l); got != c.you {
			t.Errorf("to them: %q", got)
		}
		_, shared := ui.Sentence(&programme.Error{Key: "error.wall_own", Args: map[string]any{"Walls": ws}}, "", c.l)
		_, want := ui.Sentence(&programme.Error{Key: "error.wall_own", Args: map[string]any{"Walls": c.you}}, "", c.l)
		if shared != want {
			t.Errorf("refused: %q", shared)
		}
	}
}
