package papers_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tsugite/bot/papers"
	"tsugite/programme"
)

// TestMemoDigestHoldsEveryWordOfItsMemos: parts in the configured order with their titles,
// official dates, texts longer than a row, and nothing taken for a formula.
func TestMemoDigestHoldsEveryWordOfItsMemos(t *testing.T) {
	long := strings.Repeat("継ぎ手を見つめ直す。", 290)
	d := programme.MemoDigest{Memos: []programme.DigestMemo{{
		MemoView: programme.MemoView{
			Memo: programme.Memo{
				ID: "01ARZ3NDEKTSV4RRFFQ69G5FAV", Kind: programme.OfSession, Held: "2026-09-18", Version: 2,
				Parts: []programme.Part{{Key: "advice", Text: long}, {Key: "situation", Text: "=1+1\n二行目"}},
			},
			Atsugi: programme.Person{Name: "丹羽 石蕗", Organisation: "丹羽木工"},
		},
		Corrected: true,
	}}}
	set := programme.Settings{Name: "後継者支援ネットワーク事業", Zone: time.UTC, Parts: programme.DefaultParts()}
	raw, err := papers.MemoDigest(d, set, time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows(papers.SheetMemos)
	if err != nil {
		t.Fatal(err)
	}
	var all, texts strings.Builder
	for _, r := range rows {
		all.WriteString(strings.Join(r, "|") + "\n")
		if len(r) > 1 {
			texts.WriteString(r[1])
		}
	}
	for _, want := range []string{
		"令和8年10月1日（木）", "令和8年9月18日（金）　個別相談　丹羽 石蕗　丹羽木工", "整理番号|9G5FAV", "第2版（前にお渡しした版の訂正です）",
		"現状|=1+1\n二行目", "助言|継ぎ手",
	} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("%q is not in the file:\n%s", want, all.String())
		}
	}
	if !strings.Contains(texts.String(), long) {
		t.Error("the long text is not whole")
	}
	if situation := strings.Index(all.String(), "現状|"); situation > strings.Index(all.String(), "助言|") {
		t.Error("the parts are not in order")
	}
}

// TestMemoDigestWithoutMemosIsNoFile: what was taken back meanwhile leaves none to send.
func TestMemoDigestWithoutMemosIsNoFile(t *testing.T) {
	if raw, err := papers.MemoDigest(programme.MemoDigest{}, programme.Settings{}, time.Time{}); err == nil {
		t.Errorf("a file of %d bytes", len(raw))
	}
}
