package main

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
)

func TestFaqFilesAreRead(t *testing.T) {
	for _, c := range []struct {
		name, file string
		want       []programme.FaqEntry
	}{
		{"faq.yaml", "faq:\n  - id: travel\n    question: {ja: 交通費は, en: Travel?}\n    answer: {ja: 自己負担です。}\n    words: [旅費]\n", []programme.FaqEntry{
			{ID: "file:travel", Question: programme.Text{Ja: "交通費は", En: "Travel?"}, Answer: programme.Text{Ja: "自己負担です。"}, Words: []string{"旅費"}},
		}},
		{"FAQ.MD", "\ufeff# よくある質問\nまえがき\r\n## 駐車場は？\r\n\r\nありません。\r\n近くへ。\n\n## 服装は\n自由です。\n# おわり\n余談\n", []programme.FaqEntry{
			{Question: programme.Text{Ja: "駐車場は？"}, Answer: programme.Text{Ja: "ありません。\n近くへ。"}},
			{Question: programme.Text{Ja: "服装は"}, Answer: programme.Text{Ja: "自由です。"}},
		}},
	} {
		got, err := parseFaq(c.name, []byte(c.file))
		if err != nil {
			t.Fatal(err)
		}
		for i := range got {
			if c.want[i].ID == "" && strings.HasPrefix(got[i].ID, "file:md-") {
				got[i].ID = ""
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// Every mistake is named with its line and how to mend it.
func TestFaqFilesAreRefused(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"faq.yaml", "", "the file is empty"},
		{"faq.yaml", "faq:\n  - {id: a, question: {ja: あ}, answr: {ja: い}}\n", "faq.yaml:2"},
		{"faq.yaml", "faq:\n  - {id: a, question: {ja: あ}, answer: {ja: い}}\n  - {id: a, question: {ja: あ}, answer: {ja: い}}\n", "faq.yaml:3:10: faq[2].id: the same id twice"},
		{"faq.yaml", "faq:\n  - {id: a, question: {ja: ' '}, answer: {ja: い}}\n", "says nothing"},
		{"faq.yaml", "faq:\n  - {id: a, question: {ja: あ}, answer: {ja: い}, words: [x]}\n", "too short"},
		{"faq.yaml", "faq:\n  - {id: a, question: {ja: あ}, answer: {ja: " + strings.Repeat("い", 1501) + "}}\n", "1501 characters"},
		{"faq.md", "", "has no questions"},
		{"faq.md", "## あ\n\n## い\nう\n", "faq.md:1:1: the answer says nothing"},
		{"faq.md", "## あ\nい\n## あ\nう\n", "faq.md:3:1: the same question twice"},
		{"faq.md", "## あ\nい\x00\n", "control character"},
		{"faq.md", "## \xff\nい\n", "UTF-8"},
	} {
		_, err := parseFaq(c.name, []byte(c.file))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.file, err, c.want)
		}
	}
}

// An entry of a Markdown file keeps its id when others come and go.
func TestFaqIdsStay(t *testing.T) {
	before, err := parseFaq("faq.md", []byte("## あ\nい\n"))
	if err != nil {
		t.Fatal(err)
	}
	after, err := parseFaq("faq.md", []byte("## う\nえ\n## あ\nちがう答え\n"))
	if err != nil || after[1].ID != before[0].ID || after[0].ID == before[0].ID {
		t.Errorf("%v and %v (%v)", before, after, err)
	}
}

// FuzzParseFaq: a file is refused with all its faults, or every entry of it can be shown.
func FuzzParseFaq(f *testing.F) {
	f.Add(true, "## あ\nい\n## う\nえ")
	f.Add(false, "faq:\n  - {id: a, question: {ja: あ}, answer: {ja: い}, words: [うえ]}\n")
	f.Fuzz(func(t *testing.T, markdown bool, file string) {
		name := "faq.yaml"
		if markdown {
			name = "faq.md"
		}
		entries, err := parseFaq(name, []byte(file))
		var faults strict.Faults
		if err != nil && !errors.As(err, &faults) {
			t.Fatalf("%T %v", err, err)
		}
		seen := map[string]bool{}
		for _, e := range entries {
			if e.Question.Ja == "" || e.Answer.Ja == "" || utf8.RuneCountInString(e.Answer.Ja) > maxFaqAnswer || !utf8.ValidString(e.Answer.Ja) || seen[e.ID] {
				t.Errorf("an entry was taken that cannot be shown: %+v", e)
			}
			seen[e.ID] = true
		}
	})
}
