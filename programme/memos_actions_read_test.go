package programme_test

import (
	"strings"
	"testing"

	"tsugite/programme"
)

// TestNextActionsAreReadLineByLine: what is read of a line that was written on 1 December
// 2026.
func TestNextActionsAreReadLineByLine(t *testing.T) {
	const atsugi, mentor, office = programme.ReadParticipant, programme.ReadMentor, programme.ReadOffice
	for _, c := range []struct {
		rule, text string
		whose      programme.Reader
		what       string
		until      programme.Date
	}{
		{"a line alone", "釉薬の記録を整理する", atsugi, "釉薬の記録を整理する", ""},
		{"a middle dot", "・釉薬の記録を整理する", atsugi, "釉薬の記録を整理する", ""},
		{"a bullet and a blank", "　● 見積を取る", atsugi, "見積を取る", ""},
		{"a box", "□見積を取る", atsugi, "見積を取る", ""},
		{"a hyphen with a blank", "- 見積を取る", atsugi, "見積を取る", ""},
		{"a minus belongs to its number", "-5%にする", atsugi, "-5%にする", ""},
		{"a number", "1. 見積を取る", atsugi, "見積を取る", ""},
		{"a number in brackets, in full width", "（２）見積を取る", atsugi, "見積を取る", ""},
		{"a number in a circle", "①見積を取る", atsugi, "見積を取る", ""},
		{"one and a half is no number of a list", "1.5倍にする", atsugi, "1.5倍にする", ""},
		{"the expert's", "専門家：販路の資料を送る", mentor, "販路の資料を送る", ""},
		{"the expert's, with a bullet and in half width", "・担当専門家: 販路の資料を送る", mentor, "販路の資料を送る", ""},
		{"the office's, in brackets", "【事務局】会場を探す", office, "会場を探す", ""},
		{"their own, by name of the part", "ご本人：写真を撮る", atsugi, "写真を撮る", ""},
		{"in English", "Expert: send the list (by 12/10)", mentor, "send the list", "2026-12-10"},
		{"another word before a colon", "持ち物：器", atsugi, "持ち物：器", ""},
		{"until, first", "12/10までに見積を取る", atsugi, "見積を取る", "2026-12-10"},
		{"until, first, with a stop", "12月10日まで、見積を取る", atsugi, "見積を取る", "2026-12-10"},
		{"until, last, in brackets", "見積を取る（12/10まで）", atsugi, "見積を取る", "2026-12-10"},
		{"until, last, with the day of the week", "見積を取る（12月10日（木）まで）", atsugi, "見積を取る", "2026-12-10"},
		{"until, last, after a blank", "見積を取る　12/10まで。", atsugi, "見積を取る", "2026-12-10"},
		{"until, in full width", "見積を取る（１２／１０まで）", atsugi, "見積を取る", "2026-12-10"},
		{"until, in the middle: the sentence stays", "見積を12/10までに取る", atsugi, "見積を12/10までに取る", "2026-12-10"},
		{"until an amount", "在庫を1/2まで減らす", atsugi, "在庫を1/2まで減らす", ""},
		{"a day that was is next year's", "確定申告をする（3/15まで）", atsugi, "確定申告をする", "2027-03-15"},
		{"today is ahead", "写真を送る（12/1まで）", atsugi, "写真を送る", "2026-12-01"},
		{"with its year", "写真を送る（2027年1月20日まで）", atsugi, "写真を送る", "2027-01-20"},
		{"with its year, of an era", "写真を送る（令和9年1月20日まで）", atsugi, "写真を送る", "2027-01-20"},
		{"a day that there is not", "写真を送る（2/30まで）", atsugi, "写真を送る（2/30まで）", ""},
		{"nothing but a day", "12/10まで", atsugi, "12/10まで", ""},
		{"whose and until", "・事務局：会場を探す（12/10まで）", office, "会場を探す", "2026-12-10"},
		{"a day that is no deadline", "12/10に窯を見る", atsugi, "12/10に窯を見る", ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got := programme.ReadActions(c.text, "2026-12-01")
			if len(got) != 1 {
				t.Fatalf("%d lines: %+v", len(got), got)
			}
			if a := got[0]; a.Whose != c.whose || a.What != c.what || a.Until != c.until || a.State != programme.ActionOpen {
				t.Errorf("%s, %q until %q, %s; want %s, %q until %q", a.Whose, a.What, a.Until, a.State, c.whose, c.what, c.until)
			}
		})
	}
}

func TestNextActionsAreTheLinesThatSaySomething(t *testing.T) {
	got := programme.ReadActions("・見積を取る\r\n\n　\n――\n---\n・\n2. 写真を撮る\n", "2026-12-01")
	if len(got) != 2 || got[0].What != "見積を取る" || got[1].What != "写真を撮る" || got[0].Position != 0 || got[1].Position != 1 {
		t.Errorf("%+v", got)
	}
	if got := programme.ReadActions(strings.Repeat("窯を見る\n", 30), "2026-12-01"); len(got) != 20 {
		t.Errorf("%d of thirty lines, want 20", len(got))
	}
}

// FuzzNextActions: whatever was written, each action is a stretch of its line as it stands
// there, and there are at most twenty. One in whose middle the day stands keeps it.
func FuzzNextActions(f *testing.F) {
	for _, text := range []string{"・専門家：見積（12/10まで）", "12月10日までに\n(by 2/29) x", "令和9年1月2日まで 窯", "①②③\n（１）", "\xff 12/10まで", "-\n- - -\n:：【】"} {
		f.Add(text, "2026-12-01")
	}
	f.Fuzz(func(t *testing.T, text, today string) {
		got := programme.ReadActions(text, programme.Date(today))
		if len(got) > 20 {
			t.Fatalf("%d actions", len(got))
		}
		lines := strings.Split(text, "\n")
		for _, a := range got {
			from := -1
			for i, l := range lines {
				if strings.Contains(l, a.What) {
					from = i
					break
				}
			}
			if from < 0 || strings.TrimSpace(a.What) == "" {
				t.Fatalf("%q is in no line, or in one that was read before", a.What)
			}
			lines = lines[from+1:]
			if a.Until != "" && a.Until.Add(0, 0) != a.Until {
				t.Fatalf("until %q", a.Until)
			}
		}
	})
}
